/*
 * How long a finding in a Markdown document has stood: back to the first version in which the same
 * line below the same heading already held a placeholder. Documents have no fields to go by.
 */
#include "past.h"

#include <contplan/markdown.h>

#include <stdlib.h>
#include <string.h>

/* A document as it is or was. Owns all of it. */
struct text {
    struct cp_file file;
    struct cp_buf bytes;
    struct cp_reading *reading;
    struct cp_diags diags;
};

/* Findings of one document on their way into its past. */
struct walk {
    struct cp_engine *engine;
    const struct cp_log_file *log;
    struct cp_diagnostic **findings;
    size_t count;
    struct text now;
};

static void text_init(struct text *text)
{
    *text = (struct text){0};
    cp_buf_init(&text->bytes);
    cp_diags_init(&text->diags);
}

static void text_release(struct text *text)
{
    cp_reading_free(text->reading);
    cp_file_drop(&text->file);
    cp_diags_release(&text->diags);
    cp_buf_release(&text->bytes);
}

/* Of the bytes that were loaded; false where they are more than anybody looked at. */
static bool text_read(struct text *text, const char *path)
{
    if (text->bytes.len > CP_YAML_BYTES) {
        return false;
    }
    cp_file_init(&text->file, path);
    cp_file_set(&text->file, cp_buf_str(&text->bytes));
    text->reading = cp_reading_new(cp_buf_str(&text->bytes));
    return true;
}

/* ---- which finding it is --------------------------------------------------------------------- */

/* The line at a byte, without blanks at its ends. */
static struct cp_str line_at(struct cp_str bytes, size_t at)
{
    size_t from = at < bytes.len ? at : bytes.len;
    size_t to = from;
    while (from > 0 && bytes.at[from - 1] != '\n') {
        from--;
    }
    while (to < bytes.len && bytes.at[to] != '\n') {
        to++;
    }
    return cp_str_trim(cp_str_slice(bytes, from, to - from));
}

/* The words of the nearest heading above a byte, or of the one it stands in. */
static struct cp_str heading_at(const struct text *text, size_t at)
{
    struct cp_str found = {0};
    for (size_t i = 0; i < cp_reading_count(text->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(text->reading, i);
        if (block->offset > at) {
            break;
        }
        found = block->kind == CP_READING_HEADING ? block->text : found;
    }
    return cp_str_trim(found);
}

static bool is_same_place(const struct text *a, size_t at_a, const struct text *b, size_t at_b)
{
    return cp_str_is_equal(line_at(a->file.bytes, at_a), line_at(b->file.bytes, at_b)) &&
           cp_str_is_equal(heading_at(a, at_a), heading_at(b, at_b));
}

static bool is_found(const struct text *old, const struct text *now,
                     const struct cp_diagnostic *finding)
{
    for (size_t i = 0; i < old->diags.items.count; i++) {
        const struct cp_diagnostic *found = old->diags.items.items[i];
        if (cp_rule_ages(found->rule) &&
            is_same_place(old, found->place.span.offset, now, finding->place.span.offset)) {
            return true;
        }
    }
    return false;
}

/* ---- versions -------------------------------------------------------------------------------- */

static void find_old(struct text *old)
{
    struct cp_checks_off off = {0};
    const struct cp_document_input in = {
        .reading = old->reading, .file = &old->file, .rto = -1, .diags = &old->diags};
    cp_checks_choose_aging(&off);
    cp_rules_check_document(&in, &off);
}

static bool judge_version(void *context, size_t version, struct cp_standing *items)
{
    const struct walk *walk = context;
    const struct cp_log_version *found = &walk->log->versions.items[version];
    struct text old;
    text_init(&old);
    bool is_read =
        old_bytes_load(walk->engine, &old.bytes, found) && text_read(&old, walk->log->path);
    if (is_read) {
        find_old(&old);
    }
    for (size_t i = 0; is_read && i < walk->count; i++) {
        items[i].is_said = items[i].is_asked && is_found(&old, &walk->now, walk->findings[i]);
    }
    text_release(&old);
    return is_read;
}

static void find_since(struct walk *walk)
{
    struct cp_standings standings = {.items = cp_alloc(walk->count * sizeof *standings.items),
                                     .count = walk->count,
                                     .judge = judge_version,
                                     .context = walk};
    cp_standings_find(&standings, walk->log);
    for (size_t i = 0; i < walk->count; i++) {
        const struct cp_standing *found = &standings.items[i];
        if (found->since != SIZE_MAX && !found->is_lost) {
            tell_age(walk->engine, walk->findings[i],
                     walk->log->versions.items[found->since].commit);
        }
    }
    free(standings.items);
}

static void walk_back(struct cp_engine *engine, const struct cp_log_file *log,
                      struct cp_diagnostic **findings, size_t count)
{
    struct walk walk = {.engine = engine, .log = log, .findings = findings, .count = count};
    struct cp_error ignored;
    text_init(&walk.now);
    if (engine->source->load(engine->source, log->path, CP_YAML_BYTES + 1, &walk.now.bytes,
                             &ignored) == 0 &&
        text_read(&walk.now, log->path)) {
        find_since(&walk);
    }
    text_release(&walk.now);
}

/* ---- all documents --------------------------------------------------------------------------- */

static int by_file(const void *a, const void *b)
{
    const struct cp_diagnostic *left = *(struct cp_diagnostic *const *)a;
    const struct cp_diagnostic *right = *(struct cp_diagnostic *const *)b;
    return strcmp(left->place.file->path, right->place.file->path);
}

/* Findings that follow one another in `findings` are of one file, as often as there are files. */
static void age_files(struct cp_engine *engine, const struct cp_log *log,
                      struct cp_diagnostic **findings, size_t count)
{
    size_t file = 0;
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && findings[to]->place.file == findings[from]->place.file) {
            to++;
        }
        walk_back(engine, &log->files[file++], &findings[from], to - from);
    }
}

/* The past of documents is only walked where something in them ages. */
static void age_all(struct cp_engine *engine, struct cp_diagnostic **findings, size_t count)
{
    const struct cp_past *past = engine->request->past;
    const char **paths = cp_alloc(count * sizeof *paths);
    size_t path_count = 0;
    struct cp_error error;
    struct cp_log log = {0};
    for (size_t i = 0; i < count; i++) {
        const char *path = findings[i]->place.file->path;
        if (i == 0 || findings[i]->place.file != findings[i - 1]->place.file) {
            paths[path_count++] = path;
        }
    }
    if (past->log(past, &log, paths, path_count, &error) == 0) {
        age_files(engine, &log, findings, count);
    } else {
        lose_past(engine, &error);
    }
    if (log.files) {
        cp_log_release(&log);
    }
    free(paths);
}

void documents_age(struct cp_engine *engine)
{
    CP_LIST(struct cp_diagnostic *) list = {0};
    for (size_t i = 0; i < engine->found.count; i++) {
        struct cp_diagnostic *finding = engine->found.items[i];
        if (cp_rule_ages(finding->rule) && group_of_document(engine, finding->place.file)) {
            *(struct cp_diagnostic **)cp_list_push(&list, sizeof finding) = finding;
        }
    }
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof(struct cp_diagnostic *), by_file);
    }
    if (list.count > 0) {
        age_all(engine, list.items, list.count);
    }
    cp_list_release(&list);
}
