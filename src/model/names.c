/* Names of other plans, once all plans are known. Looks at facts only. */
#include <contplan/model.h>

#include "resolve.h"

static void report(const struct cp_facts *subject, const struct cp_fact_reference *reference,
                   struct cp_place place, const struct cp_str *ids, size_t id_count,
                   struct cp_diags *diags)
{
    struct cp_str id = cp_fact_str(subject, reference->id);
    struct cp_buf kinds;
    cp_buf_init(&kinds);
    cp_refers_put(&kinds, reference->refers);
    struct cp_diagnostic *finding =
        cp_diags_add(diags, &cp_rule_unresolved_reference, place,
                     cp_fact_str(subject, reference->field), "%s names no %.*s of this portfolio",
                     cp_diags_quote(diags, id), CP_ARG(cp_buf_str(&kinds)));
    cp_buf_release(&kinds);
    struct cp_str nearest = cp_str_nearest(id, ids, id_count);
    if (nearest.len > 0) {
        cp_diagnostic_help(diags, finding, "did you mean '%.*s'?", CP_ARG(nearest));
    } else {
        cp_diagnostic_help(
            diags, finding,
            "write the id of a plan; a service without a plan yet is given by 'name'");
    }
}

void cp_facts_check_names(const struct cp_facts *subject, struct cp_file *file,
                          const struct cp_portfolio *portfolio, const struct cp_map *plans,
                          const struct cp_str *ids, size_t id_count, struct cp_diags *diags)
{
    const struct cp_fact_reference *references = cp_facts_references(subject);
    for (size_t i = 0; i < subject->reference_count; i++) {
        const struct cp_fact_reference *reference = &references[i];
        bool is_inherited = reference->is_inherited && portfolio->file;
        bool is_doubtful = portfolio->is_doubtful && (reference->refers & CP_REFERS_DECLARED);
        struct cp_place place = {is_inherited ? portfolio->file : file, reference->span};
        if ((reference->refers & CP_REFERS_PLAN) && !is_doubtful &&
            !cp_map_find(plans, cp_fact_str(subject, reference->id))) {
            report(subject, reference, place, ids, id_count, diags);
        }
    }
}
