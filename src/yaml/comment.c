/*
 * Comments: found in the gaps between scalars, since libyaml drops them; and text that was meant
 * as a value and became a comment or a tag. Knows nothing of what a comment says.
 */
#include "build.h"
#include "quote.h"

#include <string.h>

/* The plain scalar that only blanks separate from the # at `at`. */
static struct cp_node *scalar_before(const struct cp_yaml_builder *b, uint32_t at)
{
    struct cp_node *node = b->previous;
    if (!node || node->style != CP_STYLE_PLAIN) {
        return NULL;
    }
    bool is_key = node->parent && node->parent->kind == CP_NODE_MAPPING && !node->key;
    bool is_beside = cp_yaml_skip_blanks(b->bytes, b->gap, at) == at;
    return is_beside && !is_key ? node : NULL;
}

/* Letters and digits; of what lies beyond ASCII all but the blocks of punctuation and symbols
 * that follow U+2000, whose characters start with the byte E2, and those of Latin-1 (C2). */
static bool is_word(char c)
{
    unsigned char byte = (unsigned char)c;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (byte > 0xC2 && byte != 0xE2);
}

/* Where the outermost of the brackets that are open begins; SIZE_MAX where none is. */
static size_t open_bracket(const struct cp_yaml_builder *b)
{
    for (uint32_t i = 0; i < b->depth; i++) {
        if (b->frames[i].node->style == CP_STYLE_FLOW) {
            return b->frames[i].node->span.offset;
        }
    }
    return SIZE_MAX;
}

/* The first byte of [at, end) that ends a plain value in brackets (`,`) or closes them; `end` where
 * none does. */
static uint32_t find_any(struct cp_str bytes, uint32_t at, uint32_t end, const char *wanted)
{
    while (at < end && !strchr(wanted, bytes.at[at])) {
        at++;
    }
    return at;
}

/* The value that was meant where the comment [at, end) hides the closing bracket: what stands
 * before it, and the comment up to the first comma or bracket. */
static void help_hidden(struct cp_yaml_builder *b, struct cp_diagnostic *found,
                        const struct cp_node *behind, uint32_t at, uint32_t end)
{
    uint32_t text_end = find_any(b->bytes, at, end, ",]}");
    struct cp_buf before;
    struct cp_buf meant;
    cp_buf_init(&before);
    cp_buf_init(&meant);
    if (behind) {
        cp_buf_put(&before, behind->key ? behind->key->text : CP_STR(""));
        cp_buf_puts(&before, behind->key ? ": " : "");
        cp_buf_put(&meant, behind->text);
        cp_buf_puts(&meant, behind->text.len > 0 ? " " : "");
    }
    cp_buf_put(&meant, cp_str_trim(cp_str_slice(b->bytes, at, text_end - at)));
    cp_yaml_help_quotes(b->diags, found, cp_buf_str(&before), cp_buf_str(&meant));
    cp_buf_release(&before);
    cp_buf_release(&meant);
}

/* Reports the comment [at, end) where a bracket is open that it seems to close. */
static bool report_hiding(struct cp_yaml_builder *b, const struct cp_node *behind, uint32_t at,
                          uint32_t end)
{
    size_t open = open_bracket(b);
    uint32_t closing = find_any(b->bytes, at, end, "]}");
    if (open >= at || closing == end || !is_word(b->bytes.at[at + 1])) {
        return false;
    }
    struct cp_diagnostic *found = cp_diags_add(
        b->diags, &cp_rule_yaml_syntax,
        cp_yaml_place(b, at, cp_yaml_trim_blanks(b->bytes, at, end)), CP_STR(""),
        "everything behind this '#' is a comment, the closing '%c' too", b->bytes.at[closing]);
    help_hidden(b, found, behind, at, end);
    cp_diagnostic_note(b->diags, found, cp_yaml_place(b, (uint32_t)open, (uint32_t)open + 1),
                       "the bracket was opened here");
    return true;
}

bool cp_yaml_report_hidden_bracket(struct cp_yaml_builder *b, uint32_t until)
{
    for (size_t i = 0; i < b->comments.count; i++) {
        const struct cp_comment *comment = &b->comments.items[i];
        uint32_t at = comment->span.offset;
        if (report_hiding(b, comment->behind, at, at + comment->span.length)) {
            return true;
        }
    }
    for (uint32_t at = find_any(b->bytes, b->gap, until, "#"); at < until;) {
        uint32_t end = cp_yaml_comment_end(b->bytes, at);
        if (report_hiding(b, scalar_before(b, at), at, end)) {
            return true;
        }
        at = find_any(b->bytes, end, until, "#");
    }
    return false;
}

static bool refuse_joined(struct cp_yaml_builder *b, uint32_t at, uint32_t end)
{
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, at, end), CP_STR(""),
                     "no blank stands before the '#' of a comment");
    cp_diagnostic_help(b->diags, found, "put a blank before the '#'");
    return false;
}

static bool take_comment(struct cp_yaml_builder *b, uint32_t at, uint32_t end)
{
    char before = at > b->cursor.body ? b->bytes.at[at - 1] : '\n';
    bool is_apart = cp_yaml_is_blank(before) || cp_yaml_is_line_end(before) ||
                    (unsigned char)before >= 0x80; /* a line end of libyaml's that is no ASCII */
    if (!is_apart) {
        return !report_hiding(b, scalar_before(b, at), at, end) && refuse_joined(b, at, end);
    }
    struct cp_comment *comment = cp_list_push(&b->comments, sizeof *comment);
    *comment = (struct cp_comment){.span = {at, end - at}, .behind = scalar_before(b, at)};
    return true;
}

/* A # that was passed over stood in a scalar. */
bool cp_yaml_look_for_comments(struct cp_yaml_builder *b, uint32_t until)
{
    if (b->hash < b->gap) {
        b->hash = cp_yaml_find_hash(b->bytes, b->gap);
    }
    while (b->hash < until) {
        uint32_t end = cp_yaml_comment_end(b->bytes, b->hash);
        if (!take_comment(b, b->hash, end)) {
            return false;
        }
        b->hash = cp_yaml_find_hash(b->bytes, end);
    }
    return true;
}

bool cp_yaml_take_header_comment(struct cp_yaml_builder *b, uint32_t at)
{
    b->previous = NULL;
    uint32_t len = (uint32_t)b->bytes.len;
    at++; /* over the | or > */
    while (at < len && strchr("+-0123456789", b->bytes.at[at])) {
        at++;
    }
    at = cp_yaml_skip_blanks(b->bytes, at, len);
    return at == len || b->bytes.at[at] != '#' ||
           take_comment(b, at, cp_yaml_comment_end(b->bytes, at));
}

/* `meant`: the value as it must stand in quotes. */
static void help_whole(struct cp_diags *diags, struct cp_diagnostic *found,
                       const struct cp_node *node, struct cp_str meant)
{
    struct cp_buf before;
    cp_buf_init(&before);
    const struct cp_node *parent = node->parent;
    if (parent && parent->style == CP_STYLE_BLOCK) {
        cp_buf_put(&before, node->key ? node->key->text : CP_STR("-"));
        cp_buf_puts(&before, node->key ? ": " : " ");
    }
    cp_yaml_help_quotes(diags, found, cp_buf_str(&before), meant);
    cp_buf_release(&before);
}

static void help_swallowed(struct cp_diags *diags, struct cp_diagnostic *found,
                           const struct cp_node *node, struct cp_str comment)
{
    struct cp_buf meant;
    cp_buf_init(&meant);
    cp_buf_put(&meant, node->text);
    cp_buf_puts(&meant, node->text.len > 0 ? " " : "");
    cp_buf_put(&meant, comment);
    help_whole(diags, found, node, cp_buf_str(&meant));
    cp_buf_release(&meant);
}

/* A value that is not empty keeps what it has, so it stays whole for the rules. */
static struct cp_diagnostic *add_swallowed(struct cp_diags *diags, const struct cp_node *node,
                                           struct cp_place place, const char *quoted,
                                           const char *message)
{
    struct cp_buf path;
    cp_buf_init(&path);
    cp_node_path(&path, node);
    struct cp_diagnostic *found =
        cp_diags_add(diags, &cp_rule_swallowed_text, place, cp_buf_str(&path),
                     "YAML takes %s for a %s", quoted, message);
    cp_buf_release(&path);
    return found;
}

static void report_swallowed(struct cp_diags *diags, struct cp_file *file, struct cp_node *node,
                             struct cp_span span)
{
    struct cp_place place = {file, span};
    struct cp_str comment = cp_str_slice(file->bytes, span.offset, span.length);
    const char *quoted = cp_diags_quote(diags, comment);
    struct cp_diagnostic *found = NULL;
    if (node->text.len == 0) {
        /* What was meant is not there at all: whatever else is wrong with the value is this. */
        found = cp_node_report_at(diags, &cp_rule_swallowed_text, node, place,
                                  "YAML takes %s for a comment, so the value is empty", quoted);
    } else {
        found = add_swallowed(diags, node, place, quoted, "comment, so the value ends before it");
    }
    help_swallowed(diags, found, node, comment);
    /* `ops #former` may have been meant as a comment; where nothing else stands, and before a
     * number, nothing else can have been meant than text */
    bool is_number = comment.len > 1 && comment.at[1] >= '0' && comment.at[1] <= '9';
    if (node->text.len == 0 || is_number) {
        cp_node_fix_swallowed(diags, found, node, span);
    }
}

/* `!important text`: a tag to YAML, which says of what type the value is. */
static void report_tag(struct cp_diags *diags, struct cp_file *file, struct cp_node *node,
                       struct cp_span span)
{
    struct cp_place place = {file, span};
    struct cp_str tag = cp_str_slice(file->bytes, span.offset, span.length);
    const char *quoted = cp_diags_quote(diags, tag);
    if (node->style != CP_STYLE_PLAIN) {
        struct cp_diagnostic *found =
            add_swallowed(diags, node, place, quoted, "tag, which is no part of the value");
        cp_diagnostic_help(diags, found, "write it inside the value, or remove it");
        return;
    }
    struct cp_diagnostic *found =
        node->text.len == 0
            ? cp_node_report_at(diags, &cp_rule_swallowed_text, node, place,
                                "YAML takes %s for a tag, so the value is empty", quoted)
            : add_swallowed(diags, node, place, quoted, "tag, so the value begins behind it");
    struct cp_str value = cp_arena_printf(&diags->arena, "%.*s%s%.*s", CP_ARG(tag),
                                          node->text.len > 0 ? " " : "", CP_ARG(node->text));
    help_whole(diags, found, node, value);
}

static void check_tags(const struct cp_yaml *yaml, struct cp_diags *diags)
{
    for (size_t i = 0; i < yaml->tags.count; i++) {
        report_tag(diags, yaml->file, yaml->tags.items[i].node, yaml->tags.items[i].span);
    }
}

void cp_yaml_check_swallowed(const struct cp_yaml *yaml, struct cp_diags *diags)
{
    check_tags(yaml, diags);
    struct cp_str bytes = yaml->file->bytes;
    for (size_t i = 0; i < yaml->comments.count; i++) {
        const struct cp_comment *comment = &yaml->comments.items[i];
        uint32_t at = comment->span.offset;
        uint32_t end = at + comment->span.length;
        if (comment->behind && end - at > 1 && is_word(bytes.at[at + 1])) {
            end = cp_yaml_trim_blanks(bytes, at, end);
            report_swallowed(diags, yaml->file, comment->behind, (struct cp_span){at, end - at});
        }
    }
}
