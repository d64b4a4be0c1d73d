/*
 * String keys to pointers: open addressing, linear probing, at most three quarters full. Order of
 * entry is not kept and nothing walks a map, so its layout never shows in any output.
 */
#include <contplan/base.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

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

/* Up to eight bytes as one word, in two loads that overlap. The length, which is hashed as well,
 * tells texts apart that give the same word. */
static uint64_t word_at(const char *at, size_t len)
{
    uint64_t word = 0;
    uint32_t low, high;
    if (len >= sizeof word) {
        memcpy(&word, at, sizeof word);
    } else if (len >= sizeof low) {
        memcpy(&low, at, sizeof low);
        memcpy(&high, at + len - sizeof high, sizeof high);
        word = (uint64_t)high << 32 | low;
    } else if (len > 0) {
        word = (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[len / 2] << 8 |
               (unsigned char)at[len - 1];
    }
    return word;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 29);
}

/* Where this program was loaded is not known to who writes a file, so it goes into the hash, and
 * nobody can choose keys that share a slot. */
static uint64_t hash_key(struct cp_str key)
{
    static const char secret;
    uint64_t hash = mix((uint64_t)(uintptr_t)&secret, key.len);
    for (size_t i = 0; i < key.len; i += 8) {
        hash = mix(hash, word_at(key.at + i, key.len - i));
    }
    return hash;
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
    for (size_t i = 0; i < map->capacity; i++) {
        map->slots[i].value = NULL;
    }
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
