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

/* Whether the prose can hold a link, an image or a tag at all; most does not. Addresses that stand
 * by themselves are not meant. */
bool cp_prose_may_lead(struct cp_str field);
/* Starts a scan of `field`, which must outlive it. One pass, no memory, linear for any input. It
 * follows CommonMark closely enough for rules that look for words and targets; it is no parser. */
void cp_prose_scan_init(struct cp_prose_scan *scan, struct cp_str field);
/* The next part; false at the end. A field without markup is one run. */
bool cp_prose_scan_next(struct cp_prose_run *out, struct cp_prose_scan *scan);

/* ---- reading somebody else's document ------------------------------------------------------- */

enum cp_reading_kind {
    CP_READING_HEADING, /* `level` 1 to 6, `info` its anchor as GitHub makes it */
    CP_READING_PARAGRAPH,
    CP_READING_LIST, /* holds items */
    CP_READING_ITEM,
    CP_READING_TABLE, /* holds rows; the first is the heads */
    CP_READING_ROW,   /* holds the cells that somebody wrote */
    CP_READING_CELL,  /* `number` is its column from 0; what stands beyond the last joins it */
    CP_READING_CODE,  /* `text` as it stands, `info` what follows the fence */
    CP_READING_HTML,  /* raw */
    CP_READING_QUOTE,
    CP_READING_RULE,
    CP_READING_DEFINITIONS, /* lines `[label]: target`, as they stand, where they stand */
    CP_READING_FRONT_MATTER /* the lines between the `---` at the start of the document */
};

/* No block, no piece. */
#define CP_READING_NONE UINT32_MAX

struct cp_reading_block {
    enum cp_reading_kind kind;
    uint32_t parent; /* or CP_READING_NONE */
    uint32_t end;    /* behind the last block inside it: they stand in document order */
    unsigned level;
    bool is_ordered;       /* list */
    unsigned number;       /* item of an ordered list: as counted; row: 0 is the heads; cell */
    unsigned written;      /* item of an ordered list: as its author wrote it */
    size_t offset, length; /* bytes of the document: whole lines; a cell's own */
    struct cp_str text;    /* the words: no markup, breaks as blanks; code and HTML: raw lines */
    struct cp_str info;
    uint32_t first_piece, piece_count; /* of a heading, paragraph or cell */
};

enum cp_reading_piece_kind {
    CP_PIECE_TEXT, /* outside links and images */
    CP_PIECE_CODE,
    CP_PIECE_LINK, /* also `<https://...>` */
    CP_PIECE_IMAGE,
    CP_PIECE_HTML /* one tag or comment; none of the block's words, but that `<br>` is a blank */
};

/* A part of a block's text. What stands inside a link or image (code, images, HTML) has a piece of
 * its own behind it, whose `parent` it is. */
struct cp_reading_piece {
    enum cp_reading_piece_kind kind;
    uint32_t parent;       /* index of the link or image, or CP_READING_NONE */
    bool is_strong;        /* between ** ** */
    struct cp_str text;    /* its words; image: the alternative text; HTML: raw */
    struct cp_str target;  /* link, image: references and escapes resolved, not cleaned */
    size_t text_offset;    /* of its words in the block's text */
    size_t offset, length; /* bytes of the document, marks included */
    size_t target_offset, target_length; /* of the target; 0: it is defined elsewhere */
};

struct cp_reading;

/* Reads a document: any bytes, of any size the caller allows, in linear time. It never fails; one
 * that opens more brackets or nests deeper than Markdown is ever written comes out as paragraphs.
 * `source` is borrowed until cp_reading_free(); offsets are bytes of it. NUL is read as U+001A. */
struct cp_reading *cp_reading_new(struct cp_str source);
/* Accepts NULL. */
void cp_reading_free(struct cp_reading *reading);

/* Blocks, and what stands in them right behind them. `index` is below the count. */
size_t cp_reading_count(const struct cp_reading *reading);
const struct cp_reading_block *cp_reading_get(const struct cp_reading *reading, size_t index);
/* The pieces of a block are first_piece and the piece_count - 1 behind it. */
const struct cp_reading_piece *cp_reading_piece_get(const struct cp_reading *reading, size_t index);

/* Where byte `at` of the block's text stands in the document; for a block without text, where the
 * block begins. */
size_t cp_reading_place(const struct cp_reading *reading, const struct cp_reading_block *block,
                        size_t at);

/* Whether `fragment` (without `#`, percent-encoded or not) leads somewhere in the document: to a
 * heading, by GitHub's rules, to an id or name in its HTML, or to its top. */
bool cp_reading_has_anchor(const struct cp_reading *reading, struct cp_str fragment);
/* The anchors of a document, for whoever keeps nothing else of it: `index` is below the count. */
size_t cp_reading_anchor_count(const struct cp_reading *reading);
struct cp_str cp_reading_anchor_get(const struct cp_reading *reading, size_t index);
/* Puts the name that a fragment asks for; nothing where that is the top of the page. */
void cp_anchor_put(struct cp_buf *out, struct cp_str fragment);
/* The value of an attribute of one HTML tag, borrowed; empty where it has none. */
struct cp_str cp_html_attribute(struct cp_str tag, const char *name);

#endif
