/*
 * String keys to pointers: open addressing, linear probing, at most three quarters full. Order of
 * entry is not kept and nothing walks a map, so its layout never shows in any output.
 */
#include <contplan/base.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

struct cp_map_slot {
    struct cp_str key;
    void *value; /* NULL: free */
    uint64_t hash;
};

void cp_map_init(struct cp_map *map)
{
    memset(map, 0, sizeof *map);
}

void cp_map_release(struct cp_map *map)
{
    free(map->slots);
    cp_map_init(map);
}

/* FNV's low bits are easy to collide on purpose. Where this program was loaded is not known to who
 * writes a file, so it goes into the hash, and all bits of that into the slot. */
static uint64_t hash_key(struct cp_str key)
{
    static const char secret;
    uint64_t hash = cp_str_hash(key) ^ (uint64_t)(uintptr_t)&secret;
    hash = (hash ^ (hash >> 32)) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}

/* The slot that holds `key`, or the free one where it belongs. */
static struct cp_map_slot *find_slot(const struct cp_map *map, struct cp_str key, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    size_t i = (size_t)hash & mask;
    while (map->slots[i].value &&
           (map->slots[i].hash != hash || !cp_str_is_equal(map->slots[i].key, key))) {
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void grow(struct cp_map *map)
{
    struct cp_map old = *map;
    map->capacity = old.capacity > 0 ? old.capacity * 2 : FIRST_CAPACITY;
    assert(map->capacity <= SIZE_MAX / 2 / sizeof *map->slots);
    map->slots = cp_alloc(map->capacity * sizeof *map->slots);
    memset(map->slots, 0, map->capacity * sizeof *map->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].value) {
            *find_slot(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
        }
    }
    free(old.slots);
}

void *cp_map_put(struct cp_map *map, struct cp_str key, void *value)
{
    assert(value);
    if (map->count >= map->capacity / 4 * 3) {
        grow(map);
    }
    uint64_t hash = hash_key(key);
    struct cp_map_slot *slot = find_slot(map, key, hash);
    if (slot->value) {
        return slot->value;
    }
    *slot = (struct cp_map_slot){key, value, hash};
    map->count++;
    return NULL;
}

void *cp_map_find(const struct cp_map *map, struct cp_str key)
{
    return map->count > 0 ? find_slot(map, key, hash_key(key))->value : NULL;
}
