#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

// Runs in the child, where other threads of the parent may have held any lock: only system calls are safe.
// posix_spawn takes on no other user.
static void become(const struct clinux_program *program, int report)
{
    setsid();
    struct sigaction fallback = { .sa_handler = SIG_DFL };
    for (int signal = 1; signal < NSIG; signal++)
        sigaction(signal, &fallback, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(program->output, 1) < 0 || dup2(program->output, 2) < 0)
        return;
    // Not every library marks its descriptors to be closed; an old kernel that refuses does no harm.
    syscall(SYS_close_range, 3, report - 1, 0);
    syscall(SYS_close_range, report + 1, ~0U, 0);
    if (geteuid() == 0 &&
        (syscall(SYS_setgroups, 0, NULL) < 0 || syscall(SYS_setgid, program->group) < 0 ||
         syscall(SYS_setuid, program->user) < 0))
        return;
    if (chdir("/") < 0)
        return;
    execve(program->path, program->arguments, program->environment);
}

pid_t clinux_spawn(const struct clinux_program *program)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) < 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        become(program, report[1]);
        int error = errno;
        _exit(write(report[1], &error, sizeof error) == sizeof error ? 127 : 126);
    }
    int failure = child < 0 ? errno : 0;
    close(report[1]);
    // The pipe closes when the program runs, and says otherwise why it does not.
    if (child > 0 && read(report[0], &failure, sizeof failure) == sizeof failure) {
        waitpid(child, NULL, 0);
        child = -1;
    }
    close(report[0]);
    errno = failure;
    return child;
}

int clinux_open_process(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}
