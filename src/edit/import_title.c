/*
 * What the document is of: its title, the name of the service in it, its id, and the front matter.
 */
#include "import.h"

/* What such documents call themselves; the longest first. */
static const char *const kinds[] = {
    "information system contingency plan",
    "business impact analysis",
    "it service continuity plan",
    "continuity and recovery plan",
    "continuity and recovery",
    "service continuity plans",
    "service continuity plan",
    "continuity of operations plan",
    "business continuity plans",
    "business continuity plan",
    "disaster recovery plans",
    "disaster recovery plan",
    "disaster recovery runbook",
    "service continuity",
    "business continuity",
    "disaster recovery",
    "it continuity plan",
    "it continuity",
    "continuity of operations",
    "continuity statement",
    "continuity plan",
    "contingency plan",
    "resilience plan",
    "recovery plan",
    "incident response plan",
    "backup and restore plan",
    "bc/dr plan",
    "bcdr plan",
    "bcp/drp",
    "dr plan",
    "dr runbook",
    "bc/dr",
    "bcdr",
    "iscp",
    "coop",
    "drp",
    "bcp",
    "continuity",
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(struct cp_str text, size_t at)
{
    char c = at < text.len ? lower(text.at[at]) : ' ';
    return (c >= 'a' && c <= 'z') || cp_is_digit(c);
}

/* Where a whole phrase, of small letters, stands in any case; SIZE_MAX. */
static size_t find_phrase(struct cp_str text, const char *phrase)
{
    size_t len = strlen(phrase);
    for (size_t at = 0; at + len <= text.len; at++) {
        size_t same = 0;
        while (same < len && lower(text.at[at + same]) == phrase[same]) {
            same++;
        }
        if (same == len && (at == 0 || !is_letter(text, at - 1)) && !is_letter(text, at + len)) {
            return at;
        }
    }
    return SIZE_MAX;
}

bool titles_are_telling(struct cp_str title)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (find_phrase(title, kinds[i]) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static struct cp_str cut(struct cp_arena *arena, struct cp_str text, size_t at, size_t len)
{
    return cp_arena_printf(arena, "%.*s %.*s", (int)at, text.at,
                           CP_ARG(cp_str_slice(text, at + len, SIZE_MAX)));
}

/* Cuts off, at both ends, what joined the name to what is gone. */
static struct cp_str trim_joints(struct cp_str text)
{
    static const char *const before[] = {
        "for", "of", "the",          "and",          "-",  "&", ":", "|",
        "/",   ",",  "\xe2\x80\x93", "\xe2\x80\x94", "()", ".", "_"};
    static const char *const behind[] = {
        "for", "of", "and", "document",     "runbooks",     "runbook", "-",        "&", ":",
        "|",   "/",  ",",   "\xe2\x80\x93", "\xe2\x80\x94", "()",      "template", ".", "_"};
    struct cp_str old = {0};
    while (!cp_str_is_equal(old, text)) {
        old = text;
        text = words_trim_marks(cp_str_trim(text));
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            size_t len = strlen(before[i]);
            bool is_word = is_letter(cp_str_of(before[i]), 0);
            if (find_phrase(cp_str_slice(text, 0, len), before[i]) == 0 &&
                !(is_word && is_letter(text, len))) {
                text = cp_str_trim(cp_str_slice(text, len, SIZE_MAX));
            }
        }
        for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
            size_t len = strlen(behind[i]);
            bool is_word = is_letter(cp_str_of(behind[i]), 0);
            size_t at = text.len >= len ? text.len - len : 0;
            if (text.len >= len && find_phrase(cp_str_slice(text, at, len), behind[i]) == 0 &&
                !(is_word && at > 0 && is_letter(text, at - 1))) {
                text = cp_str_trim(cp_str_slice(text, 0, at));
            }
        }
    }
    return text;
}

/* Every run of blanks as one. */
static struct cp_str one_blank(struct cp_arena *arena, struct cp_str text)
{
    char *out = cp_arena_room(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = cp_is_blank(text.at[i]);
        if (!is_blank || (len > 0 && out[len - 1] != ' ')) {
            out[len++] = is_blank ? ' ' : text.at[i];
        }
    }
    out[len] = '\0';
    return (struct cp_str){out, len};
}

/* The name of the service in a title: what is left without the kind of document. */
static struct cp_str name_in(struct cp_arena *arena, struct cp_str title)
{
    struct cp_str rest = title;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t at = find_phrase(rest, kinds[i]);
        rest = at == SIZE_MAX ? rest : cut(arena, rest, at, strlen(kinds[i]));
    }
    size_t brackets = cp_str_find(rest, CP_STR("( )"));
    rest = brackets == SIZE_MAX ? rest : cut(arena, rest, brackets, 3);
    rest = one_blank(arena, trim_joints(rest));
    return words_normal(arena, rest).len > 0 ? rest : (struct cp_str){0};
}

void titles_take(struct import *import, struct cp_str title)
{
    bool is_telling = titles_are_telling(title);
    import->signs += is_telling;
    import->strong_signs += is_telling;
    struct cp_str whole = title;
    title = headings_bare(title);
    struct cp_str name = name_in(import->arena, title);
    import->title = import->title.len == 0 ? whole
                                           : cp_arena_printf(import->arena, "%.*s / %.*s",
                                                             CP_ARG(import->title), CP_ARG(whole));
    import->name = import->name.len > 0 ? import->name : name;
}

/* ---- front matter ---------------------------------------------------------------------------- */

static struct cp_str unquoted(struct cp_str value)
{
    value = cp_str_trim(value);
    bool is_quoted = value.len >= 2 && (value.at[0] == '"' || value.at[0] == '\'') &&
                     value.at[value.len - 1] == value.at[0];
    return is_quoted ? cp_str_slice(value, 1, value.len - 2) : value;
}

/* Who owns a page need not answer for the service: somebody has to look. */
static bool note_owner(struct import *import, size_t offset)
{
    bool is_free = !draft_reach(import->plan, "accountability.accountable");
    if (is_free) {
        draft_note(import->arena, draft_at(import->arena, import->plan, "accountability"),
                   import_check(import, offset,
                                "check: the owner in the front matter is taken for who is "
                                "accountable"));
    }
    return is_free;
}

/* Whether a line said something that a field holds. */
static bool take_line(struct import *import, struct cp_str key, struct cp_str value, size_t offset)
{
    static const struct {
        const char *key, *label;
    } keys[] = {{"last_reviewed_on", "last reviewed"},
                {"last_reviewed", "last reviewed"},
                {"review_in", "review frequency"},
                {"review_every", "review frequency"},
                {"owner", "service owner"},
                {"service_owner", "service owner"},
                {"rto", "rto"},
                {"rpo", "rpo"}};
    if (cp_str_is(key, "title") && value.len > 0) {
        titles_take(import, value);
        return true; /* the title stands in the first comment */
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (cp_str_is(key, keys[i].key)) {
            bool is_owner = cp_str_is(key, "owner");
            return (!is_owner || note_owner(import, offset)) &&
                   facts_set(import, cp_str_of(keys[i].label), value, offset, NULL);
        }
    }
    return false;
}

void titles_read_front_matter(struct import *import, struct cp_str text)
{
    struct cp_str rest = text;
    struct cp_str line;
    while (cp_str_line(&line, &rest)) {
        size_t colon = cp_str_find(line, CP_STR(":"));
        struct cp_str key = colon == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(line, 0, colon);
        struct cp_str value = unquoted(cp_str_slice(line, key.len + 1, SIZE_MAX));
        bool is_mark = cp_str_is(cp_str_trim(line), "---") || cp_str_is(cp_str_trim(line), "...");
        size_t at = (size_t)(line.at - import->source.at);
        if (!is_mark && cp_str_trim(line).len > 0 && !take_line(import, key, value, at)) {
            *(struct cp_str *)cp_list_push(&import->remarks, sizeof line) =
                import_check(import, at, "Front matter: %.*s", CP_ARG(cp_str_trim(line)));
        }
    }
}

/* ---- name and id ----------------------------------------------------------------------------- */

/* The file's name without folder and ending. */
static struct cp_str stem_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    struct cp_str stem = cp_str_of(slash ? slash + 1 : name);
    for (size_t at = stem.len; at > 1; at--) {
        if (stem.at[at - 1] == '.') {
            return cp_str_slice(stem, 0, at - 1);
        }
    }
    return stem;
}

/* "service-continuity-serve-opg" as words, and of these what names the service. */
static struct cp_str name_of_file(struct cp_arena *arena, const char *name)
{
    struct cp_str stem = cp_arena_copy(arena, stem_of(name));
    char *at = (char *)(uintptr_t)stem.at;
    for (size_t i = 0; i < stem.len; i++) {
        at[i] = strchr("-_", at[i]) ? ' ' : at[i];
    }
    struct cp_str found = name_in(arena, stem);
    return found.len > 0 ? found : cp_str_trim(stem);
}

void titles_settle(struct import *import)
{
    struct cp_arena *arena = import->arena;
    import->name = import->name.len > 0 ? import->name : name_in(arena, import->bold);
    bool is_guessed = import->name.len == 0;
    import->name = is_guessed ? name_of_file(arena, import->asked->name) : import->name;
    struct cp_str id = words_id(arena, import->name);
    id = id.len > 0 ? id : words_id(arena, stem_of(import->asked->name));
    id = import->asked->id ? cp_str_of(import->asked->id) : id;
    draft_set(arena, import->plan, "schema", CP_STR("contplan/v1"));
    struct draft *own = draft_set(arena, import->plan, "id", id.len > 0 ? id : CP_STR("service"));
    struct draft *name =
        draft_set(arena, import->plan, "name", import->name.len > 0 ? import->name : own->text);
    if (is_guessed) {
        name->beside = CP_STR("check: the document names no service; this is its file's name");
    }
}
