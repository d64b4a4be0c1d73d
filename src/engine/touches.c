/*
 * Which commits changed what stands at fields of a file: its versions are parsed, one after the
 * other, and what stands at each path is compared as a value: comments, order of keys and ways of
 * writing are no change. Knows nothing of plans but their paths.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FIELDS = 1000 };

static const size_t no_version = SIZE_MAX - 1;

struct touching {
    const struct cp_engine *engine;
    const struct cp_log_file *log;
    const struct cp_touches *asked;
    struct cp_str *values[2]; /* by field: what stands there in a version, and in one before */
    struct cp_arena arena[2];
    size_t held[2]; /* which versions those are; SIZE_MAX: none */
    bool *is_same;  /* by field: as in one of the versions before */
};

/* ---- values ---------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    const struct cp_node *left = *(const struct cp_node *const *)a;
    const struct cp_node *right = *(const struct cp_node *const *)b;
    return cp_str_compare(left->key->text, right->key->text);
}

static void put_text(struct cp_buf *out, struct cp_str text)
{
    cp_buf_printf(out, "%zu:", text.len);
    cp_buf_put(out, text);
}

static void put_value(struct cp_buf *out, const struct cp_node *node);

static void put_mapping(struct cp_buf *out, const struct cp_node *node)
{
    const struct cp_node **children = cp_alloc((node->count + 1) * sizeof *children);
    size_t count = 0;
    for (const struct cp_node *child = node->first; child; child = child->next) {
        children[count++] = child;
    }
    qsort(children, count, sizeof *children, by_key);
    for (size_t i = 0; i < count; i++) {
        put_text(out, children[i]->key->text);
        put_value(out, children[i]);
    }
    free(children);
}

/* So that equal values give equal bytes, and others other ones. As deep as the YAML layer lets a
 * file be. */
static void put_value(struct cp_buf *out, const struct cp_node *node)
{
    static const char marks[] = {
        [CP_NODE_SCALAR] = '=', [CP_NODE_MAPPING] = '{', [CP_NODE_SEQUENCE] = '['};
    cp_buf_putc(out, marks[node->kind]);
    if (node->kind == CP_NODE_SCALAR) {
        put_text(out, node->text);
    } else if (node->kind == CP_NODE_MAPPING) {
        put_mapping(out, node);
    } else {
        for (const struct cp_node *child = node->first; child; child = child->next) {
            put_value(out, child);
        }
    }
    cp_buf_putc(out, '.');
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void put_at(struct cp_buf *out, const struct cp_node *node, const char *path);

/* Behind a key: nothing, `.key`, `[]` or `[0]` and so on. A list is entered without brackets, too.
 */
static void put_behind(struct cp_buf *out, const struct cp_node *node, const char *rest)
{
    bool is_one = rest[0] == '[' && rest[1] != ']';
    if (*rest == '\0') {
        put_value(out, node);
    } else if (node->kind == CP_NODE_SEQUENCE) {
        unsigned long wanted = is_one ? strtoul(rest + 1, NULL, 10) : 0;
        rest += *rest == '[' ? strcspn(rest, "]") : 0;
        rest += *rest == ']';
        for (const struct cp_node *item = node->first; item; item = item->next) {
            if (!is_one || item->index == wanted) {
                put_behind(out, item, rest);
            }
        }
    } else if (node->kind == CP_NODE_MAPPING && *rest == '.') {
        put_at(out, node, rest + 1);
    } else {
        put_value(out, node); /* `unknown`, or whatever stands in its place */
    }
}

static void put_at(struct cp_buf *out, const struct cp_node *node, const char *path)
{
    size_t len = strcspn(path, ".[");
    for (const struct cp_node *child = node->first; child; child = child->next) {
        if (child->key && cp_str_is_equal(child->key->text, (struct cp_str){path, len})) {
            put_behind(out, child, path + len);
        }
    }
    if (cp_node_find(node, "unknown") || cp_node_find(node, "not_applicable")) {
        put_value(out, node);
    }
}

/* ---- versions -------------------------------------------------------------------------------- */

static bool load(struct cp_buf *out, const struct touching *touching, size_t version)
{
    const struct cp_past *past = touching->engine->request->past;
    struct cp_error ignored;
    return past->load(past, &touching->log->versions.items[version], CP_YAML_BYTES + 1, out,
                      &ignored) == 0;
}

static void read_values(struct touching *touching, size_t slot, const struct cp_node *root)
{
    struct cp_buf value;
    cp_buf_init(&value);
    for (size_t i = 0; i < touching->asked->count; i++) {
        cp_buf_clear(&value);
        if (root && root->kind == CP_NODE_MAPPING) {
            put_at(&value, root, touching->asked->fields[i]);
        }
        touching->values[slot][i] = cp_arena_copy(&touching->arena[slot], cp_buf_str(&value));
    }
    cp_buf_release(&value);
}

/* What stands at the fields in a version; nothing where it does not parse, or there is none. */
static bool read_version(struct touching *touching, size_t slot, size_t version)
{
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml = {0};
    struct cp_buf bytes;
    cp_arena_reset(&touching->arena[slot]);
    cp_arena_init(&arena);
    cp_buf_init(&bytes);
    cp_diags_init(&diags);
    diags.is_muted = true;
    cp_file_init(&file, touching->log->path);
    bool is_none = version >= touching->log->versions.count;
    bool is_read = is_none || load(&bytes, touching, version);
    if (is_read && !is_none) {
        cp_file_set(&file, cp_buf_str(&bytes));
        cp_yaml_parse(&yaml, &arena, &file, &diags);
    }
    read_values(touching, slot, yaml.root);
    cp_file_drop(&file);
    cp_diags_release(&diags);
    cp_buf_release(&bytes);
    cp_arena_release(&arena);
    return is_read;
}

static bool is_in_period(const struct cp_touches *asked, struct cp_date day)
{
    return day.days <= asked->to.days && (!asked->has_from || day.days >= asked->from.days);
}

/* Reads the version into the slot, unless it or the other one has it. */
static bool hold(struct touching *touching, size_t slot, size_t version)
{
    if (touching->held[slot] != version && touching->held[1 - slot] == version) {
        struct cp_str *values = touching->values[slot];
        struct cp_arena arena = touching->arena[slot];
        touching->values[slot] = touching->values[1 - slot];
        touching->arena[slot] = touching->arena[1 - slot];
        touching->values[1 - slot] = values;
        touching->arena[1 - slot] = arena;
        touching->held[1 - slot] = touching->held[slot];
        touching->held[slot] = version;
    }
    bool is_held = touching->held[slot] == version || read_version(touching, slot, version);
    touching->held[slot] = version;
    return is_held;
}

static void mark_same(const struct touching *touching)
{
    for (size_t i = 0; i < touching->asked->count; i++) {
        bool is_same = cp_str_is_equal(touching->values[0][i], touching->values[1][i]);
        touching->is_same[i] = touching->is_same[i] || is_same;
    }
}

/* A commit touched what it left otherwise than each of its parents that has the file. */
static bool tell_version(struct touching *touching, size_t index)
{
    const struct cp_log_version *version = &touching->log->versions.items[index];
    bool is_added = true;
    memset(touching->is_same, false, touching->asked->count);
    if (!hold(touching, 0, index)) {
        return false;
    }
    for (size_t i = 0; i < version->parent_count; i++) {
        if (version->before[i] != SIZE_MAX) {
            is_added = false;
            if (!hold(touching, 1, version->before[i])) {
                return false;
            }
            mark_same(touching);
        }
    }
    if (is_added) {
        (void)hold(touching, 1, no_version);
        mark_same(touching);
    }
    for (size_t i = 0; i < touching->asked->count; i++) {
        if (!touching->is_same[i]) {
            touching->asked->touch(touching->asked->context, i, version->commit);
        }
    }
    return true;
}

static bool tell_all(struct touching *touching)
{
    size_t count = touching->log->versions.count;
    for (size_t i = 0; i < count; i++) {
        const struct cp_log_commit *commit = touching->log->versions.items[i].commit;
        if (is_in_period(touching->asked, commit->committed) && !tell_version(touching, i)) {
            return false;
        }
    }
    return count > 0;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static const struct cp_log_file *find_log(const struct cp_engine *engine, const char *path)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        const struct group *group = engine->groups.items[i];
        const struct unit *unit = cp_map_find(&group->by_path, cp_str_of(path));
        if (unit) {
            return unit->log;
        }
        if (group->config_path && strcmp(group->config_path, path) == 0) {
            return group->log;
        }
    }
    return NULL;
}

bool cp_engine_touches(struct cp_engine *engine, const char *path, const struct cp_touches *asked)
{
    struct touching touching = {.engine = engine, .log = find_log(engine, path), .asked = asked};
    if (!touching.log || asked->count > MOST_FIELDS) {
        return false;
    }
    touching.is_same = cp_alloc(asked->count + 1);
    for (size_t i = 0; i < 2; i++) {
        touching.held[i] = SIZE_MAX;
        cp_arena_init(&touching.arena[i]);
        touching.values[i] = cp_alloc((asked->count + 1) * sizeof(struct cp_str));
    }
    bool is_known = tell_all(&touching);
    for (size_t i = 0; i < 2; i++) {
        cp_arena_release(&touching.arena[i]);
        free(touching.values[i]);
    }
    free(touching.is_same);
    return is_known;
}
