/*
 * rules: the table of all rules, the checks of one plan and of a portfolio, profiles as data, and
 * which severity a finding ends up with. Checks get const input and do no I/O; they know neither
 * where bytes come from nor how findings are printed.
 */
#ifndef CONTPLAN_RULES_H
#define CONTPLAN_RULES_H

#include <contplan/analysis.h>
#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/model.h>
#include <contplan/schema.h>
#include <contplan/yaml.h>

/* ---- what a check sees ----------------------------------------------------------------------- */

/* The limits that hold for a portfolio; none is NULL. Those that somebody stated have a node. */
struct cp_limits {
    const struct cp_number *margin; /* percent of an RTO */
    const struct cp_length *fast_rto;
    const struct cp_length *placeholder_age;
    const struct cp_length *every[CP_TERMS]; /* where neither plan nor tier says */
};

/* One plan by itself: neither history, nor other files, nor other plans. */
struct cp_plan_input {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    const struct cp_profile *profile;
    const struct cp_limits *limits;
    struct cp_date today;   /* what is recorded as done on a later day has not happened */
    struct cp_arena *arena; /* scratch, gone with the plan */
    struct cp_study *study; /* of the plan: what several rules ask for */
    struct cp_diags *diags;
};

/* What a search may find in a text, a bit each: placeholder words and markup, vague quantities,
 * terms that are misused, years, and characters that nobody sees. */
enum {
    CP_SUSPECT_WORD = 1,
    CP_SUSPECT_MARKUP = 2,
    CP_SUSPECT_VAGUE = 4,
    CP_SUSPECT_TERM = 8,
    CP_SUSPECT_YEAR = 16,
    CP_SUSPECT_INVISIBLE = 32
};

/* Which of these searches may find something in `text`; the others find nothing. One fast pass, for
 * those who have many texts to search. */
unsigned cp_text_suspects(struct cp_str text);

/* A value that is set: an address, a date, or a text in which a search may find something. */
struct cp_value {
    const struct cp_field *field;
    const struct cp_leaf *leaf;
    struct cp_str text; /* empty for dates */
    unsigned suspects;  /* of the text: the searches that look at values of this type, and may find
                           something */
};

/* Such values of one file, in table order: of a plan those it states itself, of the portfolio file
 * its own and those of its `defaults`. So each value is judged once, where it is written. */
struct cp_values_input {
    const struct cp_value *values;
    size_t count;
    struct cp_diags *diags;
};

/* One file as it stands: its bytes, loaded, its comments, and its tree where it parsed. */
struct cp_source_input {
    const struct cp_yaml *yaml;
    struct cp_diags *diags;
};

/* The portfolio file by itself. */
struct cp_config_input {
    const struct cp_portfolio *portfolio;
    struct cp_date today;
    struct cp_diags *diags;
};

/* One plan by itself, and what it was. */
struct cp_history_input {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    const struct cp_history *history;
    struct cp_date today;
    struct cp_diags *diags;
};

/* One subject plan among all of a portfolio. */
struct cp_portfolio_input {
    const struct cp_portfolio *portfolio;
    const struct cp_limits *limits;
    const struct cp_facts *subject;
    struct cp_file *file;          /* the subject's; not loaded */
    const struct cp_map *plans;    /* id -> const struct cp_facts of every plan */
    const struct cp_str *plan_ids; /* for did-you-mean, in path order */
    size_t plan_count;
    const struct cp_survey *survey; /* of all plans, with `plan` the subject's index: only where a
                                       check that is on asks for facts */
    size_t plan;
    struct cp_date today;
    struct cp_diags *diags;
};

/* What a relative link leads to, in the tree that is checked. */
enum cp_target {
    CP_TARGET_THERE,
    CP_TARGET_MISSING,
    CP_TARGET_NO_ANCHOR, /* the file is there, and has no such heading */
    CP_TARGET_UNKNOWN /* an address, out of the portfolio's folder, or below a git submodule: nobody
                         can tell */
};

/* The tree that is checked, as far as rules may ask about it. Safe from several threads. */
struct cp_tree {
    /* What `target`, as written in the file at `from`, leads to. */
    enum cp_target (*look)(const struct cp_tree *tree, const char *from, struct cp_str target);
    const void *state;
};

/* A Markdown document that plans link to, or that was asked for by itself. */
struct cp_reading;
struct cp_document_input {
    const struct cp_reading *reading;
    struct cp_file *file; /* loaded */
    const struct cp_tree *tree;
    bool is_runbook; /* called so by a plan, or by whoever asked for it */
    int64_t rto;     /* the shortest of the plans that link to it, seconds; -1: none */
    struct cp_place rto_place;
    const struct cp_str *parameters; /* that those plans declare for it */
    size_t parameter_count;
    struct cp_diags *diags;
};

/* A row of the rule table, with the checks it has. Rules whose findings come from a lower layer
 * have none. */
struct cp_check {
    const struct cp_rule *rule;
    const struct cp_rule *other; /* which its check_plan() reports as well, or NULL */
    void (*check_source)(const struct cp_source_input *in, const struct cp_rule *rule);
    void (*check_plan)(const struct cp_plan_input *in, const struct cp_rule *rule);
    void (*check_values)(const struct cp_values_input *in, const struct cp_rule *rule);
    void (*check_config)(const struct cp_config_input *in, const struct cp_rule *rule);
    void (*check_portfolio)(const struct cp_portfolio_input *in, const struct cp_rule *rule);
    void (*check_history)(const struct cp_history_input *in, const struct cp_rule *rule);
    void (*check_document)(const struct cp_document_input *in, const struct cp_rule *rule);
    unsigned facts; /* what check_portfolio() needs of every plan: enum cp_facts_part */
    bool ages;      /* the longer it has been found, the more severe */
};

/* Rows that belong together; one file each. */
struct cp_topic {
    const struct cp_check *checks;
    size_t count;
};

#define CP_TOPIC(rows)                                                                             \
    {                                                                                              \
        .checks = rows, .count = sizeof(rows) / sizeof((rows)[0])                                  \
    }

/* ---- the registry ---------------------------------------------------------------------------- */

/* All rows, in the order of their codes. */
size_t cp_checks_count(void);
const struct cp_check *cp_checks_get(size_t index);
/* By code (CP301) or name (rto-exceeds-mtpd), or NULL. */
const struct cp_rule *cp_rules_find(struct cp_str code_or_name);
/* Whether a pattern (code, beginning of codes, name or ALL) means the rule. */
bool cp_rule_is_match(struct cp_str pattern, const struct cp_rule *rule);
/* The code or name nearest to a word, or empty. */
struct cp_str cp_rules_nearest(struct cp_str word);

/* Runs every check of a file's bytes; also of one that did not parse. Where `diags` is muted, the
 * secrets in it are remembered all the same. */
void cp_rules_check_source(const struct cp_yaml *yaml, struct cp_diags *diags);
struct cp_selection;
struct cp_profile;

/* The checks, by their index, whose findings nobody would see: they are not run. */
enum { CP_CHECKS_MOST = 128 };
struct cp_checks_off {
    bool is_off[CP_CHECKS_MOST];
};

/* Those that the selection or the profile switches off, whatever the phase of a plan. */
void cp_checks_choose(struct cp_checks_off *out, const struct cp_selection *selection,
                      const struct cp_profile *profile);

/* Runs every check of a plan and of its values over a decoded plan, but those that are `off` (NULL:
 * none); does nothing where the plan could not be decoded at all. */
void cp_rules_check_plan(struct cp_study *study, const struct cp_profile *profile,
                         const struct cp_checks_off *off, struct cp_date today,
                         struct cp_diags *diags);
/* Only the checks of what is more severe with age. */
void cp_checks_choose_aging(struct cp_checks_off *out);
/* Whether the rule is more severe with age. */
bool cp_rule_ages(const struct cp_rule *rule);
/* What the checks that are on need of every plan: enum cp_facts_part. */
unsigned cp_checks_facts(const struct cp_checks_off *off);
bool cp_checks_is_on(const struct cp_checks_off *off, const struct cp_rule *rule);
/* Runs every check of a plan's history, but those that are `off` (NULL: none). */
void cp_rules_check_history(const struct cp_history_input *in, const struct cp_checks_off *off);
/* Runs every check of the portfolio file and of its values, those of `defaults` included. Does
 * nothing where there is no portfolio file. */
void cp_rules_check_config(const struct cp_portfolio *portfolio, struct cp_date today,
                           struct cp_diags *diags);
/* Runs every portfolio check for one subject, but those that are `off` (NULL: none). */
void cp_rules_check_portfolio(const struct cp_portfolio_input *in, const struct cp_checks_off *off);

/* Runs every check of a Markdown document, but those that are `off` (NULL: none). */
void cp_rules_check_document(const struct cp_document_input *in, const struct cp_checks_off *off);
/* Checks where the relative links of a plan lead, those of its prose included. */
void cp_rules_check_links(const struct cp_plan *plan, const struct cp_tree *tree,
                          const struct cp_checks_off *off, struct cp_diags *diags);

/* Rules that need one version of a plan each. */
extern const struct cp_rule cp_rule_objective_weakened;
extern const struct cp_rule cp_rule_changed_since_exercise;
extern const struct cp_rule cp_rule_review_date_alone;

/* Rules about waivers, whose findings the engine makes. */
extern const struct cp_rule cp_rule_waiver_void;
extern const struct cp_rule cp_rule_waiver_unused;

/* ---- profiles -------------------------------------------------------------------------------- */

/* What a profile asks of a plan. */
struct cp_requirement {
    const char *field; /* dotted path: "incident_response"; of a list's items "roles[].holders" */
    unsigned phases;   /* bit per enum cp_phase; 0: every phase */
    unsigned tiers;    /* bit 1 << tier; 0: every tier and none */
    enum cp_severity severity; /* CP_OFF: what the profile extends asks for is not asked */
    bool has_no_severity;      /* it states none: `severities` of the same profile may */
    const char *clause;
    const char *message; /* what to write: the help line; NULL: it goes without saying */
};

/* A severity that a profile gives to rules, by code, beginning of codes or name. */
struct cp_profile_severity {
    const char *rules;
    enum cp_severity severity;
};

/* Of several requirements of one field the first counts that is asked of a plan, those of the
 * profile before those of the one that it extends; severities likewise. */
struct cp_profile {
    const char *name;
    const char *title;
    const struct cp_profile *extends; /* NULL: nothing */
    const struct cp_requirement *requires;
    size_t count;
    const struct cp_profile_severity *severities;
    size_t severity_count;
    const struct cp_options *options; /* NULL: those of what it extends */
};

/* A profile that ships with the program, or NULL. */
const struct cp_profile *cp_profile_find(struct cp_str name);
/* Names of the shipped profiles, for messages: count of them, `*out` borrowed. */
size_t cp_profile_names(const struct cp_str **out);
/* Whether what is given as a profile is the path of a file and no name: it has a slash, or ends in
 * .yaml or .yml. */
bool cp_profile_is_path(struct cp_str given);
/* Decodes a user's own profile into `out`; `name` is its file's stem. Defects are findings, and
 * what is defective is left out. What it extends is left to the caller, to find by the text in
 * `extends`. All but `extends` is owned by `arena`; that lives as long as the file's bytes. */
void cp_profile_decode(struct cp_profile *out, struct cp_text *extends, struct cp_str name,
                       const struct cp_yaml *yaml, struct cp_arena *arena, struct cp_diags *diags);
/* The table of a profile file, for the manual. */
extern const struct cp_object cp_object_profile;

/* What the profile asks of the plan about a field, or NULL. */
const struct cp_requirement *cp_profile_requirement(const struct cp_profile *profile,
                                                    const struct cp_plan *plan, const char *field);
/* The first part of a requirement's path that is no field, with the object in which it is none;
 * NULL where the whole path leads to a field. */
const char *cp_requirement_fault(const char *path, const struct cp_object **object);
/* The options that hold in a portfolio: its own, else its profile's, else what is usual. Borrowed
 * from both. */
void cp_limits_init(struct cp_limits *out, const struct cp_profile *profile,
                    const struct cp_config *config);
/* The severity of what a requirement asks for and `rule` reports: what the severities of a profile
 * say that extends the requirement's, else its own. `requirement` is one of `profile`. */
enum cp_severity cp_profile_requirement_severity(const struct cp_profile *profile,
                                                 const struct cp_requirement *requirement,
                                                 const struct cp_rule *rule);
/* The severity that the profile gives to a finding: its own, unless a table of severities says
 * another. */
enum cp_severity cp_profile_severity(const struct cp_profile *profile,
                                     const struct cp_diagnostic *diagnostic);

/* ---- severity -------------------------------------------------------------------------------- */

/* What the user asked of the rules: the portfolio file's `rules`, then the command line. */
struct cp_selection {
    CP_LIST(struct cp_severity_choice) choices; /* later ones win */
    bool has_select;                            /* only what a choice switched on is reported */
};

struct cp_severity_choice {
    struct cp_str pattern; /* code, prefix of codes (CP3), name, or ALL */
    bool is_select, is_ignore;
    enum cp_severity severity;
};

void cp_selection_init(struct cp_selection *selection);
void cp_selection_release(struct cp_selection *selection);
/* Enters one pattern, which must outlive the selection; false where it matches no rule. A rule that
 * was switched off before is reported again where it is selected by its very code or name. */
bool cp_selection_select(struct cp_selection *selection, struct cp_str pattern);
bool cp_selection_ignore(struct cp_selection *selection, struct cp_str pattern);
bool cp_selection_set_severity(struct cp_selection *selection, struct cp_str pattern,
                               enum cp_severity severity);
/* Enters the portfolio file's `rules`; unknown names and severities are findings. */
void cp_selection_add_config(struct cp_selection *selection, const struct cp_config *config,
                             struct cp_diags *diags);
/* The severity a finding ends up with: the rule's or the profile's, lowered by the phase (before
 * live, errors of CP1 to CP8 are warnings; retired keeps CP0, CP5 and CP9), then the user's word.
 * CP_OFF: not reported. */
enum cp_severity cp_settle_severity(const struct cp_selection *selection,
                                    const struct cp_diagnostic *diagnostic, enum cp_phase phase);

#endif
