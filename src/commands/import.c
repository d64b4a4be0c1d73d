/* contplan import: a Markdown document as a plan. */
#include "commands.h"

#include <contplan/edit.h>
#include <contplan/model.h>
#include <contplan/yaml.h>

#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE",
     .doc = "Write the plan to FILE, whose name without .yaml becomes its id; a file that is there "
            "is left as it is. Without it, the plan goes to standard output."},
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

static int write_plan(struct run *run, const char *file, struct cp_str plan)
{
    bool is_written = false;
    if (!file) {
        return print(plan);
    }
    int status = check_way(file);
    if (status == CP_STATUS_CLEAN) {
        status = start_file(file, plan, &is_written);
    }
    (void)run;
    return status == CP_STATUS_CLEAN && !is_written ? CP_STATUS_USAGE : status;
}

/* With what the portfolio around the working directory calls its headings. */
static int import_bytes(struct run *run, const char *path, const char *file, struct cp_str bytes)
{
    struct cp_home home;
    struct cp_error error;
    struct cp_buf plan;
    cp_engine_home(run->engine, &home);
    struct cp_import asked = {.document = bytes,
                              .name = name_of(&run->arena, path),
                              .id = file ? id_of(&run->arena, file) : NULL,
                              .config = &home.portfolio->config};
    if (file && !asked.id) {
        return CP_STATUS_USAGE;
    }
    cp_buf_init(&plan);
    enum cp_import_result result = cp_import_put(&plan, &asked, &error);
    int status = CP_STATUS_FINDINGS;
    if (result == CP_IMPORT_DONE) {
        status = write_plan(run, file, cp_buf_str(&plan));
    } else {
        say("%s: %s", quoted(path), error.text);
    }
    cp_buf_release(&plan);
    return status;
}

static int import_file(struct run *run, const char *path, const char *file)
{
    struct cp_error error;
    struct cp_buf bytes;
    cp_buf_init(&bytes);
    int status = CP_STATUS_WORLD;
    if (cp_source_folder.load(&cp_source_folder, path, CP_YAML_BYTES + 1, &bytes, &error) != 0) {
        say("%s", error.text);
    } else if (bytes.len > CP_YAML_BYTES) {
        say("%s is larger than %d KiB, which is more than any plan may be", quoted(path),
            CP_YAML_BYTES / 1024);
        status = CP_STATUS_FINDINGS;
    } else {
        status = import_bytes(run, path, file, cp_buf_str(&bytes));
    }
    cp_buf_release(&bytes);
    return status;
}

static int import(const struct cp_arguments *arguments)
{
    struct run run;
    struct cp_arguments here = *arguments;
    const char *file = cp_argument_find(arguments, CP_OPTION_OUTPUT);
    if (arguments->operands.count != 1 || *arguments->operands.items[0] == '\0') {
        return say_usage("import takes one Markdown document: import service-continuity.md");
    }
    if (file && *file == '\0') {
        return say_usage("--output names no file");
    }
    here.operands.count = 0;
    int status = run_open(&run, &here);
    if (status == CP_STATUS_CLEAN) {
        status = import_file(&run, arguments->operands.items[0], file);
    }
    run_close(&run);
    return status;
}

const struct cp_command command_import = {
    .name = "import",
    .operands = "FILE",
    .summary = "make a plan of a Markdown document",
    .doc = "Makes a plan of a continuity plan that is written in Markdown. Prose stays as it is, "
           "in the section whose heading it stands under; facts that are sure are lifted into "
           "fields; a comment '# check:' stands where somebody has to decide. Nothing of the "
           "document is left out.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = import,
};
