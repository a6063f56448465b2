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
