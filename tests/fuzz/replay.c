/*
 * Runs a fuzz target over the files named on the command line, with any compiler: so that ctest
 * replays each corpus where libFuzzer is not at hand.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_BYTES = 4 * 1024 * 1024 };

static int replay(const char *path, uint8_t *data)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return -1;
    }
    size_t size = fread(data, 1, INPUT_BYTES, file);
    fclose(file);
    /* A copy of the exact size, for the sanitizers to see a byte read too much. */
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact) {
        return -1;
    }
    for (size_t i = 0; i < size; i++) {
        exact[i] = data[i];
    }
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

int main(int argc, char **argv)
{
    uint8_t *data = malloc(INPUT_BYTES);
    int status = data ? EXIT_SUCCESS : EXIT_FAILURE;
    for (int i = 1; i < argc && data; i++) {
        if (replay(argv[i], data) != 0) {
            status = EXIT_FAILURE;
        }
    }
    free(data);
    printf("replayed %d inputs\n", argc - 1);
    return status;
}
