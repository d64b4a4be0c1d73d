/*
 * The profiles: which there are, and what one of them says of a field or a finding, what it extends
 * included. What each asks stands in a file of its own.
 */
#include "profiles.h"

#include <string.h>

static const struct cp_profile *const profiles[] = {
    &cp_profile_baseline,
    &cp_profile_iso22301,
    &cp_profile_nist,
    &cp_profile_dora,
};

static const struct cp_str names[] = {
    {"baseline", 8},
    {"iso22301", 8},
    {"nist-800-34", 11},
    {"dora", 4},
};

const struct cp_profile *cp_profile_find(struct cp_str name)
{
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
        if (cp_str_is(name, profiles[i]->name)) {
            return profiles[i];
        }
    }
    return NULL;
}

size_t cp_profile_names(const struct cp_str **out)
{
    *out = names;
    return sizeof(names) / sizeof(names[0]);
}

bool cp_profile_is_path(struct cp_str given)
{
    return cp_str_find(given, CP_STR("/")) != SIZE_MAX || cp_str_has_suffix(given, ".yaml") ||
           cp_str_has_suffix(given, ".yml");
}

static bool is_asked(const struct cp_requirement *requirement, const struct cp_plan *plan)
{
    unsigned phase = 1U << cp_plan_phase(plan);
    unsigned tier = 1U << cp_plan_tier(plan);
    return (requirement->phases == 0 || requirement->phases & phase) &&
           (requirement->tiers == 0 || requirement->tiers & tier);
}

const struct cp_requirement *cp_profile_requirement(const struct cp_profile *profile,
                                                    const struct cp_plan *plan, const char *field)
{
    for (; profile; profile = profile->extends) {
        for (size_t i = 0; i < profile->count; i++) {
            const struct cp_requirement *requirement = &profile->requires[i];
            if (strcmp(requirement->field, field) == 0 && is_asked(requirement, plan)) {
                return requirement->severity == CP_OFF ? NULL : requirement;
            }
        }
    }
    return NULL;
}

enum cp_severity cp_profile_severity(const struct cp_profile *profile,
                                     const struct cp_diagnostic *diagnostic)
{
    for (; profile && !diagnostic->has_fixed_severity; profile = profile->extends) {
        for (size_t i = 0; i < profile->severity_count; i++) {
            const struct cp_profile_severity *row = &profile->severities[i];
            if (cp_rule_is_match(cp_str_of(row->rules), diagnostic->rule)) {
                return row->severity;
            }
        }
    }
    return diagnostic->severity;
}
