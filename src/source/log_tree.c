/*
 * Raw trees, and what differs between two of them. libgit2's own trees are parsed as a whole, which
 * costs more than finding the few names that differ. A tree is content of somebody else: what is
 * broken in it is not read past.
 */
#include "log.h"

#include <string.h>

/* ---- reading --------------------------------------------------------------------------------- */

static git_odb_object *find_kept(const struct log_trees *trees, const git_oid *id)
{
    for (size_t i = 0; i < LOG_TREES; i++) {
        if (trees->kept[i] && git_oid_equal(git_odb_object_id(trees->kept[i]), id)) {
            return trees->kept[i];
        }
    }
    return NULL;
}

int log_tree_read(struct cp_str *out, git_odb_object **object, struct log_trees *trees,
                  const git_oid *id)
{
    *out = (struct cp_str){0};
    *object = NULL;
    if (!id) {
        return 0;
    }
    git_odb_object *kept = find_kept(trees, id);
    if (!kept) {
        int code = git_odb_read(&kept, trees->handle->objects, id);
        if (code != 0) {
            trees->lost = *id;
            return code;
        }
        git_odb_object **place = &trees->kept[trees->next++ % LOG_TREES];
        git_odb_object_free(*place);
        *place = kept;
    }
    int code = git_odb_object_dup(object, kept);
    if (code == 0 && git_odb_object_type(kept) == GIT_OBJECT_TREE) {
        *out = (struct cp_str){git_odb_object_data(kept), git_odb_object_size(kept)};
    }
    return code;
}

void log_trees_release(struct log_trees *trees)
{
    for (size_t i = 0; i < LOG_TREES; i++) {
        git_odb_object_free(trees->kept[i]);
    }
}

/* ---- comparing ------------------------------------------------------------------------------- */

/* "100644 name\0" and the id. */
static bool read_entry(struct tree_entry *out, struct cp_str *rest)
{
    const char *blank = rest->len > 0 ? memchr(rest->at, ' ', rest->len) : NULL;
    const char *end = blank ? memchr(blank, '\0', rest->len - (size_t)(blank - rest->at)) : NULL;
    size_t len = end ? (size_t)(end - rest->at) + 1 + GIT_OID_RAWSZ : SIZE_MAX;
    if (len > rest->len) {
        return false;
    }
    struct cp_str mode = {rest->at, (size_t)(blank - rest->at)};
    out->name = (struct cp_str){blank + 1, (size_t)(end - blank) - 1};
    out->id = (const unsigned char *)end + 1;
    out->is_folder = cp_str_is(mode, "40000") || cp_str_is(mode, "040000");
    out->is_file = cp_str_has_prefix(mode, "100") || cp_str_is(mode, "120000");
    *rest = cp_str_slice(*rest, len, SIZE_MAX);
    return true;
}

/* Moves over what both trees begin with, entry by entry. */
static void skip_common(struct tree_pair *pair)
{
    struct cp_str a = pair->rest[0];
    struct cp_str b = pair->rest[1];
    for (;;) {
        const char *end = a.len > 0 ? memchr(a.at, '\0', a.len) : NULL;
        size_t len = end ? (size_t)(end - a.at) + 1 + GIT_OID_RAWSZ : SIZE_MAX;
        if (!b.at || len > a.len || len > b.len || memcmp(a.at, b.at, len) != 0) {
            break;
        }
        a = (struct cp_str){a.at + len, a.len - len};
        b = (struct cp_str){b.at + len, b.len - len};
    }
    pair->rest[0] = a;
    pair->rest[1] = b;
}

/* git sorts a folder as if its name ended in a slash. */
static int compare_entries(const struct tree_entry *a, const struct tree_entry *b)
{
    size_t common = a->name.len < b->name.len ? a->name.len : b->name.len;
    int order = memcmp(a->name.at, b->name.at, common);
    if (order != 0 || a->name.len == b->name.len) {
        return order != 0 ? order : b->is_folder - a->is_folder;
    }
    int left = a->name.len > common ? (unsigned char)a->name.at[common] : a->is_folder ? '/' : 0;
    int right = b->name.len > common ? (unsigned char)b->name.at[common] : b->is_folder ? '/' : 0;
    return left - right;
}

void tree_pair_init(struct tree_pair *out, struct cp_str a, struct cp_str b)
{
    *out = (struct tree_pair){.rest = {a, b}};
}

static bool is_same_entry(const struct tree_entry *a, const struct tree_entry *b)
{
    return memcmp(a->id, b->id, GIT_OID_RAWSZ) == 0 && a->is_folder == b->is_folder &&
           a->is_file == b->is_file;
}

bool tree_pair_next(struct tree_pair *pair)
{
    for (;;) {
        struct cp_str next[2] = {pair->rest[0], pair->rest[1]};
        skip_common(pair);
        next[0] = pair->rest[0];
        next[1] = pair->rest[1];
        pair->has[0] = read_entry(&pair->entry[0], &next[0]);
        pair->has[1] = read_entry(&pair->entry[1], &next[1]);
        if (!pair->has[0] && !pair->has[1]) {
            return false;
        }
        int order = pair->has[0] && pair->has[1] ? compare_entries(&pair->entry[0], &pair->entry[1])
                                                 : pair->has[1] - pair->has[0];
        pair->has[0] = pair->has[0] && order <= 0;
        pair->has[1] = pair->has[1] && order >= 0;
        for (int i = 0; i < 2; i++) {
            pair->rest[i] = pair->has[i] ? next[i] : pair->rest[i];
        }
        if (!pair->has[0] || !pair->has[1] || !is_same_entry(&pair->entry[0], &pair->entry[1])) {
            return true;
        }
    }
}
