/*
 * Evidence: which fields a clause asks for, how they stand in each plan, what was done about them
 * in a period, and what is lacking. Writes nothing.
 */
#include "evidence.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct adding {
    struct cp_evidence *evidence;
    struct cp_evidence_plan *of;
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    const struct cp_findings *findings;
    size_t first_row;
    size_t profile_rows; /* of this plan, from there on */
};

static const char *const state_names[] = {
    [CP_EVIDENCE_STATED] = "stated",          [CP_EVIDENCE_NOT_APPLICABLE] = "not applicable",
    [CP_EVIDENCE_WITHHELD] = "withheld",      [CP_EVIDENCE_UNKNOWN] = "unknown",
    [CP_EVIDENCE_BROKEN] = "cannot be read",  [CP_EVIDENCE_MISSING] = "missing",
    [CP_EVIDENCE_NO_FIELD] = "no such field",
};

const char *cp_evidence_state_name(enum cp_evidence_state state)
{
    return state_names[state];
}

void cp_evidence_init(struct cp_evidence *evidence)
{
    cp_arena_init(&evidence->arena);
}

void cp_evidence_release(struct cp_evidence *evidence)
{
    for (size_t i = 0; i < evidence->rows.count; i++) {
        cp_list_release(&evidence->rows.items[i]->findings);
        cp_list_release(&evidence->rows.items[i]->records);
        cp_list_release(&evidence->rows.items[i]->commits);
        cp_list_release(&evidence->rows.items[i]->gaps);
    }
    for (size_t i = 0; i < evidence->plans.count; i++) {
        cp_list_release(&evidence->plans.items[i]->records);
    }
    cp_list_release(&evidence->rows);
    cp_list_release(&evidence->plans);
    cp_arena_release(&evidence->arena);
}

/* ---- how a field stands ---------------------------------------------------------------------- */

/* The values at a path, which may lead through lists. */
struct look {
    const struct adding *in;
    size_t counts[CP_EVIDENCE_STATES];
    struct cp_date until; /* the first of those that are unknown */
    bool has_until, is_inherited;
};

static void count_unknown(struct look *look, const struct cp_leaf *leaf)
{
    struct cp_unknown unknown;
    cp_unknown_decode(&unknown, leaf, &look->in->evidence->arena);
    if (unknown.due.leaf.state == CP_SET &&
        (!look->has_until || unknown.due.date.days < look->until.days)) {
        look->until = unknown.due.date;
        look->has_until = true;
    }
}

/* What the tier fills in where an objective leaves a length out; NULL for anything else. */
static const struct cp_leaf *length_of_tier(const struct adding *in, const struct cp_member *from,
                                            const char *key)
{
    const struct cp_field *objectives = NULL;
    struct cp_effective effective;
    cp_value_find(&cp_object_plan, in->plan, "disaster_recovery.objectives", &objectives);
    if (!from->field || from->field->of != objectives->of) {
        return NULL;
    }
    cp_effective_init(&effective, (const struct cp_objective *)(const void *)from->leaf,
                      cp_portfolio_find_tier(in->portfolio, in->plan));
    const struct cp_length *length = strcmp(key, "mtpd") == 0  ? effective.mtpd
                                     : strcmp(key, "rto") == 0 ? effective.rto
                                     : strcmp(key, "wrt") == 0 ? effective.wrt
                                     : strcmp(key, "rpo") == 0 ? effective.rpo
                                                               : NULL;
    return length ? &length->leaf : NULL;
}

static bool see_inherited(void *context, const struct cp_visit *at)
{
    bool *is_inherited = context;
    *is_inherited = *is_inherited || at->leaf->is_inherited;
    return !*is_inherited;
}

static bool is_inherited(const struct cp_member *at)
{
    bool result = at->leaf->is_inherited;
    bool is_object = at->field->type == CP_TYPE_OBJECT && at->leaf->state == CP_SET;
    if (!result && is_object && !cp_member_is_list(at)) {
        cp_value_walk(at->field->of, at->leaf, see_inherited, &result);
    }
    for (size_t i = 0; !result && cp_member_is_list(at) && i < cp_member_count(at); i++) {
        struct cp_member item = cp_member_item(at, i);
        result = is_inherited(&item);
    }
    return result;
}

static void count(struct look *look, const struct cp_member *at)
{
    static const enum cp_evidence_state of[] = {[CP_ABSENT] = CP_EVIDENCE_MISSING,
                                                [CP_SET] = CP_EVIDENCE_STATED,
                                                [CP_UNKNOWN] = CP_EVIDENCE_UNKNOWN,
                                                [CP_NOT_APPLICABLE] = CP_EVIDENCE_NOT_APPLICABLE,
                                                [CP_BROKEN] = CP_EVIDENCE_BROKEN};
    enum cp_evidence_state state = of[at->leaf->state];
    struct cp_tally tally = {0};
    cp_member_tally(&tally, at, look->in->evidence->audience);
    if (tally.shown == 0 && tally.withheld > 0) {
        state = CP_EVIDENCE_WITHHELD;
    } else if (state == CP_EVIDENCE_UNKNOWN) {
        count_unknown(look, at->leaf);
    }
    look->counts[state]++;
    look->is_inherited = look->is_inherited || is_inherited(at);
}

static void follow(struct look *look, const struct cp_member *from, const char *path);

static void follow_item(struct look *look, const struct cp_member *list, size_t index,
                        const char *rest)
{
    struct cp_member item = cp_member_item(list, index);
    if (*rest == '.' && item.leaf->state == CP_SET) {
        follow(look, &item, rest + 1);
    } else {
        count(look, &item);
    }
}

/* `rest` is what stands behind the name of the list: `[].name`, `[0]` or `.name`. One path has one
 * way to be written. */
static void follow_items(struct look *look, const struct cp_member *list, const char *rest)
{
    enum { DIGITS = 6 };
    size_t digits = *rest == '[' ? strspn(rest + 1, "0123456789") : 0;
    bool is_one = digits > 0;
    size_t index = is_one && digits <= DIGITS ? (size_t)strtoul(rest + 1, NULL, 10) : SIZE_MAX;
    bool is_odd = digits > 1 && rest[1] == '0';
    if (is_odd || (*rest == '[' && rest[1 + digits] != ']')) {
        look->counts[CP_EVIDENCE_NO_FIELD]++;
        return;
    }
    rest += *rest == '[' ? digits + 2 : 0;
    if (*rest != '\0' && *rest != '.') {
        look->counts[CP_EVIDENCE_NO_FIELD]++;
    } else if (is_one && index < cp_member_count(list)) {
        follow_item(look, list, index, rest);
    }
    for (size_t i = 0; !is_one && (*rest == '\0' || *rest == '.') && i < cp_member_count(list);
         i++) {
        follow_item(look, list, i, rest);
    }
}

/* Follows the path from an object that is set. As deep as the field tables are. */
static void follow(struct look *look, const struct cp_member *from, const char *path)
{
    const struct cp_object *object = from->field ? from->field->of : &cp_object_plan;
    size_t len = strcspn(path, ".[");
    const char *rest = path + len;
    const struct cp_field *field =
        object ? cp_field_find(object, (struct cp_str){path, len}) : NULL;
    if (!field || (*rest && field->type != CP_TYPE_OBJECT && !field->is_list)) {
        look->counts[CP_EVIDENCE_NO_FIELD]++;
        return;
    }
    struct cp_member at = cp_member_in(from, field);
    if (at.leaf->state == CP_ABSENT) {
        const struct cp_leaf *filled = length_of_tier(look->in, from, path);
        at.leaf = filled ? filled : at.leaf;
    }
    if (*rest == '\0' || at.leaf->state != CP_SET) {
        count(look, &at);
    } else if (field->is_list) {
        follow_items(look, &at, rest);
    } else {
        follow(look, &at, rest + 1);
    }
}

/* The worst that is found; a list without items lacks what they should state. */
static void judge(struct cp_evidence_row *row, const struct look *look)
{
    size_t total = 0;
    row->state = CP_EVIDENCE_MISSING;
    for (size_t i = 0; i < CP_EVIDENCE_STATES; i++) {
        total += look->counts[i];
        if (look->counts[i] > 0) {
            row->state = (enum cp_evidence_state)i;
        }
    }
    row->in = total > 0 ? look->counts[row->state] : 1;
    row->of = total > 0 ? total : 1;
    row->is_inherited = look->is_inherited;
    row->until = look->until;
    row->has_until = row->state == CP_EVIDENCE_UNKNOWN && look->has_until;
}

static void look_at(struct adding *in, struct cp_evidence_row *row)
{
    struct look look = {.in = in};
    struct cp_member plan = {.leaf = &in->plan->leaf, .frame = {.plan = in->plan}};
    follow(&look, &plan, cp_arena_copy(&in->evidence->arena, row->field).at);
    judge(row, &look);
    in->evidence->withheld += look.counts[CP_EVIDENCE_WITHHELD];
}

/* ---- findings -------------------------------------------------------------------------------- */

static size_t skip_index(struct cp_str path, size_t at)
{
    while (at < path.len && path.at[at] == '[') {
        while (at < path.len && path.at[at] != ']') {
            at++;
        }
        at += at < path.len;
    }
    return at;
}

/* Whether `path` is `field` or lies below it, whichever items of lists they lead through; neither
 * is empty. */
static bool is_at(struct cp_str path, struct cp_str field)
{
    size_t i = 0;
    size_t j = 0;
    assert(path.at && field.at);
    for (;;) {
        i = skip_index(path, i);
        j = skip_index(field, j);
        if (j == field.len) {
            return i == path.len || path.at[i] == '.';
        }
        if (i == path.len || path.at[i] != field.at[j]) {
            return false;
        }
        i++;
        j++;
    }
}

static void add_finding(struct cp_evidence_row *row, const struct cp_rule *rule)
{
    for (size_t i = 0; i < row->findings.count; i++) {
        if (row->findings.items[i] == rule) {
            return;
        }
    }
    *(const struct cp_rule **)cp_list_push(&row->findings, sizeof rule) = rule;
}

/* Findings are sorted by their file's path: the first that is not before it. */
static size_t first_in(const struct cp_findings *findings, const char *path)
{
    size_t low = 0;
    size_t high = findings->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *at = findings->items[middle]->at.path;
        if (at && strcmp(at, path) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A finding in the portfolio file's `defaults` is one of every field that inherits from there. */
static void add_to_rows(const struct adding *in, const struct cp_diagnostic *finding,
                        bool is_config)
{
    static const char defaults[] = "defaults.";
    const struct cp_evidence *evidence = in->evidence;
    struct cp_str field = finding->field;
    if (field.len == 0 || (is_config && !cp_str_has_prefix(field, defaults))) {
        return;
    }
    field = cp_str_slice(field, is_config ? strlen(defaults) : 0, SIZE_MAX);
    for (size_t i = in->first_row; i < evidence->rows.count; i++) {
        struct cp_evidence_row *row = evidence->rows.items[i];
        bool is_open = row->field.len > 0 && row->state != CP_EVIDENCE_WITHHELD;
        if (is_open && (row->is_inherited || !is_config) && is_at(field, row->field)) {
            add_finding(row, finding->rule);
        }
    }
}

static void add_findings(const struct adding *in, struct cp_str path, bool is_config)
{
    const struct cp_findings *findings = in->findings;
    if (path.len == 0) {
        return;
    }
    for (size_t i = first_in(findings, path.at); i < findings->count; i++) {
        if (!findings->items[i]->at.path || !cp_str_is(path, findings->items[i]->at.path)) {
            break;
        }
        add_to_rows(in, findings->items[i], is_config);
    }
}

/* ---- gaps ------------------------------------------------------------------------------------ */

static void add_gap(struct adding *in, struct cp_evidence_row *row, struct cp_str words)
{
    *(struct cp_str *)cp_list_push(&row->gaps, sizeof words) =
        cp_arena_copy(&in->evidence->arena, words);
}

static bool has_record(const struct cp_evidence_row *row, enum cp_record_kind kind)
{
    for (size_t i = 0; i < row->records.count; i++) {
        if (row->records.items[i]->kind == kind) {
            return true;
        }
    }
    return false;
}

static void add_state_gap(struct adding *in, struct cp_evidence_row *row)
{
    if (row->field.len == 0) {
        add_gap(in, row, CP_STR("the plan names no field that satisfies the clause"));
    } else if (row->state == CP_EVIDENCE_UNKNOWN && row->has_until &&
               row->until.days < in->evidence->today.days) {
        add_gap(in, row, CP_STR("still unknown, although it was due"));
    } else if (row->state >= CP_EVIDENCE_UNKNOWN) {
        add_gap(in, row, cp_str_of(cp_evidence_state_name(row->state)));
    }
}

/* What should be done again and again. */
static void add_record_gaps(struct adding *in, struct cp_evidence_row *row)
{
    static const enum cp_record_kind kinds[] = {CP_RECORD_REVIEW, CP_RECORD_EXERCISE,
                                                CP_RECORD_RESTORE_TEST};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (record_is_of(kinds[i], row->field) && !has_record(row, kinds[i])) {
            struct cp_str words = cp_arena_printf(&in->evidence->arena, "no %s in the period",
                                                  cp_record_name(kinds[i]));
            add_gap(in, row, words);
        }
    }
    if (cp_str_is(row->field, "disaster_recovery.objectives") &&
        !has_present_approval(in->plan, in->portfolio)) {
        add_gap(in, row, CP_STR("nobody has approved the present objectives"));
    }
}

static void add_gaps(struct adding *in, struct cp_evidence_row *row)
{
    add_state_gap(in, row);
    if (row->state == CP_EVIDENCE_STATED) {
        add_record_gaps(in, row);
    }
    if (row->findings.count > 0 && row->gaps.count == 0) {
        add_gap(in, row,
                row->findings.count == 1 ? CP_STR("an open finding") : CP_STR("open findings"));
    }
}

static void add_records(const struct adding *in, struct cp_evidence_row *row)
{
    for (size_t i = 0; i < in->of->records.count; i++) {
        const struct cp_record *record = &in->of->records.items[i];
        if (record_is_of(record->kind, row->field)) {
            *(const struct cp_record **)cp_list_push(&row->records, sizeof record) = record;
        }
    }
}

/* ---- rows ------------------------------------------------------------------------------------ */

static struct cp_evidence_row *add_row(struct adding *in, struct cp_str clause, struct cp_str field)
{
    struct cp_evidence *evidence = in->evidence;
    struct cp_evidence_row *row = cp_arena_alloc(&evidence->arena, sizeof *row);
    *row = (struct cp_evidence_row){.plan = in->of,
                                    .clause = cp_arena_copy(&evidence->arena, clause),
                                    .field = cp_arena_copy(&evidence->arena, field),
                                    .in = 1,
                                    .of = 1};
    if (field.len > 0) {
        look_at(in, row);
    } else {
        row->state = CP_EVIDENCE_MISSING;
    }
    *(struct cp_evidence_row **)cp_list_push(&evidence->rows, sizeof row) = row;
    return row;
}

/* What a clause is a clause of: "ISO 22301:2019" of "ISO 22301:2019, 8.4.4". */
static struct cp_str source_of(const char *clause)
{
    size_t len = cp_str_find(cp_str_of(clause), CP_STR(", "));
    return cp_str_slice(cp_str_of(clause), 0, len);
}

/* Whether the profile itself cites the source of the clause: what it extends cites others too. */
static bool is_of_standard(const struct cp_profile *profile, const char *clause)
{
    for (size_t i = 0; i < profile->count; i++) {
        const char *other = profile->requires[i].clause;
        if (other && cp_str_is_equal(source_of(other), source_of(clause))) {
            return true;
        }
    }
    return false;
}

static void add_profile_rows(struct adding *in)
{
    const struct cp_profile *profile = in->evidence->profile;
    for (const struct cp_profile *from = profile; from; from = from->extends) {
        for (size_t i = 0; i < from->count; i++) {
            const struct cp_requirement *requirement = &from->requires[i];
            if (requirement->clause && is_of_standard(profile, requirement->clause) &&
                cp_profile_requirement(profile, in->plan, requirement->field) == requirement) {
                add_row(in, cp_str_of(requirement->clause), cp_str_of(requirement->field))
                    ->is_of_profile = true;
            }
        }
    }
    in->profile_rows = in->evidence->rows.count - in->first_row;
}

/* A plan cites "8.4.2" for what the profile calls "ISO 22301:2019, 8.4.2". */
static bool is_clause(struct cp_str full, struct cp_str cited)
{
    if (cited.len >= full.len) {
        return cp_str_is_equal(full, cited);
    }
    struct cp_str end = cp_str_slice(full, full.len - cited.len, cited.len);
    return cited.len > 0 && cp_str_is_equal(end, cited) && full.at[full.len - cited.len - 1] == ' ';
}

/* With the source that the profile cites, where it cites one only. */
static struct cp_str full_clause(const struct adding *in, struct cp_str cited)
{
    const struct cp_profile *profile = in->evidence->profile;
    struct cp_str source = {0};
    for (size_t i = 0; profile && i < profile->count; i++) {
        struct cp_str other = profile->requires[i].clause ? source_of(profile->requires[i].clause)
                                                          : (struct cp_str){0};
        if (source.len > 0 && other.len > 0 && !cp_str_is_equal(source, other)) {
            return cited;
        }
        source = other.len > 0 ? other : source;
    }
    bool is_full = source.len == 0 || (cited.len >= source.len &&
                                       cp_str_is_equal(cp_str_slice(cited, 0, source.len), source));
    return is_full
               ? cited
               : cp_arena_printf(&in->evidence->arena, "%.*s, %.*s", CP_ARG(source), CP_ARG(cited));
}

static void cite(struct adding *in, struct cp_str clause, struct cp_str field)
{
    struct cp_str full = full_clause(in, clause);
    for (size_t i = 0; i < in->profile_rows; i++) {
        struct cp_evidence_row *row = in->evidence->rows.items[in->first_row + i];
        if (is_clause(row->clause, clause)) {
            full = row->clause;
            if (cp_str_is_equal(row->field, field)) {
                row->is_of_plan = true;
                return;
            }
        }
    }
    add_row(in, full, field)->is_of_plan = true;
}

static void add_cited(struct adding *in, const struct cp_standard *standard,
                      const struct cp_member *entry)
{
    struct cp_str clause =
        standard->clause.leaf.state == CP_SET ? standard->clause.text : CP_STR("no clause");
    size_t count = standard->satisfied_by.leaf.state == CP_SET ? standard->satisfied_by.count : 0;
    if (!cp_frame_shows(&entry->frame, entry->field, entry->leaf, in->evidence->audience)) {
        in->evidence->withheld++;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (standard->satisfied_by.items[i].leaf.state == CP_SET) {
            cite(in, clause, standard->satisfied_by.items[i].text);
        }
    }
    if (count == 0) {
        cite(in, clause, (struct cp_str){0});
    }
}

static void add_cited_rows(struct adding *in)
{
    struct cp_member plan = {.leaf = &in->plan->leaf, .frame = {.plan = in->plan}};
    struct cp_member list =
        cp_member_in(&plan, cp_field_find(&cp_object_plan, CP_STR("standards")));
    for (size_t i = 0; cp_member_is_list(&list) && i < cp_member_count(&list); i++) {
        const struct cp_standard *standard = &in->plan->standards.items[i];
        if (standard->leaf.state == CP_SET &&
            cp_str_is_equal(standard->id.text, in->evidence->standard)) {
            struct cp_member entry = cp_member_item(&list, i);
            add_cited(in, standard, &entry);
        }
    }
}

static int by_day(const void *a, const void *b)
{
    const struct cp_record *left = a;
    const struct cp_record *right = b;
    int days = (left->date.days > right->date.days) - (left->date.days < right->date.days);
    return days != 0 ? days : cp_str_compare(left->field, right->field);
}

void cp_evidence_add(struct cp_evidence *evidence, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, struct cp_str id, const char *path,
                     const struct cp_findings *findings)
{
    struct cp_evidence_plan *of = cp_arena_alloc(&evidence->arena, sizeof *of);
    struct adding in = {evidence, of, plan, portfolio, findings, evidence->rows.count, 0};
    of->id = cp_arena_copy(&evidence->arena, id);
    of->path = cp_arena_copy(&evidence->arena, cp_str_of(path));
    of->config =
        cp_arena_copy(&evidence->arena, cp_str_of(portfolio->file ? portfolio->file->path : NULL));
    *(struct cp_evidence_plan **)cp_list_push(&evidence->plans, sizeof of) = of;
    evidence->withheld += records_add(of, evidence, &evidence->arena, plan, portfolio);
    if (of->records.count > 1) {
        qsort(of->records.items, of->records.count, sizeof *of->records.items, by_day);
    }
    add_profile_rows(&in);
    add_cited_rows(&in);
    add_findings(&in, of->path, false);
    add_findings(&in, of->config, true);
    for (size_t i = in.first_row; i < evidence->rows.count; i++) {
        add_records(&in, evidence->rows.items[i]);
        add_gaps(&in, evidence->rows.items[i]);
    }
}

/* Paths of fields hold none, unless they lead to no field. */
static void hide_in_row(struct cp_evidence *evidence, struct cp_evidence_row *row,
                        const struct cp_secrets *secrets)
{
    row->clause = cp_secrets_mask_own(secrets, row->clause, &evidence->arena);
    if (row->state == CP_EVIDENCE_NO_FIELD) {
        row->field = cp_secrets_mask_own(secrets, row->field, &evidence->arena);
    }
}

void cp_evidence_hide(struct cp_evidence *evidence, const struct cp_secrets *secrets)
{
    struct cp_evidence_plan *plan = evidence->plans.items[evidence->plans.count - 1];
    plan->id = cp_secrets_mask_own(secrets, plan->id, &evidence->arena);
    for (size_t i = 0; i < plan->records.count; i++) {
        struct cp_record *record = &plan->records.items[i];
        record->what = cp_secrets_mask_own(secrets, record->what, &evidence->arena);
    }
    for (size_t i = evidence->rows.count; i > 0 && evidence->rows.items[i - 1]->plan == plan; i--) {
        hide_in_row(evidence, evidence->rows.items[i - 1], secrets);
    }
}

/* ---- commits --------------------------------------------------------------------------------- */

void cp_evidence_add_commit(struct cp_evidence *evidence, struct cp_evidence_row *row,
                            struct cp_str id, struct cp_str author, struct cp_date date)
{
    for (size_t i = 0; i < row->commits.count; i++) {
        if (cp_str_is_equal(row->commits.items[i].id, id)) {
            return;
        }
    }
    struct cp_evidence_commit *commit = cp_list_push(&row->commits, sizeof *commit);
    commit->id = cp_arena_copy(&evidence->arena, id);
    commit->author = evidence->audience == CP_PUBLIC ? (struct cp_str){0}
                                                     : cp_arena_copy(&evidence->arena, author);
    commit->date = date;
}

static int by_commit_day(const void *a, const void *b)
{
    const struct cp_evidence_commit *left = a;
    const struct cp_evidence_commit *right = b;
    int days = (left->date.days > right->date.days) - (left->date.days < right->date.days);
    return days != 0 ? days : cp_str_compare(left->id, right->id);
}

/* ---- order ----------------------------------------------------------------------------------- */

static size_t digits(struct cp_str text, size_t from)
{
    size_t at = from;
    while (at < text.len && cp_is_digit(text.at[at])) {
        at++;
    }
    return at - from;
}

/* As people count: 8.4.2 before 8.10. */
static int compare_counted(struct cp_str a, struct cp_str b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a.len && j < b.len) {
        size_t in_a = digits(a, i);
        size_t in_b = digits(b, j);
        size_t len_a = in_a > 0 && in_b > 0 ? in_a : 1;
        size_t len_b = in_a > 0 && in_b > 0 ? in_b : 1;
        if (len_a != len_b) {
            return len_a < len_b ? -1 : 1;
        }
        int order = memcmp(a.at + i, b.at + j, len_a);
        if (order != 0) {
            return order;
        }
        i += len_a;
        j += len_b;
    }
    return (i < a.len) - (j < b.len);
}

static int by_clause(const void *a, const void *b)
{
    const struct cp_evidence_row *left = *(const struct cp_evidence_row *const *)a;
    const struct cp_evidence_row *right = *(const struct cp_evidence_row *const *)b;
    int order = compare_counted(left->clause, right->clause);
    order = order != 0 ? order : cp_str_compare(left->field, right->field);
    return order != 0 ? order : cp_str_compare(left->plan->path, right->plan->path);
}

void cp_evidence_settle(struct cp_evidence *evidence)
{
    if (evidence->rows.count > 1) {
        qsort(evidence->rows.items, evidence->rows.count, sizeof *evidence->rows.items, by_clause);
    }
    for (size_t i = 0; i < evidence->rows.count; i++) {
        struct cp_evidence_row *row = evidence->rows.items[i];
        evidence->gaps += row->gaps.count;
        if (row->commits.count > 1) {
            qsort(row->commits.items, row->commits.count, sizeof *row->commits.items,
                  by_commit_day);
        }
    }
}
