/*
 * Objectives as they hold: what an objective leaves out is filled from the plan's tier. Judges
 * nothing.
 */
#include <contplan/analysis.h>

static const struct cp_length *own_else_tier(const struct cp_length *own,
                                             const struct cp_length *tier)
{
    if (own->leaf.state != CP_ABSENT) {
        return own;
    }
    return tier && tier->leaf.state != CP_ABSENT ? tier : NULL;
}

void cp_effective_init(struct cp_effective *out, const struct cp_objective *objective,
                       const struct cp_tier *tier)
{
    const struct cp_tier_objectives *fill = tier ? &tier->objectives : NULL;
    out->mtpd = own_else_tier(&objective->mtpd, fill ? &fill->mtpd : NULL);
    out->rto = own_else_tier(&objective->rto, fill ? &fill->rto : NULL);
    out->wrt = own_else_tier(&objective->wrt, fill ? &fill->wrt : NULL);
    out->rpo = own_else_tier(&objective->rpo, fill ? &fill->rpo : NULL);
}

bool cp_length_is_known(const struct cp_length *length)
{
    return length && length->leaf.state == CP_SET && !length->is_continuous;
}

static struct cp_fact_length own_else(struct cp_fact_length own, const struct cp_length *tier)
{
    return own.state == CP_ABSENT && tier ? cp_fact_length_of(tier) : own;
}

void cp_fact_effective(struct cp_fact_effective *out, const struct cp_facts *facts,
                       const struct cp_fact_objective *objective,
                       const struct cp_portfolio *portfolio)
{
    const struct cp_tier *tier =
        facts->tier > 0 ? &portfolio->config.tiers.tier[facts->tier - 1] : NULL;
    const struct cp_tier_objectives *fill =
        tier && tier->leaf.state == CP_SET ? &tier->objectives : NULL;
    out->mtpd = own_else(objective->mtpd, fill ? &fill->mtpd : NULL);
    out->rto = own_else(objective->rto, fill ? &fill->rto : NULL);
    out->wrt = own_else(objective->wrt, fill ? &fill->wrt : NULL);
    out->rpo = own_else(objective->rpo, fill ? &fill->rpo : NULL);
}
