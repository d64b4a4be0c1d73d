/*
 * Contacts as people write them in one line: "Service owner: Jane Smith, 01632 960 001", "Jane
 * Smith (jane@example.org) - Service owner". What a piece is, is told by its looks or its label.
 * Knows neither lists nor tables.
 */
#include "import.h"

enum { LINE_BYTES = 200, NAME_BYTES = 80, MANY_CONTACTS = 200 };

/* ---- pieces ---------------------------------------------------------------------------------- */

/* The next piece of "Jane Smith, Service owner (jane@example.org)". */
static bool next_piece(struct cp_str *out, struct cp_str *rest)
{
    static const char *const joints[] = {
        ", ", "; ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " | ", " (", ") ", ")"};
    size_t at = rest->len;
    size_t len = 0;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t found = cp_str_find(*rest, cp_str_of(joints[i]));
        if (found < at) {
            at = found;
            len = strlen(joints[i]);
        }
    }
    *out = cp_str_trim(cp_str_slice(*rest, 0, at));
    bool is_any = rest->len > 0;
    *rest = cp_str_slice(*rest, at + len, SIZE_MAX);
    return is_any;
}

static void join(struct import *import, struct draft *item, const char *key, struct cp_str text)
{
    struct draft *old = draft_find(item, key);
    struct cp_str joined =
        old ? cp_arena_printf(import->arena, "%.*s, %.*s", CP_ARG(old->text), CP_ARG(text)) : text;
    draft_set(import->arena, item, key, joined);
}

/* What the ways of reaching somebody are called, before the value. */
struct way {
    const char *key, *words; /* alternatives between '|' */
};

static const struct way ways[] = {
    {"email", "email|e-mail|mail"},
    {"phone", "phone|telephone|tel.|tel|mobile|mob.|mob|cell|ph|landline"},
    {"url", "url|link|web"},
    {"chat", "slack|chat|teams|channel"},
};

/* The value behind one of a way's labels, "Tel: 1234" or "tel. 1234"; the text itself where none
 * stands before it. */
static struct cp_str without_label(const struct way *way, struct cp_str text)
{
    struct cp_str rest = cp_str_of(way->words);
    struct cp_str word;
    while (words_alternative(&word, &rest)) {
        bool is_there = cp_str_is_equal_folded(cp_str_slice(text, 0, word.len), word) &&
                        text.len > word.len && strchr(": .", text.at[word.len]);
        if (is_there) {
            struct cp_str value = cp_str_slice(text, word.len, SIZE_MAX);
            while (value.len > 0 && strchr(": .", value.at[0])) {
                value = cp_str_slice(value, 1, SIZE_MAX);
            }
            return value;
        }
    }
    return text;
}

/* Under the key that it looks like. */
static bool put_typed(struct import *import, struct draft *item, struct cp_str text)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct cp_str value = without_label(&ways[i], text);
        const struct cp_field *field = cp_field_find(item->object, cp_str_of(ways[i].key));
        bool is_chat = strcmp(ways[i].key, "chat") == 0;
        bool is_value = is_chat ? value.len > 1 && value.at[0] == '#'
                                : values_read(import, field, value).len > 0;
        if (is_value && !draft_find(item, ways[i].key)) {
            draft_set(import->arena, item, ways[i].key, value);
            return true;
        }
    }
    return false;
}

/* "Jane Smith 01632 960 001": the number at the end, where it is long enough to be one. */
static size_t find_number(struct import *import, const struct draft *item, struct cp_str text)
{
    const struct cp_field *field = cp_field_find(item->object, CP_STR("phone"));
    for (size_t at = 1; at + 1 < text.len; at++) {
        struct cp_str tail = cp_str_slice(text, at + 1, SIZE_MAX);
        bool is_start = text.at[at] == ' ' && (cp_is_digit(tail.at[0]) || tail.at[0] == '+');
        if (is_start && tail.len >= 8 && values_read(import, field, tail).len > 0) {
            return at;
        }
    }
    return SIZE_MAX;
}

static void put_words(struct import *import, struct draft *item, struct cp_str text)
{
    size_t colon = cp_str_find(text, CP_STR(": "));
    size_t number = find_number(import, item, text);
    if (number != SIZE_MAX && !draft_find(item, "phone")) {
        draft_set(import->arena, item, "phone", cp_str_slice(text, number + 1, SIZE_MAX));
        text = cp_str_trim(cp_str_slice(text, 0, number));
    }
    if (draft_find(item, "name")) {
        join(import, item, "role", text);
    } else if (colon < text.len) {
        struct cp_str value = cp_str_trim(cp_str_slice(text, colon + 2, SIZE_MAX));
        bool is_typed = value.len == 0 || put_typed(import, item, value);
        struct cp_str label = cp_str_slice(text, 0, colon);
        draft_set(import->arena, item, is_typed ? "name" : "role", label);
        if (!is_typed) {
            draft_set(import->arena, item, "name", value);
        }
    } else {
        draft_set(import->arena, item, "name",
                  cp_str_has_suffix(text, ":") ? cp_str_slice(text, 0, text.len - 1) : text);
    }
}

/* "Bursar (accountable): Jo Ray, ...": what stands before the colon, where a name follows; empty.
 */
static struct cp_str leading_label(struct import *import, const struct draft *item,
                                   struct cp_str words)
{
    size_t colon = cp_str_find(words, CP_STR(": "));
    struct cp_str label = cp_str_slice(words, 0, colon);
    bool is_one = colon < words.len && cp_str_find(label, CP_STR("(")) < colon &&
                  cp_str_has_suffix(label, ")") && cp_str_find(label, CP_STR(", ")) == SIZE_MAX;
    const struct cp_field *field = cp_field_find(item->object, CP_STR("phone"));
    struct cp_str rest = cp_str_slice(words, colon < words.len ? colon + 2 : words.len, SIZE_MAX);
    rest = cp_str_slice(rest, 0, cp_str_find(rest, CP_STR(",")));
    return is_one && rest.len > 0 && values_read(import, field, rest).len == 0 ? label
                                                                               : (struct cp_str){0};
}

void contacts_read(struct import *import, struct draft *item, struct cp_str words)
{
    struct cp_str label = leading_label(import, item, words);
    struct cp_str rest = label.len > 0 ? cp_str_slice(words, label.len + 2, SIZE_MAX) : words;
    struct cp_str piece;
    if (label.len > 0) {
        draft_set(import->arena, item, "role", label);
    }
    while (next_piece(&piece, &rest)) {
        if (piece.len > 0 && !put_typed(import, item, piece)) {
            put_words(import, item, piece);
        }
    }
}

/* ---- names that are none --------------------------------------------------------------------- */

static bool is_no_name(struct cp_str text)
{
    static const char *const words[] = {"rota",    "on call",  "on-call", "vacant",
                                        "various", "n/a",      "none",    "as above",
                                        "tba",     "rotating", "on rota", "see rota"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is_equal_folded(text, cp_str_of(words[i]))) {
            return true;
        }
    }
    return cp_placeholder_find(text).len > 0;
}

void contacts_settle(struct import *import, struct draft *item, struct cp_str role)
{
    struct draft *name = draft_find(item, "name");
    struct draft *old = draft_find(item, "role");
    if (!name || !old || role.len == 0 || !is_no_name(name->text)) {
        return;
    }
    struct cp_str words = name->text;
    size_t at = cp_str_find(old->text, role);
    struct cp_str rest = {0};
    if (at != SIZE_MAX) {
        rest = cp_str_trim(cp_str_slice(old->text, 0, at));
        rest = cp_str_has_suffix(rest, ";") ? cp_str_slice(rest, 0, rest.len - 1) : rest;
    }
    bool is_plain = rest.len > 0;
    draft_set(import->arena, item, "role",
              is_plain ? cp_arena_printf(import->arena, "%.*s; %.*s", CP_ARG(rest), CP_ARG(words))
                       : words);
    draft_set(import->arena, item, "name", role);
}

/* ---- lines ----------------------------------------------------------------------------------- */

bool contacts_are_prose(struct cp_str text)
{
    for (size_t at = 3; at + 2 < text.len; at++) {
        bool is_stop = text.at[at] == '.' && text.at[at + 1] == ' ';
        bool is_word = words_is_letter(text.at[at - 1]) && words_is_letter(text.at[at - 2]) &&
                       words_is_letter(text.at[at - 3]);
        bool is_number = cp_is_digit(text.at[at + 2]) || text.at[at + 2] == '+';
        if (is_stop && is_word && !is_number) {
            return true;
        }
    }
    return text.len > LINE_BYTES;
}

static bool has_way(const struct draft *item)
{
    return draft_find(item, "email") || draft_find(item, "phone") || draft_find(item, "chat");
}

/* Whether a line is one contact and nothing else: a name, and a way of reaching it. */
static bool read_line(struct import *import, struct draft *item, struct cp_str line)
{
    line = cp_str_trim(line);
    if (line.len == 0 || cp_str_has_suffix(line, ".") || contacts_are_prose(line)) {
        return false;
    }
    contacts_read(import, item, line);
    const struct draft *name = draft_find(item, "name");
    return name && name->text.len <= NAME_BYTES && has_way(item);
}

static bool is_whole(struct import *import, const struct cp_reading_block *block,
                     const struct draft *list)
{
    struct cp_buf wanted;
    struct cp_buf given;
    cp_buf_init(&wanted);
    cp_buf_init(&given);
    cp_buf_put(&wanted, block->text);
    for (uint32_t i = 0; i < block->piece_count; i++) {
        words_put_piece(&wanted, cp_reading_piece_get(import->reading, block->first_piece + i));
    }
    words_put_draft(&given, list);
    bool is_in = words_are_in(import->arena, cp_buf_str(&wanted), cp_buf_str(&given));
    cp_buf_release(&wanted);
    cp_buf_release(&given);
    return is_in;
}

bool contacts_take_lines(struct import *import, const struct bit *bit)
{
    struct draft *made = draft_new(import->arena, &cp_object_plan);
    struct draft *list = draft_at(import->arena, made, "accountability.contacts");
    struct cp_str rest = cp_str_slice(import->source, bit->offset, bit->length);
    struct cp_str line;
    while (cp_str_line(&line, &rest)) {
        line = words_plain_line(import->arena, line);
        if (!read_line(import, draft_add(import->arena, list), line)) {
            return false;
        }
    }
    struct draft *there = draft_at(import->arena, import->plan, "accountability.contacts");
    if (list->count == 0 || there->kind != DRAFT_LIST || !is_whole(import, bit->block, list)) {
        return false;
    }
    draft_move_items(there, list);
    return true;
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* Words of what people are to a service; who is named behind one, with an address, is a contact. */
static bool is_post(struct cp_str label)
{
    static const char *const words[] = {
        "owner",       "lead",     "manager",     "contact",       "on-call",  "oncall",
        "on call",     "engineer", "director",    "officer",       "deputy",   "accountable",
        "responsible", "support",  "coordinator", "desk",          "helpdesk", "hotline",
        "escalation",  "sponsor",  "admin",       "administrator", "author",   "head",
        "supervisor",  "dba"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = label.len >= strlen(words[i]) ? label.len - strlen(words[i]) : SIZE_MAX;
        if (words_have_at(label, 0, words[i]) ||
            (at != SIZE_MAX && words_have_at(label, at, words[i]))) {
            return true;
        }
    }
    return false;
}

static bool has_contact(const struct draft *list, struct cp_str name)
{
    for (const struct draft *item = list->first; item; item = item->next) {
        const struct draft *old = draft_find(item, "name");
        if (old && cp_str_is_equal_folded(old->text, name)) {
            return true;
        }
    }
    return false;
}

struct cp_str contacts_lift(struct import *import, struct cp_str label, struct cp_str value,
                            size_t offset)
{
    struct draft *made = draft_new(import->arena, &cp_object_plan);
    struct draft *item =
        draft_add(import->arena, draft_at(import->arena, made, "accountability.contacts"));
    if (!is_post(label) || label.len > 40 || !read_line(import, item, value)) {
        return (struct cp_str){0};
    }
    struct cp_str name = draft_find(item, "name")->text;
    bool is_first = cp_str_has_prefix(cp_str_trim(value), cp_arena_copy(import->arena, name).at);
    if (!is_first) { /* an address, then whatever else */
        return (struct cp_str){0};
    }
    struct draft *list = draft_at(import->arena, import->plan, "accountability.contacts");
    if (!values_is_holder(import, name) || list->kind != DRAFT_LIST ||
        list->count >= MANY_CONTACTS) {
        return (struct cp_str){0};
    }
    if (!has_contact(list, name)) {
        struct draft *added = draft_add(import->arena, list);
        draft_adopt(added, item);
        join(import, added, "role", cp_arena_copy(import->arena, label));
        draft_find(added, "name")->beside = import_check(import, offset, "stated in the text");
    }
    return name;
}
