/* contplan render: plans as documents for people, or as their resolved model. */
#include "commands.h"

#include <contplan/output.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *const template_words[] = {"standard", "house", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_TO,
     .name = "--to",
     .argument = "TARGET",
     .doc = "Write markdown (the default), html (one page to read or print; images stay outside "
            "it) or json (the plan with its defaults filled in). Where it is left out, the ending "
            "of a file given with -o decides."},
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE|DIR",
     .doc = "Write one plan to FILE; or a file for each plan into DIR, which is made where it is "
            "missing. Where PATH is a folder, so is what is written, unless its name ends in .md, "
            ".html or .json."},
    {.id = CP_OPTION_SECTION,
     .name = "--section",
     .argument = "KEY",
     .doc = "Only this section, by its key in the plan: incident_response answers who to call, "
            "for --audience restricted with the telephone numbers."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Leave out what is above public, internal (the default) or restricted, and say how "
            "much that was."},
    {.id = CP_OPTION_TEMPLATE,
     .name = "--template",
     .argument = "NAME",
     .words = template_words,
     .doc = "standard (the default), or house: the headings, wording and order of a service "
            "continuity document."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "Render the plans as they stand in git at REV: a branch, a tag, a commit, HEAD~1."},
    {.id = CP_OPTION_STDIN_FILENAME,
     .name = "--stdin-filename",
     .argument = "FILE",
     .doc = "Take what '-' reads as if it stood in FILE."},
};

/* What is written, and where to. */
struct rendering {
    const struct cp_plan_format *format;
    struct cp_report_options how;
    const char *output; /* NULL: standard output */
    bool is_folder;     /* `output` is one */
    int status;
    struct cp_arena arena;
    struct cp_map written; /* files in `output` -> the plan that is in them */
};

static const char *value_or(const struct cp_arguments *arguments, enum cp_option_id id,
                            const char *otherwise)
{
    const char *value = cp_argument_find(arguments, id);
    return value ? value : otherwise;
}

static int index_of(const char *const *words, const char *word)
{
    int index = 0;
    while (words[index] && strcmp(words[index], word) != 0) {
        index++;
    }
    return index;
}

static int say_unknown_target(const char *name)
{
    const struct cp_plan_format *formats;
    size_t count = cp_plan_formats(&formats);
    return say_unknown_format("--to", formats, count, sizeof *formats, cp_str_of(name));
}

/* The section that has such a key, where just one has; else empty. */
static struct cp_str section_of(struct cp_str key)
{
    struct cp_str found = {0};
    for (size_t i = 0; i < cp_object_plan.count; i++) {
        const struct cp_field *field = &cp_object_plan.fields[i];
        if (field->of && cp_report_has_section(field->key) && cp_field_find(field->of, key)) {
            found = found.len > 0 ? (struct cp_str){0} : cp_str_of(field->key);
            if (found.len == 0) {
                break;
            }
        }
    }
    return found;
}

static int check_section(const char *section)
{
    const struct cp_str *keys;
    struct cp_buf list;
    size_t count = cp_report_sections(&keys);
    if (!section || cp_report_has_section(section)) {
        return CP_STATUS_CLEAN;
    }
    struct cp_str nearest = cp_str_nearest(cp_str_of(section), keys, count);
    struct cp_str around = section_of(cp_str_of(section));
    if (nearest.len > 0) {
        return say_usage("--section: a plan has no section %s; did you mean %.*s?", quoted(section),
                         CP_ARG(nearest));
    }
    if (around.len > 0) {
        return say_usage("--section: %s is no section; it stands in %.*s", quoted(section),
                         CP_ARG(around));
    }
    cp_buf_init(&list);
    put_names(&list, keys, count, " and ");
    int status =
        say_usage("--section: a plan has no section %s; there are %s", quoted(section), list.at);
    cp_buf_release(&list);
    return status;
}

static bool has_ending(const char *file, const char *extension)
{
    struct cp_str name = cp_str_of(file);
    size_t len = strlen(extension) + 1;
    return name.len > len && name.at[name.len - len] == '.' && cp_str_has_suffix(name, extension);
}

/* The format whose ending the file has, or NULL. */
static const struct cp_plan_format *format_of(const char *file)
{
    const struct cp_plan_format *formats;
    size_t count = cp_plan_formats(&formats);
    for (size_t i = 0; file && i < count; i++) {
        if (has_ending(file, formats[i].extension)) {
            return &formats[i];
        }
    }
    return NULL;
}

static int read_rendering(struct rendering *out, const struct cp_arguments *arguments)
{
    const struct cp_plan_format *meant = format_of(cp_argument_find(arguments, CP_OPTION_OUTPUT));
    const char *to = value_or(arguments, CP_OPTION_TO, meant ? meant->name : "markdown");
    const char *template = value_or(arguments, CP_OPTION_TEMPLATE, "standard");
    *out = (struct rendering){.format = cp_plan_format_find(cp_str_of(to))};
    out->how.audience = audience_of(arguments);
    out->how.template = (enum cp_template)index_of(template_words, template);
    out->how.section = cp_argument_find(arguments, CP_OPTION_SECTION);
    out->output = cp_argument_find(arguments, CP_OPTION_OUTPUT);
    return out->format ? check_section(out->how.section) : say_unknown_target(to);
}

/* ---- files ----------------------------------------------------------------------------------- */

static bool is_file(const char *path)
{
    return cp_source_folder.kind(&cp_source_folder, path) == CP_PATH_FILE;
}

static bool is_same_file(const char *a, const char *b)
{
    return is_file(a) && is_file(b) && cp_source_folder.is_inside(&cp_source_folder, a, b);
}

/* The file that a plan is written to; NULL, said why with the status, where it cannot be. */
static const char *find_file(int *status, struct rendering *rendering, const struct cp_view *view)
{
    *status = CP_STATUS_USAGE;
    struct cp_arena *arena = &rendering->arena;
    const char *file = rendering->output;
    if (rendering->is_folder) {
        struct cp_str name =
            cp_arena_printf(arena, "%.*s.%s", CP_ARG(view->stem), rendering->format->extension);
        file = cp_path_join(arena, file, name.at);
    }
    const char *plan = cp_arena_copy(arena, cp_str_of(view->path)).at;
    const char *other = cp_map_put(&rendering->written, cp_str_of(file), (void *)(uintptr_t)plan);
    if (other) {
        say("%s was not written: %s holds %s; write them into folders of their own", quoted(plan),
            quoted(file), quoted(other));
        return NULL;
    }
    if (is_same_file(file, plan)) {
        say("%s is the plan itself; it was not written over", quoted(file));
        return NULL;
    }
    *status = rendering->is_folder ? check_own_name(file) : check_way(file);
    return *status == CP_STATUS_CLEAN ? file : NULL;
}

static int write_out(struct rendering *rendering, const struct cp_view *view, struct cp_str bytes)
{
    struct cp_error error;
    int status = CP_STATUS_CLEAN;
    const char *file = rendering->output ? find_file(&status, rendering, view) : NULL;
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    int result = file ? cp_file_write(file, bytes, &error)
                      : cp_stream_write(stdout, "standard output", bytes, &error);
    if (result == 0) {
        return CP_STATUS_CLEAN;
    }
    say("%s", error.text);
    return CP_STATUS_WORLD;
}

static bool render_view(void *context, const struct cp_view *view)
{
    struct rendering *rendering = context;
    struct cp_buf out;
    if (!view->is_parsed) {
        say_unreadable(view->path);
        rendering->status = CP_STATUS_FINDINGS;
        return true;
    }
    cp_buf_init(&out);
    rendering->format->write(&out, view->plan, view->portfolio, &rendering->how);
    int status = write_out(rendering, view, cp_buf_str(&out));
    cp_buf_release(&out);
    rendering->status = status == CP_STATUS_CLEAN ? rendering->status : status;
    return status != CP_STATUS_WORLD;
}

static bool is_folder(const char *path)
{
    return cp_source_folder.kind(&cp_source_folder, path) == CP_PATH_FOLDER;
}

/* Whether the plans were asked for as a folder's: then there may be more of them tomorrow. */
static bool is_folder_asked(const struct run *run, const struct cp_arguments *arguments)
{
    for (size_t i = 0; i < arguments->operands.count; i++) {
        if (run->source.kind(&run->source, arguments->operands.items[i]) == CP_PATH_FOLDER) {
            return true;
        }
    }
    return arguments->operands.count == 0;
}

static bool is_named_as_folder(const char *output)
{
    return cp_str_has_suffix(cp_str_of(output), "/") || is_folder(output);
}

/* A folder is what is one, ends in a slash, or takes several plans or a folder's; but a name with
 * the ending of a format is a file's. */
static bool is_folder_meant(const struct rendering *rendering, const struct run *run,
                            const struct cp_arguments *arguments)
{
    return is_named_as_folder(rendering->output) ||
           ((cp_engine_plans(run->engine) > 1 || is_folder_asked(run, arguments)) &&
            !format_of(rendering->output));
}

/* A page of one kind in a file that is named as one of another opens as nothing. */
static int check_ending(const struct rendering *rendering)
{
    const struct cp_plan_format *meant = format_of(rendering->output);
    if (!meant || meant == rendering->format || rendering->is_folder) {
        return CP_STATUS_CLEAN;
    }
    return say_usage("%s ends in .%s, and --to is %s: leave --to out, or name the file *.%s",
                     quoted(rendering->output), meant->extension, rendering->format->name,
                     rendering->format->extension);
}

static int prepare_output(struct rendering *rendering, const struct run *run,
                          const struct cp_arguments *arguments)
{
    size_t plans = cp_engine_plans(run->engine);
    struct cp_error error;
    rendering->is_folder = rendering->output && is_folder_meant(rendering, run, arguments);
    if (!rendering->is_folder && plans > 1) {
        return say_usage("%zu plans do not fit into one document: name one, or write them into a "
                         "folder with -o DIR",
                         plans);
    }
    if (!rendering->is_folder) {
        return rendering->output ? check_ending(rendering) : CP_STATUS_CLEAN;
    }
    int status = check_way(rendering->output);
    if (status == CP_STATUS_CLEAN && cp_folder_make(rendering->output, &error) != 0) {
        say("%s", error.text);
        status = CP_STATUS_WORLD;
    }
    return status;
}

static int render_all(struct rendering *rendering, const struct cp_arguments *arguments)
{
    struct run run;
    int status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = run_need_plans(&run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = prepare_output(rendering, &run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        cp_engine_each(run.engine, render_view, rendering);
        status = run_say_failures(&run) ? CP_STATUS_WORLD : rendering->status;
    }
    run_close(&run);
    return status;
}

static int render(const struct cp_arguments *arguments)
{
    struct rendering rendering;
    int status = read_rendering(&rendering, arguments);
    cp_arena_init(&rendering.arena);
    cp_map_init(&rendering.written);
    if (status == CP_STATUS_CLEAN) {
        status = render_all(&rendering, arguments);
    }
    cp_map_release(&rendering.written);
    cp_arena_release(&rendering.arena);
    return status;
}

const struct cp_command command_render = {
    .name = "render",
    .operands = "[PATH ...]",
    .summary = "write plans as documents",
    .doc = "Renders plans for people, or as JSON for programs. What a plan leaves out is said in "
           "its place. One plan goes to standard output; several need a folder, given with -o.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = render,
};
