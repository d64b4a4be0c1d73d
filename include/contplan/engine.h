/*
 * engine: the run. Finds the portfolios and plans behind the paths given, reads them with workers,
 * runs the rules in their order, settles and sorts the findings. Prints nothing and writes nothing.
 */
#ifndef CONTPLAN_ENGINE_H
#define CONTPLAN_ENGINE_H

#include <contplan/analysis.h>
#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/model.h>
#include <contplan/rules.h>
#include <contplan/source.h>

/* What a run is asked to look at. Everything is borrowed for as long as the engine is open. */
struct cp_request {
    const char *const *paths; /* files and folders; none: the working directory */
    size_t path_count;
    const char *here; /* the working directory, absolute, so that one file has one name; or NULL */
    const char *config;  /* the portfolio file of all of them, or NULL: the nearest upwards */
    const char *profile; /* a shipped one's name, or the path of a file; NULL: the portfolio file's,
                            else baseline */
    const char *nameless; /* the path of a plan whose file name says nothing, or NULL */
    /* Where not NULL, only plans are checked that differ from what it holds, that name such a plan,
     * or whose portfolio file, profile or linked files differ. */
    const struct cp_source *before;
    /* Where not NULL, the rules that need history are run over it. */
    const struct cp_past *past;
    /* Where not NULL, findings that it holds are not reported, and it is told which those are;
     * where it `learns`, those that it does not hold are added to it. */
    struct cp_baseline *baseline;
    const char *baseline_path; /* absolute; no plan stands there */
    bool learns;
    const char *zones;  /* the folder of the time zone data; NULL: the system's */
    bool is_side;       /* one side of a comparison: what the other one holds may be missing here */
    bool is_empty_fine; /* a folder without plans is no failure */
    struct cp_date today;
    unsigned jobs; /* workers, at least 1; the result does not depend on it */
};

struct cp_engine;

/* Lists the plans and decodes the portfolio files. Paths that cannot be read, and folders without
 * plans, are failures of the run, not the end of it. `request` and `source` are borrowed. Never
 * NULL. */
struct cp_engine *cp_engine_new(const struct cp_source *source, const struct cp_request *request);
void cp_engine_free(struct cp_engine *engine);

/* Checks the plans asked for, in the light of all plans of their portfolios. `selection` is the
 * command line's word on severities. The findings are owned by the engine. Once per engine. */
const struct cp_findings *cp_engine_validate(struct cp_engine *engine,
                                             const struct cp_selection *selection);

/* A plan for as long as it is looked at. */
struct cp_view {
    const char *path;
    struct cp_str id;   /* stated, else the file's stem */
    struct cp_str stem; /* of the file's name; the id, or "plan", where that says nothing */
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    bool is_parsed;                   /* false: the file holds no plan that could be read */
    const struct cp_secrets *secrets; /* of the plan's file; NULL where two are compared */
    /* Of cp_engine_each() alone. */
    const struct cp_profile *profile;
    const struct cp_waived *waived; /* by comments of the plan's file */
    size_t waived_count;
};

/* Decodes each plan asked for in path order and shows it to `visit`, until that returns false. */
void cp_engine_each(struct cp_engine *engine,
                    bool (*visit)(void *context, const struct cp_view *view), void *context);

/* Reads all plans of the portfolios asked for with the workers, checking nothing, and shows the
 * network of each portfolio, with files and what was asked for, until `visit` returns false. Text
 * of plans is raw, and may hold secrets. Once per engine, and instead of checking. */
void cp_engine_each_network(struct cp_engine *engine,
                            bool (*visit)(void *context, const struct cp_network *network),
                            void *context);
/* The secrets of all plans that were read, added to `out`, which borrows them. */
void cp_engine_add_secrets(const struct cp_engine *engine, struct cp_secrets *out);
/* What comments of the portfolio files asked for waive: the count, `*out` borrowed. */
size_t cp_engine_shared_waived(struct cp_engine *engine, const struct cp_waived **out);

/* What is shown of two engines: a portfolio file (or, without one, its folder), the profiles of the
 * user's own that it is held to on both sides, where they differ, then its plans. A side is NULL
 * where it has no such portfolio or plan; a root, where its profile is empty. `own` are the secrets
 * of both sides' files, while the call lasts. */
struct cp_pair_visitor {
    void (*portfolio)(void *context, const char *path, const struct cp_portfolio *was,
                      const struct cp_portfolio *is, bool is_asked);
    void (*profile)(void *context, const char *path, struct cp_node *was, struct cp_node *is);
    void (*plan)(void *context, const struct cp_view *was, const struct cp_view *is,
                 const struct cp_secrets *own);
    void *context;
};

/* Shows the plans asked for of two engines that were asked for the same paths over two sources,
 * each with the one it was: of the same id, else the same path, else with half of its lines.
 * Plans of the same bytes under the same portfolio file are left out. Once per engine. */
void cp_engine_compare(struct cp_engine *was, struct cp_engine *is,
                       const struct cp_pair_visitor *visitor);
/* The secrets of the portfolio files and profiles, added to `out`, which borrows them. */
void cp_engine_add_shared_secrets(const struct cp_engine *engine, struct cp_secrets *out);

/* ---- mending --------------------------------------------------------------------------------- */

/* A file that fixes change. */
struct cp_mended {
    const char *path;
    struct cp_buf was, is;
};

/* A fix that was not made, and a printable sentence why. */
struct cp_unmended {
    const char *path;
    uint32_t line;
    const struct cp_rule *rule;
    const char *why;
};

/* What fixes make of a run; the members are to be read. */
struct cp_mending {
    struct cp_arena arena;
    CP_LIST(struct cp_mended) files;
    CP_LIST(struct cp_unmended) left;
    size_t fixed;                       /* how many findings were mended */
    const struct cp_findings *findings; /* of the files as they are now */
    struct cp_engine *engine;           /* which found them; NULL where nothing was mended */
    CP_LIST(struct cp_overlay_file) overlaid;
    struct cp_overlay overlay;
    struct cp_source source;
};

/* Applies, in memory, the fixes of what an engine over `source` and `request` found with
 * `selection` (all borrowed, as the engine is): the safe ones, and where `is_unsafe` the others as
 * well; again and again until nothing is left to fix. A fix is only made where the file then says
 * what it means and nothing else changes, and where no finding comes up that was not there: but
 * that an unsafe one may leave, at its field, one that is no more severe. */
void cp_mending_open(struct cp_mending *out, const struct cp_source *source,
                     const struct cp_request *request, const struct cp_selection *selection,
                     const struct cp_findings *found, bool is_unsafe);
void cp_mending_close(struct cp_mending *mending);

/* Where a new plan of the working folder belongs. */
struct cp_home {
    const char *folder; /* of the portfolio file, else the working folder */
    const char *config; /* the portfolio file, NULL where there is none */
    const struct cp_portfolio *portfolio;
    const struct cp_profile *profile; /* never NULL */
    bool is_sound; /* false: the portfolio file or the profile cannot be had as it was meant, and
                      the findings say why */
};

/* Tells it; borrowed from the engine, which was asked for the working folder. */
void cp_engine_home(struct cp_engine *engine, struct cp_home *out);

/* What an answer about plans that nobody checked rests on: errors in what files say, each a value
 * that was left out. Those of a file that cannot be read at all are not among them. */
struct cp_flaws {
    size_t errors, file_count;
    const char *paths[3]; /* of the first of these files, portfolio files before plans; borrowed */
};

/* Tells it of the plans that were shown, or of whose networks were. */
void cp_engine_flaws(const struct cp_engine *engine, struct cp_flaws *out);
/* The path of a portfolio file asked for that is there and of which nothing could be read; NULL
 * where there is none. */
const char *cp_engine_unusable(const struct cp_engine *engine);

/* How many plans were asked for; of those with a source before, once they were checked, how many
 * that left. */
size_t cp_engine_plans(const struct cp_engine *engine);

/* The path of the file that a link's target leads to, from the document at `from`: without fragment
 * and query, decoded, joined to its folder, not cleared of `..`. NULL where it is an address,
 * begins at a root, or is a place in the document itself. Owned by the arena. */
const char *cp_link_target(struct cp_arena *arena, const char *from, struct cp_str target);

/* What is told of history. */
struct cp_log_visitor {
    enum cp_audience audience;
    bool (*is_wanted)(void *context, const struct cp_compared *file,
                      const struct cp_change *change);
    /* A commit with changes that are wanted; `comparison` is the visitor's to release, and may be
     * moved. `commit` is the engine's. */
    void (*commit)(void *context, const struct cp_log_commit *commit,
                   struct cp_comparison *comparison);
    void *context;
};

/* Tells, newest first, what each commit changed in the plans asked for, through renames; the past
 * is that of the request, which may be set after the engine was opened without. -1 with `error`
 * where it is not known. Once per engine, and instead of checking. */
int cp_engine_log(struct cp_engine *engine, const struct cp_log_visitor *visitor,
                  struct cp_error *error);

/* Whether a commit holds any of the plans asked for, once their history was told. */
bool cp_engine_has_history(const struct cp_engine *engine);

/* Why the past that was asked for is not known, a printable sentence; NULL where it is. */
const char *cp_engine_lost_past(const struct cp_engine *engine);
/* Whether a version that was looked at states another id than the plan does: where the past goes by
 * paths, it may be another plan's. */
bool cp_engine_has_other_ids(const struct cp_engine *engine);

/* Fields of a file, and a period, both days in it. */
struct cp_touches {
    const char *const *fields; /* paths; `[]` stands for all items of a list */
    size_t count;              /* at most 1000 */
    bool has_from;
    struct cp_date from, to;
    void (*touch)(void *context, size_t field, const struct cp_log_commit *commit);
    void *context;
};

/* Calls `touch` for each commit of the period that changed the value at a field of a plan or
 * portfolio file of this engine, whose request holds the past; the newest first. False where that
 * is not known, not in a commit, or too much is asked for; what was told until then holds. */
bool cp_engine_touches(struct cp_engine *engine, const char *path, const struct cp_touches *asked);

/* Something that a file says now, and how far back it has said so without a break. */
struct cp_standing {
    bool is_asked, is_said; /* of the version at hand: whether to tell; what was told */
    size_t since;           /* the oldest version, SIZE_MAX where even the newest does not say it */
    bool is_lost;           /* not known: a version could not be read */
};

struct cp_standings {
    struct cp_standing *items; /* the caller's; filled in */
    size_t count;
    /* Sets is_said of all that is_asked for one version of the file; false where it cannot be read.
     * Not called for versions that none is followed to. */
    bool (*judge)(void *context, size_t version, struct cp_standing *items);
    void *context;
};

/* Follows them into the past of the file, across merges into every side that says them. Ends where
 * none is left to follow. */
void cp_standings_find(struct cp_standings *standings, const struct cp_log_file *log);

/* What could not be read, a printable sentence each, sorted; the count, `*out` borrowed. */
size_t cp_engine_failures(struct cp_engine *engine, const char *const **out);

#endif
