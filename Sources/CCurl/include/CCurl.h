#pragma once
#include <curl/curl.h>

// libcurl's setters and getters are variadic, which Swift does not import: one function per type of value.
static inline CURLcode atria_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode atria_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode atria_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode atria_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

typedef size_t (*atria_curl_data_function)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode atria_curl_set_data_function(
    CURL *easy, CURLoption option, atria_curl_data_function function) {
    return curl_easy_setopt(easy, option, function);
}
typedef curl_socket_t (*atria_curl_open_function)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode atria_curl_set_open_function(CURL *easy, atria_curl_open_function function) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
}

static inline long atria_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}
static inline const char *atria_curl_get_string(CURL *easy, CURLINFO info) {
    char *value = NULL;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static inline CURLMcode atria_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
typedef int (*atria_curl_socket_function)(
    CURL *easy, curl_socket_t descriptor, int what, void *context, void *socket_context);
typedef int (*atria_curl_timer_function)(CURLM *multi, long milliseconds, void *context);
static inline void atria_curl_multi_set_functions(
    CURLM *multi, atria_curl_socket_function socket, atria_curl_timer_function timer, void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}
