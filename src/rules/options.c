/*
 * The limits that rules judge by: the portfolio file's word, else the profile's, else that of what
 * the profile extends, else what is usual. Judges nothing.
 */
#include "topics.h"

/* What holds where nobody states another; the rows of the options say the same to people. */
static const struct cp_options usual = {
    .margin = {.leaf = {.state = CP_SET}, .value = 20},
    .fast_rto = {.leaf = {.state = CP_SET}, .duration = {.seconds = 60 * 60}},
    .placeholder_age = {.leaf = {.state = CP_SET}, .duration = {.months = 6}},
    .exercise_every = {.leaf = {.state = CP_SET}, .duration = {.months = 12}},
    .restore_test_every = {.leaf = {.state = CP_SET}, .duration = {.months = 12}},
    .review_every = {.leaf = {.state = CP_SET}, .duration = {.months = 12}},
};

/* The option at `offset` where these options state it, or NULL. */
static const void *stated_in(const struct cp_options *options, size_t offset)
{
    const struct cp_leaf *leaf =
        options ? (const struct cp_leaf *)(const void *)((const char *)options + offset) : NULL;
    return leaf && cp_leaf_is_set(leaf) ? leaf : NULL;
}

static const void *find(const struct cp_profile *profile, const struct cp_config *config,
                        size_t offset)
{
    const void *found = stated_in(&config->options, offset);
    for (; !found && profile; profile = profile->extends) {
        found = stated_in(profile->options, offset);
    }
    return found ? found : stated_in(&usual, offset);
}

void cp_limits_init(struct cp_limits *out, const struct cp_profile *profile,
                    const struct cp_config *config)
{
    static const size_t every[CP_TERMS] = {
        [CP_TERM_EXERCISE] = offsetof(struct cp_options, exercise_every),
        [CP_TERM_RESTORE_TEST] = offsetof(struct cp_options, restore_test_every),
        [CP_TERM_REVIEW] = offsetof(struct cp_options, review_every),
    };
    out->margin = find(profile, config, offsetof(struct cp_options, margin));
    out->fast_rto = find(profile, config, offsetof(struct cp_options, fast_rto));
    out->placeholder_age = find(profile, config, offsetof(struct cp_options, placeholder_age));
    for (size_t i = 0; i < CP_TERMS; i++) {
        out->every[i] = find(profile, config, every[i]);
    }
}
