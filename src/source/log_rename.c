/*
 * Where a plan was before that a commit added: among the plans that it took away the one with the
 * same bytes, else the most alike; likewise for documents. Only looked for in commits that add a
 * file that is followed.
 */
#include "log.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_REMOVED = 1000, /* of one commit */
    MAX_ENTRIES = 100000,
    MAX_ALIKE = 64, /* files that are judged for one */
    HALF = CP_LINES_SAME / 2
};
static const size_t max_bytes = (size_t)1 << 20;

/* ---- what was taken away --------------------------------------------------------------------- */

struct folders {
    git_oid was, is;
    bool has_is;
    size_t path_len;
};

static bool is_plan(struct cp_str name)
{
    return cp_str_has_suffix(name, ".yaml") || cp_str_has_suffix(name, ".yml");
}

/* `now` is what stands there instead, NULL for nothing. */
static void add_removed(struct log_renames *renames, const struct tree_entry *entry,
                        const struct tree_entry *now)
{
    if (renames->removed.count >= MAX_REMOVED ||
        !(is_plan(entry->name) || renames->has_documents)) {
        return;
    }
    const char *path = cp_arena_printf(renames->arena, "%.*s%.*s",
                                       CP_ARG(cp_buf_str(&renames->path)), CP_ARG(entry->name))
                           .at;
    if (!is_plan(entry->name) && !cp_path_is_markdown(path)) {
        return;
    }
    if (!renames->is_gone || renames->is_gone(renames->context, path)) {
        struct log_removed *removed = cp_list_push(&renames->removed, sizeof *removed);
        removed->path = path;
        memcpy(removed->id.id, entry->id, GIT_OID_RAWSZ);
        removed->is_there = now != NULL;
        if (now) {
            memcpy(removed->now.id, now->id, GIT_OID_RAWSZ);
        }
    }
}

static int find_below(struct log_renames *renames, const git_oid *was, const git_oid *is,
                      unsigned depth);

static int enter(struct log_renames *renames, const struct tree_pair *pair, unsigned depth)
{
    git_oid ids[2];
    size_t len = renames->path.len;
    bool is_there = pair->has[1] && pair->entry[1].is_folder;
    for (int i = 0; i < 2; i++) {
        if (pair->has[i]) {
            memcpy(ids[i].id, pair->entry[i].id, GIT_OID_RAWSZ);
        }
    }
    cp_buf_put(&renames->path, pair->entry[0].name);
    cp_buf_putc(&renames->path, '/');
    int code = find_below(renames, &ids[0], is_there ? &ids[1] : NULL, depth + 1);
    renames->path.len = len;
    return code;
}

static int find_below(struct log_renames *renames, const git_oid *was, const git_oid *is,
                      unsigned depth)
{
    git_odb_object *objects[2] = {0};
    struct cp_str bytes[2];
    struct tree_pair pair;
    int code = log_tree_read(&bytes[0], &objects[0], renames->trees, was);
    if (code == 0) {
        code = log_tree_read(&bytes[1], &objects[1], renames->trees, is);
    }
    if (code == 0) {
        tree_pair_init(&pair, bytes[0], bytes[1]);
    }
    while (code == 0 && renames->seen++ < MAX_ENTRIES && tree_pair_next(&pair)) {
        if (pair.has[0] && pair.entry[0].is_folder) {
            code = depth < MAX_TREE_DEPTH ? enter(renames, &pair, depth) : 0;
        } else if (pair.has[0] && pair.entry[0].is_file &&
                   (!pair.has[1] || (renames->has_changed && pair.entry[1].is_file))) {
            add_removed(renames, &pair.entry[0], pair.has[1] ? &pair.entry[1] : NULL);
        }
    }
    git_odb_object_free(objects[0]);
    git_odb_object_free(objects[1]);
    return code;
}

int log_renames_find(struct log_renames *renames, const git_oid *was, const git_oid *is)
{
    return find_below(renames, was, is, 0);
}

void log_renames_release(struct log_renames *renames)
{
    cp_list_release(&renames->removed);
    cp_buf_release(&renames->path);
}

/* ---- likeness -------------------------------------------------------------------------------- */

struct lines {
    struct cp_lines read;
    uint64_t id; /* of the last line that begins `id:`; 0: there is none */
};

/* What stands behind `id:` on its line, without a comment, and without quotes. */
static struct cp_str id_on(struct cp_str line)
{
    struct cp_str value = cp_str_trim(cp_str_slice(line, 3, SIZE_MAX));
    size_t comment = cp_str_find(value, CP_STR(" #"));
    value = cp_str_trim(cp_str_slice(value, 0, comment));
    bool is_quoted = value.len >= 2 && (*value.at == '"' || *value.at == '\'') &&
                     value.at[value.len - 1] == *value.at;
    return is_quoted ? cp_str_slice(value, 1, value.len - 2) : value;
}

static uint64_t id_of(struct cp_str text)
{
    uint64_t id = 0;
    while (text.len > 0) {
        const char *newline = memchr(text.at, '\n', text.len);
        size_t len = newline ? (size_t)(newline - text.at) : text.len;
        struct cp_str line = {text.at, len};
        id = len > 3 && memcmp(line.at, "id:", 3) == 0 ? cp_str_hash(id_on(line)) : id;
        text = cp_str_slice(text, len + 1, SIZE_MAX);
    }
    return id;
}

static void split_lines(struct lines *out, struct cp_str text)
{
    text = cp_str_slice(text, 0, max_bytes);
    cp_lines_read(&out->read, text);
    out->id = id_of(text);
}

static int read_lines(struct lines *out, const struct log_renames *renames, const git_oid *id)
{
    git_odb_object *object = NULL;
    int code = git_odb_read(&object, renames->trees->handle->objects, id);
    if (code != 0) {
        renames->trees->lost = *id;
        return code;
    }
    split_lines(out, (struct cp_str){git_odb_object_data(object), git_odb_object_size(object)});
    git_odb_object_free(object);
    return 0;
}

/* Lines in common, of a thousand; one more than that for the same id. */
static size_t likeness(const struct lines *a, const struct lines *b)
{
    size_t score = cp_lines_likeness(&a->read, &b->read);
    return a->id != 0 && a->id == b->id ? score + CP_LINES_SAME + 1 : score;
}

static bool may_be(const struct log_removed *removed, const struct log_added *added)
{
    return !removed->is_taken &&
           cp_path_is_markdown(removed->path) == cp_path_is_markdown(added->path);
}

static int find_alike(struct log_removed **out, struct log_renames *renames,
                      const struct log_added *added)
{
    struct lines *lines = cp_arena_alloc(renames->arena, 2 * sizeof *lines);
    size_t best_score = HALF - 1;
    int code = 0;
    if (added->text.at) {
        split_lines(&lines[0], added->text);
    } else {
        code = read_lines(&lines[0], renames, &added->id);
    }
    for (size_t i = 0; code == 0 && i < renames->removed.count && i < MAX_ALIKE; i++) {
        struct log_removed *removed = &renames->removed.items[i];
        bool is_wanted = may_be(removed, added);
        code = is_wanted ? read_lines(&lines[1], renames, &removed->id) : 0;
        if (code == 0 && is_wanted) {
            size_t score = likeness(&lines[0], &lines[1]);
            *out = score > best_score ? removed : *out;
            best_score = score > best_score ? score : best_score;
        }
    }
    return code;
}

int log_renames_take(struct log_removed **out, struct log_renames *renames,
                     const struct log_added *added, bool is_exact)
{
    struct log_removed *found = NULL;
    int code = 0;
    for (size_t i = 0; is_exact && !found && i < renames->removed.count; i++) {
        struct log_removed *removed = &renames->removed.items[i];
        bool is_it = may_be(removed, added) && git_oid_equal(&removed->id, &added->id);
        found = is_it ? removed : NULL;
    }
    if (!is_exact && renames->removed.count > 0) {
        code = find_alike(&found, renames, added);
    }
    if (found) {
        found->is_taken = true;
    }
    *out = found;
    return code;
}

/* ---- ids ------------------------------------------------------------------------------------- */

int log_id_read(uint64_t *out, struct log_trees *trees, const git_oid *blob)
{
    git_odb_object *object = NULL;
    int code = git_odb_read(&object, trees->handle->objects, blob);
    *out = 0;
    if (code != 0) {
        trees->lost = *blob;
        return code;
    }
    struct cp_str text = {git_odb_object_data(object), git_odb_object_size(object)};
    *out = id_of(cp_str_slice(text, 0, max_bytes));
    git_odb_object_free(object);
    return 0;
}

int log_renames_take_id(struct log_removed **out, struct log_renames *renames, uint64_t id)
{
    int code = 0;
    for (size_t i = 0; code == 0 && i < renames->removed.count && i < MAX_ALIKE; i++) {
        struct log_removed *removed = &renames->removed.items[i];
        uint64_t found = 0;
        code = log_id_read(&found, renames->trees, &removed->id);
        if (code == 0 && found == id && removed->is_there) {
            code = log_id_read(&found, renames->trees, &removed->now);
            found = found == id ? 0 : id;
        }
        if (code == 0 && found == id) {
            *out = removed;
            break;
        }
    }
    return code;
}
