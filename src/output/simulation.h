/*
 * The writers of simulated outages, listed in simulation.c, and what they share: words, tables and
 * the timeline. Private to the output layer.
 */
#ifndef OUTPUT_SIMULATION_H
#define OUTPUT_SIMULATION_H

#include <contplan/output.h>

void simulation_write_text(struct cp_buf *out, const struct cp_outage *outage,
                           const struct cp_output_options *options);
void simulation_write_markdown(struct cp_buf *out, const struct cp_outage *outage,
                               const struct cp_output_options *options);
void simulation_write_json(struct cp_buf *out, const struct cp_outage *outage,
                           const struct cp_output_options *options);
void ranking_write_text(struct cp_buf *out, const struct cp_ranking *ranking,
                        const struct cp_output_options *options);
void ranking_write_markdown(struct cp_buf *out, const struct cp_ranking *ranking,
                            const struct cp_output_options *options);
void ranking_write_json(struct cp_buf *out, const struct cp_ranking *ranking,
                        const struct cp_output_options *options);

/* ---- words, raw ------------------------------------------------------------------------------ */

/* "1h 35m"; "unknown". */
void simulation_put_length(struct cp_buf *out, int64_t seconds);
/* What clocks show `seconds` after `at`: "03:35", behind "Tue 24 Nov" on another day and before
 * "+00:00" where clocks have changed since. */
void simulation_put_clock(struct cp_buf *out, const struct cp_zone *zone, int64_t at,
                          int64_t seconds);
/* "Mon 23 Nov 2026 at 02:00 (Europe/London)". */
void simulation_put_moment(struct cp_buf *out, const struct cp_zone *zone, struct cp_str zone_name,
                           int64_t at);
/* "sofia-varga, busy with move-south/fence of identity". */
void simulation_put_hold(struct cp_buf *out, const struct cp_hold *hold);
/* "move-south/fence"; a runbook alone where it is one step. */
void simulation_put_step(struct cp_buf *out, struct cp_str runbook, struct cp_str step);
/* The sentence of what is lost, and that of what comes of it. */
void simulation_put_loss(struct cp_buf *out, const struct cp_outage *outage);
void simulation_put_result(struct cp_buf *out, const struct cp_outage *outage);
/* Puts "how long its switch-over takes is not known", or "role lead, which nobody fills". */
void simulation_put_reason(struct cp_buf *out, const struct cp_hold *hold);

/* What keeps a service down for a time that nobody knows. */
struct simulation_unknown {
    struct cp_str service, reason; /* reason: as above */
    const char *advice;            /* what to write, sentences */
};
/* Of all but those that only wait for such a one; the `arena`'s; the count. */
size_t simulation_unknowns(struct simulation_unknown **out, struct cp_arena *arena,
                           const struct cp_outage *outage);
/* The sentence of what a better order of work could save at most. */
void simulation_put_bound(struct cp_buf *out, const struct cp_outage *outage);
/* "one more at a time in team 'ops': 4 services well again 3h sooner in all". */
void simulation_put_remedy(struct cp_buf *out, const struct cp_remedy *remedy);
/* "RTO". */
const char *simulation_promise(enum cp_promise promise);
/* The sentence that opens a ranking. */
void ranking_put_opening(struct cp_buf *out, const struct cp_ranking *ranking);
/* Whether the times of a service that is hit are withheld. */
bool simulation_is_kept(const struct cp_outage *outage, const struct cp_service_outcome *service);
/* The id of the service whose critical path is told. */
struct cp_str simulation_last(const struct cp_outage *outage);

/* ---- tables ---------------------------------------------------------------------------------- */

/* Each fills a table that is not yet set up; it is released by the caller. */
void simulation_tabulate_services(struct cp_table *out, const struct cp_outage *outage);
void simulation_tabulate_breaches(struct cp_table *out, const struct cp_outage *outage);
void simulation_tabulate_steps(struct cp_table *out, const struct cp_outage *outage);
void simulation_tabulate_path(struct cp_table *out, const struct cp_outage *outage);
/* What has such an effect. */
enum ranking_effect { RANKING_BROKEN, RANKING_UNMEASURED, RANKING_FELT, RANKING_NOTHING };
enum ranking_effect ranking_effect_of(const struct cp_worst *worst);
void simulation_tabulate_ranking(struct cp_table *out, const struct cp_ranking *ranking,
                                 enum ranking_effect effect);

/* ---- parts ----------------------------------------------------------------------------------- */

/* How a format writes what an answer consists of. Headings, items and sentences are raw; what is
 * empty is not told. */
struct simulation_parts {
    void (*sentence)(void *context, struct cp_str sentence);
    void (*table)(void *context, struct cp_str heading, const struct cp_table *table);
    void (*items)(void *context, struct cp_str heading, const struct cp_str *items, size_t count);
    void *context;
};

/* All that stands behind the timeline, and behind the opening of a ranking. */
void simulation_tell(const struct simulation_parts *parts, const struct cp_outage *outage);
void ranking_tell(const struct simulation_parts *parts, const struct cp_ranking *ranking);

/* ---- the timeline ---------------------------------------------------------------------------- */

/* Lines of at most `width` columns (at least 40), printable: who is down or degraded from when to
 * when, and what clocks show. Nothing where no service is: then there is none. */
bool simulation_has_timeline(const struct cp_outage *outage);
void simulation_put_timeline(struct cp_buf *out, const struct cp_outage *outage, unsigned width,
                             bool has_utf8);

#endif
