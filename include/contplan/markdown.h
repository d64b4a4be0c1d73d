/*
 * markdown: prose and documents. A document tree that is built piece by piece and written as
 * Markdown or HTML, and a scanner that tells the words of a prose field from its markup. It is the
 * only layer that knows cmark; it knows no plan.
 *
 * Every text given to it is untrusted: unprintable characters leave as `<U+202E>`, malformed bytes
 * as `<0xFF>`, and no text becomes markup unless it is given as prose. Link targets other than
 * http, https, mailto, tel, relative ones and `#…` leave as text: "title (target)".
 */
#ifndef CONTPLAN_MARKDOWN_H
#define CONTPLAN_MARKDOWN_H

#include <contplan/base.h>

/* ---- documents ----------------------------------------------------------------------------- */

struct cp_document;

/* An empty document; freed with cp_document_free(). */
struct cp_document *cp_document_new(void);
/* Accepts NULL. */
void cp_document_free(struct cp_document *document);

enum cp_block {
    CP_BLOCK_PARAGRAPH, /* holds pieces */
    CP_BLOCK_QUOTE,     /* holds blocks */
    CP_BLOCK_BULLETS,   /* holds items */
    CP_BLOCK_NUMBERS,   /* holds items, counted from 1 */
    CP_BLOCK_ITEM       /* holds pieces, blocks, or pieces and then blocks */
};

/* Opens a block inside the open one; what is added next goes into it. */
void cp_document_begin(struct cp_document *document, enum cp_block block);
/* Ends the open block. One that stayed empty leaves no trace. */
void cp_document_end(struct cp_document *document);

/* A heading of level 1 to 6. `id` is its anchor in HTML; empty: the slug of `text`, with a number
 * behind it where the document already has that one. */
void cp_document_heading(struct cp_document *document, unsigned level, struct cp_str id,
                         struct cp_str text);

/* The headings made by cp_document_heading(), for a table of contents. */
struct cp_document_heading {
    unsigned level;
    struct cp_str id;   /* borrowed from the document, as is `text` */
    struct cp_str text; /* printable, not escaped for any target */
};
size_t cp_document_heading_count(const struct cp_document *document);
struct cp_document_heading cp_document_heading_get(const struct cp_document *document,
                                                   size_t index);

/* Whether a heading made by cp_document_heading() is what was added last: nothing stands under it.
 */
bool cp_document_is_at_heading(const struct cp_document *document);

/* Lines of code, shown as they are; `language` may be empty. */
void cp_document_code_block(struct cp_document *document, struct cp_str language,
                            struct cp_str text);

/* A line across the page. */
void cp_document_rule(struct cp_document *document);

/* Opens a table with `count` headed columns. Columns that stay empty in every row are left out,
 * and a table without a filled cell leaves no trace. It may stand where a block may, not in a
 * cell. */
void cp_document_begin_table(struct cp_document *document, const char *const *columns,
                             size_t count);
/* Opens a part of a table that is written document by document: the first with its heads, those
 * right behind it with NULL. None of its columns is left out. */
void cp_document_begin_part(struct cp_document *document, const char *const *columns, size_t count);
/* Opens the next cell, a new row after the last column; pieces go into it. */
void cp_document_cell(struct cp_document *document);
void cp_document_end_table(struct cp_document *document);

/* Pieces of the open paragraph, item or cell. Empty ones leave no trace; line ends and tabs in
 * them are blanks. */
void cp_document_text(struct cp_document *document, struct cp_str text);
void cp_document_strong(struct cp_document *document, struct cp_str text);
void cp_document_emphasis(struct cp_document *document, struct cp_str text);
void cp_document_code(struct cp_document *document, struct cp_str text);
/* Code that was taken out, struck through (`~~` as the code hosts have it), and put in, strong: no
 * word of it can be read as markup, or as a mention of somebody. */
void cp_document_deleted(struct cp_document *document, struct cp_str text);
void cp_document_inserted(struct cp_document *document, struct cp_str text);
/* An empty `text` shows the target. */
void cp_document_link(struct cp_document *document, struct cp_str text, struct cp_str url);
void cp_document_image(struct cp_document *document, struct cp_str alt, struct cp_str url);
void cp_document_break(struct cp_document *document);

enum {
    CP_PROSE_BYTES =
        64 * 1024,            /* of a field that is read as Markdown; longer ones are plain text */
    CP_PROSE_BRACKETS = 4096, /* opening ones in such a field; more: plain text */
    CP_PROSE_NESTING = 32     /* block quotes and lists opened by one line; more: plain text */
};

/* Appends a Markdown field as blocks: CommonMark with pipe tables, also inside an open item. Its
 * highest headings get `base_level`, those below them follow, none below 6. HTML is shown as text,
 * `<br>` breaks the line, comments are dropped. Cells beyond a table's columns join its last one:
 * no word is lost. */
void cp_document_prose(struct cp_document *document, struct cp_str text, unsigned base_level);
/* Whether a Markdown field is one paragraph or nothing, which pieces can say in full. */
bool cp_prose_is_inline(struct cp_str text);
/* Appends a Markdown field as pieces: its blocks follow one another on lines of their own. */
void cp_document_prose_inline(struct cp_document *document, struct cp_str text);

/* Appends the document as CommonMark with pipe tables, each paragraph on one line. */
void cp_document_write_markdown(struct cp_buf *out, struct cp_document *document);
/* Appends the document as the inside of an HTML body. Tables stand in a `div` of class "table";
 * links whose words are their target have the class "bare", so that a style sheet can print the
 * targets of the others. */
void cp_document_write_html(struct cp_buf *out, struct cp_document *document);

/* Appends `text` for the inside of an HTML element or a quoted attribute: escaped, printable. */
void cp_html_put(struct cp_buf *out, struct cp_str text);

/* ---- scanning prose ------------------------------------------------------------------------ */

enum cp_prose_kind {
    CP_PROSE_TEXT,  /* words: neither code, nor a target, nor HTML */
    CP_PROSE_LINK,  /* also an autolink, a bare URL, and the definition `[label]: target` */
    CP_PROSE_IMAGE, /* `text` is its alternative text */
    CP_PROSE_HTML   /* one tag, comment or declaration, as it stands */
};

/* A part of a Markdown field. `text` and `target` are borrowed from the field, so that their
 * offsets in it are differences of pointers. The words of a link or image are runs of their own
 * before it. */
struct cp_prose_run {
    enum cp_prose_kind kind;
    struct cp_str text;
    struct cp_str target; /* links and images: as written, without < > and title */
};

/* The state of a scan; its members are the scanner's own. */
struct cp_prose_scan {
    struct cp_str field;
    size_t at, run_start, line_start;
    size_t brackets[16]; /* open ones */
    unsigned bracket_count;
    struct cp_prose_run queue[4]; /* found and not yet given */
    unsigned queue_at, queue_count;
    char fence; /* of the open code block, or 0 */
    size_t fence_length;
    size_t no_backticks[8]; /* no closing run of that length before this offset */
    unsigned unclosed;      /* kinds of HTML that are known to have no end */
    bool has_markup, is_in_list, was_blank, is_indented_code;
};

/* Starts a scan of `field`, which must outlive it. One pass, no memory, linear for any input. It
 * follows CommonMark closely enough for rules that look for words and targets; it is no parser. */
void cp_prose_scan_init(struct cp_prose_scan *scan, struct cp_str field);
/* The next part; false at the end. A field without markup is one run. */
bool cp_prose_scan_next(struct cp_prose_run *out, struct cp_prose_scan *scan);

#endif
