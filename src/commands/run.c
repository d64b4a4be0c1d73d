/*
 * From global options and operands to an engine: the day, the workers, the paths, standard input
 * laid over the files.
 */
#include "commands.h"

#include <contplan/yaml.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MAX_JOBS = 64 };

static const char stdin_name[] = "<stdin>";

static struct cp_date local_day(void)
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    return cp_date_of(local.tm_year + 1900, (unsigned)local.tm_mon + 1, (unsigned)local.tm_mday);
}

static int read_today(struct cp_date *out, const struct cp_arguments *arguments)
{
    const char *today = cp_argument_find(arguments, CP_OPTION_TODAY);
    *out = local_day();
    if (!today || cp_date_parse(out, cp_str_of(today))) {
        return CP_STATUS_CLEAN;
    }
    return say_usage("--today takes a date as 2026-01-31, not %s", quoted(today));
}

static int read_jobs(unsigned *out, const struct cp_arguments *arguments)
{
    const char *jobs = cp_argument_find(arguments, CP_OPTION_JOBS);
    if (!jobs) {
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        *out = processors < 1 ? 1 : processors > MAX_JOBS ? MAX_JOBS : (unsigned)processors;
        return CP_STATUS_CLEAN;
    }
    *out = 0;
    for (const char *at = jobs; *at >= '0' && *at <= '9' && *out <= MAX_JOBS; at++) {
        *out = *out * 10 + (unsigned)(*at - '0');
    }
    bool is_number = *jobs != '\0' && strspn(jobs, "0123456789") == strlen(jobs);
    if (is_number && *out >= 1 && *out <= MAX_JOBS) {
        return CP_STATUS_CLEAN;
    }
    return say_usage("--jobs takes a number from 1 to %d, not %s", MAX_JOBS, quoted(jobs));
}

int run_check_globals(const struct cp_arguments *arguments)
{
    struct cp_date today;
    unsigned jobs;
    int status = read_today(&today, arguments);
    return status == CP_STATUS_CLEAN ? read_jobs(&jobs, arguments) : status;
}

static int read_stdin(struct run *run, const struct cp_arguments *arguments)
{
    const char *name = cp_argument_find(arguments, CP_OPTION_STDIN_FILENAME);
    char block[16 * 1024];
    if (name && *name == '\0') {
        return say_usage("--stdin-filename names no file");
    }
    while (run->stdin_bytes.len <= CP_YAML_BYTES) {
        ssize_t got = read(STDIN_FILENO, block, sizeof block);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            say("cannot read standard input: %s", strerror(errno));
            return CP_STATUS_WORLD;
        }
        if (got == 0) {
            break;
        }
        cp_buf_put(&run->stdin_bytes, (struct cp_str){block, (size_t)got});
    }
    run->request.nameless = name ? NULL : stdin_name;
    run->stdin_file.path = name ? cp_path_normal(&run->arena, run->request.here, name) : stdin_name;
    run->stdin_file.bytes = cp_buf_str(&run->stdin_bytes);
    run->overlay =
        (struct cp_overlay){.files = &run->stdin_file, .count = 1, .below = &cp_source_folder};
    run->source = cp_source_overlay(&run->overlay);
    return CP_STATUS_CLEAN;
}

static int add_path(struct run *run, const struct cp_arguments *arguments, const char *operand)
{
    bool is_stdin = strcmp(operand, "-") == 0;
    if (is_stdin && run->stdin_file.path) {
        return say_usage("standard input ('-') can be read once");
    }
    int status = is_stdin ? read_stdin(run, arguments) : CP_STATUS_CLEAN;
    *(const char **)cp_list_push(&run->paths, sizeof(const char *)) =
        is_stdin ? run->stdin_file.path : operand;
    return status;
}

static int read_request(struct run *run, const struct cp_arguments *arguments)
{
    int status = read_today(&run->request.today, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = read_jobs(&run->request.jobs, arguments);
    }
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < arguments->operands.count; i++) {
        const char *operand = arguments->operands.items[i];
        status =
            *operand ? add_path(run, arguments, operand) : say_usage("an empty path names no file");
    }
    if (status == CP_STATUS_CLEAN && cp_argument_is_given(arguments, CP_OPTION_STDIN_FILENAME) &&
        !run->stdin_file.path) {
        status = say_usage("--stdin-filename goes with the path '-'");
    }
    return status;
}

static int say_unknown_profile(const char *name)
{
    const struct cp_str *names;
    struct cp_buf list;
    size_t count = cp_profile_names(&names);
    struct cp_str nearest = cp_str_nearest(cp_str_of(name), names, count);
    if (nearest.len > 0) {
        return say_usage("--profile: there is no profile %s; did you mean %.*s?", quoted(name),
                         CP_ARG(nearest));
    }
    cp_buf_init(&list);
    put_names(&list, names, count, ", ");
    int status = say_usage("--profile: there is no profile %s; there are %s, and your own by its "
                           "path, which has a slash or ends in .yaml",
                           quoted(name), list.at);
    cp_buf_release(&list);
    return status;
}

int run_check_profile(const struct cp_arguments *arguments)
{
    const char *name = cp_argument_find(arguments, CP_OPTION_PROFILE);
    struct cp_error error;
    struct cp_buf bytes;
    if (!name || cp_profile_find(cp_str_of(name))) {
        return CP_STATUS_CLEAN;
    }
    if (!cp_profile_is_path(cp_str_of(name))) {
        return say_unknown_profile(name);
    }
    cp_buf_init(&bytes);
    int result = cp_source_folder.load(&cp_source_folder, name, 1, &bytes, &error);
    cp_buf_release(&bytes);
    if (result != 0) {
        say("%s", error.text);
    }
    return result == 0 ? CP_STATUS_CLEAN : CP_STATUS_WORLD;
}

/* The user's own word on where time zone data is. */
static const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder && *folder ? folder : NULL;
}

int run_prepare(struct run *run, const struct cp_arguments *arguments)
{
    const char *config = cp_argument_find(arguments, CP_OPTION_CONFIG);
    *run = (struct run){.source = cp_source_folder};
    cp_arena_init(&run->arena);
    cp_buf_init(&run->stdin_bytes);
    run->here = getcwd(NULL, 0);
    if (!run->here) {
        say("cannot tell the working directory: %s", strerror(errno));
        return CP_STATUS_WORLD;
    }
    run->request.here = run->here;
    int status = read_request(run, arguments);
    run->request.paths = run->paths.items;
    run->request.path_count = run->paths.count;
    run->request.config = config;
    run->request.zones = zone_folder();
    const char *baseline = cp_argument_find(arguments, CP_OPTION_BASELINE);
    run->request.baseline_path =
        baseline ? cp_path_absolute(&run->arena, run->here, baseline) : NULL;
    run->request.profile = cp_argument_find(arguments, CP_OPTION_PROFILE);
    return status;
}

int run_open(struct run *run, const struct cp_arguments *arguments)
{
    int status = run_prepare(run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = run_open_sources(run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        run_open_past(run, arguments);
        run->engine = cp_engine_new(&run->source, &run->request);
    }
    return status;
}

struct search {
    const char *id;
    struct cp_arena *arena;
    const char *path; /* of the plan found */
};

static bool match_id(void *context, const struct cp_view *view)
{
    struct search *search = context;
    if (cp_str_is(view->id, search->id)) {
        search->path = cp_arena_copy(search->arena, cp_str_of(view->path)).at;
    }
    return !search->path;
}

static bool is_path(const char *word)
{
    struct cp_str text = cp_str_of(word);
    return strchr(word, '/') || cp_str_has_suffix(text, ".yaml") ||
           cp_str_has_suffix(text, ".yml") ||
           cp_source_folder.kind(&cp_source_folder, word) == CP_PATH_FILE;
}

/* The path of the plan with that id, owned by the arena. */
static int find_by_id(const char **out, struct cp_arena *arena, struct cp_arguments *arguments,
                      const char *id)
{
    struct run run;
    struct search search = {.id = id, .arena = arena};
    int status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        cp_engine_each(run.engine, match_id, &search);
        if (!search.path && run.source.kind(&run.source, id) == CP_PATH_FOLDER) {
            search.path = id; /* of the revision, and not on disk */
        }
        if (!search.path) {
            say("there is no plan %s here: name its id or its file", quoted(id));
            status = CP_STATUS_WORLD;
        }
    }
    run_close(&run);
    *out = search.path;
    return status;
}

int run_open_plan(struct run *run, const struct cp_arguments *arguments, const char *plan)
{
    struct cp_arguments asked = *arguments;
    struct cp_arena arena;
    int status = CP_STATUS_CLEAN;
    *run = (struct run){0};
    asked.operands.count = 0;
    cp_arena_init(&arena);
    if (cp_source_folder.kind(&cp_source_folder, plan) == CP_PATH_FOLDER) {
        status = say_usage("%s is a folder: name one plan", quoted(plan));
    } else if (!is_path(plan)) {
        status = find_by_id(&plan, &arena, &asked, plan);
    }
    if (status == CP_STATUS_CLEAN) {
        asked.operands.items = &plan;
        asked.operands.count = 1;
        status = run_open(run, &asked);
    }
    if (status == CP_STATUS_CLEAN && run_say_failures(run)) {
        status = CP_STATUS_WORLD;
    }
    run->names = arena;
    return status;
}

void run_close(struct run *run)
{
    if (run->engine) {
        cp_engine_free(run->engine);
    }
    cp_source_close(&run->source);
    cp_source_close(&run->before);
    cp_repository_close(run->repository);
    free(run->here);
    cp_list_release(&run->paths);
    cp_buf_release(&run->stdin_bytes);
    cp_arena_release(&run->names);
    cp_arena_release(&run->arena);
}

int run_need_plans(struct run *run, const struct cp_arguments *arguments)
{
    const char *const *failures;
    if (cp_engine_plans(run->engine) > 0 || arguments->operands.count == 0 ||
        cp_engine_failures(run->engine, &failures) > 0) {
        return CP_STATUS_CLEAN;
    }
    return say_usage("%s is the portfolio file: name a plan, or a folder of plans",
                     quoted(arguments->operands.items[0]));
}

int run_need_portfolio(struct run *run, const struct cp_arguments *arguments)
{
    int status = run_need_plans(run, arguments);
    const char *unusable = cp_engine_unusable(run->engine);
    if (status != CP_STATUS_CLEAN || !unusable) {
        return status;
    }
    if (run_say_failures(run)) {
        return CP_STATUS_WORLD;
    }
    say("%s holds no portfolio that can be read, so that there is no answer; contplan validate "
        "says why",
        quoted(unusable));
    return CP_STATUS_FINDINGS;
}

void say_flaws(const struct cp_engine *engine)
{
    enum { NAMED = sizeof(struct cp_flaws){0}.paths / sizeof(const char *) };
    struct cp_flaws flaws;
    struct cp_str names[NAMED + 1];
    struct cp_buf list;
    size_t count = 0;
    cp_engine_flaws(engine, &flaws);
    if (flaws.errors == 0) {
        return;
    }
    while (count < NAMED && count < flaws.file_count) {
        names[count] = cp_str_of(quoted(flaws.paths[count]));
        count++;
    }
    cp_buf_init(&list);
    put_names(&list, names, count, flaws.file_count > count ? ", " : " and ");
    if (flaws.file_count > count) {
        cp_buf_printf(&list, " and %zu more", flaws.file_count - count);
    }
    say("%zu error%s in %s: the answer leaves out what is wrong there; contplan validate says what",
        flaws.errors, flaws.errors == 1 ? "" : "s", list.at);
    cp_buf_release(&list);
}

bool say_failures(struct cp_engine *engine)
{
    const char *const *failures;
    size_t count = cp_engine_failures(engine, &failures);
    for (size_t i = 0; i < count; i++) {
        say("%s", failures[i]);
    }
    return count > 0;
}

bool run_say_failures(struct run *run)
{
    return say_failures(run->engine);
}

bool run_wants_color(const struct cp_arguments *arguments)
{
    const char *when = cp_argument_find(arguments, CP_OPTION_COLOR);
    if (when && strcmp(when, "auto") != 0) {
        return strcmp(when, "always") == 0;
    }
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    bool is_dumb = terminal && strcmp(terminal, "dumb") == 0;
    return !(no_color && *no_color) && !is_dumb && isatty(STDOUT_FILENO);
}

/* Two to four digits; 0 where it is anything else. */
static unsigned read_columns(const char *word)
{
    unsigned columns = 0;
    size_t len = word ? strlen(word) : 0;
    if (len < 2 || len > 4 || strspn(word, "0123456789") != len) {
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        columns = columns * 10 + (unsigned)(word[i] - '0');
    }
    return columns;
}

static unsigned terminal_width(void)
{
    struct winsize size;
    unsigned columns = read_columns(getenv("COLUMNS"));
    if (columns == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        columns = size.ws_col;
    }
    return columns;
}

/* The first of the three that says anything is the one that counts (POSIX, 8.2). */
static bool is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; i < 3 && !(locale && *locale); i++) {
        locale = getenv(names[i]);
    }
    const char *charset = locale ? strchr(locale, '.') : NULL;
    struct cp_str name = cp_str_of(charset ? charset + 1 : "");
    name = cp_str_slice(name, 0, cp_str_find(name, CP_STR("@")));
    return cp_str_is_equal_folded(name, CP_STR("UTF-8")) ||
           cp_str_is_equal_folded(name, CP_STR("utf8"));
}

struct cp_output_options run_output_options(const struct cp_arguments *arguments)
{
    return (struct cp_output_options){
        .has_color = run_wants_color(arguments), .width = terminal_width(), .has_utf8 = is_utf8()};
}
