/*
 * Growing lists of any item type on the heap, through the untyped twin of CP_LIST(T). Knows only
 * the size of an item.
 */
#include <contplan/base.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4 };

/* The record is copied in and out: a CP_LIST(T) holds a T *, which may not be read as the void *
 * of its twin. */
void *cp_list_push(void *list, size_t size)
{
    struct cp_list twin;
    memcpy(&twin, list, sizeof twin);
    if (twin.count == twin.capacity) {
        twin.capacity = twin.capacity > 0 ? twin.capacity * 2 : FIRST_CAPACITY;
        assert(size > 0 && twin.capacity <= SIZE_MAX / 2 / size);
        twin.items = cp_realloc(twin.items, twin.capacity * size);
    }
    char *item = (char *)twin.items + twin.count * size;
    twin.count++;
    memcpy(list, &twin, sizeof twin);
    return memset(item, 0, size);
}

void cp_list_release(void *list)
{
    struct cp_list twin;
    memcpy(&twin, list, sizeof twin);
    free(twin.items);
    memset(list, 0, sizeof twin);
}
