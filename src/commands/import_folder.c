/*
 * contplan import of several documents, or a folder of them, into a folder of plans. All of them
 * are read and made before the first plan is written, and each is written whole.
 */
#include "import.h"

#include <contplan/model.h>
#include <contplan/yaml.h>

#include <string.h>

static const char config_name[] = "contplan.yaml";

static int worse(int a, int b)
{
    return a > b ? a : b;
}

/* ---- documents as plans ---------------------------------------------------------------------- */

static struct cp_str text_at(struct cp_arena *arena, const struct cp_yaml *yaml, const char *key)
{
    const struct cp_node *node = cp_node_find(yaml->root, key);
    return cp_arena_copy(arena, node ? node->text : CP_STR(""));
}

/* What a plan that was just made is called. */
static void read_names(struct cp_arena *arena, struct document *document)
{
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
    cp_diags_init(&diags);
    cp_file_init(&file, document->path);
    cp_file_set(&file, cp_buf_str(&document->plan));
    cp_yaml_parse(&yaml, arena, &file, &diags);
    document->called.id = text_at(arena, &yaml, "id");
    document->called.name = text_at(arena, &yaml, "name");
    cp_file_drop(&file);
    cp_diags_release(&diags);
}

/* A status other than CLEAN where nothing is to be written. */
static int take_document(struct importing *importing, struct document *document)
{
    struct cp_error error;
    int status = load_import(&document->bytes, document->path);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    switch (put_import(importing, document, NULL, &error)) {
    case CP_IMPORT_DONE:
        document->is_plan = true;
        read_names(&importing->run.arena, document);
        break;
    case CP_IMPORT_NO_PLAN:
        say("%s is no continuity plan and was left out", quoted(document->path));
        cp_buf_release(&document->bytes);
        cp_buf_init(&document->bytes);
        break;
    case CP_IMPORT_FAILED:
        say("%s: %s", quoted(document->path), error.text);
        status = CP_STATUS_FINDINGS;
        break;
    }
    return status;
}

static int take_documents(struct importing *importing)
{
    struct documents *documents = &importing->documents;
    int status = CP_STATUS_CLEAN;
    size_t plans = 0;
    for (size_t i = 0; i < documents->items.count; i++) {
        status = worse(status, take_document(importing, documents->items.items[i]));
        plans += documents->items.items[i]->is_plan;
    }
    if (status == CP_STATUS_CLEAN && plans == 0) {
        say("there is no continuity plan among them: nothing was written");
        status = CP_STATUS_FINDINGS;
    } else if (status != CP_STATUS_CLEAN) {
        say("nothing was written: all documents are read first");
    }
    return status;
}

/* ---- what they are called -------------------------------------------------------------------- */

static int check_name(struct cp_map *names, struct document *document)
{
    const char *id = document->called.id.at;
    if (strcmp(id, "contplan") == 0) {
        say("%s would be the plan 'contplan', and contplan.yaml is the portfolio file: import it "
            "by itself, with -o and a name of your own",
            quoted(document->path));
        return CP_STATUS_FINDINGS;
    }
    const struct document *other = cp_map_put(names, document->called.id, document);
    if (other) {
        say("%s and %s would both be the plan %s: give each a title of its own, or import one by "
            "itself, with -o and a name of your own",
            quoted(other->path), quoted(document->path), quoted(id));
    }
    return other ? CP_STATUS_FINDINGS : CP_STATUS_CLEAN;
}

static int check_names(const struct documents *documents)
{
    struct cp_map names;
    int status = CP_STATUS_CLEAN;
    cp_map_init(&names);
    for (size_t i = 0; i < documents->items.count; i++) {
        if (documents->items.items[i]->is_plan) {
            status = worse(status, check_name(&names, documents->items.items[i]));
        }
    }
    cp_map_release(&names);
    if (status != CP_STATUS_CLEAN) {
        say("nothing was written");
    }
    return status;
}

/* ---- links between them ---------------------------------------------------------------------- */

static int link_documents(struct importing *importing)
{
    const struct documents *documents = &importing->documents;
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; i < documents->items.count; i++) {
        struct cp_error error;
        struct document *document = documents->items.items[i];
        if (document->is_plan && link_import(importing, document, &error) != CP_IMPORT_DONE) {
            say("%s: %s", quoted(document->path), error.text);
            status = CP_STATUS_FINDINGS;
        }
    }
    if (status != CP_STATUS_CLEAN) {
        say("nothing was written");
    }
    return status;
}

/* ---- files ----------------------------------------------------------------------------------- */

static const char config_text[] =
    "# What the plans of this portfolio have in common; contplan-plan(5) describes every key.\n"
    "schema: contplan-config/v1\n"
    "plans: ['*.yaml']\n";

/* The file of a plan in the folder of plans. */
static const char *file_of(struct importing *importing, const struct document *document)
{
    struct cp_arena *arena = &importing->run.arena;
    const char *name = cp_arena_printf(arena, "%.*s.yaml", CP_ARG(document->called.id)).at;
    return cp_path_join(arena, importing->output, name);
}

static int write_own(const char *file, struct cp_str bytes)
{
    bool is_written = false;
    int status = start_file(file, bytes, &is_written);
    return status == CP_STATUS_CLEAN && !is_written ? CP_STATUS_USAGE : status;
}

/* Whether no name that the program chose is a link, before the first of them is written. */
static int check_files(struct importing *importing)
{
    const struct documents *documents = &importing->documents;
    int status = check_way(importing->output);
    for (size_t i = 0; i < documents->items.count && status == CP_STATUS_CLEAN; i++) {
        const struct document *document = documents->items.items[i];
        if (document->is_plan) {
            status = check_own_name(file_of(importing, document));
        }
    }
    return status;
}

static int write_plans(struct importing *importing)
{
    const struct documents *documents = &importing->documents;
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; i < documents->items.count && status != CP_STATUS_WORLD; i++) {
        const struct document *document = documents->items.items[i];
        if (document->is_plan) {
            status =
                worse(status, write_own(file_of(importing, document), cp_buf_str(&document->plan)));
        }
    }
    return status;
}

/* ---- the portfolio file ---------------------------------------------------------------------- */

static bool is_there(const char *path)
{
    return cp_source_folder.kind(&cp_source_folder, path) != CP_PATH_MISSING;
}

/* The portfolio file that plans in the folder have already: the one that was named, or the nearest
 * upwards, absolute; NULL where there is none. */
static const char *find_portfolio(struct importing *importing)
{
    struct run *run = &importing->run;
    const char *folder = cp_path_absolute(&run->arena, run->here, importing->output);
    if (run->request.config) {
        return cp_path_absolute(&run->arena, run->here, run->request.config);
    }
    while (true) {
        const char *config = cp_path_join(&run->arena, folder, config_name);
        if (is_there(config)) {
            return config;
        }
        if (strcmp(folder, "/") == 0 || is_there(cp_path_join(&run->arena, folder, ".git"))) {
            return NULL;
        }
        folder = cp_path_parent(&run->arena, folder);
    }
}

/* Whether a portfolio file lists the plans; where it does not, what to write there. */
static void say_whether_listed(struct importing *importing, const char *config)
{
    struct run *run = &importing->run;
    const char *home = cp_path_parent(&run->arena, config);
    const char *folder = cp_path_absolute(&run->arena, run->here, importing->output);
    struct cp_request request = run->request;
    request.paths = &importing->output;
    request.path_count = 1;
    request.is_empty_fine = true;
    struct cp_engine *engine = cp_engine_new(&cp_source_folder, &request);
    bool is_listed = cp_engine_plans(engine) > 0;
    cp_engine_free(engine);
    if (!is_listed && strcmp(folder, home) != 0 && cp_path_is_below(folder, home)) {
        const char *below = folder + (strcmp(home, "/") == 0 ? 1 : strlen(home) + 1);
        const char *pattern = cp_arena_printf(&run->arena, "%s/*.yaml", below).at;
        say("the portfolio file %s does not list these plans: add %s to its 'plans'",
            quoted(cp_path_normal(&run->arena, run->here, config)), quoted(pattern));
    } else if (!is_listed) {
        say("the portfolio file %s does not list these plans",
            quoted(cp_path_normal(&run->arena, run->here, config)));
    }
}

/* ---- what the plans have in common ----------------------------------------------------------- */

/* What all plans that were made state alike; how many plans that are goes to `*plans`. */
static size_t find_shared(struct cp_shared_section *out, size_t *plans,
                          const struct documents *documents)
{
    CP_LIST(struct cp_str) list = {0};
    for (size_t i = 0; i < documents->items.count; i++) {
        if (documents->items.items[i]->is_plan) {
            *(struct cp_str *)cp_list_push(&list, sizeof(struct cp_str)) =
                cp_buf_str(&documents->items.items[i]->plan);
        }
    }
    size_t count = cp_shared_sections_find(out, list.items, list.count);
    *plans = list.count;
    cp_list_release(&list);
    return count;
}

/* A portfolio file of its own: with what could be its defaults. */
static int write_portfolio(struct importing *importing)
{
    struct cp_shared_section shared[CP_SHARED_SECTIONS];
    struct cp_buf text;
    size_t plans;
    size_t count = find_shared(shared, &plans, &importing->documents);
    cp_buf_init(&text);
    cp_buf_puts(&text, config_text);
    cp_shared_sections_put(&text, shared, count, plans);
    int status = write_own(cp_path_join(&importing->run.arena, importing->output, config_name),
                           cp_buf_str(&text));
    cp_buf_release(&text);
    return status;
}

/* One that is there stays as it is. */
static void say_portfolio(struct importing *importing, const char *config)
{
    struct cp_shared_section shared[CP_SHARED_SECTIONS];
    size_t plans;
    size_t count = find_shared(shared, &plans, &importing->documents);
    say_whether_listed(importing, config);
    for (size_t i = 0; i < count; i++) {
        say("%s is the same in all %zu imported plans: it can stand once, under 'defaults' in %s, "
            "and be taken out of them",
            quoted(shared[i].key), plans,
            quoted(cp_path_normal(&importing->run.arena, importing->run.here, config)));
    }
}

static int write_all(struct importing *importing)
{
    struct cp_error error;
    const char *config = find_portfolio(importing);
    int status = check_files(importing);
    if (status == CP_STATUS_CLEAN && cp_folder_make(importing->output, &error) != 0) {
        status = say_failure(&error);
    }
    if (status == CP_STATUS_CLEAN) {
        status = write_plans(importing);
    }
    if (status != CP_STATUS_WORLD && config) {
        say_portfolio(importing, config);
    } else if (status != CP_STATUS_WORLD) {
        status = worse(status, write_portfolio(importing));
    }
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool has_ending(const char *file)
{
    return cp_str_has_suffix(cp_str_of(file), ".yaml");
}

bool is_import_of_several(const struct importing *importing, const struct cp_arguments *arguments)
{
    const char *output = importing->output;
    return arguments->operands.count > 1 || is_folder(arguments->operands.items[0]) ||
           (output && (cp_str_has_suffix(cp_str_of(output), "/") || is_folder(output)));
}

int check_import_of_several(const struct importing *importing)
{
    const char *output = importing->output;
    if (!output) {
        return say_usage("several documents need a folder for their plans: -o DIR");
    }
    if (has_ending(output) || cp_source_folder.kind(&cp_source_folder, output) == CP_PATH_FILE) {
        return say_usage("%s is %s, and several documents need a folder for their plans: -o DIR",
                         quoted(output), has_ending(output) ? "the name of one plan" : "a file");
    }
    return CP_STATUS_CLEAN;
}

static int follow_documents(struct importing *importing)
{
    const struct documents *documents = &importing->documents;
    const char **paths =
        cp_arena_alloc(&importing->run.arena, documents->items.count * sizeof *paths);
    for (size_t i = 0; i < documents->items.count; i++) {
        paths[i] = documents->items.items[i]->path;
    }
    return open_follow(importing, paths, documents->items.count);
}

int import_several(struct importing *importing, const struct cp_arguments *arguments)
{
    cp_map_init(&importing->documents.by_path);
    int status = find_documents(importing, arguments);
    if (status == CP_STATUS_CLEAN && importing->is_follow) {
        status = follow_documents(importing);
    }
    if (status == CP_STATUS_CLEAN) {
        status = take_documents(importing);
    }
    if (status == CP_STATUS_CLEAN) {
        status = check_names(&importing->documents);
    }
    if (status == CP_STATUS_CLEAN) {
        status = link_documents(importing);
    }
    if (status == CP_STATUS_CLEAN) {
        status = write_all(importing);
    }
    release_documents(&importing->documents);
    return status;
}
