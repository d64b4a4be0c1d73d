/*
 * Memory from the heap, or the end of the program: nothing above this can go on without memory, and
 * nothing above this has to ask. Knows no owner of it.
 */
#include <contplan/base.h>

#include <stdlib.h>

/* The status of a failure of the world. Buffered output is dropped: half a result is none. */
static _Noreturn void run_out(void)
{
    fputs("contplan: out of memory\n", stderr);
    _Exit(3);
}

void *cp_alloc(size_t size)
{
    void *at = malloc(size > 0 ? size : 1);
    if (!at) {
        run_out();
    }
    return at;
}

void *cp_realloc(void *at, size_t size)
{
    void *moved = realloc(at, size > 0 ? size : 1);
    if (!moved) {
        run_out();
    }
    return moved;
}
