/* Private to the analysis of networks: the steps of a survey. */
#ifndef ANALYSIS_SURVEY_H
#define ANALYSIS_SURVEY_H

#include <contplan/analysis.h>

#define NONE UINT32_MAX

bool cp_fact_is_plain(uint8_t state);
/* Whether both plans of an edge take part and the one must be up before the other. */
bool cp_edge_is_need(const struct cp_network *network, const struct cp_edge *edge);

/* promises.c: by plan, owned by the survey. */
void cp_promises_init(struct cp_survey *survey);
void cp_answers_init(struct cp_survey *survey);
/* What the portfolio file, or the dependency itself, says that a supplier has committed itself to.
 */
struct cp_fact_length cp_commitment_find(const struct cp_portfolio *portfolio,
                                         const struct cp_facts *facts,
                                         const struct cp_fact_dependency *on, bool is_rpo);

/* circles.c: circles of recovery needs, and in `order` all plans, each after those that it needs
 * and that are in no circle with it. */
void cp_circles_init(struct cp_survey *survey, uint32_t *order);

/* readiness.c: in that order. */
void cp_readiness_init(struct cp_survey *survey, const uint32_t *order);

#endif
