/*
 * The words of a heading, paragraph or cell, and where each stands. cmark's positions of inlines
 * are wrong behind some line ends, so the words are laid along the source instead: between two of
 * them stands nothing but marks.
 */
#include "reading.h"

#include <string.h>

enum { LONGEST_ENTITY = 34, DEEPEST_TARGET = 32 };

struct words {
    struct cp_reading *reading;
    struct cp_str source; /* up to the end of the block */
    size_t at;            /* behind what has been found */
    struct cp_buf text;
    size_t first_piece;
    uint32_t open; /* innermost link or image */
    unsigned strong;
    size_t skip;
    size_t delta; /* of the last run */
    bool has_run, is_lost;
};

static char source_at(const struct words *words, size_t at)
{
    return at < words->source.len ? words->source.at[at] : '\0';
}

/* ---- laying words along the source --------------------------------------------------------- */

static bool is_punctuation(char c)
{
    return c > ' ' && c < '\x7F' && !cp_is_digit(c) && !(c >= 'a' && c <= 'z') &&
           !(c >= 'A' && c <= 'Z');
}

/* Bytes of the character reference at `at`, or 0. */
static size_t entity_length(const struct words *words, size_t at)
{
    size_t end = at + 1;
    while (end - at < LONGEST_ENTITY && source_at(words, end) != ';') {
        char c = source_at(words, end);
        if (c == '\0' || (is_punctuation(c) && c != '#') || cp_is_blank(c)) {
            return 0;
        }
        end++;
    }
    return source_at(words, end) == ';' && end > at + 1 ? end + 1 - at : 0;
}

/* Bytes of the source at `at` that say the start of `text`, 0 where they do not; `*taken` of
 * `text` are said, from byte `*place` on. */
static size_t match(const struct words *words, size_t at, struct cp_str text, bool is_raw,
                    size_t *taken, size_t *place)
{
    char c = source_at(words, at);
    *taken = 1;
    *place = at;
    if (!is_raw && c == '\\' && is_punctuation(source_at(words, at + 1))) {
        *place = at + 1;
        return source_at(words, at + 1) == text.at[0] ? 2 : 0;
    }
    size_t entity = !is_raw && c == '&' ? entity_length(words, at) : 0;
    bool is_verbatim = entity <= text.len && memcmp(words->source.at + at, text.at, entity) == 0;
    if (entity && !is_verbatim) {
        uint32_t code_point;
        size_t length = cp_utf8_decode(&code_point, text);
        *taken = length ? length : 1;
        return entity;
    }
    if (text.at[0] == ' ' && (c == '\n' || c == '\r')) {
        return c == '\r' && source_at(words, at + 1) == '\n' ? 2 : 1;
    }
    return c == text.at[0] ? 1 : 0;
}

static void push_run(struct words *words, size_t text_at, size_t place)
{
    if (!words->has_run || place - text_at != words->delta) {
        cp_reading_push_run(words->reading, text_at, place);
        words->delta = place - text_at;
        words->has_run = true;
    }
}

/* Lays `text` along the source and appends it; returns where its first byte stands. */
static size_t lay(struct words *words, struct cp_str text, bool is_raw)
{
    size_t taken, place;
    size_t first = words->at;
    for (size_t i = 0; i < text.len && !words->is_lost; i += taken) {
        size_t length = 0;
        size_t at = words->at;
        struct cp_str rest = cp_str_slice(text, i, text.len);
        while (at < words->source.len &&
               (length = match(words, at, rest, is_raw, &taken, &place)) == 0) {
            at++;
        }
        if (length == 0) {
            words->is_lost = true; /* once only: what follows is taken to stand here */
            push_run(words, words->text.len + i, words->at);
            break;
        }
        push_run(words, words->text.len + i, place);
        first = i == 0 ? at : first;
        words->at = at + length;
    }
    return first;
}

static bool find_any(const struct words *words, const char *marks, size_t *at)
{
    for (size_t i = words->at; i < words->source.len; i++) {
        if (words->source.at[i] && strchr(marks, words->source.at[i])) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* ---- pieces -------------------------------------------------------------------------------- */

static struct cp_reading_piece *push_piece(struct words *words, enum cp_reading_piece_kind kind)
{
    struct cp_reading_piece *piece = cp_list_push(&words->reading->pieces, sizeof(*piece));
    piece->kind = kind;
    piece->parent = words->open;
    piece->is_strong = words->strong > 0;
    piece->text_offset = words->text.len;
    piece->offset = words->at;
    return piece;
}

/* The piece that plain words go on in, or a new one; NULL inside a link. */
static struct cp_reading_piece *text_piece(struct words *words, bool *is_new)
{
    struct cp_reading *reading = words->reading;
    *is_new = false;
    if (words->open != CP_READING_NONE) {
        return NULL;
    }
    if (reading->pieces.count > words->first_piece) {
        struct cp_reading_piece *last = &reading->pieces.items[reading->pieces.count - 1];
        if (last->kind == CP_PIECE_TEXT && last->is_strong == (words->strong > 0)) {
            return last;
        }
    }
    *is_new = true;
    return push_piece(words, CP_PIECE_TEXT);
}

static void add_text(struct words *words, struct cp_str text)
{
    bool is_new;
    size_t skip = text.len < words->skip ? text.len : words->skip;
    words->skip = 0;
    text = cp_str_slice(text, skip, text.len);
    if (text.len == 0) {
        return;
    }
    struct cp_reading_piece *piece = text_piece(words, &is_new);
    size_t first = lay(words, text, false);
    cp_buf_put(&words->text, text);
    if (piece) {
        piece->offset = is_new ? first : piece->offset;
        piece->length = words->at - piece->offset;
        piece->text.len = words->text.len - piece->text_offset;
    }
}

static void add_break(struct words *words)
{
    bool is_new;
    struct cp_reading_piece *piece = text_piece(words, &is_new);
    push_run(words, words->text.len, words->at);
    cp_buf_putc(&words->text, ' ');
    if (piece) {
        piece->text.len = words->text.len - piece->text_offset;
    }
}

/* The source of a code span begins and ends with the same number of backticks. */
static void add_code(struct words *words, struct cp_str literal)
{
    size_t start, ticks = 0;
    struct cp_reading_piece *piece = push_piece(words, CP_PIECE_CODE);
    if (find_any(words, "`", &start)) {
        while (source_at(words, start + ticks) == '`') {
            ticks++;
        }
        piece->offset = start;
        words->at = start + ticks;
    }
    lay(words, literal, true);
    cp_buf_put(&words->text, literal);
    piece->text.len = literal.len;
    if (ticks > 0 && !words->is_lost && find_any(words, "`", &start)) {
        words->at = start + ticks;
    }
    piece->length = words->at - piece->offset;
}

static void add_html(struct words *words, struct cp_str literal)
{
    struct cp_reading_piece *piece = push_piece(words, CP_PIECE_HTML);
    size_t text_length = words->text.len;
    size_t run_count = words->reading->runs.count;
    piece->offset = lay(words, literal, true);
    piece->length = words->at - piece->offset;
    piece->target = cp_arena_copy(&words->reading->arena, literal);
    words->reading->runs.count = run_count; /* a tag is none of the words */
    words->has_run = false;
    if (cp_str_has_prefix(literal, "<br") || cp_str_has_prefix(literal, "<BR")) {
        cp_reading_push_run(words->reading, text_length, piece->offset);
        cp_buf_putc(&words->text, ' ');
    }
    cp_reading_html_anchors(words->reading, literal);
}

/* ---- targets ------------------------------------------------------------------------------- */

static size_t skip_blanks(const struct words *words, size_t at)
{
    while (cp_is_blank(source_at(words, at))) {
        at++;
    }
    return at;
}

/* Behind the destination at `at`; its bytes go into `piece`. */
static size_t skip_destination(const struct words *words, size_t at, struct cp_reading_piece *piece)
{
    bool is_bracketed = source_at(words, at) == '<';
    size_t depth = 0;
    size_t start = at + is_bracketed;
    size_t end = start;
    for (; end < words->source.len; end++) {
        char c = words->source.at[end];
        if (c == '\\' && is_punctuation(source_at(words, end + 1))) {
            end++;
        } else if (is_bracketed ? c == '>' : (cp_is_blank(c) || (c == ')' && depth == 0))) {
            break;
        } else if (!is_bracketed) {
            depth += c == '(';
            depth -= c == ')';
        }
    }
    piece->target_offset = start;
    piece->target_length = end - start;
    return end + is_bracketed;
}

/* Behind `("title")`, given what stands behind the destination. */
static size_t skip_title(const struct words *words, size_t at)
{
    char quote = source_at(words, at);
    if (quote == '\0' || !strchr("\"'(", quote)) {
        return at;
    }
    char close = quote == '(' ? ')' : quote;
    for (at++; at < words->source.len && source_at(words, at) != close; at++) {
        at += source_at(words, at) == '\\';
    }
    return at + 1;
}

/* Behind the link or image whose words have been laid. */
static void skip_target(struct words *words, struct cp_reading_piece *piece)
{
    size_t close;
    if (!find_any(words, "]", &close)) {
        return;
    }
    words->at = close + 1;
    if (source_at(words, close + 1) == '(') {
        size_t at = skip_destination(words, skip_blanks(words, close + 2), piece);
        at = skip_blanks(words, skip_title(words, skip_blanks(words, at)));
        if (source_at(words, at) == ')') {
            words->at = at + 1;
            return;
        }
        piece->target_offset = piece->target_length = 0;
    }
    if (source_at(words, close + 1) == '[' && find_any(words, "]", &close)) {
        words->at = close + 1;
    }
}

static void open_link(struct words *words, cmark_node *node, enum cp_reading_piece_kind kind)
{
    struct cp_reading_piece *piece = push_piece(words, kind);
    size_t at = words->at;
    piece->target = cp_arena_copy(&words->reading->arena, cp_str_of(cmark_node_get_url(node)));
    if (find_any(words, kind == CP_PIECE_IMAGE ? "!" : "[<", &at)) {
        piece->offset = at;
        words->at = at + (kind == CP_PIECE_IMAGE ? 2 : 1);
    }
    words->open = (uint32_t)(words->reading->pieces.count - 1);
}

static void close_link(struct words *words)
{
    struct cp_reading_piece *piece = &words->reading->pieces.items[words->open];
    bool is_autolink = source_at(words, piece->offset) == '<';
    words->open = piece->parent;
    piece->text.len = words->text.len - piece->text_offset;
    if (is_autolink) {
        piece->target_offset = piece->offset + 1;
        piece->target_length = words->at - piece->target_offset;
        words->at += source_at(words, words->at) == '>';
    } else if (!words->is_lost) {
        skip_target(words, piece);
    }
    piece->length = words->at - piece->offset;
}

/* ---- nodes --------------------------------------------------------------------------------- */

static void take_node(struct words *words, cmark_node *node, bool is_entry)
{
    struct cp_str literal;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_text(words, cp_str_of(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        add_break(words);
        break;
    case CMARK_NODE_CODE:
        add_code(words, cp_str_of(cmark_node_get_literal(node)));
        break;
    case CMARK_NODE_HTML_INLINE:
        literal = cp_str_of(cmark_node_get_literal(node));
        add_html(words, literal);
        break;
    case CMARK_NODE_STRONG:
        words->strong += is_entry;
        words->strong -= !is_entry;
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if (is_entry) {
            open_link(words, node,
                      cmark_node_get_type(node) == CMARK_NODE_LINK ? CP_PIECE_LINK
                                                                   : CP_PIECE_IMAGE);
        } else {
            close_link(words);
        }
        break;
    default:
        break;
    }
}

/* The block's text is known only now, and the pieces' words are slices of it. */
static void settle_pieces(struct words *words, struct cp_str text)
{
    struct cp_reading *reading = words->reading;
    for (size_t i = words->first_piece; i < reading->pieces.count; i++) {
        struct cp_reading_piece *piece = &reading->pieces.items[i];
        if (piece->kind == CP_PIECE_HTML) {
            piece->text = piece->target;
            piece->target = (struct cp_str){0};
        } else {
            piece->text = cp_str_slice(text, piece->text_offset, piece->text.len);
        }
    }
}

void cp_reading_pieces(struct cp_reading_walk *walk, cmark_node *node, size_t from, size_t to,
                       size_t skip)
{
    struct cp_reading *reading = walk->reading;
    struct words words = {.reading = reading,
                          .source = cp_str_slice(reading->clean, 0, to),
                          .at = from,
                          .first_piece = reading->pieces.count,
                          .open = CP_READING_NONE,
                          .skip = skip};
    cmark_event_type event;
    cp_buf_init(&words.text);
    cmark_iter *iter = cmark_iter_new(node);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        if (cmark_iter_get_node(iter) != node) {
            take_node(&words, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
        }
    }
    cmark_iter_free(iter);
    struct cp_reading_block *block = &reading->blocks.items[walk->block];
    block->text = cp_arena_copy(&reading->arena, cp_buf_str(&words.text));
    settle_pieces(&words, block->text);
    cp_buf_release(&words.text);
}
