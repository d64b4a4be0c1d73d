/*
 * CP2 and CP7, the words of Markdown runbooks: placeholders, and lengths of time that do not fit
 * the RTO of the plans that lead to them.
 */
#include "document.h"

/* ---- placeholders ---------------------------------------------------------------------------- */

/* Whether bytes of the block's text are code, or of an address. */
static bool is_quoted(const struct cp_document_input *in, const struct cp_reading_block *block,
                      size_t at)
{
    for (uint32_t i = 0; i < block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(in->reading, block->first_piece + i);
        if (piece->kind == CP_PIECE_CODE && at >= piece->text_offset &&
            at < piece->text_offset + piece->text.len) {
            return true;
        }
    }
    size_t start = at;
    size_t end = at;
    while (start > 0 && !cp_is_blank(block->text.at[start - 1])) {
        start--;
    }
    while (end < block->text.len && !cp_is_blank(block->text.at[end])) {
        end++;
    }
    return cp_str_find(cp_str_slice(block->text, start, end - start), CP_STR("://")) != SIZE_MAX;
}

/* What is looked for in the words of a document, and what is said of it. */
struct search {
    struct cp_str (*find)(struct cp_str text);
    const char *said;
    const char *help;
};

static void report_words(const struct cp_document_input *in, const struct cp_rule *rule,
                         const struct search *search, struct cp_place place, struct cp_str found)
{
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, place, (struct cp_str){0}, "the document %s %s", search->said,
                     cp_diags_quote(in->diags, found));
    cp_diagnostic_help(in->diags, finding, "%s", search->help);
}

static void search_words(const struct cp_document_input *in, const struct cp_rule *rule,
                         const struct search *search)
{
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        struct cp_str rest = cp_document_has_words(block) ? block->text : (struct cp_str){0};
        for (struct cp_str found; (found = search->find(rest)).len > 0;) {
            size_t at = (size_t)(found.at - block->text.at);
            rest = cp_str_slice(block->text, at + found.len, SIZE_MAX);
            if (cp_diags_is_full(in->diags, rule)) {
                break;
            }
            if (!is_quoted(in, block, at)) {
                report_words(in, rule, search, cp_document_words(in, block, at, found.len), found);
            }
        }
    }
}

void cp_check_document_placeholders(const struct cp_document_input *in, const struct cp_rule *rule)
{
    static const struct search search = {
        .find = cp_placeholder_find,
        .said = "holds the placeholder",
        .help = "write the fact itself, or who finds it out and by when",
    };
    search_words(in, rule, &search);
}

void cp_check_document_vague(const struct cp_document_input *in, const struct cp_rule *rule)
{
    static const struct search search = {
        .find = cp_vague_find,
        .said = "says",
        .help = "write the one length of time that is meant, such as 'within 2 days'",
    };
    search_words(in, rule, &search);
}

/* Whether bytes of the document stand in a comment of its block. */
static bool is_comment(const struct cp_document_input *in, const struct cp_reading_block *block,
                       size_t at)
{
    struct cp_str rest = cp_str_slice(in->file->bytes, block->offset, at - block->offset);
    size_t open;
    while ((open = cp_str_find(rest, CP_STR("<!--"))) != SIZE_MAX) {
        rest = cp_str_slice(rest, open, rest.len);
        size_t close = cp_str_find(rest, CP_STR("-->"));
        if (close == SIZE_MAX) {
            return true;
        }
        rest = cp_str_slice(rest, close, rest.len);
    }
    return false;
}

/* Whether bytes of the document are code in a line of text. */
static bool is_code(const struct cp_document_input *in, const struct cp_reading_block *block,
                    size_t at)
{
    for (uint32_t i = 0; i < block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(in->reading, block->first_piece + i);
        if (piece->kind == CP_PIECE_CODE && at >= piece->offset &&
            at < piece->offset + piece->length) {
            return true;
        }
    }
    return false;
}

/* Markup is looked for in the source; comments are nobody's text. */
void cp_check_document_markup(const struct cp_document_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        bool is_html = block->kind == CP_READING_HTML && !cp_str_has_prefix(block->text, "<!--");
        struct cp_str rest = {0};
        if (is_html || cp_document_has_words(block)) {
            rest = cp_str_slice(in->file->bytes, block->offset, block->length);
        }
        for (struct cp_str found; (found = cp_placeholder_markup_find(rest)).len > 0;) {
            size_t at = (size_t)(found.at - in->file->bytes.at);
            size_t end = at + found.len;
            rest = cp_str_slice(in->file->bytes, end, block->offset + block->length - end);
            if (cp_diags_is_full(in->diags, rule)) {
                break;
            }
            if (is_code(in, block, at) || is_comment(in, block, at)) {
                continue;
            }
            struct cp_diagnostic *finding = cp_diags_add(
                in->diags, rule, cp_document_place(in, at, found.len), (struct cp_str){0},
                "the document holds markup that nobody filled in: %s",
                cp_diags_quote(in->diags, found));
            cp_diagnostic_help(in->diags, finding,
                               "put in what was meant to stand there, or take it out");
        }
    }
}

/* ---- lengths of time ------------------------------------------------------------------------- */

struct words {
    struct cp_str text;
    size_t at;
};

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || cp_is_digit(c) || c == '\'' ||
           (unsigned char)c >= 0x80;
}

/* The next word, or number, or empty; a full stop, comma or bracket before it ends the phrase. */
static struct cp_str next_word(struct words *words)
{
    struct cp_str text = words->text;
    while (words->at < text.len && (cp_is_blank(text.at[words->at]) || text.at[words->at] == '-')) {
        words->at++;
    }
    size_t from = words->at;
    bool is_number = from < text.len && cp_is_digit(text.at[from]);
    while (words->at < text.len && is_word_byte(text.at[words->at]) &&
           cp_is_digit(text.at[words->at]) == is_number) {
        words->at++;
    }
    return cp_str_slice(text, from, words->at - from);
}

static const struct {
    const char *word;
    int64_t number;
} numbers[] = {{"a", 1},    {"an", 1},   {"one", 1},    {"two", 2},   {"three", 3},
               {"four", 4}, {"five", 5}, {"six", 6},    {"seven", 7}, {"eight", 8},
               {"nine", 9}, {"ten", 10}, {"twelve", 12}};

static const struct {
    const char *word;
    int64_t seconds;
    int64_t vague; /* how many a bare plural may well be */
} units[] = {{"minute", 60, 0},   {"minutes", 60, 0},  {"min", 60, 0},     {"mins", 60, 0},
             {"hour", 3600, 0},   {"hours", 3600, 8},  {"hr", 3600, 0},    {"hrs", 3600, 0},
             {"h", 3600, 0},      {"day", 86400, 0},   {"days", 86400, 7}, {"d", 86400, 0},
             {"week", 604800, 0}, {"weeks", 604800, 4}};

static const char fillers[] = "about|around|approximately|roughly|some|up|to|between|from|at|"
                              "least|most|more|than|over|another|anything|anywhere|only|just|"
                              "nearly|almost|a|few|several|many|and|or|the|within|for|of|next|"
                              "first|perhaps|maybe|usually|typically|often|between|as|long";

static bool is_among(struct cp_str word, const char *words)
{
    while (*words) {
        struct cp_str one = {words, strcspn(words, "|")};
        if (cp_str_is_equal_folded(word, one)) {
            return true;
        }
        words += one.len + (words[one.len] == '|');
    }
    return false;
}

static int64_t number_of(struct cp_str word)
{
    int64_t number = 0;
    for (size_t i = 0; i < word.len && i < 6 && cp_is_digit(word.at[i]); i++) {
        number = number * 10 + (word.at[i] - '0');
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (cp_str_is_equal_folded(word, cp_str_of(numbers[i].word))) {
            return numbers[i].number;
        }
    }
    return number;
}

/* The length of time that stands behind "takes", the longest where it is from one to another; -1
 * where none does. */
static int64_t in_seconds(int64_t number, bool has_half, size_t unit)
{
    int64_t half = has_half ? units[unit].seconds / 2 : 0;
    if (number < 0) {
        return has_half ? half : units[unit].vague * units[unit].seconds;
    }
    return number * units[unit].seconds + half;
}

static int64_t read_length(struct words *words)
{
    enum { WORDS_MOST = 8 };
    int64_t number = -1;
    bool has_half = false;
    for (int i = 0; i < WORDS_MOST; i++) {
        struct cp_str word = next_word(words);
        if (word.len == 0) {
            return -1;
        }
        for (size_t j = 0; j < sizeof(units) / sizeof(units[0]); j++) {
            if (cp_str_is_equal_folded(word, cp_str_of(units[j].word))) {
                int64_t seconds = in_seconds(number, has_half, j);
                return seconds > 0 ? seconds : -1;
            }
        }
        int64_t stated = number_of(word);
        bool is_half = cp_str_is_equal_folded(word, CP_STR("half"));
        bool is_article = is_among(word, "a|an");
        has_half |= is_half;
        if (stated > 0 && !(is_article && (number > 0 || has_half))) {
            number = stated;
        } else if (!is_half && !is_article && !is_among(word, fillers) &&
                   (unsigned char)word.at[0] < 0x80) {
            return -1; /* a dash between two numbers is no word */
        }
    }
    return -1;
}

/* How long data are kept, and what an objective is, is no length of the work. */
static bool is_of_something_else(struct cp_str sentence)
{
    static const char *const words[] = {
        "retain", "retention", "kept", "keep",  "expire", "RTO",       "RPO",   "MTPD",
        "every",  " ago",      " old", "valid", "delete", "objective", "purge", "lifetime"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cp_find_folded(sentence, cp_str_of(words[i])) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static bool is_lead(struct cp_str word)
{
    return is_among(word, "take|takes|within|about") || cp_str_is_equal_folded(word, CP_STR("up"));
}

/* The longest length that a sentence states behind a word that leads to one; -1: none. */
static int64_t longest_of(struct cp_str sentence)
{
    int64_t longest = -1;
    struct words words = {sentence, 0};
    while (words.at < sentence.len) {
        struct cp_str word = next_word(&words);
        if (word.len == 0) {
            words.at++;
        } else if (is_lead(word)) {
            struct words ahead = words;
            int64_t length = read_length(&ahead);
            longest = length > longest ? length : longest;
        }
    }
    return longest;
}

static size_t sentence_end(struct cp_str text, size_t at)
{
    while (at < text.len &&
           !(strchr(".!?", text.at[at]) && (at + 1 >= text.len || cp_is_blank(text.at[at + 1])))) {
        at++;
    }
    return at < text.len ? at + 1 : at;
}

static void report_sentence(const struct cp_document_input *in, const struct cp_rule *rule,
                            const struct cp_reading_block *block, size_t at, struct cp_str sentence)
{
    enum { SHOWN_BYTES = 200 };
    struct cp_buf rto;
    cp_buf_init(&rto);
    cp_duration_put(&rto, (struct cp_duration){.seconds = in->rto});
    size_t length = sentence.len;
    while (length > SHOWN_BYTES || (length < sentence.len && sentence.at[length] != ' ')) {
        length--;
    }
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, rule, cp_document_words(in, block, at, sentence.len), (struct cp_str){0},
        "\"%.*s%s\", and the RTO is %.*s", CP_ARG(cp_str_slice(sentence, 0, length)),
        length < sentence.len ? CP_ELLIPSIS : "", CP_ARG(cp_buf_str(&rto)));
    cp_diagnostic_help(in->diags, finding,
                       "make the step faster, agree on an RTO that leaves room for it, or correct "
                       "what is said here");
    cp_diagnostic_note(in->diags, finding, in->rto_place, "the RTO stands here");
    cp_buf_release(&rto);
}

void cp_check_document_durations(const struct cp_document_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; in->rto >= 0 && i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        if (!cp_document_has_words(block)) {
            continue;
        }
        for (size_t at = 0, end = 0; at < block->text.len; at = end) {
            end = sentence_end(block->text, at);
            struct cp_str sentence = cp_str_trim(cp_str_slice(block->text, at, end - at));
            if (sentence.len > 0 && longest_of(sentence) > in->rto &&
                !is_of_something_else(sentence)) {
                report_sentence(in, rule, block, (size_t)(sentence.at - block->text.at), sentence);
            }
        }
    }
}

const struct cp_rule cp_rule_prose_duration = {
    .code = "CP711",
    .name = "prose-duration",
    .severity = CP_INFO,
    .summary = "a runbook that says it takes longer than the RTO",
    .explanation =
        "The plan promises to be back within two hours, and the runbook that brings it back says "
        "in passing that the restore \"can take hours\". Whoever wrote that sentence has done it. "
        "Looked at are the sentences of a Markdown runbook in which a length of time follows "
        "\"takes\", \"within\", \"about\" or \"up to\"; it is compared with the shortest RTO of "
        "the plans that name the runbook. How long something is kept is left out.",
    .clause = "ISO 22301:2019, 8.4.2",
    .bad = "# file: plans/permits.yaml\n"
           "id: permits\n"
           "disaster_recovery:\n"
           "  objectives: [{rto: 2h}]\n"
           "  runbooks: [{id: restore, path: restore.md}]\n"
           "# file: plans/restore.md\n"
           "The restore can take hours.\n",
    .good = "# file: plans/permits.yaml\n"
            "id: permits\n"
            "disaster_recovery:\n"
            "  objectives: [{rto: 2h}]\n"
            "  runbooks: [{id: restore, path: restore.md}]\n"
            "# file: plans/restore.md\n"
            "The restore takes about 40 minutes.\n",
};
