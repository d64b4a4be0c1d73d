/*
 * The grammar of a waiver's comment: its parts in any order, what is missing, and what is no waiver
 * at all.
 */
#include "suites.h"

#include <contplan/diag.h>

static const struct waiver_row {
    const char *comment;
    const char *rule, *until, *by, *reason;
    bool has_last_day;
} rows[] = {
    {"# contplan: ignore CP301 until 2027-01-31 by jon.reyes -- the new store", "CP301",
     "2027-01-31", "jon.reyes", "the new store", true},
    {"#contplan:ignore\tCP301   until 2027-01-31  by  jon.reyes  --  the new store  ", "CP301",
     "2027-01-31", "jon.reyes", "the new store", true},
    {"# contplan: ignore rto-exceeds-mtpd by Jon Reyes until 2027-01-31 -- later",
     "rto-exceeds-mtpd", "2027-01-31", "Jon Reyes", "later", true},
    {"# contplan: ignore CP301 until 2027-01-31 by jon.reyes -- by then -- until 2028 # all of it",
     "CP301", "2027-01-31", "jon.reyes", "by then -- until 2028 # all of it", true},
    {"# contplan: ignore", "", "", "", "", false},
    {"# contplan: ignore CP301", "CP301", "", "", "", false},
    {"# contplan: ignore until 2027-01-31 by jon.reyes -- reason", "", "2027-01-31", "jon.reyes",
     "reason", true},
    {"# contplan: ignore CP301 until by jon.reyes --", "CP301", "", "jon.reyes", "", false},
    {"# contplan: ignore CP301 until 31/01/2027 by jon.reyes -- reason", "CP301", "31/01/2027",
     "jon.reyes", "reason", false},
    {"# contplan: ignore CP301 until 2027-02-29 by jon.reyes -- reason", "CP301", "2027-02-29",
     "jon.reyes", "reason", false},
    {"# contplan: ignore CP301, CP302 until 2027-01-31 by jon.reyes -- reason", "CP301, CP302",
     "2027-01-31", "jon.reyes", "reason", true},
    {"# contplan: ignore CP301 CP302 until 2027-01-31 by jon.reyes -- reason", "CP301 CP302",
     "2027-01-31", "jon.reyes", "reason", true},
    {"# contplan: ignore CP301 until 2027-01-31 by jon.reyes reason", "CP301", "2027-01-31",
     "jon.reyes reason", "", true},
};

START_TEST(reads_the_parts)
{
    const struct waiver_row *row = &rows[_i];
    struct cp_waiver waiver;
    ck_assert(cp_waiver_parse(&waiver, cp_str_of(row->comment)));
    ck_assert_msg(cp_str_is(waiver.rule, row->rule), "rule: %.*s", CP_ARG(waiver.rule));
    ck_assert_msg(cp_str_is(waiver.until, row->until), "until: %.*s", CP_ARG(waiver.until));
    ck_assert_msg(cp_str_is(waiver.by, row->by), "by: %.*s", CP_ARG(waiver.by));
    ck_assert_msg(cp_str_is(waiver.reason, row->reason), "reason: %.*s", CP_ARG(waiver.reason));
    ck_assert_int_eq(waiver.has_last_day, row->has_last_day);
    if (row->has_last_day) {
        ck_assert_int_eq(waiver.last_day.days, cp_date_of(2027, 1, 31).days);
    }
}
END_TEST

static const char *const others[] = {
    "",
    "#",
    "# contplan",
    "# contplan:",
    "# contplan: see the manual",
    "# contplan: ignored CP301",
    "# contplan CP301",
    "# contplan: CP301 is answered below",
    "# contplan explain CP301 says more",
    "# contplanner ignore CP301",
    "contplan: ignore CP301",
    "# TODO contplan: ignore CP301",
};

START_TEST(leaves_other_comments_alone)
{
    struct cp_waiver waiver;
    ck_assert_msg(!cp_waiver_parse(&waiver, cp_str_of(others[_i])), "%s", others[_i]);
}
END_TEST

static const char *const slips[] = {
    "# contplan ignore CP301",
    "#contplan ignore CP301 until 2027-01-31 by jon.reyes -- later",
    "# Contplan: ignore CP301",
    "# contplan: disable CP301",
    "# contplan : ignore cp301",
    "# contplan: ignore: CP301",
    "# contplan: CP301 until 2027-01-31",
};

START_TEST(knows_what_was_meant_as_a_waiver)
{
    struct cp_waiver waiver;
    ck_assert_msg(cp_waiver_parse(&waiver, cp_str_of(slips[_i])), "%s", slips[_i]);
    ck_assert_msg(waiver.is_misspelt, "%s", slips[_i]);
}
END_TEST

Suite *cp_suite_waiver(void)
{
    Suite *suite = suite_create("waiver");
    TCase *grammar = tcase_create("grammar");
    tcase_add_loop_test(grammar, reads_the_parts, 0, (int)(sizeof rows / sizeof rows[0]));
    tcase_add_loop_test(grammar, leaves_other_comments_alone, 0,
                        (int)(sizeof others / sizeof others[0]));
    tcase_add_loop_test(grammar, knows_what_was_meant_as_a_waiver, 0,
                        (int)(sizeof slips / sizeof slips[0]));
    suite_add_tcase(suite, grammar);
    return suite;
}
