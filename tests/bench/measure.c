/*
 * usage: measure COMMAND [ARGUMENT…]   runs the command with its output thrown away and prints what
 * it took: user and system CPU in microseconds, together, and peak memory in KiB. Exits as it did.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long long microseconds(struct timeval time)
{
    return time.tv_sec * 1000000LL + time.tv_usec;
}

static void run(char **argv)
{
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
    }
    execvp(argv[0], argv);
    _exit(127);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: measure COMMAND [ARGUMENT…]\n", stderr);
        return 2;
    }
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        run(argv + 1);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        fprintf(stderr, "measure: %s did not end by itself\n", argv[1]);
        return EXIT_FAILURE;
    }
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%lld %ld\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
           usage.ru_maxrss);
    return WEXITSTATUS(status);
}
