/*
 * The parts of evidence and its writers, listed in evidence_formats.c. Private to the output layer.
 */
#ifndef OUTPUT_EVIDENCE_H
#define OUTPUT_EVIDENCE_H

#include <contplan/output.h>

/* Whether a record of that kind is evidence of the field or section at `path`. */
bool record_is_of(enum cp_record_kind kind, struct cp_str path);
/* Adds the records of the plan that lie in the period and are for the audience; the number of those
 * that are for a narrower one. */
size_t records_add(struct cp_evidence_plan *out, const struct cp_evidence *evidence,
                   struct cp_arena *arena, const struct cp_plan *plan,
                   const struct cp_portfolio *portfolio);
/* Whether an approval of the plan is of its objectives as they are now. */
bool has_present_approval(const struct cp_plan *plan, const struct cp_portfolio *portfolio);

void evidence_write_markdown(struct cp_buf *out, const struct cp_evidence *evidence);
void evidence_write_json(struct cp_buf *out, const struct cp_evidence *evidence);
void evidence_write_csv(struct cp_buf *out, const struct cp_evidence *evidence);

/* What the writers say of a row's state: "unknown until 2027-01-31, in 1 of 3". */
void evidence_put_state(struct cp_buf *out, const struct cp_evidence_row *row);
/* "2026-03-02 approval: Maya Lind"; raw. */
void evidence_put_record(struct cp_buf *out, const struct cp_record *record);
/* "2026-03-02 1a2b3c4d5e6f Maya Lind"; raw. */
void evidence_put_commit(struct cp_buf *out, const struct cp_evidence_commit *commit);
/* What the standard is called: the profile's title, else its id; raw. */
struct cp_str evidence_title(const struct cp_evidence *evidence);

#endif
