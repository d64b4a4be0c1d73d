/*
 * Whether the indexes of packs lead into their packs. libgit2 1.5 believes each offset, and the
 * program ends where a damaged one leads behind the end of a pack; so they are looked at first.
 */
#include "git.h"

#include <string.h>
#include <sys/stat.h>

enum { FANOUT = 256 * 4, NAME = 20, CHECKSUMS = 2 * NAME, MAX_ALTERNATES = 5 };

static uint64_t number_at(const unsigned char *at, unsigned bytes)
{
    uint64_t result = 0;
    for (unsigned i = 0; i < bytes; i++) {
        result = result << 8 | at[i];
    }
    return result;
}

/* ---- offsets --------------------------------------------------------------------------------- */

/* Offsets that need more than 31 bits stand in a table of their own. */
struct long_offsets {
    const unsigned char *at;
    size_t count;
};

static bool is_offset_sound(uint64_t offset, const struct long_offsets *more, uint64_t pack_size)
{
    if (offset & 0x80000000U) {
        size_t index = offset & 0x7fffffffU;
        return index < more->count && number_at(more->at + 8 * index, 8) < pack_size;
    }
    return offset < pack_size;
}

/* The size of the pack that an index belongs to, 0 where there is none; its name ends in `.idx`. */
static uint64_t pack_size_of(struct cp_arena *arena, const char *folder, struct cp_str index)
{
    struct stat status;
    struct cp_str stem = cp_str_slice(index, 0, index.len - 4);
    struct cp_str name = cp_arena_printf(arena, "%.*s.pack", CP_ARG(stem));
    const char *path = cp_path_join(arena, folder, name.at);
    return stat(path, &status) == 0 ? (uint64_t)status.st_size : 0;
}

/* ---- the index of one pack ------------------------------------------------------------------- */

static bool is_first_version_sound(const struct git_mapping *index, uint64_t pack_size)
{
    const struct long_offsets none = {0};
    size_t count = index->size < FANOUT ? 0 : (size_t)number_at(index->at + FANOUT - 4, 4);
    if (index->size < FANOUT + count * (4 + NAME) + CHECKSUMS) {
        return true; /* which libgit2 sees */
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_offset_sound(number_at(index->at + FANOUT + i * (4 + NAME), 4), &none, pack_size)) {
            return false;
        }
    }
    return true;
}

static bool is_index_sound(const struct git_mapping *index, uint64_t pack_size)
{
    if (index->size < 8 || memcmp(index->at, "\377tOc", 4) != 0) {
        return is_first_version_sound(index, pack_size);
    }
    size_t count = index->size < 8 + FANOUT ? 0 : (size_t)number_at(index->at + 8 + FANOUT - 4, 4);
    size_t names = 8 + FANOUT + count * (NAME + 4);
    if (index->size < names + count * 4 + CHECKSUMS) {
        return true; /* which libgit2 sees */
    }
    const unsigned char *offsets = index->at + names;
    const struct long_offsets more = {offsets + count * 4,
                                      (index->size - names - count * 4 - CHECKSUMS) / 8};
    for (size_t i = 0; i < count; i++) {
        if (!is_offset_sound(number_at(offsets + i * 4, 4), &more, pack_size)) {
            return false;
        }
    }
    return true;
}

/* ---- the index of several packs -------------------------------------------------------------- */

/* The chunk of that name; empty where there is none, or it lies outside. */
static struct git_mapping find_chunk(const struct git_mapping *index, const char *name)
{
    enum { HEADER = 12, ROW = 12 };
    size_t count = index->size < HEADER ? 0 : index->at[6];
    if (index->size < HEADER + (count + 1) * ROW) {
        return (struct git_mapping){0};
    }
    for (size_t i = 0; i < count; i++) {
        const unsigned char *row = index->at + HEADER + i * ROW;
        uint64_t from = number_at(row + 4, 8);
        uint64_t to = number_at(row + ROW + 4, 8);
        if (memcmp(row, name, 4) == 0 && from <= to && to <= index->size) {
            return (struct git_mapping){.at = index->at + from, .size = (size_t)(to - from)};
        }
    }
    return (struct git_mapping){0};
}

static bool is_shared_index_sound(const struct git_mapping *index, struct cp_arena *arena,
                                  const char *folder)
{
    struct git_mapping names = find_chunk(index, "PNAM");
    struct git_mapping fanout = find_chunk(index, "OIDF");
    struct git_mapping offsets = find_chunk(index, "OOFF");
    struct git_mapping longer = find_chunk(index, "LOFF");
    const struct long_offsets more = {longer.at, longer.size / 8};
    CP_LIST(uint64_t) sizes = {0};
    bool result = fanout.size >= FANOUT;
    size_t count = result ? (size_t)number_at(fanout.at + FANOUT - 4, 4) : 0;
    for (size_t at = 0; at < names.size && names.at[at] != '\0';) {
        struct cp_str rest = {(const char *)names.at + at, names.size - at};
        size_t len = strnlen(rest.at, rest.len);
        struct cp_str name = cp_str_slice(rest, 0, len);
        *(uint64_t *)cp_list_push(&sizes, sizeof(uint64_t)) =
            cp_str_has_suffix(name, ".idx") ? pack_size_of(arena, folder, name) : 0;
        at += len + 1;
    }
    result = result && offsets.size / 8 >= count;
    for (size_t i = 0; result && i < count; i++) {
        size_t pack = (size_t)number_at(offsets.at + 8 * i, 4);
        uint64_t offset = number_at(offsets.at + 8 * i + 4, 4);
        result = pack < sizes.count && (sizes.items[pack] == 0 /* gone since */ ||
                                        is_offset_sound(offset, &more, sizes.items[pack]));
    }
    cp_list_release(&sizes);
    return result;
}

/* ---- folders --------------------------------------------------------------------------------- */

struct checking {
    struct cp_arena *arena;
    const char *folder;
    const char *damaged; /* the first index that is */
};

static bool check_entry(void *context, const struct cp_entry *entry)
{
    struct checking *checking = context;
    struct cp_str name = cp_str_of(entry->name);
    bool is_shared = cp_str_is(name, "multi-pack-index");
    if (!is_shared && !cp_str_has_suffix(name, ".idx")) {
        return true;
    }
    const char *path = cp_path_join(checking->arena, checking->folder, entry->name);
    struct git_mapping index = git_mapping_open(path);
    uint64_t pack_size = is_shared ? 0 : pack_size_of(checking->arena, checking->folder, name);
    bool is_sound = is_shared ? is_shared_index_sound(&index, checking->arena, checking->folder)
                              : pack_size == 0 || is_index_sound(&index, pack_size);
    git_mapping_close(&index);
    checking->damaged = is_sound ? NULL : path;
    return is_sound;
}

static const char *find_damaged(struct cp_repository *repository, const char *objects,
                                unsigned depth)
{
    struct cp_arena *arena = &repository->arena;
    struct cp_error ignored;
    struct cp_buf alternates;
    struct cp_str rest;
    struct cp_str line;
    *(const char **)cp_list_push(&repository->loose, sizeof objects) = objects;
    struct checking checking = {.arena = arena, .folder = cp_path_join(arena, objects, "pack")};
    cp_source_folder.list(&cp_source_folder, checking.folder, check_entry, &checking, &ignored);
    cp_buf_init(&alternates);
    const char *list = cp_path_join(arena, objects, "info/alternates");
    if (depth < MAX_ALTERNATES) {
        cp_source_folder.load(&cp_source_folder, list, 1 << 16, &alternates, &ignored);
    }
    for (rest = cp_buf_str(&alternates); !checking.damaged && cp_str_line(&line, &rest);) {
        if (line.len > 0 && *line.at != '#') {
            const char *other = cp_path_join(arena, objects, cp_arena_copy(arena, line).at);
            checking.damaged = find_damaged(repository, other, depth + 1);
        }
    }
    cp_buf_release(&alternates);
    return checking.damaged;
}

int git_packs_check(struct cp_repository *repository, const char *objects, struct cp_error *error)
{
    const char *damaged = find_damaged(repository, objects, 0);
    if (!damaged) {
        return 0;
    }
    return cp_error_set(error,
                        "%s leads to places that its pack does not have, so the git repository is "
                        "not read; run git fsck",
                        cp_printable_in(&repository->arena, cp_str_of(damaged)));
}
