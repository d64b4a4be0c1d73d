/*
 * Objectives in words: "Recovery Time Objective: 2 hours", "RTO 4h / RPO 24h". They are gathered
 * from the whole document and put where it states one of each. Knows no heading.
 */
#include "import.h"

static size_t skip(struct cp_str text, size_t at, bool (*is_member)(char))
{
    while (at < text.len && is_member(text.at[at])) {
        at++;
    }
    return at;
}

/* Whether what follows a length leaves no doubt that it is the whole of it. */
static bool is_end(struct cp_str rest)
{
    static const char *const doubts[] = {"working", "business", "office", "unless", "except",
                                         "depend",  "between",  " to ",   "tbc",    "not "};
    struct cp_str word;
    rest = cp_str_trim(rest);
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        for (size_t at = 0; at + strlen(doubts[i]) <= rest.len && at < 40; at++) {
            if (cp_str_is_equal_folded(cp_str_slice(rest, at, strlen(doubts[i])),
                                       cp_str_of(doubts[i]))) {
                return false;
            }
        }
    }
    bool is_bracket = rest.len > 0 && rest.at[0] == '(';
    for (size_t i = 0; is_bracket && i < rest.len; i++) {
        if (cp_is_digit(rest.at[i])) {
            return false;
        }
    }
    if (rest.len > 0 && (rest.at[0] == '-' || cp_str_has_prefix(rest, "\xe2\x80\x93"))) {
        return false;
    }
    for (struct cp_str left = cp_str_slice(rest, 0, 60); words_next(&word, &left);) {
        if (values_length(cp_str_slice(rest, (size_t)(word.at - rest.at), SIZE_MAX)) > 0) {
            return false;
        }
    }
    return true;
}

/* ---- objectives ------------------------------------------------------------------------------ */

struct objective {
    const char *key;
    const char *words; /* in small letters */
};

/* The longest first. */
static const struct objective objectives[] = {
    {"mtpd", "maximum tolerable period of disruption"},
    {"mtpd", "maximum tolerable downtime"},
    {"mtpd", "maximum tolerable outage"},
    {"mtpd", "maximum acceptable outage"},
    {"rpo", "recovery point objective"},
    {"rto", "recovery time objective"},
    {"wrt", "work recovery time"},
    {"mtpd", "mtpd"},
    {"mtpd", "mtd"},
    {"rto", "rto"},
    {"rpo", "rpo"},
    {"wrt", "wrt"},
};

static const struct objective *objective_at(struct cp_str text, size_t at)
{
    for (size_t i = 0; i < sizeof objectives / sizeof *objectives; i++) {
        if (words_have_at(text, at, objectives[i].words)) {
            return &objectives[i];
        }
    }
    return NULL;
}

const char *objectives_key(struct cp_str text)
{
    const struct objective *objective = objective_at(text, 0);
    return objective && strlen(objective->words) == text.len ? objective->key : NULL;
}

/* Behind what may stand between a label and its length: marks and small words. */
static size_t skip_joint(struct cp_str text, size_t at)
{
    static const char *const words[] = {
        "of",    "is",        "are",  "at",     "set", "target",    "within", "to",      "a",
        "the",   "has",       "been", "agreed", "as",  "be",        "max",    "maximum", "our",
        "under", "therefore", "than", "less",   "up",  "objective", "current"};
    size_t from = at;
    for (;;) {
        size_t start = at;
        while (at < text.len && strchr(" :=*_`<~\t|", text.at[at])) {
            at++;
        }
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            at += words_have_at(text, at, words[i]) ? strlen(words[i]) : 0;
        }
        if (text.len > at && text.at[at] == '(') { /* "(RTO)" behind the words */
            size_t close = cp_str_find(cp_str_slice(text, at, 30), CP_STR(")"));
            bool is_label = close != SIZE_MAX && objective_at(text, at + 1);
            at += is_label ? close + 1 : 0;
        }
        if (at == start || at - from > 80) {
            return at;
        }
    }
}

/* Behind "/", "and" or "&" between two labels or two lengths; `at` where there is none. */
static size_t skip_and(struct cp_str text, size_t at)
{
    size_t next = skip(text, at, cp_is_blank);
    if (next < text.len && strchr("/&,", text.at[next])) {
        return skip(text, next + 1, cp_is_blank);
    }
    return words_have_at(text, next, "and") ? skip(text, next + 3, cp_is_blank) : at;
}

void objectives_add(struct import *import, const char *key, struct cp_str text, size_t offset,
                    bool is_sure)
{
    struct candidate *candidate = cp_list_push(&import->candidates, sizeof *candidate);
    *candidate = (struct candidate){key, cp_arena_copy(import->arena, text), offset, is_sure};
    import->signs++;
    import->strong_signs++;
}

/* The bytes at `at` that are a length of time, or `0`. */
static size_t length_at(struct cp_str text, size_t at)
{
    struct cp_str rest = cp_str_slice(text, at, SIZE_MAX);
    bool is_zero = rest.len > 0 && rest.at[0] == '0' &&
                   (rest.len == 1 || !strchr("0123456789:-", rest.at[1])) &&
                   !(rest.len > 1 && words_is_letter(rest.at[1])) &&
                   !(rest.len > 2 && rest.at[1] == '.' && cp_is_digit(rest.at[2]));
    size_t len = values_length(rest);
    return len > 0 ? len : is_zero ? 1 : 0;
}

/* Whether what joins a label and what is said of it states a fact: "RTO: none", "RTO is none". */
static bool is_stated(struct cp_str joint)
{
    for (size_t i = 0; i < joint.len; i++) {
        if (strchr(":=", joint.at[i]) || words_have_at(joint, i, "is")) {
            return true;
        }
    }
    return false;
}

/* What is said of an objective that is no length: a few words of it. `end`: of the label. */
static void add_doubt(struct import *import, const char *key, struct cp_str text, size_t end,
                      size_t at, size_t offset)
{
    struct cp_str words = cp_str_slice(text, at, 60);
    size_t stop = 0;
    while (stop < words.len && !strchr("\n;", words.at[stop]) &&
           !(words.at[stop] == '.' && (stop + 1 == words.len || cp_is_blank(words.at[stop + 1])))) {
        stop++;
    }
    words = cp_str_slice(words, 0, stop);
    bool is_labelled = memchr(text.at + end, ':', at - end) != NULL;
    if (words.len > 0 && (cp_is_digit(words.at[0]) || is_labelled)) {
        objectives_add(import, key, words, offset, false);
    }
}

/* The sentence from `at` on, up to the next label. */
static struct cp_str rest_of(struct cp_str text, size_t at)
{
    struct cp_str rest = cp_str_slice(text, at, 60);
    for (size_t i = 0; i < rest.len; i++) {
        bool is_start = i == 0 || !words_is_letter(rest.at[i - 1]);
        bool is_end = rest.at[i] == '.' && (i + 1 == rest.len || rest.at[i + 1] == ' ');
        if (is_end || (is_start && objective_at(rest, i))) {
            return cp_str_slice(rest, 0, i);
        }
    }
    return rest;
}

/* One or two labels at `at` and their lengths; where to go on. */
static size_t scan_objective(struct import *import, struct cp_str text, size_t at, size_t offset)
{
    const struct objective *labels[2] = {objective_at(text, at), NULL};
    size_t end = at + strlen(labels[0]->words);
    size_t next = skip_and(text, end);
    labels[1] = next > end ? objective_at(text, next) : NULL;
    end = labels[1] ? next + strlen(labels[1]->words) : end;
    size_t from = skip_joint(text, end);
    import->signs += is_stated(cp_str_slice(text, end, from - end));
    size_t len = length_at(text, from);
    struct cp_str first = cp_str_slice(text, from, len);
    if (len == 0) {
        add_doubt(import, labels[0]->key, text, end, from, offset);
        return end;
    }
    size_t behind = from + len;
    size_t second = labels[1] ? skip_and(text, behind) : behind;
    size_t second_len = second > behind ? length_at(text, second) : 0;
    behind = second_len > 0 ? second + second_len : behind;
    bool is_sure = is_end(rest_of(text, behind));
    objectives_add(import, labels[0]->key, first, offset, is_sure);
    if (labels[1]) {
        objectives_add(import, labels[1]->key,
                       second_len > 0 ? cp_str_slice(text, second, second_len) : first, offset,
                       is_sure);
    }
    return behind;
}

void objectives_scan(struct import *import, struct cp_str text, size_t offset)
{
    for (size_t at = 0; at < text.len;) {
        bool is_start = at == 0 || !words_is_letter(text.at[at - 1]);
        at = is_start && objective_at(text, at) ? scan_objective(import, text, at, offset) : at + 1;
    }
}

/* ---- in the end ------------------------------------------------------------------------------ */

static bool is_same_length(struct cp_str a, struct cp_str b)
{
    struct cp_duration left = {0};
    struct cp_duration right = {0};
    return cp_duration_parse(&left, a) == CP_DURATION_OK &&
           cp_duration_parse(&right, b) == CP_DURATION_OK && left.seconds == right.seconds &&
           left.work_seconds == right.work_seconds && left.work_days == right.work_days &&
           left.months == right.months;
}

/* What the document says of one objective where it says several things. */
static void note_several(struct import *import, struct draft *above, const char *key)
{
    struct cp_buf text;
    size_t count = 0;
    cp_buf_init(&text);
    cp_buf_printf(&text, "check: what the document states as %s is not one plain length:", key);
    for (size_t i = 0; i < import->candidates.count && count < 6; i++) {
        const struct candidate *at = &import->candidates.items[i];
        if (strcmp(at->key, key) == 0) {
            cp_buf_printf(&text, "%s %.*s (%s:%u)", count++ > 0 ? "," : "", CP_ARG(at->text),
                          import->asked->name, import_line(import, at->offset));
        }
    }
    draft_note(import->arena, above, words_keep(import->arena, &text));
}

/* The one length that is stated for the key, or NULL; `*has_several`: there are others. */
static const struct candidate *find_one(const struct import *import, const char *key,
                                        bool *has_several)
{
    const struct candidate *one = NULL;
    struct cp_duration length;
    *has_several = false;
    for (size_t i = 0; i < import->candidates.count; i++) {
        const struct candidate *at = &import->candidates.items[i];
        bool is_fit = strcmp(at->key, key) == 0 &&
                      cp_duration_parse(&length, at->text) == CP_DURATION_OK && length.months == 0;
        bool is_own = strcmp(at->key, key) == 0;
        *has_several = *has_several || (is_own && (!at->is_sure || !is_fit)) ||
                       (is_fit && one && !is_same_length(one->text, at->text));
        one = is_fit && !one ? at : one;
    }
    return one;
}

void objectives_settle(struct import *import)
{
    static const char *const keys[] = {"mtpd", "rto", "wrt", "rpo"};
    struct draft *item = NULL;
    bool has_list = draft_reach(import->plan, "disaster_recovery.objectives") != NULL;
    for (size_t i = 0; !has_list && i < 4; i++) {
        bool has_several = false;
        const struct candidate *one = find_one(import, keys[i], &has_several);
        if (has_several) {
            struct draft *section = draft_at(import->arena, import->plan, "disaster_recovery");
            note_several(import, section, keys[i]);
        } else if (one) {
            struct draft *list =
                draft_at(import->arena, import->plan, "disaster_recovery.objectives");
            item = item ? item : draft_add(import->arena, list);
            draft_set(import->arena, item, keys[i], one->text)->beside =
                import_check(import, one->offset, "stated in the text");
        }
    }
}
