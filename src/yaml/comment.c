/*
 * Comments: found in the gaps between scalars, since libyaml drops them; and text that was meant
 * as a value and became a comment. Knows nothing of what a comment says.
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
        return refuse_joined(b, at, end);
    }
    struct cp_comment *comment = cp_list_push(&b->comments, sizeof *comment);
    *comment = (struct cp_comment){.span = {at, end - at}, .behind = scalar_before(b, at)};
    return true;
}

bool cp_yaml_take_comments(struct cp_yaml_builder *b, uint32_t until)
{
    const char *bytes = b->bytes.at;
    for (uint32_t at = b->gap; at < until;) {
        const char *hash = memchr(bytes + at, '#', until - at);
        if (!hash) {
            break;
        }
        at = (uint32_t)(hash - bytes);
        uint32_t end = cp_yaml_comment_end(b->bytes, at);
        if (!take_comment(b, at, end)) {
            return false;
        }
        at = end;
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

/* Letters and digits; of what lies beyond ASCII all but the blocks of punctuation and symbols
 * that follow U+2000, whose characters start with the byte E2, and those of Latin-1 (C2). */
static bool is_word(char c)
{
    unsigned char byte = (unsigned char)c;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (byte > 0xC2 && byte != 0xE2);
}

static void help_swallowed(struct cp_diags *diags, struct cp_diagnostic *found,
                           const struct cp_node *node, struct cp_str comment)
{
    struct cp_buf before;
    struct cp_buf meant;
    cp_buf_init(&before);
    cp_buf_init(&meant);
    const struct cp_node *parent = node->parent;
    if (parent && parent->style == CP_STYLE_BLOCK) {
        cp_buf_put(&before, node->key ? node->key->text : CP_STR("-"));
        cp_buf_puts(&before, node->key ? ": " : " ");
    }
    cp_buf_put(&meant, node->text);
    cp_buf_puts(&meant, node->text.len > 0 ? " " : "");
    cp_buf_put(&meant, comment);
    cp_yaml_help_quotes(diags, found, cp_buf_str(&before), cp_buf_str(&meant));
    cp_buf_release(&before);
    cp_buf_release(&meant);
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
        struct cp_buf path;
        cp_buf_init(&path);
        cp_node_path(&path, node);
        found = cp_diags_add(diags, &cp_rule_swallowed_text, place, cp_buf_str(&path),
                             "YAML takes %s for a comment, so the value ends before it", quoted);
        cp_buf_release(&path);
    }
    help_swallowed(diags, found, node, comment);
}

void cp_yaml_check_swallowed(const struct cp_yaml *yaml, struct cp_diags *diags)
{
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
