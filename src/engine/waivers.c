/*
 * Waivers: collected from comments and from `suppressions` while a file is at hand, held against
 * the day, and applied once all findings have their severity. How a comment is read is the diag
 * layer's.
 */
#include "engine.h"

#include <contplan/schema.h>

#include <stdlib.h>
#include <string.h>

/* ---- what a comment covers ------------------------------------------------------------------- */

/* A value with its key, or an item of a list. */
struct entry {
    uint32_t from, end;
    bool has_key;
};

struct entries {
    CP_LIST(struct entry) items; /* in the order of the file, outer ones first */
};

/* What an alias brings stands elsewhere. */
static bool is_alias(const struct cp_node *node)
{
    const struct cp_node *before = node->key ? node->key : node->parent;
    return before && node->span.offset < before->span.offset;
}

/* Recursion is bounded by CP_YAML_DEPTH. */
static void list_entries(struct entries *entries, const struct cp_node *node)
{
    for (const struct cp_node *child = node->first; child; child = child->next) {
        bool is_elsewhere = is_alias(child);
        if (child->key || !is_elsewhere) {
            const struct cp_span *first = child->key ? &child->key->span : &child->span;
            const struct cp_span *last = is_elsewhere ? first : &child->span;
            *(struct entry *)cp_list_push(&entries->items, sizeof(struct entry)) =
                (struct entry){first->offset, last->offset + last->length, child->key != NULL};
        }
        if (!is_elsewhere) {
            list_entries(entries, child);
        }
    }
}

static uint32_t line_of(const struct cp_file *file, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = file->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (file->lines[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t first_from(const struct entries *entries, uint32_t offset)
{
    size_t low = 0;
    size_t high = entries->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entries->items.items[middle].from < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The outermost entry that begins on the line: with `prefers_key` the first that has a key, where
 * one has, and all with a key that begin behind it (`{mtpd: 4h, rto: 8h}`); nothing (no byte of the
 * file) where none begins there. */
static struct cp_span entry_on(const struct entries *entries, const struct cp_file *file,
                               uint32_t line, bool prefers_key)
{
    struct cp_span nothing = {UINT32_MAX, 0};
    if (line >= file->line_count) {
        return nothing;
    }
    uint32_t end = line + 1 < file->line_count ? file->lines[line + 1] : UINT32_MAX;
    const struct entry *found = NULL;
    uint32_t last = 0;
    for (size_t i = first_from(entries, file->lines[line]); i < entries->items.count; i++) {
        const struct entry *entry = &entries->items.items[i];
        if (entry->from >= end || (found && !prefers_key)) {
            break;
        }
        found = !found || (entry->has_key && !found->has_key) ? entry : found;
        last = found == entry || (entry->has_key && entry->end > last) ? entry->end : last;
    }
    return found ? (struct cp_span){found->from, last - found->from} : nothing;
}

static bool is_alone(const struct cp_file *file, uint32_t line, uint32_t offset)
{
    uint32_t start = file->lines[line];
    return cp_str_trim(cp_str_slice(file->bytes, start, offset - start)).len == 0;
}

/* ---- waivers that do not hold ---------------------------------------------------------------- */

/* A waiver as it is stated, with the places of its parts. */
struct claim {
    struct cp_waiver said;
    struct cp_place place, rule, until;
    struct cp_str field;
    bool is_comment;
};

struct collecting {
    const struct cp_engine *engine;
    const struct cp_portfolio *portfolio;
    struct waivers *out;
    struct cp_diags *diags;
};

static const char help_comment[] = "write it whole: # contplan: ignore CP301 until 2027-01-31 by "
                                   "jon.reyes -- reason";
static const char help_entry[] = "state all of 'rule', 'until', 'by' and 'reason'";

static void put_missing(struct cp_buf *out, const char *part, bool is_there)
{
    if (!is_there) {
        cp_buf_printf(out, "%s'%s'", out->len > 0 ? ", " : "", part);
    }
}

static bool report_incomplete(const struct collecting *in, const struct claim *claim)
{
    const struct cp_waiver *said = &claim->said;
    struct cp_buf missing;
    cp_buf_init(&missing);
    put_missing(&missing, "rule", said->rule.len > 0);
    put_missing(&missing, "until", said->has_last_day || said->until.len > 0);
    put_missing(&missing, "by", said->by.len > 0);
    put_missing(&missing, "reason", said->reason.len > 0);
    bool is_incomplete = missing.len > 0;
    if (is_incomplete) {
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, &cp_rule_waiver_void, claim->place, claim->field,
                         "the waiver does not state %s, and silences nothing", missing.at);
        cp_diagnostic_help(in->diags, finding, "%s", claim->is_comment ? help_comment : help_entry);
    }
    cp_buf_release(&missing);
    return is_incomplete;
}

static bool report_misspelt(const struct collecting *in, const struct claim *claim)
{
    if (claim->said.is_misspelt) {
        struct cp_diagnostic *finding = cp_diags_add(
            in->diags, &cp_rule_waiver_void, claim->place, claim->field,
            "the comment reads as a waiver and is not written as one: it silences nothing");
        cp_diagnostic_help(in->diags, finding, "%s", help_comment);
    }
    return claim->said.is_misspelt;
}

/* Of entries, names are resolved as everywhere in the plan. */
static bool report_stranger(const struct collecting *in, const struct claim *claim)
{
    struct cp_holder holder;
    if (!claim->is_comment || cp_portfolio_knows_holder(in->portfolio, claim->said.by)) {
        return false;
    }
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, &cp_rule_waiver_void, claim->place, claim->field,
                     "the waiver is by %s, and there is no such person or team",
                     cp_diags_quote(in->diags, claim->said.by));
    if (finding && cp_portfolio_find_holder(&holder, in->portfolio, claim->said.by)) {
        cp_diagnostic_help(in->diags, finding, "did you mean '%.*s'?", CP_ARG(holder.id));
    } else {
        cp_diagnostic_help(in->diags, finding,
                           "declare it in contplan.yaml, or write a name as people read it, with "
                           "capitals or blanks");
    }
    return true;
}

/* Who has left answers for nothing. */
static bool report_left(const struct collecting *in, const struct claim *claim)
{
    struct cp_holder holder = {.id = claim->said.by};
    bool is_found = cp_portfolio_find_holder(&holder, in->portfolio, claim->said.by);
    const struct cp_person *person =
        is_found && holder.is_certain ? cp_portfolio_find_person(in->portfolio, holder.id) : NULL;
    if (!person || person->until.leaf.state != CP_SET ||
        in->engine->request->today.days <= person->until.date.days) {
        return false;
    }
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, &cp_rule_waiver_void, claim->place, claim->field,
                     "the waiver is by %s, who has left: it silences nothing",
                     cp_diags_quote(in->diags, claim->said.by));
    cp_diagnostic_help(in->diags, finding, "agree it with whoever has taken over, and name them");
    cp_diagnostic_note(in->diags, finding, cp_node_place(person->until.leaf.node),
                       "the last day stands here");
    return true;
}

/* Whether the text is a placeholder and nothing else. A reason may speak of one. */
static bool is_placeholder(struct cp_str text)
{
    struct cp_str found = cp_placeholder_find(text);
    struct cp_str rest = found.len > 0 ? text : CP_STR("");
    while (rest.len > found.len && strchr(" .!?*_()[]", rest.at[rest.len - 1])) {
        rest.len--;
    }
    return found.len > 0 && found.at == rest.at && found.len == rest.len;
}

/* Of entries the placeholder itself is a finding, and enough. */
static bool report_placeholder(const struct collecting *in, const struct claim *claim)
{
    bool is_by = is_placeholder(claim->said.by);
    if (!is_by && !is_placeholder(claim->said.reason)) {
        return false;
    }
    if (claim->is_comment) {
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, &cp_rule_waiver_void, claim->place, claim->field,
                         "'%s' of the waiver is the placeholder %s: it silences nothing",
                         is_by ? "by" : "reason",
                         cp_diags_quote(in->diags, is_by ? claim->said.by : claim->said.reason));
        cp_diagnostic_help(in->diags, finding, "%s", help_comment);
    }
    return true;
}

static bool has_several(struct cp_str text)
{
    return cp_str_find(text, CP_STR(",")) != SIZE_MAX || cp_str_find(text, CP_STR(" ")) != SIZE_MAX;
}

static const struct cp_rule *find_rule(const struct collecting *in, const struct claim *claim)
{
    const struct cp_rule *rule = cp_rules_find(claim->said.rule);
    if (!rule) {
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, &cp_rule_waiver_void, claim->rule, claim->field,
                         "the waiver names %s, and there is no such rule",
                         cp_diags_quote(in->diags, claim->said.rule));
        struct cp_str nearest = cp_rules_nearest(claim->said.rule);
        if (has_several(claim->said.rule)) {
            cp_diagnostic_help(in->diags, finding, "one rule a waiver: write one for each of them");
        } else if (nearest.len > 0) {
            cp_diagnostic_help(in->diags, finding, "did you mean '%.*s'?", CP_ARG(nearest));
        } else {
            cp_diagnostic_help(in->diags, finding,
                               "write one code such as CP301, or a rule's name");
        }
    }
    return rule;
}

static void help_last_day(const struct collecting *in, struct cp_diagnostic *finding,
                          struct cp_str until)
{
    struct cp_date readings[CP_DATE_READINGS];
    size_t count = cp_date_readings(readings, until);
    struct cp_buf days;
    cp_buf_init(&days);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(&days, i > 0 ? " or " : "");
        cp_date_put(&days, readings[i]);
    }
    if (count > 0) {
        cp_diagnostic_help(in->diags, finding, "write %s", days.at);
    } else {
        cp_diagnostic_help(in->diags, finding, "write its last day as YYYY-MM-DD");
    }
    cp_buf_release(&days);
}

/* The comment goes: with its whole line where nothing else stands there, else with the blanks
 * before it. */
static void fix_ended(const struct collecting *in, struct cp_diagnostic *finding,
                      const struct claim *claim)
{
    const struct cp_file *file = claim->place.file;
    struct cp_str bytes = file->bytes;
    size_t from = claim->place.span.offset;
    size_t end = from + claim->place.span.length;
    if (!claim->is_comment) {
        return;
    }
    bool is_line = is_alone(file, line_of(file, (uint32_t)from), (uint32_t)from);
    while (from > 0 && (bytes.at[from - 1] == ' ' || bytes.at[from - 1] == '\t')) {
        from--;
    }
    if (is_line) {
        end += end < bytes.len && bytes.at[end] == '\r';
        end += end < bytes.len && bytes.at[end] == '\n';
    }
    const struct cp_fix fix = {
        .place = {claim->place.file, {(uint32_t)from, (uint32_t)(end - from)}},
        .change = CP_FIX_COMMENT,
        .title = CP_STR("take the waiver out")};
    cp_diagnostic_fix(in->diags, finding, &fix);
}

static bool has_ended(const struct collecting *in, const struct claim *claim,
                      const struct cp_rule *rule)
{
    const struct cp_waiver *said = &claim->said;
    struct cp_buf day;
    if (!said->has_last_day) {
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, &cp_rule_waiver_void, claim->until, claim->field,
                         "the waiver of %s ends on %s, which is no date", rule->code,
                         cp_diags_quote(in->diags, said->until));
        help_last_day(in, finding, said->until);
        return true;
    }
    if (in->engine->request->today.days <= said->last_day.days) {
        return false;
    }
    cp_buf_init(&day);
    cp_date_put(&day, said->last_day);
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, &cp_rule_waiver_void, claim->until, claim->field,
                     "the waiver of %s ended on %s", rule->code, day.at);
    cp_diagnostic_help(in->diags, finding,
                       "mend what %s finds; or agree a new day with whoever answers for it, and "
                       "say in the reason why it took longer",
                       rule->code);
    fix_ended(in, finding, claim);
    cp_buf_release(&day);
    return true;
}

/* ---- collecting ------------------------------------------------------------------------------ */

static void set_stand_in(struct waiver *out, const struct cp_node *root)
{
    static const char *const keys[] = {"id", "name"};
    for (size_t i = 0; i < 2 && out->stands_in.len == 0; i++) {
        const struct cp_node *value = cp_node_find(root, keys[i]);
        if (value) {
            out->stand_in = value->span;
            out->stands_in = cp_str_of(keys[i]);
        }
    }
}

/* Entries are values of the plan, which those who show plans see anyway. */
static void show(const struct collecting *in, const struct claim *claim, const struct cp_rule *rule)
{
    if (!in->out->is_shown || !claim->is_comment || !claim->said.has_last_day) {
        return;
    }
    struct cp_waived *shown = cp_list_push(&in->out->shown, sizeof *shown);
    *shown = (struct cp_waived){
        .rule = rule,
        .said = claim->said,
        .field = cp_arena_copy(&in->diags->arena, claim->field),
        .path = claim->place.file->path,
    };
}

static void take(const struct collecting *in, const struct claim *claim, struct cp_place covers,
                 const struct cp_node *root)
{
    bool is_written = !report_misspelt(in, claim) && !report_incomplete(in, claim);
    const struct cp_rule *rule = is_written ? find_rule(in, claim) : NULL;
    if (rule) {
        show(in, claim, rule);
    }
    if (!rule || has_ended(in, claim, rule) || report_placeholder(in, claim) ||
        report_stranger(in, claim) || report_left(in, claim)) {
        return;
    }
    struct waiver *waiver = cp_list_push(&in->out->items, sizeof *waiver);
    struct cp_arena *arena = &in->diags->arena;
    *waiver = (struct waiver){.rule = rule,
                              .place = claim->place,
                              .covers = covers,
                              .field = cp_arena_copy(arena, claim->field),
                              .excuse = {.by = cp_arena_copy(arena, claim->said.by),
                                         .reason = cp_arena_copy(arena, claim->said.reason),
                                         .until = claim->said.last_day},
                              .plan_index = in->diags->plan_index};
    set_stand_in(waiver, root);
}

static void take_comment(const struct collecting *in, const struct cp_yaml *yaml,
                         struct cp_span span, struct cp_span covers)
{
    struct cp_place place = {yaml->file, span};
    struct claim claim = {.place = place, .rule = place, .until = place, .is_comment = true};
    struct cp_str text = cp_str_slice(yaml->file->bytes, span.offset, span.length);
    if (!cp_waiver_parse(&claim.said, text)) {
        return;
    }
    struct cp_buf path;
    cp_buf_init(&path);
    if (covers.offset != UINT32_MAX) {
        cp_node_path(&path, cp_node_at(yaml->root, covers.offset));
    }
    claim.field = cp_buf_str(&path);
    take(in, &claim, (struct cp_place){yaml->file, covers}, yaml->root);
    cp_buf_release(&path);
}

/* From the last comment to the first, so that one above another covers what that one does. */
static void take_comments(const struct collecting *in, const struct cp_yaml *yaml,
                          const struct entries *entries)
{
    uint32_t below = UINT32_MAX; /* the line of the comment below, where that stands alone */
    struct cp_span covers = {UINT32_MAX, 0};
    for (size_t i = yaml->comments.count; i-- > 0;) {
        struct cp_span span = yaml->comments.items[i].span;
        uint32_t line = line_of(yaml->file, span.offset);
        bool stands_alone = is_alone(yaml->file, line, span.offset);
        if (!stands_alone) {
            covers = entry_on(entries, yaml->file, line, true);
        } else if (below != line + 1) {
            covers = entry_on(entries, yaml->file, line + 1, false);
        }
        below = stands_alone ? line : UINT32_MAX;
        take_comment(in, yaml, span, covers);
    }
}

static bool is_stated(const struct cp_text *text)
{
    return text->leaf.state == CP_SET;
}

/* A part that is broken was reported as such, and the whole does not hold. */
static void take_entry(const struct collecting *in, const struct cp_suppression *entry)
{
    struct cp_place place = cp_node_place(entry->leaf.node);
    bool is_broken = entry->rule.leaf.state == CP_BROKEN || entry->by.leaf.state == CP_BROKEN ||
                     entry->reason.leaf.state == CP_BROKEN || entry->until.leaf.state == CP_BROKEN;
    if (entry->leaf.state != CP_SET || is_broken) {
        return;
    }
    bool has_day = entry->until.leaf.state == CP_SET;
    struct claim claim = {
        .said = {.rule = is_stated(&entry->rule) ? entry->rule.text : CP_STR(""),
                 .by = is_stated(&entry->by) ? entry->by.text : CP_STR(""),
                 .reason = is_stated(&entry->reason) ? entry->reason.text : CP_STR(""),
                 .last_day = entry->until.date,
                 .has_last_day = has_day},
        .place = place,
        .rule = is_stated(&entry->rule) ? cp_node_place(entry->rule.leaf.node) : place,
        .until = has_day ? cp_node_place(entry->until.leaf.node) : place,
    };
    struct cp_buf path;
    cp_buf_init(&path);
    cp_node_path(&path, entry->leaf.node);
    claim.field = cp_buf_str(&path);
    claim.place = claim.rule;
    take(in, &claim, (struct cp_place){0}, NULL);
    cp_buf_release(&path);
}

static bool has_waiver(const struct cp_yaml *yaml)
{
    struct cp_waiver waiver;
    for (size_t i = 0; i < yaml->comments.count; i++) {
        struct cp_span span = yaml->comments.items[i].span;
        if (cp_waiver_parse(&waiver, cp_str_slice(yaml->file->bytes, span.offset, span.length))) {
            return true;
        }
    }
    return false;
}

void collect_waivers(const struct cp_engine *engine, const struct cp_portfolio *portfolio,
                     struct waivers *out, const struct cp_yaml *yaml, const struct cp_plan *plan,
                     struct cp_diags *diags)
{
    struct collecting in = {engine, portfolio, out, diags};
    struct entries entries = {0};
    if (yaml->root && has_waiver(yaml)) {
        list_entries(&entries, yaml->root);
        take_comments(&in, yaml, &entries);
        cp_list_release(&entries.items);
    }
    bool has_entries = plan && plan->leaf.state == CP_SET;
    for (size_t i = 0; has_entries && i < plan->suppressions.count; i++) {
        take_entry(&in, &plan->suppressions.items[i]);
    }
}

/* ---- applying -------------------------------------------------------------------------------- */

/* Those of portfolio files are kept apart by file: a plan index they have none. */
static int compare_home(const struct waiver *waiver, uint32_t plan_index, const char *config)
{
    if (waiver->plan_index != plan_index) {
        return waiver->plan_index < plan_index ? -1 : 1;
    }
    return plan_index == UINT32_MAX ? strcmp(waiver->place.file->path, config) : 0;
}

static int by_home(const void *a, const void *b)
{
    const struct waiver *left = a;
    const struct waiver *right = b;
    int order = compare_home(left, right->plan_index, right->place.file->path);
    if (order != 0) {
        return order;
    }
    return (left->place.span.offset > right->place.span.offset) -
           (left->place.span.offset < right->place.span.offset);
}

void gather_waivers(struct cp_engine *engine)
{
    struct waivers *all = &engine->waivers;
    for (size_t i = 0; i < engine->worker_count; i++) {
        const struct waivers *more = &engine->workers[i].waivers;
        for (size_t j = 0; j < more->items.count; j++) {
            *(struct waiver *)cp_list_push(&all->items, sizeof(struct waiver)) =
                more->items.items[j];
        }
    }
    if (all->items.count > 1) {
        qsort(all->items.items, all->items.count, sizeof *all->items.items, by_home);
    }
}

/* The first waiver of a plan, or of the portfolio file at `config`. */
static size_t first_of(const struct waivers *waivers, uint32_t plan_index, const char *config)
{
    size_t low = 0;
    size_t high = waivers->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_home(&waivers->items.items[middle], plan_index, config) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether the finding stands at the plan's id, or name, for want of a place. */
static bool is_displaced(const struct waiver *waiver, const struct cp_diagnostic *found)
{
    return waiver->stands_in.len > 0 && found->place.span.offset == waiver->stand_in.offset &&
           !cp_str_is_equal(found->field, waiver->stands_in);
}

static bool is_covered(const struct waiver *waiver, const struct cp_diagnostic *found)
{
    const struct cp_place *covers = &waiver->covers;
    size_t at = found->place.span.offset;
    return waiver->rule == found->rule &&
           (!covers->file ||
            (covers->file == found->place.file && !is_displaced(waiver, found) &&
             at >= covers->span.offset && at <= (size_t)covers->span.offset + covers->span.length));
}

static void apply(struct waivers *waivers, uint32_t plan_index, struct cp_diagnostic *found)
{
    const char *config = found->place.file->path;
    for (size_t i = first_of(waivers, plan_index, config); i < waivers->items.count; i++) {
        struct waiver *waiver = &waivers->items.items[i];
        if (compare_home(waiver, plan_index, config) != 0) {
            return;
        }
        if (is_covered(waiver, found)) {
            waiver->is_used = true;
            found->is_waived = true;
            found->excuse = found->excuse ? found->excuse : &waiver->excuse;
        }
    }
}

static const struct group *group_of(const struct cp_engine *engine, const struct waiver *waiver)
{
    struct cp_diagnostic probe = {.place = waiver->place, .plan_index = waiver->plan_index};
    return group_of_finding(engine, &probe);
}

/* What stands in the portfolio file may be there for any of its plans: each must have been looked
 * at, and none may need it. Where the waivers stand that any plan needs, sorted. */
struct needed {
    CP_LIST(struct cp_place) places;
};

static int by_place(const void *a, const void *b)
{
    const struct cp_place *left = a;
    const struct cp_place *right = b;
    int order = strcmp(left->file->path, right->file->path);
    return order != 0 ? order
                      : (left->span.offset > right->span.offset) -
                            (left->span.offset < right->span.offset);
}

static void needed_init(struct needed *out, const struct waivers *waivers)
{
    *out = (struct needed){0};
    for (size_t i = 0; i < waivers->items.count; i++) {
        if (waivers->items.items[i].is_used) {
            *(struct cp_place *)cp_list_push(&out->places, sizeof(struct cp_place)) =
                waivers->items.items[i].place;
        }
    }
    if (out->places.count > 1) {
        qsort(out->places.items, out->places.count, sizeof *out->places.items, by_place);
    }
}

void mark_whole_groups(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        engine->groups.items[i]->is_whole = true;
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        struct unit *unit = engine->units.items[i];
        unit->group->is_whole = unit->group->is_whole && unit->is_asked;
    }
}

static bool is_needed_elsewhere(const struct needed *needed, const struct waiver *waiver,
                                const struct group *group)
{
    if (waiver->place.file != &group->config_file) {
        return false;
    }
    return !group->is_whole || (needed->places.count > 0 &&
                                bsearch(&waiver->place, needed->places.items, needed->places.count,
                                        sizeof *needed->places.items, by_place) != NULL);
}

static bool is_cut_short(const struct cp_engine *engine, const struct waiver *waiver,
                         const struct group *group)
{
    return waiver->plan_index == UINT32_MAX ? group->dropped > 0
                                            : engine->units.items[waiver->plan_index]->dropped > 0;
}

static void report_unused(struct cp_engine *engine, const struct group *group,
                          const struct waiver *waiver)
{
    struct cp_diagnostic probe = {.rule = waiver->rule,
                                  .severity = waiver->rule->severity,
                                  .place = waiver->place,
                                  .plan_index = waiver->plan_index};
    if (severity_of(engine, group, &probe) == CP_OFF) {
        return;
    }
    cp_diags_begin_file(&engine->diags, waiver->plan_index);
    struct cp_diagnostic *finding =
        cp_diags_add(&engine->diags, &cp_rule_waiver_unused, waiver->place, waiver->field,
                     "the waiver of %s silences nothing", waiver->rule->code);
    bool is_at_stand_in =
        waiver->stands_in.len > 0 && cp_str_is_equal(waiver->field, waiver->stands_in);
    cp_diagnostic_help(&engine->diags, finding,
                       is_at_stand_in
                           ? "delete it; where %s is found here of what is missing, no comment can "
                             "waive it: an entry of 'suppressions' does, for the whole plan"
                           : "delete it; or, where %s is still found, put it on the line of the "
                             "key or right above the entry",
                       waiver->rule->code);
    finding->severity = severity_of(engine, group, finding);
    *(struct cp_diagnostic **)cp_list_push(&engine->found, sizeof finding) = finding;
}

static void report_all_unused(struct cp_engine *engine)
{
    const struct waivers *waivers = &engine->waivers;
    struct needed needed;
    needed_init(&needed, waivers);
    for (size_t i = 0; i < waivers->items.count; i++) {
        const struct waiver *waiver = &waivers->items.items[i];
        const struct group *group = waiver->is_used ? NULL : group_of(engine, waiver);
        if (group && !is_cut_short(engine, waiver, group) &&
            !is_needed_elsewhere(&needed, waiver, group)) {
            report_unused(engine, group, waiver);
        }
    }
    cp_list_release(&needed.places);
}

/* What is wrong with waivers is not waived. */
static bool may_be_waived(const struct cp_diagnostic *found)
{
    return found->severity != CP_OFF && found->rule != &cp_rule_waiver_void;
}

void apply_waivers(struct cp_engine *engine)
{
    struct waivers *waivers = &engine->waivers;
    if (waivers->items.count == 0) {
        return;
    }
    for (size_t i = 0; i < engine->found.count; i++) {
        struct cp_diagnostic *found = engine->found.items[i];
        const struct group *group = may_be_waived(found) ? group_of_finding(engine, found) : NULL;
        if (!group) {
            continue;
        }
        apply(waivers, found->plan_index, found);
        if (found->plan_index != UINT32_MAX && found->place.file == &group->config_file) {
            apply(waivers, UINT32_MAX, found);
        }
    }
    report_all_unused(engine);
}
