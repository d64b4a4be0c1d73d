/*
 * Days by which something has to be done, again or at all: from when it was last done and how often
 * that is asked for. Judges nothing.
 */
#include <contplan/analysis.h>

enum { DAY = 24 * 60 * 60, LONGEST_DAYS = 300 * 366 };

bool cp_date_due(struct cp_date *out, struct cp_date last, struct cp_duration every,
                 const struct cp_portfolio *portfolio)
{
    struct cp_duration rest = every;
    int64_t seconds;
    rest.months = 0;
    if (!cp_duration_longest(&seconds, rest, portfolio) || seconds / DAY > LONGEST_DAYS) {
        return false;
    }
    struct cp_date due = every.months > 0 ? cp_date_add_months(last, every.months) : last;
    due.days += (int32_t)(seconds / DAY);
    *out = due;
    return true;
}

/* ---- of a plan ------------------------------------------------------------------------------- */

static enum cp_term_kind term_of(enum cp_due_kind kind)
{
    return kind == CP_DUE_EXERCISE       ? CP_TERM_EXERCISE
           : kind == CP_DUE_RESTORE_TEST ? CP_TERM_RESTORE_TEST
                                         : CP_TERM_REVIEW;
}

static struct cp_duration every_of(const struct cp_dues *dues, enum cp_term_kind kind)
{
    const struct cp_fact_term *term = &dues->facts->terms[kind];
    return term->source == CP_TERM_BY_DEFAULT ? dues->every[kind]->duration : term->every;
}

static bool is_wanted(const struct cp_dues *dues, enum cp_due_kind kind)
{
    return dues->kinds == 0 || (dues->kinds & 1U << kind) != 0;
}

/* False where nothing of that kind was done, or nothing says when it is due again. */
static bool find_next(struct cp_due *out, const struct cp_dues *dues, enum cp_due_kind kind,
                      const struct cp_fact_dated *last)
{
    enum cp_term_kind term = term_of(kind);
    struct cp_duration every = every_of(dues, term);
    struct cp_date date;
    if (!last || !is_wanted(dues, kind) || dues->facts->terms[term].source == CP_TERM_UNSURE ||
        !cp_date_due(&date, last->date, every, dues->portfolio)) {
        return false;
    }
    *out = (struct cp_due){kind, date, last, every, dues->today.days > date.days};
    return true;
}

static const struct cp_fact_dated *later_of(const struct cp_dues *dues,
                                            const struct cp_fact_dated *latest,
                                            const struct cp_fact_dated *dated)
{
    bool is_past = dated->date.days <= dues->today.days;
    return is_past && (!latest || dated->date.days > latest->date.days) ? dated : latest;
}

static bool next_exercise(struct cp_due *out, struct cp_dues *dues)
{
    const struct cp_fact_dated *dates = cp_facts_dates(dues->facts);
    const struct cp_fact_dated *latest = NULL;
    bool is_first = !dues->has_exercise;
    dues->has_exercise = true;
    for (uint32_t i = dues->at; is_first && i < cp_facts_count(dues->facts, CP_POOL_DATES); i++) {
        latest = dates[i].kind == CP_DATED_EXERCISE ? later_of(dues, latest, &dates[i]) : latest;
    }
    dues->at++;
    return find_next(out, dues, CP_DUE_EXERCISE, latest);
}

/* Tests of one store stand together. */
static bool next_restore_test(struct cp_due *out, struct cp_dues *dues)
{
    const struct cp_fact_dated *dates = cp_facts_dates(dues->facts);
    const struct cp_fact_dated *latest = NULL;
    struct cp_str store = cp_fact_str(dues->facts, dates[dues->at].about);
    for (; dues->at < cp_facts_count(dues->facts, CP_POOL_DATES) &&
           dates[dues->at].kind == CP_DATED_RESTORE_TEST &&
           cp_str_is_equal(cp_fact_str(dues->facts, dates[dues->at].about), store);
         dues->at++) {
        latest = later_of(dues, latest, &dates[dues->at]);
    }
    bool is_done_by_job =
        latest && latest->has_job &&
        !cp_duration_is_longer(latest->job, every_of(dues, CP_TERM_RESTORE_TEST), dues->portfolio);
    return !is_done_by_job && find_next(out, dues, CP_DUE_RESTORE_TEST, latest);
}

static bool next_finding(struct cp_due *out, const struct cp_dues *dues,
                         const struct cp_fact_dated *finding)
{
    *out = (struct cp_due){.kind = CP_DUE_FINDING,
                           .date = finding->date,
                           .dated = finding,
                           .is_overdue = dues->today.days > finding->date.days};
    return is_wanted(dues, CP_DUE_FINDING) &&
           (!finding->has_done || finding->done.days > dues->today.days);
}

/* Looks at the day the walk has come to, and moves on. */
static bool take(struct cp_due *out, struct cp_dues *dues)
{
    const struct cp_fact_dated *dated = &cp_facts_dates(dues->facts)[dues->at];
    switch (dated->kind) {
    case CP_DATED_EXERCISE:
        return next_exercise(out, dues);
    case CP_DATED_RESTORE_TEST:
        return next_restore_test(out, dues);
    case CP_DATED_REVIEW:
        dues->at++;
        return find_next(out, dues, CP_DUE_REVIEW, later_of(dues, NULL, dated));
    case CP_DATED_FINDING:
        dues->at++;
        return next_finding(out, dues, dated);
    default:
        dues->at++;
        return false;
    }
}

bool cp_dues_next(struct cp_due *out, struct cp_dues *dues)
{
    while (dues->at < cp_facts_count(dues->facts, CP_POOL_DATES)) {
        if (take(out, dues)) {
            return true;
        }
    }
    return false;
}
