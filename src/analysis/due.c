/*
 * Days by which something has to be done again. Knows no today.
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
