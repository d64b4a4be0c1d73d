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
