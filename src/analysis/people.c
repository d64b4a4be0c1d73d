/*
 * Who is who: holders are given by id or by name, and both may mean one person. Judges nothing.
 */
#include <contplan/analysis.h>

bool cp_holder_is_same(const struct cp_portfolio *portfolio, struct cp_str a, struct cp_str b)
{
    return cp_str_is_equal_folded(cp_portfolio_name_of(portfolio, a),
                                  cp_portfolio_name_of(portfolio, b));
}
