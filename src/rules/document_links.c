/*
 * CP7, where links lead: relative ones of plans and of the documents beside them, in the tree that
 * is checked; and links whose words are an address or path, and another one than their target.
 */
#include "document.h"

/* ---- one link -------------------------------------------------------------------------------- */

struct link {
    struct cp_str target;
    bool is_image;
};

static void describe(struct cp_buf *out, const struct link *link, enum cp_target found,
                     const char *shown)
{
    const char *what = link->is_image ? "the image" : "the link";
    if (found == CP_TARGET_MISSING) {
        cp_buf_printf(out, "%s leads to %s, and nothing is there", what, shown);
    } else {
        cp_buf_printf(out, "%s leads to %s, and no heading or anchor has that name", what, shown);
    }
}

static const char *help_of(enum cp_target found)
{
    return found == CP_TARGET_MISSING
               ? "correct the path, which is relative to this file, or commit what is missing"
               : "take the anchor from the heading as it stands now: in lower case, blanks as '-', "
                 "punctuation left out";
}

/* Left to be filled in by whoever renders the page. */
static bool is_template(struct cp_str target)
{
    return cp_str_find(target, CP_STR("{{")) != SIZE_MAX ||
           cp_str_find(target, CP_STR("${")) != SIZE_MAX ||
           cp_str_find(target, CP_STR("{%")) != SIZE_MAX;
}

/* A tag that leads somewhere: `<img src>`, `<a href>`. */
static bool read_tag(struct link *out, struct cp_str tag)
{
    out->is_image = cp_str_is_equal_folded(cp_str_slice(tag, 0, 4), CP_STR("<img"));
    bool is_link = tag.len > 3 && (tag.at[1] | 0x20) == 'a' && cp_is_blank(tag.at[2]);
    out->target = out->is_image ? cp_html_attribute(tag, "src")
                  : is_link     ? cp_html_attribute(tag, "href")
                                : (struct cp_str){0};
    return out->target.len > 0;
}

/* ---- plans ----------------------------------------------------------------------------------- */

struct plan_links {
    const struct cp_tree *tree;
    struct cp_diags *diags;
    const struct cp_checks_off *off; /* asked of what is found: that is less often than each plan */
};

static bool differs(struct cp_str text, struct cp_str target);

static void report_differing(struct cp_diags *diags, struct cp_diagnostic *finding)
{
    cp_diagnostic_help(diags, finding,
                       "make both the same, or let the words say what is found there");
}

static void check_plan_target(const struct plan_links *links, const struct cp_leaf *leaf,
                              const struct link *link, size_t at)
{
    if (!leaf->node || is_template(link->target)) {
        return;
    }
    enum cp_target found = links->tree->look(links->tree, leaf->node->file->path, link->target);
    if ((found != CP_TARGET_MISSING && found != CP_TARGET_NO_ANCHOR) ||
        !cp_checks_is_on(links->off, &cp_rule_dead_link)) {
        return;
    }
    struct cp_buf words;
    cp_buf_init(&words);
    describe(&words, link, found, cp_diags_quote(links->diags, link->target));
    struct cp_place place = cp_diags_is_full(links->diags, &cp_rule_dead_link)
                                ? cp_node_place(leaf->node)
                                : cp_node_inner_place(leaf->node, at, link->target.len);
    struct cp_diagnostic *finding = cp_node_report_at(links->diags, &cp_rule_dead_link, leaf->node,
                                                      place, "%.*s", CP_ARG(cp_buf_str(&words)));
    cp_diagnostic_help(links->diags, finding, "%s", help_of(found));
    cp_buf_release(&words);
}

static void check_plan_words(const struct plan_links *links, const struct cp_leaf *leaf,
                             const struct cp_prose_run *run, size_t at)
{
    if (!leaf->node || !differs(run->text, run->target) ||
        !cp_checks_is_on(links->off, &cp_rule_link_text_differs)) {
        return;
    }
    struct cp_diagnostic *finding = cp_node_report_at(
        links->diags, &cp_rule_link_text_differs, leaf->node,
        cp_node_inner_place(leaf->node, at, run->text.len), "the link says %s and leads to %s",
        cp_diags_quote(links->diags, run->text), cp_diags_quote(links->diags, run->target));
    report_differing(links->diags, finding);
}

static void check_prose(const struct plan_links *links, const struct cp_text *text)
{
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    cp_prose_scan_init(&scan, text->text);
    while (cp_prose_scan_next(&run, &scan)) {
        struct link link = {run.target, run.kind == CP_PROSE_IMAGE};
        bool is_tag = run.kind == CP_PROSE_HTML && read_tag(&link, run.text);
        if (is_tag || run.kind == CP_PROSE_LINK || run.kind == CP_PROSE_IMAGE) {
            check_plan_target(links, &text->leaf, &link, (size_t)(link.target.at - text->text.at));
        }
        if (run.kind == CP_PROSE_LINK) {
            check_plan_words(links, &text->leaf, &run, (size_t)(run.text.at - text->text.at));
        }
    }
}

static void check_value(const struct plan_links *links, const struct cp_stated *at)
{
    const struct cp_text *text = (const struct cp_text *)(const void *)at->leaf;
    if (at->leaf->state != CP_SET) {
        return;
    }
    if (at->field->type == CP_TYPE_PROSE && cp_prose_may_lead(text->text)) {
        check_prose(links, text);
    } else if (at->field->flags & CP_FIELD_PATH) {
        struct link link = {text->text, strcmp(at->field->key, "src") == 0};
        check_plan_target(links, at->leaf, &link, 0);
    }
}

void cp_rules_check_links(const struct cp_plan *plan, const struct cp_tree *tree,
                          const struct cp_checks_off *off, struct cp_diags *diags)
{
    struct plan_links links = {.tree = tree, .off = off, .diags = diags};
    for (size_t i = 0; i < plan->stated.count && !diags->is_muted; i++) {
        check_value(&links, &plan->stated.items[i]);
    }
}

/* ---- documents ------------------------------------------------------------------------------- */

static void check_target(const struct cp_document_input *in, const struct cp_rule *rule,
                         const struct link *link, struct cp_place place)
{
    bool is_own = cp_str_has_prefix(link->target, "#");
    struct cp_str fragment = cp_str_slice(link->target, 1, link->target.len);
    enum cp_target found = is_template(link->target) ? CP_TARGET_UNKNOWN
                           : !is_own ? in->tree->look(in->tree, in->file->path, link->target)
                           : cp_reading_has_anchor(in->reading, fragment) ? CP_TARGET_THERE
                                                                          : CP_TARGET_NO_ANCHOR;
    if (found != CP_TARGET_MISSING && found != CP_TARGET_NO_ANCHOR) {
        return;
    }
    struct cp_buf words;
    cp_buf_init(&words);
    describe(&words, link, found, cp_diags_quote(in->diags, link->target));
    struct cp_diagnostic *finding = cp_diags_add(in->diags, rule, place, (struct cp_str){0}, "%.*s",
                                                 CP_ARG(cp_buf_str(&words)));
    cp_diagnostic_help(in->diags, finding, "%s", help_of(found));
    cp_buf_release(&words);
}

static void check_html(const struct cp_document_input *in, const struct cp_rule *rule,
                       const struct cp_reading_block *block)
{
    struct link link;
    struct cp_str rest = block->text;
    while (rest.len > 0) {
        const char *open = memchr(rest.at, '<', rest.len);
        if (!open) {
            return;
        }
        rest = cp_str_slice(rest, (size_t)(open - rest.at), rest.len);
        if (cp_str_has_prefix(rest, "<!--")) {
            size_t end = cp_str_find(rest, CP_STR("-->"));
            rest = cp_str_slice(rest, end == SIZE_MAX ? rest.len : end, rest.len);
            continue;
        }
        const char *close = memchr(rest.at, '>', rest.len);
        size_t length = close ? (size_t)(close - rest.at) + 1 : rest.len;
        if (read_tag(&link, cp_str_slice(rest, 0, length))) {
            size_t at = (size_t)(link.target.at - block->text.at);
            check_target(in, rule, &link, cp_document_words(in, block, at, link.target.len));
        }
        rest = cp_str_slice(rest, length, rest.len);
    }
}

static struct cp_place place_of(const struct cp_document_input *in,
                                const struct cp_reading_piece *piece)
{
    return piece->target_length > 0
               ? cp_document_place(in, piece->target_offset, piece->target_length)
               : cp_document_place(in, piece->offset, piece->length);
}

static void check_piece(const struct cp_document_input *in, const struct cp_rule *rule,
                        const struct cp_reading_piece *piece)
{
    struct link link = {piece->target, piece->kind == CP_PIECE_IMAGE};
    if (piece->kind == CP_PIECE_LINK || piece->kind == CP_PIECE_IMAGE) {
        if (piece->target.len > 0) {
            check_target(in, rule, &link, place_of(in, piece));
        }
    } else if (piece->kind == CP_PIECE_HTML && read_tag(&link, piece->text)) {
        size_t at = piece->offset + (size_t)(link.target.at - piece->text.at);
        check_target(in, rule, &link, cp_document_place(in, at, link.target.len));
    }
}

void cp_check_document_links(const struct cp_document_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        if (block->kind == CP_READING_HTML) {
            check_html(in, rule, block);
        }
        for (uint32_t j = 0; j < block->piece_count; j++) {
            check_piece(in, rule, cp_reading_piece_get(in->reading, block->first_piece + j));
        }
    }
}

const struct cp_rule cp_rule_dead_link = {
    .code = "CP702",
    .name = "dead-link",
    .severity = CP_ERROR,
    .summary = "a relative link, anchor or image that leads nowhere",
    .explanation =
        "During an incident nobody has time to look for a file that was moved. Looked up are "
        "relative paths of runbooks and images, relative links in prose, and the links, images and "
        "anchors of the Markdown documents that plans lead to; all of them in the tree that is "
        "checked: files on disk, a commit, or what is about to be committed. Anchors are those "
        "that GitHub makes of headings, and the ids and names in HTML. Links that lead out of the "
        "portfolio's folder, and full addresses, are not looked up.",
    .clause = "ISO 22301:2019, 7.5.3",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - {id: restore, path: runbooks/restored.md}\n",
    .good = "# file: plans/permits.yaml\n"
            "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - {id: restore, path: runbooks/restore.md}\n"
            "# file: plans/runbooks/restore.md\n"
            "Start with the newest backup.\n",
};

/* ---- words and target ------------------------------------------------------------------------ */

static bool has_scheme(struct cp_str text)
{
    return cp_str_has_prefix(text, "http://") || cp_str_has_prefix(text, "https://");
}

/* An address without what makes no difference. */
static struct cp_str bare(struct cp_str url)
{
    size_t scheme = cp_str_has_prefix(url, "https://")  ? 8
                    : cp_str_has_prefix(url, "http://") ? 7
                                                        : 0;
    url = cp_str_slice(url, scheme, url.len);
    url = cp_str_has_prefix(url, "www.") ? cp_str_slice(url, 4, url.len) : url;
    while (cp_str_has_suffix(url, "/")) {
        url.len--;
    }
    return url;
}

static bool begins_folded(struct cp_str text, struct cp_str start)
{
    return start.len <= text.len && cp_str_is_equal_folded(cp_str_slice(text, 0, start.len), start);
}

/* Words may be an address cut short: with an ellipsis, or up to the page that is meant. */
static bool is_other_address(struct cp_str text, struct cp_str target)
{
    static const char *const ellipses[] = {CP_ELLIPSIS, "..."};
    for (size_t i = 0; i < 2; i++) {
        if (cp_str_has_suffix(text, ellipses[i])) {
            text.len -= strlen(ellipses[i]);
        }
    }
    return !begins_folded(bare(target), bare(text));
}

static bool is_path_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || cp_is_digit(c) ||
           strchr("._-/~", c) != NULL;
}

/* Whether the words are the path of a file: no blanks, and an ending that files have. */
static bool is_path(struct cp_str text)
{
    static const char *const endings[] = {".md",     ".markdown", ".sh",  ".yaml", ".yml",  ".json",
                                          ".tf",     ".sql",      ".py",  ".txt",  ".toml", ".conf",
                                          ".tfvars", ".cfg",      ".csv", ".pdf",  ".html", ".ps1"};
    for (size_t i = 0; i < text.len; i++) {
        if (!is_path_character(text.at[i]) || text.at[i] == '\0') {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (cp_str_has_suffix(text, endings[i])) {
            return true;
        }
    }
    return false;
}

static struct cp_str name_of(struct cp_str path)
{
    size_t start = path.len;
    while (start > 0 && path.at[start - 1] != '/') {
        start--;
    }
    return cp_str_slice(path, start, path.len);
}

static struct cp_str without_fragment(struct cp_str target)
{
    size_t end = 0;
    while (end < target.len && target.at[end] != '#' && target.at[end] != '?') {
        end++;
    }
    return cp_str_slice(target, 0, end);
}

/* Folders may be seen from elsewhere; the file is the same one. */
static bool is_other_path(struct cp_str text, struct cp_str target)
{
    struct cp_str path = without_fragment(target);
    return path.len > 0 && !cp_str_is_equal(name_of(text), name_of(path));
}

static bool differs(struct cp_str text, struct cp_str target)
{
    text = cp_str_trim(text);
    if (target.len == 0 || cp_str_is_equal(text, target) || is_template(target)) {
        return false;
    }
    if (has_scheme(text) && cp_str_find(text, CP_STR(" ")) == SIZE_MAX) {
        return is_other_address(text, target);
    }
    bool is_relative =
        cp_str_find(target, CP_STR(":")) == SIZE_MAX && !cp_str_has_prefix(target, "/");
    return is_relative && is_path(text) && is_other_path(text, target);
}

void cp_check_document_link_texts(const struct cp_document_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        for (uint32_t j = 0; j < block->piece_count; j++) {
            const struct cp_reading_piece *piece =
                cp_reading_piece_get(in->reading, block->first_piece + j);
            if (piece->kind != CP_PIECE_LINK || !differs(piece->text, piece->target)) {
                continue;
            }
            struct cp_diagnostic *finding = cp_diags_add(
                in->diags, rule, cp_document_words(in, block, piece->text_offset, piece->text.len),
                (struct cp_str){0}, "the link says %s and leads to %s",
                cp_diags_quote(in->diags, piece->text), cp_diags_quote(in->diags, piece->target));
            report_differing(in->diags, finding);
        }
    }
}

const struct cp_rule cp_rule_link_text_differs = {
    .code = "CP703",
    .name = "link-text-differs",
    .severity = CP_WARNING,
    .summary = "a link that says one address or path and leads to another",
    .explanation =
        "Where the words of a link are themselves an address or a path, readers believe the words: "
        "on paper, or when they copy them into another window, they have nothing else. One of the "
        "two was changed and the other forgotten. Compared are only words that are an address "
        "or the path of a file; an address may be cut short, and folders may be seen from "
        "elsewhere.",
    .clause = "ISO 22301:2019, 7.5.3",
    .bad = "id: permits\n"
           "architecture:\n"
           "  description: See [https://a.example.org/permits](https://b.example.org/permits).\n",
    .good = "id: permits\n"
            "architecture:\n"
            "  description: See [the design](https://b.example.org/permits).\n",
};
