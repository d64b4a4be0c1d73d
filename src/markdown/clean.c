/*
 * A parsed tree made fit to be written: HTML becomes visible text, targets that may not be links
 * become text, and what character references brought in is made printable. No word is lost.
 */
#include "private.h"

#include <string.h>

/* Whether the text holds anything that cp_printable() would change; most holds nothing. */
static bool is_clean(struct cp_str text)
{
    while (text.len > 0) {
        uint32_t code_point = 0;
        size_t length = cp_utf8_decode(&code_point, text);
        if (length == 0 || code_point == '\n' || code_point == '\t' ||
            cp_is_unprintable(code_point)) {
            return false;
        }
        text = cp_str_slice(text, length, text.len);
    }
    return true;
}

/* Character references may have brought anything into the text. */
static void clean_text(cmark_node *node)
{
    struct cp_str text = cp_str_of(cmark_node_get_literal(node));
    if (is_clean(text)) {
        return;
    }
    struct cp_buf clean;
    cp_buf_init(&clean);
    cp_text_put_piece(&clean, text);
    cp_node_set_literal(node, cp_buf_str(&clean));
    cp_buf_release(&clean);
}

static void replace_by(cmark_node *node, cmark_node *other)
{
    cmark_node_replace(node, other);
    cmark_node_free(node);
}

/* ---- HTML ---------------------------------------------------------------------------------- */

static bool is_break_tag(struct cp_str html)
{
    return cp_str_is_equal_folded(html, CP_STR("<br>")) ||
           cp_str_is_equal_folded(html, CP_STR("<br/>")) ||
           cp_str_is_equal_folded(html, CP_STR("<br />"));
}

/* A comment is its author's note, not a part of the document. */
static bool is_comment(struct cp_str html)
{
    return cp_str_has_prefix(html, "<!--") && cp_str_has_suffix(html, "-->");
}

static void clean_html_inline(cmark_node *node)
{
    struct cp_str html = cp_str_of(cmark_node_get_literal(node));
    if (is_comment(html)) {
        cmark_node_free(node);
    } else if (is_break_tag(html)) {
        replace_by(node, cmark_node_new(CMARK_NODE_LINEBREAK));
    } else {
        cmark_node *text = cp_node_literal(CMARK_NODE_TEXT, html);
        clean_text(text);
        replace_by(node, text);
    }
}

static void clean_html_block(cmark_node *node)
{
    struct cp_str html = cp_str_trim(cp_str_of(cmark_node_get_literal(node)));
    if (is_comment(html) && cp_str_find(html, CP_STR("-->")) == html.len - 3) {
        cmark_node_free(node);
        return;
    }
    cmark_node *code = cp_node_literal(CMARK_NODE_CODE_BLOCK, html);
    cmark_node_set_fence_info(code, "html");
    replace_by(node, code);
}

/* ---- targets ------------------------------------------------------------------------------- */

static void insert_text_after(cmark_node *node, struct cp_str text)
{
    cmark_node_insert_after(node, cp_node_literal(CMARK_NODE_TEXT, text));
}

/* The words stay, and the target stands behind them where it says more than they do. */
static void refuse_target(cmark_node *node, struct cp_str url)
{
    struct cp_buf words;
    cp_buf_init(&words);
    cp_node_words(&words, node);
    if (url.len > 0 && !cp_str_is_equal(cp_buf_str(&words), url)) {
        insert_text_after(node, CP_STR(")"));
        insert_text_after(node, url);
        insert_text_after(node, CP_STR(" ("));
    }
    cmark_node *child;
    while ((child = cmark_node_first_child(node))) {
        cmark_node_insert_before(node, child);
    }
    cmark_node_free(node);
    cp_buf_release(&words);
}

static void clean_title(cmark_node *node)
{
    struct cp_buf title;
    cp_buf_init(&title);
    cp_text_put_line(&title, cp_str_of(cmark_node_get_title(node)));
    cmark_node_set_title(node, title.len ? title.at : "");
    cp_buf_release(&title);
}

static void clean_target(cmark_node *node)
{
    struct cp_buf url, shown;
    cp_buf_init(&url);
    cp_buf_init(&shown);
    bool is_link = cp_url_put(&url, cp_str_of(cmark_node_get_url(node)));
    cp_text_put_line(&shown, cp_str_of(cmark_node_get_url(node)));
    clean_title(node);
    if (is_link) {
        cmark_node_set_url(node, url.at);
    } else {
        refuse_target(node, cp_buf_str(&shown));
    }
    cp_buf_release(&url);
    cp_buf_release(&shown);
}

/* ---- code ---------------------------------------------------------------------------------- */

/* The writer fences with backticks, which an info string may then not hold. */
static void clean_info(cmark_node *node)
{
    struct cp_buf info;
    cp_buf_init(&info);
    cp_text_put_line(&info, cp_str_of(cmark_node_get_fence_info(node)));
    for (size_t i = 0; i < info.len; i++) {
        info.at[i] = info.at[i] == '`' ? '\'' : info.at[i];
    }
    cmark_node_set_fence_info(node, info.len ? info.at : "");
    cp_buf_release(&info);
}

/* ---- all ----------------------------------------------------------------------------------- */

static void clean_node(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        clean_text(node);
        break;
    case CMARK_NODE_HTML_INLINE:
        clean_html_inline(node);
        break;
    case CMARK_NODE_HTML_BLOCK:
        clean_html_block(node);
        break;
    case CMARK_NODE_CODE_BLOCK:
        clean_info(node);
        break;
    default:
        clean_target(node);
    }
}

static bool is_cleaned(cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        return true;
    default:
        return false;
    }
}

/* Children before parents: a refused target moves the children that were cleaned. */
static void pick_bottom_up(struct cp_nodes *nodes, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        bool is_target = type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
        bool is_leaf = event == CMARK_EVENT_ENTER && !is_target;
        if (is_cleaned(node) && (is_leaf || (is_target && event == CMARK_EVENT_EXIT))) {
            cp_nodes_push(nodes, node);
        }
    }
    cmark_iter_free(iter);
}

void cp_parsed_clean(cmark_node *root)
{
    struct cp_nodes nodes = {0};
    cmark_consolidate_text_nodes(root);
    pick_bottom_up(&nodes, root);
    for (size_t i = 0; i < nodes.count; i++) {
        clean_node(nodes.items[i]);
    }
    cp_list_release(&nodes);
}

cmark_node *cp_markdown_parse(struct cp_str source)
{
    cmark_node *root =
        cmark_parse_document(source.at ? source.at : "", source.len, CMARK_OPT_DEFAULT);
    cp_parsed_clean(root);
    return root;
}
