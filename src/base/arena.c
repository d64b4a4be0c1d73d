/*
 * Memory that is given back all at once. Objects are aligned and zeroed; strings are packed without
 * gaps. Under the address sanitizer every item is an allocation of its own, so that an overrun of
 * one item is seen and not hidden by its neighbour.
 */
#include <contplan/base.h>

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ITEM_BLOCKS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ITEM_BLOCKS 1
#endif
#if !defined(ITEM_BLOCKS)
#define ITEM_BLOCKS 0
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 256 * 1024 };

struct cp_arena_block {
    struct cp_arena_block *next;
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

void cp_arena_init(struct cp_arena *arena)
{
    memset(arena, 0, sizeof *arena);
}

void cp_arena_release(struct cp_arena *arena)
{
    struct cp_arena_block *block = arena->blocks;
    while (block) {
        struct cp_arena_block *next = block->next;
        free(block);
        block = next;
    }
    cp_arena_init(arena);
}

static void use_block(struct cp_arena *arena, struct cp_arena_block *block)
{
    arena->blocks = block;
    arena->at = block->bytes;
    arena->left = block->size;
}

static struct cp_arena_block *take_largest(struct cp_arena *arena)
{
    struct cp_arena_block **largest = &arena->blocks;
    for (struct cp_arena_block **at = largest; *at; at = &(*at)->next) {
        if ((*at)->size > (*largest)->size) {
            largest = at;
        }
    }
    struct cp_arena_block *block = *largest;
    *largest = block->next;
    return block;
}

void cp_arena_reset(struct cp_arena *arena)
{
    if (ITEM_BLOCKS || !arena->blocks) {
        cp_arena_release(arena);
        return;
    }
    struct cp_arena_block *kept = take_largest(arena);
    cp_arena_release(arena);
    kept->next = NULL;
    use_block(arena, kept);
}

static size_t next_block_size(const struct cp_arena *arena, size_t size)
{
    size_t wanted = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    wanted = wanted < LARGEST_BLOCK ? wanted : LARGEST_BLOCK;
    return ITEM_BLOCKS || size > wanted ? size : wanted;
}

/* The first bytes of a new block. */
void *cp_arena_grow(struct cp_arena *arena, size_t size)
{
    assert(size <= SIZE_MAX / 2);
    size_t block_size = next_block_size(arena, size);
    struct cp_arena_block *block = cp_alloc(sizeof *block + block_size);
    block->next = arena->blocks;
    block->size = block_size;
    use_block(arena, block);
    arena->at += size;
    arena->left -= size;
    return block->bytes;
}

/* Bytes for a string, without a gap before it. */
static char *take(struct cp_arena *arena, size_t size)
{
    if (size > arena->left) {
        return cp_arena_grow(arena, size);
    }
    char *item = arena->at;
    arena->at += size;
    arena->left -= size;
    return item;
}

void *cp_arena_alloc(struct cp_arena *arena, size_t size)
{
    return memset(cp_arena_room(arena, size), 0, size);
}

struct cp_str cp_arena_copy(struct cp_arena *arena, struct cp_str s)
{
    char *copy = take(arena, s.len + 1);
    if (s.len > 0) {
        memcpy(copy, s.at, s.len);
    }
    copy[s.len] = '\0';
    return (struct cp_str){copy, s.len};
}

struct cp_str cp_arena_vprintf(struct cp_arena *arena, const char *format, va_list args)
{
    char text[256];
    va_list again;
    va_copy(again, args);
    int printed = vsnprintf(text, sizeof text, format, args);
    assert(printed >= 0);
    size_t len = printed < 0 ? 0 : (size_t)printed;
    struct cp_str result;
    if (len < sizeof text) {
        result = cp_arena_copy(arena, (struct cp_str){text, len});
    } else {
        char *copy = take(arena, len + 1);
        vsnprintf(copy, len + 1, format, again);
        result = (struct cp_str){copy, len};
    }
    va_end(again);
    return result;
}

struct cp_str cp_arena_printf(struct cp_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct cp_str result = cp_arena_vprintf(arena, format, args);
    va_end(args);
    return result;
}
