#pragma once
// What glibc offers and Swift's Glibc module does not.
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <regex.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// accept4 stands behind _GNU_SOURCE, which must not reach this header: Swift imports it in debug builds.
int atria_accept(int listener, struct sockaddr *address, socklen_t *length);

/// A program for `clinux_spawn`: its arguments and environment end with NULL.
struct clinux_program {
    const char *path;
    char *const *arguments;
    char *const *environment;
    uid_t user;     // taken on where the caller is root; so is the group
    gid_t group;
    int output;     // its stdout and stderr; it inherits no other descriptor
};

/// Starts `program` in a session of its own; its process, or -1 with the error in `errno`.
pid_t clinux_spawn(const struct clinux_program *program);

/// A descriptor that is readable once process `pid` has ended; -1 with the error in `errno`.
int clinux_open_process(pid_t pid);
