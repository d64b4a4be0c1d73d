/*
 * Markdown documents beside the plans: which of them plans lead to, what is looked at in each, and
 * what a relative link finds in the tree that is checked. Each document is read once, whatever
 * leads to it; of one that is only pointed into, its anchors are kept.
 */
#include "engine.h"

#include <contplan/markdown.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A plan that leads to a document. */
struct reference {
    const struct unit *unit;
    bool is_runbook;
    int64_t rto; /* seconds, -1: none */
    struct cp_place rto_place;
    struct cp_str parameter; /* one of those it declares, or empty */
};

struct document {
    struct cp_file file;
    struct group *group;
    CP_LIST(struct reference) references;
    bool is_asked; /* by itself */
    bool is_read;
    bool is_checked;
};

/* How much text of documents that were read before their turn waits to be checked. */
enum { MOST_WAITING = 16 << 20 };

/* What is kept of a document that is pointed into. */
struct outline {
    CP_LIST(uint64_t) anchors; /* their fingerprints */
    struct cp_buf bytes;
    struct cp_reading *reading; /* until it is checked; or NULL */
    bool is_read;
};

struct documents {
    pthread_mutex_t lock;
    struct cp_arena arena;
    struct cp_map by_path;  /* -> struct document */
    struct cp_map outlines; /* by path */
    CP_LIST(struct document *) items;
    CP_LIST(struct outline *) kept;
    size_t waiting; /* bytes */
    bool is_late;   /* it is known which documents are checked */
};

void documents_open(struct cp_engine *engine)
{
    struct documents *documents = cp_alloc(sizeof(*documents));
    *documents = (struct documents){0};
    pthread_mutex_init(&documents->lock, NULL);
    cp_arena_init(&documents->arena);
    cp_map_init(&documents->by_path);
    cp_map_init(&documents->outlines);
    engine->documents = documents;
}

/* Lets go of all but the anchors. */
static void drop_reading(struct documents *documents, struct outline *outline)
{
    if (outline->reading) {
        documents->waiting -= outline->bytes.len;
        cp_reading_free(outline->reading);
        outline->reading = NULL;
    }
    cp_buf_release(&outline->bytes);
    cp_buf_init(&outline->bytes);
}

void documents_close(struct cp_engine *engine)
{
    struct documents *documents = engine->documents;
    for (size_t i = 0; i < documents->items.count; i++) {
        cp_list_release(&documents->items.items[i]->references);
        cp_file_drop(&documents->items.items[i]->file);
    }
    for (size_t i = 0; i < documents->kept.count; i++) {
        drop_reading(documents, documents->kept.items[i]);
        cp_list_release(&documents->kept.items[i]->anchors);
    }
    cp_list_release(&documents->items);
    cp_list_release(&documents->kept);
    cp_map_release(&documents->by_path);
    cp_map_release(&documents->outlines);
    cp_arena_release(&documents->arena);
    pthread_mutex_destroy(&documents->lock);
    free(documents);
}

/* ---- what a link finds ----------------------------------------------------------------------- */

struct looking {
    const struct cp_engine *engine;
    const struct group *group;
};

/* Where texts stand for files, there is no working directory. */
static const char *here_of(const struct cp_engine *engine)
{
    return engine->request->here ? engine->request->here : "/-/-";
}

/* The path as files of this run are called. */
static const char *normal(const struct cp_engine *engine, struct cp_arena *arena, const char *path)
{
    return cp_path_normal(arena, here_of(engine), path);
}

/* The folder that links must not lead out of. */
static bool is_within(const struct looking *looking, struct cp_arena *arena, const char *path)
{
    const struct cp_engine *engine = looking->engine;
    const char *root = looking->group->folder;
    if (!looking->group->config_path && cp_path_is_below(root, ".")) {
        root = ".";
    }
    bool is_below = cp_path_is_below(cp_path_absolute(arena, here_of(engine), path),
                                     cp_path_absolute(arena, here_of(engine), root));
    return is_below && (engine->source->kind(engine->source, path) == CP_PATH_MISSING ||
                        engine->source->is_inside(engine->source, path, root));
}

/* Of the bytes that were loaded. */
static void start_reading(struct documents *documents, struct outline *outline)
{
    outline->reading = cp_reading_new(cp_buf_str(&outline->bytes));
    documents->waiting += outline->bytes.len;
    for (size_t i = 0; !outline->is_read && i < cp_reading_anchor_count(outline->reading); i++) {
        *(uint64_t *)cp_list_push(&outline->anchors, sizeof(uint64_t)) =
            cp_str_hash(cp_reading_anchor_get(outline->reading, i));
    }
    outline->is_read = true;
}

/* Whether the document has still to be checked, as far as is known. */
static bool is_awaited(const struct documents *documents, const char *path)
{
    const struct document *document = cp_map_find(&documents->by_path, cp_str_of(path));
    return documents->is_late ? document && !document->is_checked : true;
}

static void read_outline(struct outline *outline, const struct cp_engine *engine, const char *path)
{
    struct documents *documents = engine->documents;
    struct cp_error ignored;
    if (engine->source->load(engine->source, path, CP_YAML_BYTES + 1, &outline->bytes, &ignored) ==
            0 &&
        outline->bytes.len <= CP_YAML_BYTES) {
        start_reading(documents, outline);
    }
    if (!outline->reading || documents->waiting > MOST_WAITING || !is_awaited(documents, path)) {
        drop_reading(documents, outline);
    }
}

/* Without anything read. */
static struct outline *add_outline(struct documents *documents, const char *path)
{
    struct outline *outline = cp_arena_alloc(&documents->arena, sizeof(*outline));
    cp_buf_init(&outline->bytes);
    *(struct outline **)cp_list_push(&documents->kept, sizeof(outline)) = outline;
    cp_map_put(&documents->outlines, cp_arena_copy(&documents->arena, cp_str_of(path)), outline);
    return outline;
}

/* Under the lock, so that nobody reads it twice. */
static const struct outline *find_outline(const struct cp_engine *engine, const char *path)
{
    struct outline *outline = cp_map_find(&engine->documents->outlines, cp_str_of(path));
    if (!outline) {
        outline = add_outline(engine->documents, path);
        read_outline(outline, engine, path);
    }
    return outline;
}

static bool has_anchor(const struct cp_engine *engine, const char *path, struct cp_str fragment)
{
    struct cp_buf name;
    cp_buf_init(&name);
    cp_anchor_put(&name, fragment);
    uint64_t hash = cp_str_hash(cp_buf_str(&name));
    bool is_there = name.len == 0;
    cp_buf_release(&name);
    pthread_mutex_lock(&engine->documents->lock);
    const struct outline *outline = find_outline(engine, path);
    is_there = is_there || !outline->is_read;
    for (size_t i = 0; i < outline->anchors.count && !is_there; i++) {
        is_there = outline->anchors.items[i] == hash;
    }
    pthread_mutex_unlock(&engine->documents->lock);
    return is_there;
}

/* Generators of sites take the ending off, or put another one. */
static bool is_page(const struct cp_engine *engine, struct cp_arena *arena, const char *path)
{
    struct cp_str name = cp_str_of(path);
    struct cp_str stem =
        cp_str_has_suffix(name, ".html") ? cp_str_slice(name, 0, name.len - 5) : name;
    const char *page = cp_arena_printf(arena, "%.*s.md", CP_ARG(stem)).at;
    return engine->source->kind(engine->source, page) == CP_PATH_FILE;
}

static enum cp_target look_at(const struct looking *looking, struct cp_arena *arena,
                              const char *from, struct cp_str target)
{
    const struct cp_engine *engine = looking->engine;
    const char *path = cp_link_target(arena, from, target);
    if (!path || !is_within(looking, arena, path = normal(engine, arena, path))) {
        return CP_TARGET_UNKNOWN;
    }
    enum cp_path_kind kind = engine->source->kind(engine->source, path);
    if (kind == CP_PATH_MISSING && is_page(engine, arena, path)) {
        return CP_TARGET_THERE;
    }
    if (kind == CP_PATH_MISSING) {
        return is_in_submodule(engine, arena, path, here_of(engine)) ? CP_TARGET_UNKNOWN
                                                                     : CP_TARGET_MISSING;
    }
    const char *mark = memchr(target.at, '#', target.len);
    if (!mark || kind != CP_PATH_FILE || !cp_path_is_markdown(path)) {
        return CP_TARGET_THERE;
    }
    size_t at = (size_t)(mark + 1 - target.at);
    return has_anchor(engine, path, cp_str_slice(target, at, target.len)) ? CP_TARGET_THERE
                                                                          : CP_TARGET_NO_ANCHOR;
}

static enum cp_target look(const struct cp_tree *tree, const char *from, struct cp_str target)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    enum cp_target found = look_at(tree->state, &arena, from, target);
    cp_arena_release(&arena);
    return found;
}

/* ---- which documents ------------------------------------------------------------------------- */

static struct document *find_document(struct cp_engine *engine, struct group *group,
                                      const char *path)
{
    struct documents *documents = engine->documents;
    struct document *document = cp_map_find(&documents->by_path, cp_str_of(path));
    if (!document) {
        const char *kept = cp_arena_copy(&documents->arena, cp_str_of(path)).at;
        document = cp_arena_alloc(&documents->arena, sizeof(*document));
        cp_file_init(&document->file, kept);
        document->group = group;
        cp_map_put(&documents->by_path, cp_str_of(kept), document);
        *(struct document **)cp_list_push(&documents->items, sizeof(document)) = document;
    }
    return document;
}

void documents_ask(struct cp_engine *engine, struct group *group, const char *path)
{
    find_document(engine, group, path)->is_asked = true;
    engine->has_asked_documents = true;
}

struct noting {
    struct cp_engine *engine;
    struct looking looking;
    struct cp_arena *arena;
    struct reference reference;
};

static struct reference *note(struct noting *noting, const char *path)
{
    struct cp_engine *engine = noting->engine;
    path = normal(engine, noting->arena, path);
    if (!cp_path_is_markdown(path) || !is_within(&noting->looking, noting->arena, path) ||
        engine->source->kind(engine->source, path) != CP_PATH_FILE) {
        return NULL;
    }
    struct document *document = find_document(engine, noting->reference.unit->group, path);
    struct reference *reference = cp_list_push(&document->references, sizeof(*reference));
    *reference = noting->reference;
    return reference;
}

static bool note_link(void *context, const char *path)
{
    note(context, path);
    return true;
}

static void note_runbook(struct noting *noting, const struct cp_runbook *runbook)
{
    if (!cp_leaf_is_set(&runbook->leaf) || !cp_leaf_is_set(&runbook->path.leaf)) {
        return;
    }
    const char *path = link_path(noting->arena, &runbook->path.leaf, runbook->path.text);
    struct reference *reference = path ? note(noting, path) : NULL;
    if (reference) {
        reference->is_runbook = true;
    }
    for (size_t i = 0; reference && i < runbook->parameters.count; i++) {
        const struct cp_text *name = &runbook->parameters.items[i].name;
        if (cp_leaf_is_set(&name->leaf) && (reference = note(noting, path)) != NULL) {
            reference->parameter = cp_arena_copy(&noting->engine->documents->arena, name->text);
        }
    }
}

/* The shortest time in which the service is to be back. */
static void read_rto(struct reference *out, const struct cp_plan *plan)
{
    for (size_t i = 0; i < plan->disaster_recovery.objectives.count; i++) {
        const struct cp_length *rto = &plan->disaster_recovery.objectives.items[i].rto;
        if (cp_leaf_is_set(&rto->leaf) && !cp_duration_is_working(rto->duration) &&
            (out->rto < 0 || rto->duration.seconds < out->rto)) {
            out->rto = rto->duration.seconds;
            out->rto_place = cp_node_place(rto->leaf.node);
        }
    }
}

void documents_check_plan(struct cp_engine *engine, struct worker *worker, struct unit *unit,
                          const struct cp_plan *plan)
{
    struct group *group = unit->group;
    if (!(unit->is_asked || engine->has_asked_documents)) {
        return;
    }
    struct noting noting = {.engine = engine,
                            .looking = {engine, group},
                            .arena = &worker->arena,
                            .reference = {.unit = unit, .rto = -1}};
    struct cp_tree tree = {.look = look, .state = &noting.looking};
    cp_rules_check_links(plan, &tree, &group->off, &worker->diags);
    read_rto(&noting.reference, plan);
    pthread_mutex_lock(&engine->documents->lock);
    follow_links(plan, &worker->arena, note_link, &noting);
    for (size_t i = 0; i < plan->disaster_recovery.runbooks.count; i++) {
        note_runbook(&noting, &plan->disaster_recovery.runbooks.items[i]);
    }
    pthread_mutex_unlock(&engine->documents->lock);
}

/* ---- checking -------------------------------------------------------------------------------- */

/* The first of the plans that were asked for, and what all that lead to the document say. */
static const struct unit *gather_references(struct cp_document_input *in,
                                            const struct document *document,
                                            struct cp_list *parameters)
{
    const struct unit *first = NULL;
    for (size_t i = 0; i < document->references.count; i++) {
        const struct reference *reference = &document->references.items[i];
        in->is_runbook |= reference->is_runbook;
        if (reference->unit->is_asked && (!first || reference->unit->index < first->index)) {
            first = reference->unit;
        }
        bool is_shorter = in->rto < 0 || reference->rto < in->rto ||
                          (reference->rto == in->rto &&
                           strcmp(reference->rto_place.file->path, in->rto_place.file->path) < 0);
        if (reference->is_runbook && reference->rto >= 0 && is_shorter) {
            in->rto = reference->rto;
            in->rto_place = reference->rto_place;
        }
        if (reference->parameter.len > 0) {
            *(struct cp_str *)cp_list_push(parameters, sizeof(struct cp_str)) =
                reference->parameter;
        }
    }
    return first;
}

static void report_size(struct cp_engine *engine, struct document *document)
{
    struct cp_place place = {&document->file, {0, 0}};
    struct cp_diagnostic *finding = cp_diags_add(
        &engine->diags, &cp_rule_yaml_limit, place, (struct cp_str){0},
        "the document is longer than %d KiB; it was not looked at", CP_YAML_BYTES / 1024);
    cp_diagnostic_help(&engine->diags, finding, "cut it into documents that somebody can follow");
}

static void check_reading(struct cp_engine *engine, struct document *document,
                          const struct cp_document_input *gathered, const struct outline *outline)
{
    struct cp_document_input in = *gathered;
    struct looking looking = {engine, document->group};
    struct cp_tree tree = {.look = look, .state = &looking};
    cp_file_set(&document->file, cp_buf_str(&outline->bytes));
    in.reading = outline->reading;
    in.file = &document->file;
    in.tree = &tree;
    in.diags = &engine->diags;
    cp_rules_check_document(&in, &document->group->off);
    cp_file_drop(&document->file);
}

/* False where it cannot be read, or is too long, which was reported. */
static bool read_document(struct cp_engine *engine, struct document *document,
                          struct outline *outline)
{
    struct cp_error error;
    if (engine->source->load(engine->source, document->file.path, CP_YAML_BYTES + 1,
                             &outline->bytes, &error) != 0) {
        engine_fail(engine, "%s", error.text);
        return false;
    }
    document->is_read = true;
    if (outline->bytes.len > CP_YAML_BYTES) {
        report_size(engine, document);
        return false;
    }
    start_reading(engine->documents, outline);
    return true;
}

/* With what was read of it when something pointed into it, else read now. */
static void read_and_check(struct cp_engine *engine, struct document *document,
                           const struct cp_document_input *in)
{
    struct documents *documents = engine->documents;
    struct outline *outline = cp_map_find(&documents->outlines, cp_str_of(document->file.path));
    outline = outline ? outline : add_outline(documents, document->file.path);
    if (outline->reading || read_document(engine, document, outline)) {
        document->is_read = true;
        check_reading(engine, document, in, outline);
    }
    drop_reading(documents, outline);
}

static void check_document(struct cp_engine *engine, struct document *document)
{
    struct cp_list parameters = {0};
    struct cp_document_input in = {.rto = -1, .is_runbook = document->is_asked};
    const struct unit *unit = gather_references(&in, document, &parameters);
    if (unit || document->is_asked) {
        in.parameters = parameters.items;
        in.parameter_count = parameters.count;
        cp_diags_begin_file(&engine->diags, unit ? unit->index : UINT32_MAX);
        read_and_check(engine, document, &in);
    }
    document->is_checked = true;
    cp_list_release(&parameters);
}

static int by_path(const void *a, const void *b)
{
    const struct document *const *left = a;
    const struct document *const *right = b;
    return strcmp((*left)->file.path, (*right)->file.path);
}

void documents_check(struct cp_engine *engine)
{
    struct documents *documents = engine->documents;
    documents->is_late = true;
    if (documents->items.count > 1) {
        qsort(documents->items.items, documents->items.count, sizeof(struct document *), by_path);
    }
    for (size_t i = 0; i < documents->items.count; i++) {
        check_document(engine, documents->items.items[i]);
    }
    for (size_t i = 0; i < documents->kept.count; i++) {
        drop_reading(documents, documents->kept.items[i]);
    }
}

struct group *group_of_document(const struct cp_engine *engine, const struct cp_file *file)
{
    const struct document *document =
        file ? cp_map_find(&engine->documents->by_path, cp_str_of(file->path)) : NULL;
    return document && &document->file == file ? document->group : NULL;
}

size_t documents_asked(const struct cp_engine *engine)
{
    size_t count = 0;
    for (size_t i = 0; i < engine->documents->items.count; i++) {
        const struct document *document = engine->documents->items.items[i];
        count += document->is_asked && document->is_read;
    }
    return count;
}
