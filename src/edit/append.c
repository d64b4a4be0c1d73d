/*
 * One more entry in a list of a YAML document: found by its tree, written into its bytes, read
 * again and compared. Whatever cannot be shown to differ by the entry alone is refused. Knows no
 * field and no file.
 */
#include <contplan/edit.h>

#include "parsed.h"

/* ---- comparing ------------------------------------------------------------------------------- */

/* `key:` with nothing behind it. */
static bool is_empty_scalar(const struct cp_node *node)
{
    return node->kind == CP_NODE_SCALAR && node->span.length == 0;
}

/* The part of a dotted path up to the first dot, moving `*path` behind it. */
static struct cp_str next_key(const char **path)
{
    struct cp_str key = {*path, strcspn(*path, ".")};
    *path += key.len + ((*path)[key.len] == '.');
    return key;
}

/* Whether `node` is nothing but the path with a list of the entry at its end. */
static bool is_new_branch(const struct cp_node *node, const char *path, const struct cp_node *entry)
{
    while (*path) {
        struct cp_str key = next_key(&path);
        if (node->kind != CP_NODE_MAPPING || node->count != 1 ||
            !cp_str_is_equal(node->first->key->text, key)) {
            return false;
        }
        node = node->first;
    }
    return node->kind == CP_NODE_SEQUENCE && node->count == 1 && parsed_is_same(node->first, entry);
}

static bool is_grown(const struct cp_node *old, const struct cp_node *grown, const char *path,
                     const struct cp_node *entry);

static bool is_grown_list(const struct cp_node *old, const struct cp_node *grown,
                          const struct cp_node *entry)
{
    const struct cp_node *item = grown->first;
    if (old->kind != CP_NODE_SEQUENCE || grown->kind != CP_NODE_SEQUENCE ||
        grown->count != old->count + 1) {
        return false;
    }
    for (const struct cp_node *child = old->first; child; child = child->next) {
        if (!parsed_is_same(child, item)) {
            return false;
        }
        item = item->next;
    }
    return parsed_is_same(item, entry);
}

/* Whether every child of `old` is still there in its order, the one called `key` grown, or another
 * one called `key` new. */
static bool is_grown_mapping(const struct cp_node *old, const struct cp_node *grown,
                             struct cp_str key, const char *path, const struct cp_node *entry)
{
    const struct cp_node *child = old->first;
    bool is_found = false;
    for (const struct cp_node *other = grown->first; other; other = other->next) {
        bool is_key = cp_str_is_equal(other->key->text, key);
        bool is_old = child && parsed_has_same_key(child, other);
        if (!is_old && !(is_key && is_new_branch(other, path, entry))) {
            return false;
        }
        if (is_old &&
            !(is_key ? is_grown(child, other, path, entry) : parsed_is_same(child, other))) {
            return false;
        }
        is_found = is_found || is_key;
        child = is_old ? child->next : child;
    }
    return is_found && !child;
}

static bool is_grown(const struct cp_node *old, const struct cp_node *grown, const char *path,
                     const struct cp_node *entry)
{
    if (is_empty_scalar(old)) {
        return is_new_branch(grown, path, entry);
    }
    if (*path == '\0') {
        return is_grown_list(old, grown, entry);
    }
    struct cp_str key = next_key(&path);
    return old->kind == CP_NODE_MAPPING && grown->kind == CP_NODE_MAPPING &&
           is_grown_mapping(old, grown, key, path, entry);
}

/* Whether `bytes` is what `old` was with the entry added, and not a thing besides. */
static bool is_intended(const struct cp_node *old, struct cp_str bytes, const char *path,
                        const struct cp_node *entry)
{
    struct parsed document;
    parsed_open(&document, bytes);
    bool is_right = document.yaml.root && document.diags.items.count == 0 &&
                    is_grown(old, document.yaml.root, path, entry);
    parsed_close(&document);
    return is_right;
}

/* ---- where ----------------------------------------------------------------------------------- */

/* The deepest node of the path that is there; `*path` moves to what is missing. */
static const struct cp_node *find_deepest(const struct cp_node *root, const char **path)
{
    const struct cp_node *node = root;
    while (**path && node->kind == CP_NODE_MAPPING) {
        char key[64];
        const char *rest = *path;
        struct cp_str name = next_key(&rest);
        const struct cp_node *child = NULL;
        if (name.len < sizeof key) {
            memcpy(key, name.at, name.len);
            key[name.len] = '\0';
            child = cp_node_find(node, key);
        }
        if (!child) {
            return node;
        }
        node = child;
        *path = rest;
    }
    return node;
}

/* Behind the line that holds the byte at `at`. */
static size_t next_line(struct cp_str bytes, size_t at)
{
    while (at < bytes.len && bytes.at[at] != '\n') {
        at++;
    }
    return at < bytes.len ? at + 1 : at;
}

/* Behind the line on which the node ends. */
static size_t end_of(const struct cp_node *node, struct cp_str bytes)
{
    size_t at = (size_t)node->span.offset + node->span.length;
    bool is_behind_line = node->span.length > 0 && at > 0 && bytes.at[at - 1] == '\n';
    return is_behind_line ? at : next_line(bytes, at);
}

static size_t column_of(const struct cp_node *node, struct cp_str bytes)
{
    size_t start = node->span.offset;
    while (start > 0 && bytes.at[start - 1] != '\n') {
        start--;
    }
    bool has_mark = start == 0 && cp_str_has_prefix(bytes, "\xef\xbb\xbf");
    return node->span.offset - start - (has_mark ? 3 : 0);
}

/* `[]` or `{}`, with no more than blanks between. */
static bool is_empty_brackets(const struct cp_node *node, struct cp_str bytes)
{
    if (node->kind == CP_NODE_SCALAR || node->style != CP_STYLE_FLOW || node->count > 0 ||
        node->span.length < 2) {
        return false;
    }
    for (size_t i = 1; i + 1 < node->span.length; i++) {
        if (bytes.at[node->span.offset + i] != ' ') {
            return false;
        }
    }
    return true;
}

/* Whether something may be written on lines below the key of the node, which holds nothing yet. */
static bool is_fillable(const struct cp_node *node, struct cp_str bytes)
{
    bool is_empty = is_empty_scalar(node) || is_empty_brackets(node, bytes);
    return is_empty && node->key && node->parent->style != CP_STYLE_FLOW;
}

/* What goes in, and what of the document goes out for it. */
struct change {
    struct cp_str out;  /* the brackets that held nothing, with the blanks before them */
    size_t at;          /* where the new lines begin */
    size_t indent;      /* of the new lines */
    const char *branch; /* the part of the path that they begin with */
};

static struct change change_at(const struct cp_node *node, const char *missing, struct cp_str bytes)
{
    struct change change = {.branch = missing};
    if (!is_fillable(node, bytes)) {
        change.at = end_of(node, bytes);
        change.indent = column_of(node, bytes);
        return change;
    }
    size_t start = node->span.offset;
    size_t end = start + node->span.length;
    while (node->span.length > 0 && start > 0 && bytes.at[start - 1] == ' ') {
        start--;
    }
    change.out = cp_str_slice(bytes, start, end - start);
    change.at = next_line(bytes, end);
    change.indent = column_of(node->key, bytes) + 2;
    return change;
}

/* ---- writing --------------------------------------------------------------------------------- */

static const char *line_end_of(struct cp_str bytes)
{
    size_t at = cp_str_find(bytes, CP_STR("\n"));
    return at != SIZE_MAX && at > 0 && bytes.at[at - 1] == '\r' ? "\r\n" : "\n";
}

/* The missing keys of the path and the entry below them, as block lines. */
static void put_branch(struct cp_buf *out, const char *path, struct cp_str entry, size_t indent,
                       const char *line_end)
{
    struct cp_str line;
    while (*path) {
        struct cp_str key = next_key(&path);
        cp_buf_repeat(out, ' ', indent);
        cp_buf_printf(out, "%.*s:%s", CP_ARG(key), line_end);
        indent += 2;
    }
    for (bool is_begun = false; cp_str_line(&line, &entry);) {
        bool is_dashed = !is_begun && line.len > 0 && line.at[0] != '#';
        cp_buf_repeat(out, ' ', indent + (is_begun ? 2 : 0));
        cp_buf_printf(out, "%s%.*s%s", is_dashed ? "- " : "", CP_ARG(line), line_end);
        is_begun = is_begun || is_dashed;
    }
}

static void put_grown(struct cp_buf *out, struct cp_str bytes, const struct change *change,
                      struct cp_str branch, const char *line_end)
{
    size_t gone = change->out.len > 0 ? (size_t)(change->out.at - bytes.at) : change->at;
    cp_buf_put(out, cp_str_slice(bytes, 0, gone));
    gone += change->out.len;
    cp_buf_put(out, cp_str_slice(bytes, gone, change->at - gone));
    cp_buf_puts(out, change->at > 0 && bytes.at[change->at - 1] != '\n' ? line_end : "");
    cp_buf_put(out, branch);
    cp_buf_put(out, cp_str_slice(bytes, change->at, SIZE_MAX));
}

/* Why nothing can be added at a node; NULL where it may be tried. */
static const char *obstacle(const struct cp_node *node, const char *missing, struct cp_str bytes)
{
    if (is_fillable(node, bytes)) {
        return NULL;
    }
    if (cp_node_find(node, "unknown") || cp_node_find(node, "not_applicable")) {
        return "it is stated to be unknown or not applicable";
    }
    if (node->style == CP_STYLE_FLOW) {
        return "it is written in brackets; write it on lines of its own, each entry behind a '-'";
    }
    if (node->kind == CP_NODE_SCALAR) {
        return "a text stands in its place";
    }
    if (node->kind == CP_NODE_MAPPING && *missing == '\0') {
        return "a mapping stands where the list should";
    }
    if (node->kind == CP_NODE_SEQUENCE && *missing != '\0') {
        return "a list stands where a mapping should";
    }
    return NULL;
}

static int refuse(struct cp_error *error, const char *path, const char *why)
{
    return cp_error_set(error, "cannot add to '%s' safely: %s", path, why);
}

/* Puts the document grown by the entry; why it cannot be, or NULL. */
static const char *grow(struct cp_buf *out, const struct parsed *old, struct cp_str bytes,
                        const char *path, struct cp_str entry, const struct cp_node *added)
{
    struct cp_buf branch;
    const char *missing = path;
    const struct cp_node *node = find_deepest(old->yaml.root, &missing);
    const char *why = obstacle(node, missing, bytes);
    if (why) {
        return why;
    }
    const char *line_end = line_end_of(bytes);
    struct change change = change_at(node, missing, bytes);
    cp_buf_init(&branch);
    put_branch(&branch, change.branch, entry, change.indent, line_end);
    put_grown(out, bytes, &change, cp_buf_str(&branch), line_end);
    cp_buf_release(&branch);
    return is_intended(old->yaml.root, cp_buf_str(out), path, added)
               ? NULL
               : "something else in the file would change with it";
}

int cp_list_append(struct cp_buf *out, struct cp_str bytes, const char *path, struct cp_str entry,
                   struct cp_error *error)
{
    struct parsed old;
    struct parsed added;
    struct cp_buf grown;
    parsed_open(&old, bytes);
    parsed_open(&added, entry);
    cp_buf_init(&grown);
    bool is_sound = old.yaml.root && added.yaml.root && old.diags.items.count == 0;
    const char *why = is_sound ? grow(&grown, &old, bytes, path, entry, added.yaml.root)
                               : "there is a mistake in the file; contplan validate says where";
    int result = why ? refuse(error, path, why) : 0;
    cp_buf_put(out, why ? (struct cp_str){0} : cp_buf_str(&grown));
    cp_buf_release(&grown);
    parsed_close(&added);
    parsed_close(&old);
    return result;
}

/* ---- scalars --------------------------------------------------------------------------------- */

static bool is_plain(struct cp_str text)
{
    bool is_letter = text.len > 0 && (text.at[0] | 0x20) >= 'a' && (text.at[0] | 0x20) <= 'z';
    bool is_digit = text.len > 0 && text.at[0] >= '0' && text.at[0] <= '9';
    if ((!is_letter && !is_digit) || text.at[text.len - 1] == ' ' || text.at[text.len - 1] == ':' ||
        cp_str_find(text, CP_STR(": ")) != SIZE_MAX ||
        cp_str_find(text, CP_STR(" #")) != SIZE_MAX) {
        return false;
    }
    return true;
}

void cp_scalar_put(struct cp_buf *out, struct cp_str text)
{
    if (is_plain(text)) {
        cp_buf_put(out, text);
        return;
    }
    cp_buf_putc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        cp_buf_puts(out, text.at[i] == '\'' ? "'" : "");
        cp_buf_putc(out, text.at[i]);
    }
    cp_buf_putc(out, '\'');
}
