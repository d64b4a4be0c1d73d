/*
 * The file of a baseline: read before plans are checked, written anew where that was asked, and
 * what is said of entries that hold nothing any more. Which findings it knows is the engine's to
 * tell.
 */
#include "commands.h"

#include <string.h>

enum { STALE_MOST = 10 };

static bool is_given(const struct cp_arguments *arguments, enum cp_option_id id)
{
    return cp_argument_is_given(arguments, id);
}

static int check_options(const struct baseline *baseline, bool is_mending)
{
    const char *alone = baseline->is_written  ? "--write-baseline"
                        : baseline->is_pruned ? "--prune-baseline"
                                              : NULL;
    if (baseline->is_written && baseline->is_pruned) {
        return say_usage(
            "--write-baseline takes out what matches nothing as well; give it alone, or "
            "--prune-baseline, which adds nothing");
    }
    if (alone && is_mending) {
        return say_usage("%s goes without --fix and --diff: mend first, then see what is left",
                         alone);
    }
    if (alone && !baseline->file) {
        return say_usage("%s needs the file: --baseline FILE", alone);
    }
    if (baseline->file && *baseline->file == '\0') {
        return say_usage("--baseline names no file");
    }
    return CP_STATUS_CLEAN;
}

static int fail_reading(const struct baseline *baseline, const char *problem)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    say("cannot read the baseline %s: %s", cp_printable_in(&arena, cp_str_of(baseline->file)),
        problem);
    cp_arena_release(&arena);
    return CP_STATUS_WORLD;
}

/* A baseline that is to be written need not be there. */
static int load(struct baseline *baseline)
{
    const struct cp_source *folder = &cp_source_folder;
    struct cp_error error;
    if (baseline->is_written && folder->kind(folder, baseline->file) == CP_PATH_MISSING) {
        return CP_STATUS_CLEAN;
    }
    if (folder->load(folder, baseline->file, CP_BASELINE_BYTES + 1, &baseline->bytes, &error) !=
        0) {
        return say_failure(&error);
    }
    baseline->is_there = true;
    if (baseline->bytes.len > CP_BASELINE_BYTES) {
        return fail_reading(baseline, "it is larger than 16 MiB");
    }
    return cp_baseline_parse(&baseline->known, cp_buf_str(&baseline->bytes), &error) == 0
               ? CP_STATUS_CLEAN
               : fail_reading(baseline, error.text);
}

int baseline_open(struct baseline *out, const struct cp_arguments *arguments)
{
    *out = (struct baseline){.file = cp_argument_find(arguments, CP_OPTION_BASELINE),
                             .is_written = is_given(arguments, CP_OPTION_WRITE_BASELINE),
                             .is_pruned = is_given(arguments, CP_OPTION_PRUNE_BASELINE)};
    cp_baseline_init(&out->known);
    cp_buf_init(&out->bytes);
    int status = check_options(out, fix_is_asked(arguments));
    return status == CP_STATUS_CLEAN && out->file ? load(out) : status;
}

void baseline_close(struct baseline *baseline)
{
    cp_buf_release(&baseline->bytes);
    cp_baseline_release(&baseline->known);
}

void baseline_ask(struct baseline *baseline, struct run *run)
{
    if (baseline->file) {
        run->request.baseline = &baseline->known;
        run->request.learns = baseline->is_written;
    }
}

/* ---- entries that hold nothing any more ------------------------------------------------------ */

static uint32_t surplus_of(const struct cp_known *known)
{
    return known->is_checked && known->line > 0 ? known->count - known->found : 0;
}

static void say_stale(const struct baseline *baseline, const struct cp_known *known)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_printable(&text, cp_str_of(baseline->file));
    cp_buf_printf(&text, ":%u: ", (unsigned)known->line);
    cp_printable(&text, known->rule);
    if (known->field.len > 0) {
        cp_buf_puts(&text, " at ");
        cp_printable(&text, known->field);
    }
    cp_buf_puts(&text, " of ");
    cp_printable(&text, known->file);
    if (known->found > 0) {
        cp_buf_printf(&text, " matches %u and no longer %u", (unsigned)known->found,
                      (unsigned)known->count);
    } else {
        cp_buf_puts(&text, " matches nothing any more");
    }
    say("%s", text.at);
    cp_buf_release(&text);
}

/* The first of them. */
static void say_all_stale(const struct baseline *baseline)
{
    size_t count = 0;
    for (size_t i = 0; i < baseline->known.items.count; i++) {
        const struct cp_known *known = &baseline->known.items.items[i];
        if (surplus_of(known) > 0 && count++ < STALE_MOST) {
            say_stale(baseline, known);
        }
    }
    if (count > STALE_MOST) {
        say("and %zu more entries of the baseline", count - STALE_MOST);
    }
    if (count > 0) {
        say("--prune-baseline takes out what matches nothing");
    }
}

/* ---- writing --------------------------------------------------------------------------------- */

static int write_file(const struct baseline *baseline, struct cp_str text)
{
    struct cp_error error;
    int status = check_way(baseline->file);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    int result = baseline->is_there
                     ? cp_file_replace(baseline->file, cp_buf_str(&baseline->bytes), text, &error)
                     : cp_file_write(baseline->file, text, &error);
    return result == 0 ? CP_STATUS_CLEAN : say_failure(&error);
}

static size_t count_findings(const struct cp_baseline *known)
{
    size_t count = 0;
    for (size_t i = 0; i < known->items.count; i++) {
        count += known->items.items[i].count;
    }
    return count;
}

static int write_known(struct baseline *baseline)
{
    struct cp_buf text;
    size_t before = count_findings(&baseline->known);
    cp_buf_init(&text);
    cp_baseline_prune(&baseline->known);
    cp_baseline_put(&text, &baseline->known);
    int status = write_file(baseline, cp_buf_str(&text));
    cp_buf_release(&text);
    size_t after = count_findings(&baseline->known);
    if (status == CP_STATUS_CLEAN && baseline->is_written) {
        say("%s holds %zu finding%s now", quoted(baseline->file), after, after == 1 ? "" : "s");
    } else if (status == CP_STATUS_CLEAN) {
        say("%zu taken out of %s, which holds %zu finding%s now", before - after,
            quoted(baseline->file), after, after == 1 ? "" : "s");
    }
    return status;
}

int baseline_finish(struct baseline *baseline, bool is_whole)
{
    if (!baseline->file) {
        return CP_STATUS_CLEAN;
    }
    if (!baseline->is_written && !baseline->is_pruned) {
        say_all_stale(baseline);
        return CP_STATUS_CLEAN;
    }
    if (!is_whole) {
        say("%s was not written, since not everything could be read", quoted(baseline->file));
        return CP_STATUS_WORLD;
    }
    return write_known(baseline);
}
