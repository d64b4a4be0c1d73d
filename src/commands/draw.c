/*
 * Graphviz's `dot`, where it is installed, as a filter: a graph in its language in, a picture out.
 * Started without a shell, with arguments that depend on nothing, for a bounded time, and believed
 * for a bounded number of bytes.
 */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 120 /* seconds */, MOST_BYTES = 64 * 1024 * 1024 };

extern char **environ;

/* The two pipes; -1 where an end is closed. */
struct drawing {
    struct cp_buf *out;
    struct cp_str left; /* of what is to be written */
    int in[2], back[2];
    pid_t child;
    int64_t deadline; /* milliseconds of the steady clock */
};

static void close_end(int *end)
{
    if (*end >= 0) {
        close(*end);
        *end = -1;
    }
}

static int64_t steady_now(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Signals that this program ignores would stay so in the child. */
static int spawn_dot(struct drawing *drawing)
{
    static char program[] = "dot";
    static char format[] = "-Tsvg";
    char *const arguments[] = {program, format, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_adddup2(&files, drawing->in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, drawing->back[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int result = posix_spawnp(&drawing->child, program, &files, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return result;
}

/* Our ends stay ours: a child that held them would wait for itself. */
static bool open_pipes(struct drawing *drawing)
{
    if (pipe(drawing->in) != 0 || pipe(drawing->back) != 0) {
        return false;
    }
    return fcntl(drawing->in[1], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(drawing->back[0], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(drawing->in[0], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(drawing->back[1], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(drawing->in[1], F_SETFL, O_NONBLOCK) == 0;
}

static void give(struct drawing *drawing)
{
    ssize_t given = write(drawing->in[1], drawing->left.at, drawing->left.len);
    bool is_over = given < 0 && errno != EAGAIN && errno != EINTR;
    if (given > 0) {
        drawing->left = cp_str_slice(drawing->left, (size_t)given, SIZE_MAX);
    }
    if (is_over || drawing->left.len == 0) {
        close_end(&drawing->in[1]);
    }
}

/* False where more comes than anybody could look at. */
static bool take(struct drawing *drawing)
{
    char block[16 * 1024];
    ssize_t got = read(drawing->back[0], block, sizeof block);
    if (got > 0) {
        cp_buf_put(drawing->out, (struct cp_str){block, (size_t)got});
    } else if (got == 0 || errno != EINTR) {
        close_end(&drawing->back[0]);
    }
    return drawing->out->len <= MOST_BYTES;
}

/* Writes and reads until the picture ends; false where it takes too long or is too much. */
static bool converse(struct drawing *drawing)
{
    while (drawing->back[0] >= 0) {
        struct pollfd ends[] = {{.fd = drawing->back[0], .events = POLLIN},
                                {.fd = drawing->in[1], .events = POLLOUT}};
        int64_t left = drawing->deadline - steady_now();
        if (left <= 0) {
            return false;
        }
        int ready = poll(ends, 2, (int)left);
        if (ready < 0 && errno != EINTR) {
            return false;
        }
        if (ready > 0 && ends[1].revents != 0) {
            give(drawing);
        }
        if (ready > 0 && ends[0].revents != 0 && !take(drawing)) {
            return false;
        }
    }
    return true;
}

/* Whether the child ended by itself, and well. */
static bool reap(const struct drawing *drawing, bool is_whole)
{
    int status = 0;
    if (!is_whole) {
        kill(drawing->child, SIGKILL);
    }
    while (waitpid(drawing->child, &status, 0) < 0 && errno == EINTR) {
    }
    return is_whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int say_failed(const struct drawing *drawing, bool is_whole)
{
    if (is_whole) {
        say("'dot' could not draw the graph");
    } else if (drawing->out->len > MOST_BYTES) {
        say("what 'dot' drew is over %d MiB and was not taken", MOST_BYTES / (1024 * 1024));
    } else {
        say("'dot' did not draw the graph within %d seconds; --focus and --depth make it smaller",
            PATIENCE);
    }
    return CP_STATUS_WORLD;
}

static int say_no_dot(int number)
{
    char words[CP_ERRNO_TEXT];
    if (number == ENOENT) {
        say("--to svg needs the program 'dot', and it is not installed: install Graphviz, or write "
            "--to dot or --to mermaid and have it drawn elsewhere");
    } else {
        say("cannot start 'dot': %s", cp_errno_text(words, number));
    }
    return CP_STATUS_WORLD;
}

int draw(struct cp_buf *out, struct cp_str graph)
{
    struct drawing drawing = {
        .out = out, .left = graph, .in = {-1, -1}, .back = {-1, -1}, .deadline = steady_now()};
    int status = CP_STATUS_CLEAN;
    int refused = open_pipes(&drawing) ? spawn_dot(&drawing) : errno;
    close_end(&drawing.in[0]);
    close_end(&drawing.back[1]);
    if (refused == 0) {
        drawing.deadline += (int64_t)PATIENCE * 1000;
        bool is_whole = converse(&drawing);
        close_end(&drawing.in[1]);
        status = reap(&drawing, is_whole) ? CP_STATUS_CLEAN : say_failed(&drawing, is_whole);
    } else {
        status = say_no_dot(refused);
    }
    close_end(&drawing.in[1]);
    close_end(&drawing.back[0]);
    return status;
}
