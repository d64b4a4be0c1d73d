/* Names of other plans, once all plans are known. Looks at facts only. */
#include <contplan/model.h>

#include "resolve.h"

/* `loses` of `disaster_recovery.scenarios[0].loses[1]`. */
static struct cp_str key_of(struct cp_str path)
{
    size_t end = path.len;
    while (end > 0 && path.at[end - 1] != '[' && path.at[end - 1] != '.') {
        end--;
    }
    path = end > 0 && path.at[end - 1] == '[' ? cp_str_slice(path, 0, end - 1) : path;
    size_t from = path.len;
    while (from > 0 && path.at[from - 1] != '.') {
        from--;
    }
    return cp_str_slice(path, from, SIZE_MAX);
}

/* The ids of all plans, and how many comparisons are left for the names of one. */
struct naming {
    const struct cp_str *ids;
    size_t id_count, left;
};

static struct cp_str nearest_plan(struct naming *naming, struct cp_str id)
{
    size_t count = naming->id_count < naming->left ? naming->id_count : naming->left;
    naming->left -= count;
    return cp_str_nearest(id, naming->ids, count);
}

static void report(const struct cp_facts *subject, const struct cp_fact_reference *reference,
                   struct cp_place place, const struct cp_portfolio *portfolio,
                   struct naming *naming, struct cp_diags *diags)
{
    struct cp_str id = cp_fact_str(subject, reference->id);
    struct cp_str field = cp_fact_str(subject, reference->field);
    struct cp_buf kinds;
    cp_buf_init(&kinds);
    cp_refers_put(&kinds, reference->refers);
    struct cp_diagnostic *finding =
        cp_diags_add(diags, &cp_rule_unresolved_reference, place, field,
                     "'%.*s' names %s, and there is no such %.*s", CP_ARG(key_of(field)),
                     cp_diags_quote(diags, id), CP_ARG(cp_buf_str(&kinds)));
    cp_buf_release(&kinds);
    if (finding) {
        struct near near = {nearest_plan(naming, id), cp_fact_str(subject, reference->meant)};
        help_no_plan(diags, finding, portfolio, reference->refers, id, &near, &naming->left);
    }
}

void cp_facts_check_names(const struct cp_facts *subject, struct cp_file *file,
                          const struct cp_portfolio *portfolio, const struct cp_map *plans,
                          const struct cp_str *ids, size_t id_count, struct cp_diags *diags)
{
    struct naming naming = {ids, id_count, COMPARISONS_PER_FILE};
    const struct cp_fact_reference *references = cp_facts_references(subject);
    for (size_t i = 0; i < cp_facts_count(subject, CP_POOL_REFERENCES); i++) {
        const struct cp_fact_reference *reference = &references[i];
        bool is_inherited = reference->is_inherited && portfolio->file;
        bool is_doubtful = portfolio->is_doubtful && (reference->refers & CP_REFERS_DECLARED);
        struct cp_place place = {is_inherited ? portfolio->file : file, reference->span};
        if ((reference->refers & CP_REFERS_PLAN) && !is_doubtful &&
            !cp_map_find(plans, cp_fact_str(subject, reference->id))) {
            report(subject, reference, place, portfolio, &naming, diags);
        }
    }
}
