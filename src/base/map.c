/*
 * String keys to pointers: a list while they are few, then open addressing, linear probing, at most
 * three quarters full. Order of entry is not kept and nothing walks a map, so its layout never
 * shows in any output.
 */
#include <contplan/base.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 32 };

struct cp_map_slot {
    struct cp_map_entry entry; /* its value is NULL: free */
    uint64_t hash;
};

void cp_map_init(struct cp_map *map)
{
    map->slots = NULL;
    map->count = map->capacity = 0;
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
    while (map->slots[i].entry.value &&
           (map->slots[i].hash != hash || !cp_str_is_equal(map->slots[i].entry.key, key))) {
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void enter(struct cp_map *map, struct cp_map_entry entry, uint64_t hash)
{
    *find_slot(map, entry.key, hash) = (struct cp_map_slot){entry, hash};
}

static void grow(struct cp_map *map)
{
    struct cp_map old = *map;
    map->capacity = old.capacity > 0 ? old.capacity * 2 : FIRST_CAPACITY;
    assert(map->capacity <= SIZE_MAX / 2 / sizeof *map->slots);
    map->slots = cp_alloc(map->capacity * sizeof *map->slots);
    for (size_t i = 0; i < map->capacity; i++) {
        map->slots[i].entry.value = NULL;
    }
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.slots[i].entry.value) {
            enter(map, old.slots[i].entry, old.slots[i].hash);
        }
    }
    for (size_t i = 0; old.capacity == 0 && i < old.count; i++) {
        enter(map, old.few[i], hash_key(old.few[i].key));
    }
    free(old.slots);
}

static void *find_few(const struct cp_map *map, struct cp_str key)
{
    for (size_t i = 0; i < map->count; i++) {
        if (cp_str_is_equal(map->few[i].key, key)) {
            return map->few[i].value;
        }
    }
    return NULL;
}

static void *put_few(struct cp_map *map, struct cp_str key, void *value)
{
    void *before = find_few(map, key);
    if (!before) {
        map->few[map->count++] = (struct cp_map_entry){key, value};
    }
    return before;
}

void *cp_map_put(struct cp_map *map, struct cp_str key, void *value)
{
    assert(value);
    if (map->capacity == 0 && map->count < CP_MAP_FEW) {
        return put_few(map, key, value);
    }
    if (map->count >= map->capacity / 4 * 3) {
        grow(map);
    }
    uint64_t hash = hash_key(key);
    struct cp_map_slot *slot = find_slot(map, key, hash);
    if (slot->entry.value) {
        return slot->entry.value;
    }
    *slot = (struct cp_map_slot){{key, value}, hash};
    map->count++;
    return NULL;
}

void *cp_map_find(const struct cp_map *map, struct cp_str key)
{
    if (map->capacity == 0) {
        return find_few(map, key);
    }
    return find_slot(map, key, hash_key(key))->entry.value;
}
