/* Private to the engine: what a run consists of, and its steps. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <contplan/engine.h>
#include <contplan/yaml.h>

#include <stdatomic.h>

/* One plan file of a run. */
struct unit {
    struct cp_file file;
    struct cp_str stem;
    struct group *group;
    const struct cp_log_file *log; /* NULL: not asked for, or not known */
    struct cp_facts *facts;        /* once its worker is done */
    uint32_t index;                /* among the engine's units */
    size_t plan;                   /* its index in the group's network */
    uint32_t dropped;              /* findings that are wanted, over the limit of a file */
    size_t flaws;                  /* errors in what it says, where it was only looked at */
    bool is_asked;                 /* reported; others are read for what they declare */
    bool is_read;
    bool is_changed;   /* since the source before */
    bool is_concerned; /* changed itself, or what it stands on did */
    bool is_behind;    /* its recovery needs one that changed, directly or not */
};

/* One portfolio file with the plans that belong to it. */
struct group {
    const char *folder;      /* what it must not lead out of */
    const char *config_path; /* NULL where there is no contplan.yaml */
    struct cp_file config_file;
    struct cp_buf config_bytes;
    struct cp_portfolio portfolio;
    const struct cp_profile *profile;
    struct cp_selection selection; /* what the portfolio file says, then the command line */
    struct cp_checks_off off;
    unsigned parts;            /* of the facts that are gathered: enum cp_facts_part */
    struct cp_network network; /* of all plans, once their workers are done and where such parts
                                  were gathered */
    bool has_network;
    bool has_bad_profile; /* the portfolio file's own cannot be had as it was meant */
    CP_LIST(struct unit *) units;
    const struct cp_log_file *log;            /* of the portfolio file, as above */
    CP_LIST(struct old_config *) old_configs; /* those that were asked for, under the lock */
    struct cp_map by_path;                    /* -> struct unit */
    CP_LIST(const char *) failures;           /* of listing its plans */
    bool is_whole;      /* all its plans were asked for; told when waivers apply */
    bool is_asked;      /* the portfolio file's own findings are reported */
    bool is_changed;    /* the portfolio file or a profile, since the source before */
    bool is_unreadable; /* the portfolio file is there and could not be read, which was said */
    uint32_t dropped;
};

/* A user's own profile. */
struct profile_file {
    struct cp_file file;
    struct group *group; /* the first that is held to it */
};

/* A waiver that is whole and still holds. */
struct waiver {
    const struct cp_rule *rule;
    struct cp_place place;  /* where it stands itself */
    struct cp_place covers; /* a comment's entry; without a file: the whole plan */
    /* The value of the plan's id, else its name: what is missing is said there for want of a place,
     * and a comment is not about it. `stands_in`: the key of that value. */
    struct cp_span stand_in;
    struct cp_str stands_in;
    struct cp_str field;
    struct cp_excuse excuse; /* copied */
    uint32_t plan_index;     /* UINT32_MAX: a comment in the portfolio file */
    bool is_used;
};

struct waivers {
    CP_LIST(struct waiver) items;
    CP_LIST(struct cp_waived)
    shown; /* by comments; only where `is_shown`, borrowed from the file */
    bool is_shown;
};

struct cp_engine {
    const struct cp_source *source;
    const struct cp_request *request;
    struct cp_engine *earlier; /* over the source before, NULL without one */
    struct cp_request earlier_request;
    CP_LIST(struct former *) formers; /* plans of the earlier one that have changed, or gone */
    struct cp_map present;            /* by id: plans that have changed, or are new */
    struct cp_arena arena;            /* paths, units, failures */
    struct cp_arena scratch;          /* of paths on the way to being compared */
    CP_LIST(struct group *) groups;
    struct cp_map by_config;      /* path of a portfolio file -> struct group */
    CP_LIST(struct unit *) units; /* of all groups, in path order */
    CP_LIST(const char *) failures;
    struct cp_map folders; /* those listed, by path */
    CP_LIST(struct folder *) listings;
    CP_LIST(const char *) lost; /* folders in which plans may be that nobody sees */
    size_t listed;              /* names in folders so far */
    bool has_too_many;          /* names: nothing is listed any more, and no plan is read */
    CP_LIST(struct profile_file *) profile_files;
    const struct cp_profile *profile; /* the command line's, once it is looked for */
    struct documents *documents;
    bool has_asked_documents;
    bool has_bad_profile;  /* the command line's cannot be had as it was meant */
    struct cp_diags diags; /* of the main thread: portfolio files and portfolio rules */
    struct worker *workers;
    size_t worker_count;
    struct waivers waivers; /* the workers', once they are done, by plan; portfolio files' last */
    CP_LIST(struct cp_diagnostic *) found;
    CP_LIST(struct cp_diagnostic *) waived; /* taken out of those */
    CP_LIST(struct cp_diagnostic *) known;  /* likewise */
    const struct cp_selection *choice;      /* the command line's */
    CP_LIST(struct cp_str) plan_ids;
    CP_LIST(struct cp_omission) omissions;
    struct cp_findings findings;
    struct cp_log log;         /* without files where there is no past */
    const char *lost_past;     /* why it is not known, NULL where it is */
    atomic_bool has_other_ids; /* a version that was looked at is of a plan with another id */
};

/* What one worker keeps: scratch memory that is reset after each plan, and its findings. */
struct worker {
    struct cp_arena arena;
    struct cp_buf bytes;
    struct cp_diags diags;
    struct waivers waivers;
    struct cp_study study; /* of the plan that it has at hand */
    CP_LIST(const char *) failures;
};

/* engine.c: as many workers as the run needs. */
void start_workers(struct cp_engine *engine);
/* Calls `each` once for every unit, by any of them. */
void run_workers(struct cp_engine *engine,
                 void (*each)(struct cp_engine *engine, struct worker *worker, struct unit *unit));
/* What is kept of a plan (NULL: it could not be read) that its worker has at hand; its file is
 * dropped. */
void keep_facts(struct unit *unit, const struct cp_plan *plan, struct worker *worker);
/* What is shown of a plan that was loaded. */
void view_unit(struct cp_view *out, const struct unit *unit, const struct cp_plan *plan);
void worker_init(struct worker *worker);
void worker_release(struct worker *worker);

/* failures.c: a sentence about the run, its values printable; the workers' are gathered in the end.
 */
void engine_fail(struct cp_engine *engine, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void worker_fail(struct worker *worker, const struct cp_error *error);
void gather_failures(struct cp_engine *engine);

/* discovery.c: from paths to groups and units. */
void engine_discover(struct cp_engine *engine);
/* Whether a path or pattern, as it stands in a file, leads out of that file's folder. */
bool path_leads_out(struct cp_str path);
/* folders.c: calls `each` for everything in a folder until it returns false, as the source's
 * list(); why it could not be read, printable and owned by the engine, else NULL. */
struct folder;
const char *folder_list(struct cp_engine *engine, const char *path,
                        bool (*each)(void *context, const struct cp_entry *entry), void *context);
/* Remembers that not all of a folder was seen. */
void folder_lose(struct cp_engine *engine, const char *path);
/* Whether something at the path may be there although nobody found it. */
bool folder_is_lost(const struct cp_engine *engine, const char *path);
void folders_release(struct cp_engine *engine);
/* glob.c: calls `each` for every file below `folder` that matches the pattern (`*`, `?`, `[…]`
 * within one name, `**` for any folders), in byte order. */
struct glob {
    struct cp_engine *engine;
    const char *root; /* links must not lead out of it */
    void (*each)(void *context, const char *path);
    void (*fail)(void *context, const char *message);
    void *context;
};
void glob_expand(const struct glob *glob, const char *folder, const char *pattern);

/* load.c: reads and decodes one plan into `plan`; false where it could not be read at all. The
 * bytes and the plan live until the worker's next one. */
bool load_unit(const struct cp_engine *engine, struct worker *worker, struct unit *unit,
               struct cp_plan *plan);
void load_config(struct cp_engine *engine, struct group *group);

/* flaws.c: the same for a plan that is looked at and not checked: findings are counted alone. */
bool tally_unit(const struct cp_engine *engine, struct worker *worker, struct unit *unit,
                struct cp_plan *plan);

/* profile.c: finds the group's profile; baseline, with a finding or failure, where there is none.
 */
void load_profile(struct cp_engine *engine, struct group *group);

/* links.c: calls `each` with the path of every file beside it that the plan leads to, until it
 * returns false. */
void follow_links(const struct cp_plan *plan, struct cp_arena *arena,
                  bool (*each)(void *context, const char *path), void *context);

/* The path of the file beside its own that a value leads to; NULL where that is none. */
const char *link_path(struct cp_arena *arena, const struct cp_leaf *leaf, struct cp_str target);

/* submodules.c: whether a path at which nothing is, seen from `here` (absolute), lies in a git
 * submodule, or a folder that cannot be looked into. */
bool is_in_submodule(const struct cp_engine *engine, struct cp_arena *arena, const char *path,
                     const char *here);

/* documents.c: Markdown documents. */
void documents_open(struct cp_engine *engine);
void documents_close(struct cp_engine *engine);
/* One that is asked for by itself. */
void documents_ask(struct cp_engine *engine, struct group *group, const char *path);
/* Where the links of a plan lead, by its worker; those to documents are remembered. */
void documents_check_plan(struct cp_engine *engine, struct worker *worker, struct unit *unit,
                          const struct cp_plan *plan);
/* Once it is known which plans are asked for: checks the documents they lead to. */
void documents_check(struct cp_engine *engine);
/* The group of the document that a finding stands in, or NULL. */
struct group *group_of_document(const struct cp_engine *engine, const struct cp_file *file);
/* How many were asked for by themselves, and read. */
size_t documents_asked(const struct cp_engine *engine);

/* since.c: where there is a source before, which plans a change concerns; without one, nothing
 * happens. Opens it once the plans are known; compares one plan (NULL: it could not be read), by
 * its worker; takes away what is asked in vain once all have facts. */
void since_open(struct cp_engine *engine);
void since_check(const struct cp_engine *engine, struct worker *worker, struct unit *unit,
                 const struct cp_plan *plan);
void since_choose(struct cp_engine *engine);
void since_close(struct cp_engine *engine);

/* before.c: which plan of the source before a plan is, NULL for none. Opened once both sides are
 * known, and which files have changed. */
void before_open(struct cp_engine *engine);
const struct unit *before_find(const struct cp_engine *engine, const struct unit *unit,
                               const struct cp_plan *plan);
void before_close(struct cp_engine *engine);
/* The plan at a path, NULL for none. */
const struct unit *unit_at(const struct cp_engine *engine, const char *path);

/* history.c: where a past was asked for, what rules want of it; else nothing happens. Walks it once
 * the plans are known; checks one plan by its worker; tells, before findings are settled, how long
 * those have stood that grow more severe. */
void history_open(struct cp_engine *engine);
void history_check(struct cp_engine *engine, struct worker *worker, const struct unit *unit,
                   const struct cp_plan *plan);
void history_age(struct cp_engine *engine);
void history_close(struct cp_engine *engine);

/* network.c: joins the plans of each group, whose workers are done, where their facts allow it. */
void build_networks(struct cp_engine *engine);

/* merge.c: names across plans, and the rules that see them all. */
void merge_group(struct cp_engine *engine, struct group *group);

/* waivers.c: collects the waivers of a file, from its comments and, where there is one, its plan;
 * those that are incomplete, misspelt, expired or somebody's whom nobody knows are findings. */
void collect_waivers(const struct cp_engine *engine, const struct cp_portfolio *portfolio,
                     struct waivers *out, const struct cp_yaml *yaml, const struct cp_plan *plan,
                     struct cp_diags *diags);
/* Brings the workers' waivers together, in an order that finds those of a plan. */
void gather_waivers(struct cp_engine *engine);
/* Marks the findings that a waiver silences; they have their severity. Then reports, as found, the
 * waivers that silenced nothing although their rule ran. */
void apply_waivers(struct cp_engine *engine);

/* Tells of each group whether all its plans are asked for. */
void mark_whole_groups(struct cp_engine *engine);

/* baseline.c: takes what the request's baseline knows, or is to learn, out of what is found. */
void leave_out_known(struct cp_engine *engine);

/* settle.c: locations, severities, one finding a place, order, counts. */
void settle(struct cp_engine *engine);
/* All secrets of the run, sorted; released by the caller. */
void gather_secrets(const struct cp_engine *engine, struct cp_secrets *out);
/* Where findings of this kind that were not kept are counted; NULL where nobody wants them. */
uint32_t *dropped_surplus(const struct cp_engine *engine, const struct cp_surplus *surplus);
/* Before the run: which severities hold in the group, and which checks are not worth running. */
void choose_checks(struct group *group, const struct cp_selection *selection);
/* The severity that a finding of a group ends up with; CP_OFF where nobody asked for it. */
enum cp_severity severity_of(const struct cp_engine *engine, const struct group *group,
                             const struct cp_diagnostic *found);
/* The group whose plan, portfolio file or profile the finding is about, or NULL. */
struct group *group_of_finding(const struct cp_engine *engine, const struct cp_diagnostic *found);

#endif
