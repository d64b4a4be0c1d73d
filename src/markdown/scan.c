/*
 * The scanner of prose fields: one pass over the source that tells words from code, targets and
 * HTML. It knows where things stand, which cmark's positions do not tell reliably, and builds
 * nothing. Every look ahead is bounded or remembered, so that no input takes more than linear time.
 */
#include <contplan/markdown.h>

#include <string.h>

enum { LOOK_AHEAD = 1024, MAX_BRACKETS = 16, MAX_TICKS = 8 };

/* Kinds of HTML that end with a mark of their own; the bit says that none is ahead. */
struct enclosed {
    const char *start, *end;
};

static const struct enclosed enclosures[] = {
    {"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char char_at(const struct cp_prose_scan *scan, size_t at)
{
    return at < scan->field.len ? scan->field.at[at] : '\0';
}

static struct cp_str slice(const struct cp_prose_scan *scan, size_t from, size_t to)
{
    return cp_str_slice(scan->field, from, to > from ? to - from : 0);
}

/* ---- found parts --------------------------------------------------------------------------- */

static void enqueue(struct cp_prose_scan *scan, enum cp_prose_kind kind, struct cp_str text,
                    struct cp_str target)
{
    if (kind != CP_PROSE_TEXT || text.len > 0) {
        scan->queue[scan->queue_count++] = (struct cp_prose_run){kind, text, target};
    }
}

/* The words up to `end` are a run; the next one starts at `next`, where the scan goes on. */
static void cut(struct cp_prose_scan *scan, size_t end, size_t next)
{
    if (end > scan->run_start) {
        enqueue(scan, CP_PROSE_TEXT, slice(scan, scan->run_start, end), (struct cp_str){0});
    }
    scan->run_start = next;
    scan->at = next;
}

/* ---- code ---------------------------------------------------------------------------------- */

static size_t run_length(const struct cp_prose_scan *scan, size_t at, char c)
{
    size_t end = at;
    while (char_at(scan, end) == c && end < scan->field.len) {
        end++;
    }
    return end - at;
}

/* Where a paragraph cannot go on. */
static bool is_blank_line(const struct cp_prose_scan *scan, size_t newline)
{
    size_t at = newline + 1;
    while (char_at(scan, at) == ' ' || char_at(scan, at) == '\t' || char_at(scan, at) == '\r') {
        at++;
    }
    return at >= scan->field.len || scan->field.at[at] == '\n';
}

/* Behind the run of exactly `ticks` backticks that closes a code span, or 0; `*end` is where the
 * search ended. */
static size_t find_ticks(const struct cp_prose_scan *scan, size_t at, size_t ticks, size_t *end)
{
    while (at < scan->field.len) {
        if (scan->field.at[at] == '\n' && is_blank_line(scan, at)) {
            break;
        }
        size_t length = run_length(scan, at, '`');
        if (length == ticks) {
            return at + length;
        }
        at += length ? length : 1;
    }
    *end = at;
    return 0;
}

static void scan_ticks(struct cp_prose_scan *scan)
{
    size_t ticks = run_length(scan, scan->at, '`');
    size_t slot = (ticks < MAX_TICKS ? ticks : MAX_TICKS) - 1;
    size_t end = 0;
    if (scan->at >= scan->no_backticks[slot]) {
        size_t after = find_ticks(scan, scan->at + ticks, ticks, &end);
        if (after) {
            cut(scan, scan->at, after);
            return;
        }
        scan->no_backticks[slot] = end;
    }
    scan->at += ticks;
}

/* ---- HTML and autolinks -------------------------------------------------------------------- */

static size_t skip_blanks(const struct cp_prose_scan *scan, size_t at)
{
    while (at < scan->field.len && cp_is_blank(scan->field.at[at])) {
        at++;
    }
    return at;
}

static size_t skip_name(const struct cp_prose_scan *scan, size_t at, const char *others)
{
    while (at < scan->field.len &&
           (is_letter(scan->field.at[at]) || cp_is_digit(scan->field.at[at]) ||
            strchr(others, scan->field.at[at]))) {
        at++;
    }
    return at;
}

/* Behind the value of an attribute, or 0. */
static size_t skip_value(const struct cp_prose_scan *scan, size_t at)
{
    char quote = char_at(scan, at);
    if (quote != '"' && quote != '\'') {
        size_t end = at;
        while (end < scan->field.len && !cp_is_blank(scan->field.at[end]) &&
               !strchr("\"'=<>`", scan->field.at[end])) {
            end++;
        }
        return end > at ? end : 0;
    }
    struct cp_str rest = cp_str_slice(scan->field, at + 1, LOOK_AHEAD);
    const char *end = rest.len ? memchr(rest.at, quote, rest.len) : NULL;
    return end ? (size_t)(end - scan->field.at) + 1 : 0;
}

/* Behind the attributes of a tag, or 0 where they are none. */
static size_t skip_attributes(const struct cp_prose_scan *scan, size_t at)
{
    size_t start = at;
    for (;;) {
        size_t name = skip_blanks(scan, at);
        if (name == at || !(is_letter(char_at(scan, name)) || char_at(scan, name) == '_' ||
                            char_at(scan, name) == ':')) {
            return name;
        }
        at = skip_name(scan, name, "_:.-");
        size_t equals = skip_blanks(scan, at);
        if (char_at(scan, equals) == '=') {
            at = skip_value(scan, skip_blanks(scan, equals + 1));
        }
        if (at == 0 || at - start > LOOK_AHEAD) {
            return 0;
        }
    }
}

/* Behind the tag at `at`, or 0 where none stands there. */
static size_t skip_tag(const struct cp_prose_scan *scan, size_t at)
{
    bool is_closing = char_at(scan, at + 1) == '/';
    size_t name = at + (is_closing ? 2 : 1);
    if (!is_letter(char_at(scan, name))) {
        return 0;
    }
    at = skip_name(scan, name, "-");
    at = is_closing ? skip_blanks(scan, at) : skip_attributes(scan, at);
    if (at && !is_closing && char_at(scan, at) == '/') {
        at++;
    }
    return at && char_at(scan, at) == '>' ? at + 1 : 0;
}

/* Behind the `>` of an autolink at `at`, or 0. */
static size_t skip_autolink(const struct cp_prose_scan *scan, size_t at)
{
    size_t end = at + 1;
    size_t scheme = skip_name(scan, end, "+.-");
    bool has_scheme = is_letter(char_at(scan, end)) && char_at(scan, scheme) == ':' &&
                      scheme - end >= 2 && scheme - end <= 32;
    size_t local = skip_name(scan, end, ".!#$%&'*+/=?^_`{|}~-");
    bool is_mail = local > end && char_at(scan, local) == '@';
    if (!has_scheme && !is_mail) {
        return 0;
    }
    end = is_mail ? skip_name(scan, local + 1, ".-") : scheme;
    while (has_scheme && end < scan->field.len && (unsigned char)scan->field.at[end] > ' ' &&
           !strchr("<>", scan->field.at[end])) {
        end++;
    }
    return char_at(scan, end) == '>' ? end + 1 : 0;
}

static size_t skip_enclosed(struct cp_prose_scan *scan, size_t at)
{
    for (unsigned i = 0; i < sizeof(enclosures) / sizeof(enclosures[0]); i++) {
        struct cp_str rest = cp_str_slice(scan->field, at, scan->field.len);
        if (!cp_str_has_prefix(rest, enclosures[i].start)) {
            continue;
        }
        if (scan->unclosed & (1U << i)) {
            return 0;
        }
        size_t start = strlen(enclosures[i].start);
        struct cp_str end = cp_str_of(enclosures[i].end);
        size_t found = cp_str_find(cp_str_slice(rest, start, rest.len), end);
        if (found != SIZE_MAX) {
            return at + start + found + end.len;
        }
        scan->unclosed |= 1U << i;
        return 0;
    }
    return 0;
}

static void scan_angle(struct cp_prose_scan *scan)
{
    size_t start = scan->at;
    size_t end = skip_autolink(scan, start);
    if (end) {
        struct cp_str target = slice(scan, start + 1, end - 1);
        cut(scan, start, end);
        enqueue(scan, CP_PROSE_LINK, target, target);
        return;
    }
    end = skip_tag(scan, start);
    end = end ? end : skip_enclosed(scan, start);
    if (end) {
        cut(scan, start, end);
        enqueue(scan, CP_PROSE_HTML, slice(scan, start, end), (struct cp_str){0});
        return;
    }
    scan->at++;
}

/* ---- links --------------------------------------------------------------------------------- */

/* Behind a destination at `at`, which is put into `*out`; 0 where there is none. */
static size_t skip_destination(const struct cp_prose_scan *scan, size_t at, struct cp_str *out)
{
    bool is_bracketed = char_at(scan, at) == '<';
    size_t start = at + is_bracketed;
    size_t open = 0;
    size_t end = start;
    for (; end < scan->field.len && end - start < LOOK_AHEAD; end++) {
        char c = scan->field.at[end];
        if (c == '\\' && end + 1 < scan->field.len) {
            end++;
        } else if (c == '\n' || (is_bracketed ? c == '>' : cp_is_blank(c)) ||
                   (c == ')' && !is_bracketed && open == 0)) {
            break;
        } else if (!is_bracketed) {
            open += c == '(';
            open -= c == ')';
        }
    }
    *out = slice(scan, start, end);
    if (is_bracketed) {
        return char_at(scan, end) == '>' ? end + 1 : 0;
    }
    return open == 0 ? end : 0;
}

/* Behind a title at `at`, or `at` where there is none; 0 where it does not end. */
static size_t skip_title(const struct cp_prose_scan *scan, size_t at)
{
    char quote = char_at(scan, at);
    if (quote == '\0' || !strchr("\"'(", quote)) {
        return at;
    }
    char close = quote == '(' ? ')' : quote;
    for (size_t end = at + 1; end < scan->field.len && end - at < LOOK_AHEAD; end++) {
        if (scan->field.at[end] == '\\') {
            end++;
        } else if (scan->field.at[end] == close) {
            return end + 1;
        }
    }
    return 0;
}

/* Behind `(destination "title")` at `at`, or 0. */
static size_t skip_target(const struct cp_prose_scan *scan, size_t at, struct cp_str *out)
{
    if (char_at(scan, at) != '(') {
        return 0;
    }
    at = skip_destination(scan, skip_blanks(scan, at + 1), out);
    at = at ? skip_title(scan, skip_blanks(scan, at)) : 0;
    at = at ? skip_blanks(scan, at) : 0;
    return at && char_at(scan, at) == ')' ? at + 1 : 0;
}

/* Behind `[label]` at `at`, or 0. */
static size_t skip_label(const struct cp_prose_scan *scan, size_t at)
{
    if (char_at(scan, at) != '[') {
        return 0;
    }
    for (size_t end = at + 1; end < scan->field.len && end - at < LOOK_AHEAD; end++) {
        if (scan->field.at[end] == ']') {
            return end + 1;
        }
        if (scan->field.at[end] == '[' || scan->field.at[end] == '\n') {
            return 0;
        }
    }
    return 0;
}

/* `!` before the bracket at `open` makes an image, unless it is escaped. */
static bool is_image_mark(const struct cp_prose_scan *scan, size_t open)
{
    return open > 0 && scan->field.at[open - 1] == '!' &&
           !(open > 1 && scan->field.at[open - 2] == '\\');
}

/* The words of a link or image lie between its brackets; they are a run of their own. */
static void cut_brackets(struct cp_prose_scan *scan, size_t open, size_t next)
{
    size_t close = scan->at;
    bool is_image = is_image_mark(scan, open);
    if (scan->run_start <= open) {
        cut(scan, open - is_image, open + 1);
    }
    cut(scan, close, next);
}

/* No link holds another one: the brackets open around a link are words. */
static void forget_outer_links(struct cp_prose_scan *scan)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < scan->bracket_count; i++) {
        if (is_image_mark(scan, scan->brackets[i])) {
            scan->brackets[kept++] = scan->brackets[i];
        }
    }
    scan->bracket_count = kept;
}

static void scan_close(struct cp_prose_scan *scan)
{
    struct cp_str target = {0};
    size_t close = scan->at;
    if (scan->bracket_count == 0) {
        scan->at++;
        return;
    }
    size_t open = scan->brackets[--scan->bracket_count];
    size_t end = skip_target(scan, close + 1, &target);
    if (end) {
        bool is_image = is_image_mark(scan, open);
        cut_brackets(scan, open, end);
        enqueue(scan, is_image ? CP_PROSE_IMAGE : CP_PROSE_LINK, slice(scan, open + 1, close),
                target);
        if (!is_image) {
            forget_outer_links(scan);
        }
        return;
    }
    end = skip_label(scan, close + 1);
    if (end) {
        cut_brackets(scan, open, end);
    } else {
        scan->at++;
    }
}

static void scan_open(struct cp_prose_scan *scan)
{
    if (scan->bracket_count < MAX_BRACKETS) {
        scan->brackets[scan->bracket_count++] = scan->at;
    }
    scan->at++;
}

/* Blanks and punctuation at the end of a bare URL are not its own. */
static size_t url_end(const struct cp_prose_scan *scan, size_t start)
{
    size_t end = start;
    size_t open = 0;
    for (; end < scan->field.len; end++) {
        char c = scan->field.at[end];
        open += c == '(';
        if (cp_is_blank(c) || strchr("<>[]`\"|", c) || (c == ')' && open == 0)) {
            break;
        }
        open -= c == ')';
    }
    while (end > start && strchr(".,;:!?'*_~", scan->field.at[end - 1])) {
        end--;
    }
    return end;
}

static void scan_url(struct cp_prose_scan *scan)
{
    struct cp_str rest = cp_str_slice(scan->field, scan->at, scan->field.len);
    size_t scheme = cp_str_has_prefix(rest, "http://")    ? 7
                    : cp_str_has_prefix(rest, "https://") ? 8
                                                          : 0;
    bool is_inside = scan->at > 0 && (is_letter(scan->field.at[scan->at - 1]) ||
                                      cp_is_digit(scan->field.at[scan->at - 1]));
    size_t end = scheme && !is_inside ? url_end(scan, scan->at) : 0;
    if (end <= scan->at + scheme || end == 0) {
        scan->at++;
        return;
    }
    struct cp_str url = slice(scan, scan->at, end);
    cut(scan, scan->at, end);
    if (scan->bracket_count == 0) { /* in brackets it is a link's words */
        enqueue(scan, CP_PROSE_LINK, url, url);
    }
}

/* ---- lines --------------------------------------------------------------------------------- */

static size_t line_end(const struct cp_prose_scan *scan, size_t at)
{
    const char *end =
        at < scan->field.len ? memchr(scan->field.at + at, '\n', scan->field.len - at) : NULL;
    return end ? (size_t)(end - scan->field.at) : scan->field.len;
}

/* Bytes of the marks of lists and quotes at the start of a line. */
static size_t skip_marks(struct cp_prose_scan *scan, size_t at)
{
    for (;;) {
        size_t mark = at;
        while (char_at(scan, mark) == ' ' || char_at(scan, mark) == '\t') {
            mark++;
        }
        size_t end = mark;
        while (cp_is_digit(char_at(scan, end)) && end - mark < 9) {
            end++;
        }
        bool is_quote = end == mark && char_at(scan, mark) == '>';
        char c = char_at(scan, end);
        bool is_item = c != '\0' && strchr(end > mark ? ".)" : "-+*", c) &&
                       cp_is_blank(char_at(scan, end + 1));
        if (!is_quote && !is_item) {
            return at;
        }
        scan->is_in_list |= is_item && !scan->fence;
        at = end + 1;
    }
}

static size_t indent_of(const struct cp_prose_scan *scan, size_t at)
{
    size_t columns = 0;
    for (; char_at(scan, at) == ' ' || char_at(scan, at) == '\t'; at++) {
        columns = char_at(scan, at) == '\t' ? (columns | 3) + 1 : columns + 1;
    }
    return columns;
}

static void skip_line(struct cp_prose_scan *scan, size_t end)
{
    cut(scan, scan->line_start, end < scan->field.len ? end + 1 : end);
    scan->line_start = scan->at;
}

/* Whether the line is a part of fenced code, its fences included. */
static bool is_fenced(struct cp_prose_scan *scan, struct cp_str content)
{
    char c = content.len ? content.at[0] : '\0';
    size_t length = 0;
    while (length < content.len && content.at[length] == c) {
        length++;
    }
    struct cp_str rest = cp_str_slice(content, length, content.len);
    bool is_mark = (c == '`' || c == '~') && length >= 3;
    if (scan->fence) {
        if (is_mark && c == scan->fence && length >= scan->fence_length && rest.len == 0) {
            scan->fence = '\0';
        }
        return true;
    }
    if (is_mark && !(c == '`' && rest.len && memchr(rest.at, '`', rest.len))) {
        scan->fence = c;
        scan->fence_length = length;
        return true;
    }
    return false;
}

/* `[label]: target` defines a target for the links of the field. */
static bool take_definition(struct cp_prose_scan *scan, size_t start, size_t end)
{
    struct cp_str target = {0};
    size_t label = skip_label(scan, start);
    if (!label || char_at(scan, label) != ':' || char_at(scan, start + 1) == '^') {
        return false;
    }
    size_t from = label + 1;
    while (char_at(scan, from) == ' ' || char_at(scan, from) == '\t') {
        from++;
    }
    if (!skip_destination(scan, from, &target) || target.len == 0) {
        return false;
    }
    struct cp_str text = slice(scan, start + 1, label - 1);
    skip_line(scan, end);
    enqueue(scan, CP_PROSE_LINK, text, target);
    return true;
}

static bool take_indented_code(struct cp_prose_scan *scan, size_t end)
{
    bool is_indented = indent_of(scan, scan->line_start) >= 4 && !scan->is_in_list;
    if (!is_indented || !(scan->was_blank || scan->is_indented_code)) {
        scan->is_indented_code = false;
        return false;
    }
    scan->is_indented_code = true;
    skip_line(scan, end);
    return true;
}

/* Looks at the line that starts here; false where it is code or a definition and has been passed
 * over. */
static bool begin_line(struct cp_prose_scan *scan)
{
    size_t end = line_end(scan, scan->line_start);
    struct cp_str line = cp_str_trim(slice(scan, scan->line_start, end));
    if (line.len == 0 && !scan->fence) {
        scan->was_blank = true;
        scan->bracket_count = 0;
        return true;
    }
    bool is_code = take_indented_code(scan, end);
    bool was_blank = scan->was_blank;
    scan->was_blank = false;
    if (is_code) {
        return false;
    }
    if (was_blank && indent_of(scan, scan->line_start) == 0) {
        scan->is_in_list = false;
    }
    size_t start = skip_marks(scan, scan->line_start);
    while (char_at(scan, start) == ' ' || char_at(scan, start) == '\t') {
        start++;
    }
    if (is_fenced(scan, cp_str_trim(slice(scan, start, end)))) {
        skip_line(scan, end);
        return false;
    }
    return !take_definition(scan, start, end);
}

/* ---- the scan ------------------------------------------------------------------------------ */

bool cp_prose_may_lead(struct cp_str field)
{
    return field.len > 0 && (memchr(field.at, '[', field.len) || memchr(field.at, '<', field.len));
}

/* Most prose holds none of it. The C library looks for one character faster than a loop for four.
 */
static bool has_markup(struct cp_str field)
{
    return cp_prose_may_lead(field) || (field.len > 0 && memchr(field.at, '`', field.len)) ||
           cp_str_find(field, CP_STR(":/")) != SIZE_MAX;
}

void cp_prose_scan_init(struct cp_prose_scan *scan, struct cp_str field)
{
    *scan = (struct cp_prose_scan){.field = field, .was_blank = true};
    scan->has_markup = has_markup(field);
}

static void scan_character(struct cp_prose_scan *scan)
{
    switch (scan->field.at[scan->at]) {
    case '\n':
        scan->line_start = ++scan->at;
        break;
    case '\\':
        scan->at += scan->at + 1 < scan->field.len && scan->field.at[scan->at + 1] != '\n' ? 2 : 1;
        break;
    case '`':
        scan_ticks(scan);
        break;
    case '<':
        scan_angle(scan);
        break;
    case '[':
        scan_open(scan);
        break;
    case ']':
        scan_close(scan);
        break;
    case 'h':
        scan_url(scan);
        break;
    default:
        scan->at++;
    }
}

bool cp_prose_scan_next(struct cp_prose_run *out, struct cp_prose_scan *scan)
{
    if (scan->queue_at == scan->queue_count) {
        scan->queue_at = scan->queue_count = 0;
    }
    while (scan->queue_count == 0 && scan->has_markup && scan->at < scan->field.len) {
        if (scan->at != scan->line_start || begin_line(scan)) {
            scan_character(scan);
        }
    }
    if (scan->queue_count == 0) {
        cut(scan, scan->field.len, scan->field.len);
    }
    if (scan->queue_at == scan->queue_count) {
        return false;
    }
    *out = scan->queue[scan->queue_at++];
    return true;
}
