/* contplan import: a Markdown document as a plan. */
#include "import.h"

#include <contplan/model.h>
#include <contplan/yaml.h>

#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE|DIR",
     .doc = "Write the plan to FILE, whose name without .yaml becomes its id; or a file for each "
            "plan into DIR, which is made where it is missing. A file that is there is left as it "
            "is. Without it, the plan of one document goes to standard output."},
    {.id = CP_OPTION_CHECK,
     .name = "--check",
     .doc = "Write nothing, and show whether every word, heading, link target and image of the "
            "document stands in PLAN (without it, in the plan that would be made), each under its "
            "own heading. What is missing is an error at its place in the document."},
    {.id = CP_OPTION_FOLLOW,
     .name = "--follow",
     .doc = "Write beside each value that the document leaves unknown since when it has said so: "
            "the day of the commit, in its git repository and through renames."},
};

/* The id that the file's name gives; NULL where it gives none, which was said. */
static const char *id_of(struct cp_arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');
    struct cp_str stem = cp_str_of(slash ? slash + 1 : file);
    bool is_yaml = cp_str_has_suffix(stem, ".yaml");
    stem.len -= is_yaml ? strlen(".yaml") : 0;
    if (is_yaml && cp_id_is_valid(stem) && !cp_str_is(stem, "contplan")) {
        return cp_arena_copy(arena, stem).at;
    }
    say_usage("%s cannot be a plan: its name is the plan's id with .yaml behind it, such as "
              "plans/permit-portal.yaml",
              quoted(file));
    return NULL;
}

/* What comments call the document. */
static const char *name_of(struct cp_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return cp_printable_in(arena, cp_str_of(slash ? slash + 1 : path));
}

static int write_plan(const char *file, struct cp_str plan)
{
    bool is_written = false;
    if (!file) {
        return print(plan);
    }
    int status = check_way(file);
    if (status == CP_STATUS_CLEAN) {
        status = start_file(file, plan, &is_written);
    }
    return status == CP_STATUS_CLEAN && !is_written ? CP_STATUS_USAGE : status;
}

/* ---- one document ---------------------------------------------------------------------------- */

/* With what the portfolio around the working directory calls its headings. */
static struct cp_import ask_import(struct importing *importing, const char *path,
                                   struct cp_str bytes)
{
    struct cp_home home;
    cp_engine_home(importing->run.engine, &home);
    struct following *following = cp_arena_alloc(&importing->run.arena, sizeof *following);
    *following = (struct following){importing, path};
    return (struct cp_import){.document = bytes,
                              .name = name_of(&importing->run.arena, path),
                              .config = &home.portfolio->config,
                              .date = importing->is_follow ? date_unknowns : NULL,
                              .context = following};
}

enum cp_import_result put_import(struct importing *importing, struct document *document,
                                 const struct cp_import_links *links, struct cp_error *error)
{
    struct cp_import asked = ask_import(importing, document->path, cp_buf_str(&document->bytes));
    asked.links = links;
    asked.date = links ? asked.date : NULL; /* once, where it is made for good */
    return cp_import_put(&document->plan, &asked, error);
}

int make_import(struct importing *importing, const char *path, const char *id, struct cp_str bytes,
                struct cp_buf *plan)
{
    struct cp_error error;
    struct cp_import asked = ask_import(importing, path, bytes);
    asked.id = id;
    if (cp_import_put(plan, &asked, &error) != CP_IMPORT_DONE) {
        say("%s: %s", quoted(path), error.text);
        return CP_STATUS_FINDINGS;
    }
    return CP_STATUS_CLEAN;
}

int load_import(struct cp_buf *out, const char *path)
{
    struct cp_error error;
    if (cp_source_folder.load(&cp_source_folder, path, CP_YAML_BYTES + 1, out, &error) != 0) {
        return say_failure(&error);
    }
    if (out->len > CP_YAML_BYTES) {
        say("%s is larger than %d KiB, which is more than any plan may be", quoted(path),
            CP_YAML_BYTES / 1024);
        return CP_STATUS_FINDINGS;
    }
    return CP_STATUS_CLEAN;
}

/* The plan of the document: the one that was named, or made now. A status. */
static int load_plan(struct importing *importing, const char *path, const char *file,
                     struct cp_str document, struct cp_buf *plan)
{
    const char *id = importing->output ? id_of(&importing->run.arena, importing->output) : NULL;
    if (importing->output && !id) {
        return CP_STATUS_USAGE;
    }
    return file ? load_import(plan, file) : make_import(importing, path, id, document, plan);
}

static int import_one(struct importing *importing, const char *path, const char *file)
{
    struct cp_buf document;
    struct cp_buf plan;
    cp_buf_init(&document);
    cp_buf_init(&plan);
    int status = load_import(&document, path);
    if (status == CP_STATUS_CLEAN && importing->is_follow) {
        status = open_follow(importing, &path, 1);
    }
    if (status == CP_STATUS_CLEAN) {
        status = load_plan(importing, path, file, cp_buf_str(&document), &plan);
    }
    if (status == CP_STATUS_CLEAN) {
        status = importing->is_check ? check_import(&importing->run, path, cp_buf_str(&document),
                                                    file, cp_buf_str(&plan))
                                     : write_plan(importing->output, cp_buf_str(&plan));
    }
    cp_buf_release(&plan);
    cp_buf_release(&document);
    return status;
}

/* ---- the command ----------------------------------------------------------------------------- */

static int check_arguments(const struct importing *importing, const struct cp_arguments *arguments)
{
    size_t count = arguments->operands.count;
    if (count == 0 || (importing->is_check && count > 2)) {
        return say_usage(importing->is_check
                             ? "import --check takes a Markdown document, and the plan made of it: "
                               "import --check service-continuity.md plans/permit-portal.yaml"
                             : "import takes Markdown documents: import service-continuity.md");
    }
    for (size_t i = 0; i < count; i++) {
        if (*arguments->operands.items[i] == '\0') {
            return say_usage("an empty path names no file");
        }
    }
    if (importing->output && *importing->output == '\0') {
        return say_usage("--output names no file");
    }
    if (importing->is_check && (importing->output || importing->is_follow)) {
        return say_usage("--check writes nothing: leave out %s",
                         importing->output ? "--output" : "--follow");
    }
    return !importing->is_check && is_import_of_several(importing, arguments)
               ? check_import_of_several(importing)
               : CP_STATUS_CLEAN;
}

static int import_all(struct importing *importing, const struct cp_arguments *arguments)
{
    const char *const *operands = arguments->operands.items;
    if (!importing->is_check && is_import_of_several(importing, arguments)) {
        return import_several(importing, arguments);
    }
    return import_one(importing, operands[0], arguments->operands.count > 1 ? operands[1] : NULL);
}

static int import(const struct cp_arguments *arguments)
{
    struct importing importing = {
        .output = cp_argument_find(arguments, CP_OPTION_OUTPUT),
        .is_check = cp_argument_is_given(arguments, CP_OPTION_CHECK),
        .is_follow = cp_argument_is_given(arguments, CP_OPTION_FOLLOW),
    };
    struct cp_arguments here = *arguments;
    int status = check_arguments(&importing, arguments);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    here.operands.count = 0;
    status = run_open(&importing.run, &here);
    if (status == CP_STATUS_CLEAN) {
        status = import_all(&importing, arguments);
    }
    close_follow(&importing);
    run_close(&importing.run);
    return status;
}

const struct cp_command command_import = {
    .name = "import",
    .operands = "PATH ... | FILE PLAN",
    .summary = "make plans of Markdown documents",
    .doc = "Makes a plan of a continuity plan that is written in Markdown. Prose stays as it is, "
           "in the section whose heading it stands under; facts that are sure are lifted into "
           "fields; a comment '# check:' stands where somebody has to decide. Nothing of the "
           "document is left out. Of several documents, or of those in a folder, each that is a "
           "continuity plan becomes a file in the folder given with -o.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = import,
};
