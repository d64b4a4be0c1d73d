/*
 * Facts that stand in sentences and in lines such as "Service owner: Jane Smith". They are lifted
 * beside the words, which stay where they are. Labels are rows; what is not sure is left alone.
 */
#include "import.h"

enum { MANY_TESTS = 500 };

/* ---- dates of tests -------------------------------------------------------------------------- */

static bool is_of(const char *path, const char *section)
{
    size_t len = strlen(section);
    return path && strncmp(path, section, len) == 0 && (path[len] == '\0' || path[len] == '.');
}

/* Whether the list has an item of the day. */
static bool has_day(const struct draft *list, struct cp_str day)
{
    for (const struct draft *item = list->first; item; item = item->next) {
        const struct draft *date = draft_find(item, "date");
        if (date && cp_str_is_equal(date->text, day)) {
            return true;
        }
    }
    return false;
}

static void add_test(struct import *import, const char *list_path, const struct found_date *found,
                     struct cp_str words, size_t offset)
{
    bool is_exercise = strcmp(list_path, "supporting.exercises") == 0;
    struct draft *list = draft_at(import->arena, import->plan, list_path);
    struct cp_str day = dates_text(import->arena, found->readings[0]);
    if (list->kind != DRAFT_LIST || list->count >= MANY_TESTS || has_day(list, day)) {
        return;
    }
    struct draft *item = draft_add(import->arena, list);
    if (is_exercise) {
        draft_set(import->arena, item, "id", words_free_id(import, list_path, day));
    }
    draft_set(import->arena, item, "date", day)->beside =
        import_check(import, offset, "%.*s", CP_ARG(words));
}

/* "was last tested fully on 25/11/2025": from the word "last" on. */
static size_t scan_test(struct import *import, struct cp_str text, size_t at, size_t offset,
                        const char *path)
{
    struct found_date found;
    struct cp_str near = cp_str_slice(text, at, 100);
    near = cp_str_slice(near, 0, cp_str_find(near, CP_STR(". ")));
    if (!dates_find(&found, import, near, 0)) {
        return at + 4;
    }
    struct cp_str words = cp_str_slice(near, 0, found.to);
    bool is_test = words_have(words, "test") || words_have(words, "exercis") ||
                   words_have(words, "restor") || words_have(words, "rehears");
    bool is_restore = is_of(path, "backup_restore") || words_have(words, "restor");
    bool is_plan = is_restore || is_of(path, "disaster_recovery") || is_of(path, "supporting") ||
                   words_have(words, "exercis") || words_have(words, "plan");
    if (is_test && is_plan && found.is_sure) {
        add_test(import, is_restore ? "backup_restore.restore_tests" : "supporting.exercises",
                 &found, words, offset);
    } else if (is_test && is_plan && path) {
        struct draft *section =
            draft_at(import->arena, import->plan, is_restore ? "backup_restore" : "supporting");
        draft_note(import->arena, section,
                   import_check(import, offset,
                                "check: '%.*s': it may be %.*s or %.*s, so it is no date of a "
                                "test yet",
                                CP_ARG(words), CP_ARG(dates_text(import->arena, found.readings[0])),
                                CP_ARG(dates_text(import->arena, found.readings[1]))));
    }
    return at + found.to;
}

/* Whether a sentence about a test may begin here: "last ...", and where tests are spoken of anyway
 * "tested ...". */
static bool is_test_word(struct cp_str text, size_t at, const char *path)
{
    static const char *const words[] = {"tested", "exercised", "rehearsed", "restored"};
    bool is_place = is_of(path, "backup_restore") || is_of(path, "supporting");
    for (size_t i = 0; is_place && i < sizeof words / sizeof *words; i++) {
        if (words_have_at(text, at, words[i])) {
            return true;
        }
    }
    return words_have_at(text, at, "last");
}

static void scan_tests(struct import *import, struct cp_str text, size_t offset, const char *path)
{
    for (size_t at = 0; at < text.len;) {
        at = is_test_word(text, at, path) ? scan_test(import, text, at, offset, path) : at + 1;
    }
}

/* ---- environments, links --------------------------------------------------------------------- */

static bool is_comma(struct cp_str text)
{
    text = cp_str_trim(text);
    return cp_str_is(text, ",") || cp_str_is(text, "and") || cp_str_is(text, ", and") ||
           cp_str_is(text, "&") || cp_str_is(text, "/");
}

static void add_environments(struct import *import, const struct cp_reading_piece *const *row,
                             size_t count)
{
    struct draft *list = draft_at(import->arena, import->plan, "architecture.environments");
    if (list->kind != DRAFT_LIST || list->count > 0) {
        return;
    }
    draft_note(import->arena, list, import_check(import, row[0]->offset, "Named in the text"));
    for (size_t at = 0; at < count; at++) {
        struct cp_str name = cp_arena_copy(import->arena, row[at]->text);
        draft_set(import->arena, draft_add(import->arena, list), "name", name);
    }
}

/* Code words in a row, before the word "environments". */
static void scan_environments(struct import *import, const struct cp_reading_block *block)
{
    const struct cp_reading_piece *row[8];
    size_t count = 0;
    bool is_open = false; /* the last piece was one of the row */
    for (uint32_t i = 0; i < block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, block->first_piece + i);
        if (piece->kind == CP_PIECE_CODE && count < 8) {
            count = is_open ? 0 : count;
            row[count++] = piece;
            is_open = true;
            continue;
        }
        bool is_named = is_open && words_have_at(cp_str_trim(piece->text), 0, "environments");
        if (is_named && count > 1) {
            add_environments(import, row, count);
            return;
        }
        count = is_comma(piece->text) ? count : 0;
        is_open = false;
    }
}

/* `https://github.com/owner/name`, and not a page of it. */
static bool is_repository(struct cp_str target)
{
    size_t strokes = 0;
    target = cp_str_has_suffix(target, "/") ? cp_str_slice(target, 0, target.len - 1) : target;
    for (size_t i = 0; i < target.len; i++) {
        strokes += target.at[i] == '/';
    }
    return strokes == 4 && (cp_str_has_prefix(target, "https://github.com/") ||
                            cp_str_has_prefix(target, "https://gitlab.com/"));
}

static void scan_links(struct import *import, const struct cp_reading_block *block,
                       const char *path)
{
    bool is_process = is_of(path, "incident_response") && words_have(block->text, "incident") &&
                      words_have(block->text, "process");
    bool is_source = words_have(block->text, "source code");
    for (uint32_t i = 0; i < block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, block->first_piece + i);
        if (piece->kind != CP_PIECE_LINK || piece->target.len == 0) {
            continue;
        }
        struct cp_str target = cp_arena_copy(import->arena, piece->target);
        struct cp_str words = cp_arena_copy(import->arena, cp_str_trim(piece->text));
        if (is_process && words.len > 0 &&
            !draft_reach(import->plan, "incident_response.process")) {
            struct draft *process =
                draft_at(import->arena, import->plan, "incident_response.process");
            draft_set(import->arena, process, "title", words);
            draft_set(import->arena, process, "url", target);
        }
        if (is_source && is_repository(target) && !draft_find(import->plan, "repository")) {
            draft_set(import->arena, import->plan, "repository", target);
        }
    }
}

/* ---- labels ---------------------------------------------------------------------------------- */

struct label {
    const char *words;
    const char *path;
};

static const struct label labels[] = {
    {"service name|system name|application name|name of service|name of the service|service",
     "name"},
    {"service owner|accountable|system owner|business owner|senior responsible owner|sro|"
     "accountable owner|senior responsible owner (SRO)",
     "accountability.accountable"},
    {"phase|service phase|lifecycle phase", "phase"},
    {"tier|service tier|criticality tier", "tier"},
    {"classification|document classification", "classification"},
    {"last reviewed|last review|last reviewed on|date of last review|reviewed on|"
     "last review date|date last reviewed",
     "review.last"},
    {"review frequency|review cycle|review interval|reviewed every|review period|review every",
     "review.every"},
    {"reviewed by|reviewer|last reviewed by", "review.by"},
    {"exercise frequency|test frequency|exercised every|tested every", "supporting.exercise_every"},
    {"support hours|service hours|hours of support|hours of operation|operating hours|"
     "opening hours",
     "scope.support_hours"},
    {"repository|source code|code repository|git repository|repo", "repository"},
};

void facts_open(struct import *import)
{
    struct cp_str words;
    cp_map_init(&import->facts);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct cp_str rest = cp_str_of(labels[i].words);
        while (words_alternative(&words, &rest)) {
            cp_map_put(&import->facts, words_normal(import->arena, words),
                       (void *)(uintptr_t)&labels[i]);
        }
    }
}

/* The value at a path whose last part is a text; made where it is missing. */
static void put_value(struct import *import, const char *path, struct cp_str value,
                      struct cp_str words, size_t offset)
{
    struct draft *draft = draft_at(import->arena, import->plan, path);
    draft->text = cp_arena_copy(import->arena, value);
    if (!cp_str_is_equal(value, words)) {
        draft->beside = import_check(import, offset, "%.*s", CP_ARG(words));
    }
}

bool facts_set(struct import *import, struct cp_str name, struct cp_str value, size_t offset,
               const char *path)
{
    const char *objective = objectives_key(name);
    value = cp_str_trim(value);
    if (objective && values_length(value) == value.len && value.len > 0) {
        objectives_add(import, objective, value, offset, true);
        return true;
    }
    bool is_head = path && *path == '\0'; /* before all sections, where a page says whose it is */
    name =
        is_head && cp_str_is_equal_folded(name, CP_STR("owner")) ? CP_STR("service owner") : name;
    const struct label *label =
        name.len <= 60 ? cp_map_find(&import->facts, words_normal(import->arena, name)) : NULL;
    bool is_elsewhere = is_of(path, "dependencies");
    struct cp_str contact =
        is_elsewhere ? (struct cp_str){0} : contacts_lift(import, name, value, offset);
    if (!label || value.len == 0 || value.len > 100 || is_elsewhere) {
        return contact.len > 0;
    }
    if (strcmp(label->path, "name") == 0) {
        import->name = import->name.len > 0 ? import->name : cp_arena_copy(import->arena, value);
        return true;
    }
    const struct cp_field *field = NULL;
    static const struct cp_plan none;
    cp_value_find(&cp_object_plan, &none, label->path, &field);
    bool is_person = contact.len > 0 && field->type == CP_TYPE_REFERENCE;
    struct cp_str read = is_person ? contact : values_read(import, field, value);
    if (read.len == 0 || draft_reach(import->plan, label->path)) {
        return false;
    }
    put_value(import, label->path, read, value, offset);
    return true;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void scan_lines(struct import *import, size_t from, size_t to, const char *path)
{
    struct cp_str rest = cp_str_slice(import->source, from, to - from);
    struct cp_str line;
    while (cp_str_line(&line, &rest)) {
        size_t colon = cp_str_find(line, CP_STR(":"));
        if (colon == SIZE_MAX || colon > 80) {
            continue;
        }
        struct cp_str plain = words_plain_line(import->arena, line);
        colon = cp_str_find(plain, CP_STR(":"));
        struct cp_str name = cp_str_slice(plain, 0, colon);
        bool is_label = colon != SIZE_MAX && !objectives_key(name);
        if (is_label) {
            facts_set(import, name, cp_str_slice(plain, colon + 1, SIZE_MAX),
                      (size_t)(line.at - import->source.at), path);
        }
    }
}

void facts_scan(struct import *import, const struct cp_reading_block *block, const char *path)
{
    if (block->kind == CP_READING_PARAGRAPH || block->kind == CP_READING_CELL) {
        if (!is_of(path, "dependencies")) {
            objectives_scan(import, block->text, block->offset);
        }
        scan_tests(import, block->text, block->offset, path);
        scan_environments(import, block);
        scan_links(import, block, path);
    }
    if (block->kind == CP_READING_PARAGRAPH) {
        scan_lines(import, block->offset, block->offset + block->length, path);
    }
}
