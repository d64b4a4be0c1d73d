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

/* Most differ in their first byte, and that takes no call to tell. */
static bool is_same(const char *field, const char *other)
{
    return field[0] == other[0] && strcmp(field, other) == 0;
}

const struct cp_requirement *cp_profile_requirement(const struct cp_profile *profile,
                                                    const struct cp_plan *plan, const char *field)
{
    for (; profile; profile = profile->extends) {
        for (size_t i = 0; i < profile->count; i++) {
            const struct cp_requirement *requirement = &profile->requires[i];
            if (is_same(requirement->field, field) && is_asked(requirement, plan)) {
                return requirement->severity == CP_OFF ? NULL : requirement;
            }
        }
    }
    return NULL;
}

/* What the profile itself says of the rule, or NULL. */
static const struct cp_profile_severity *find_severity(const struct cp_profile *profile,
                                                       const struct cp_rule *rule)
{
    for (size_t i = 0; i < profile->severity_count; i++) {
        if (cp_rule_is_match(cp_str_of(profile->severities[i].rules), rule)) {
            return &profile->severities[i];
        }
    }
    return NULL;
}

static bool is_own(const struct cp_profile *profile, const struct cp_requirement *requirement)
{
    size_t i = 0;
    while (i < profile->count && &profile->requires[i] != requirement) {
        i++;
    }
    return i < profile->count;
}

enum cp_severity cp_profile_requirement_severity(const struct cp_profile *profile,
                                                 const struct cp_requirement *requirement,
                                                 const struct cp_rule *rule)
{
    bool is_reached = false;
    for (; profile && !is_reached; profile = profile->extends) {
        is_reached = is_own(profile, requirement);
        const struct cp_profile_severity *row =
            is_reached && !requirement->has_no_severity ? NULL : find_severity(profile, rule);
        if (row) {
            return row->severity;
        }
    }
    return requirement->severity;
}

enum cp_severity cp_profile_severity(const struct cp_profile *profile,
                                     const struct cp_diagnostic *diagnostic)
{
    for (; profile && !diagnostic->has_fixed_severity; profile = profile->extends) {
        const struct cp_profile_severity *row = find_severity(profile, diagnostic->rule);
        if (row) {
            return row->severity;
        }
    }
    return diagnostic->severity;
}
