/*
 * CP9, prose that stands in several plans. Knows it by its fingerprint; the texts are gone.
 */
#include "dependencies.h"

#include <contplan/analysis.h>

static void report(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                   const struct cp_fact_prose *prose, const struct cp_shared_prose *first)
{
    const struct cp_network *network = in->survey->network;
    const struct cp_shared_prose *other = first;
    while (other->plan == in->plan) {
        other++;
    }
    const char *name = cp_diags_quote(in->diags, cp_network_id(network, other->plan));
    struct cp_place place = cp_fact_place(in, in->plan, prose->span, false);
    struct cp_str field = cp_fact_str(in->subject, prose->field);
    struct cp_diagnostic *finding =
        first->plans == 2
            ? cp_diags_add(in->diags, rule, place, field,
                           "the same text of %u characters stands in the plan %s", prose->length,
                           name)
            : cp_diags_add(in->diags, rule, place, field,
                           "the same text of %u characters stands in the plan %s and %u more",
                           prose->length, name, first->plans - 2);
    cp_diagnostic_help(in->diags, finding,
                       "write it once, under 'defaults' of contplan.yaml, and leave it out of the "
                       "plans; or say here what is particular to this service");
    cp_diagnostic_note(in->diags, finding,
                       cp_fact_place(in, other->plan, other->prose->span, false),
                       "it stands here as well");
}

void cp_check_copied(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_fact_prose *prose = cp_fact_prose(in->subject, in->subject->prose);
    for (uint32_t i = 0; i < in->subject->prose.count; i++) {
        const struct cp_shared_prose *first = cp_shared_prose_find(in->survey, &prose[i]);
        if (first && first->plans > 1 && !cp_diags_is_full(in->diags, rule)) {
            report(in, rule, &prose[i], first);
        }
    }
}

const struct cp_rule cp_rule_copied_section = {
    .code = "CP904",
    .name = "copied-section",
    .severity = CP_INFO,
    .summary = "a text stands word for word in another plan",
    .explanation =
        "What was copied from another plan was seldom thought about for this one, and is corrected "
        "in one place only. What is true of all services belongs under `defaults` in the portfolio "
        "file, where every plan inherits it; what is true of this one alone should say so. Texts "
        "of at least 200 characters count, blanks and line ends aside.",
    .bad = "# file: plans/one.yaml\n"
           "id: one\n"
           "releases:\n"
           "  rollback: >-\n"
           "    The release manager stops the new version, starts the one before it on the second\n"
           "    host, waits until the health page is green, moves half of the traffic over, looks\n"
           "    at the errors for five minutes, and then moves the rest.\n"
           "# file: plans/two.yaml\n"
           "id: two\n"
           "releases:\n"
           "  rollback: >-\n"
           "    The release manager stops the new version, starts the one before it on the second\n"
           "    host, waits until the health page is green, moves half of the traffic over, looks\n"
           "    at the errors for five minutes, and then moves the rest.\n",
    .good = "# file: contplan.yaml\n"
            "defaults:\n"
            "  releases:\n"
            "    rollback: >-\n"
            "      The release manager stops the new version, starts the one before it on the\n"
            "      second host, waits until the health page is green, moves half of the traffic\n"
            "      over, looks at the errors for five minutes, and then moves the rest.\n"
            "# file: plans/one.yaml\n"
            "id: one\n"
            "# file: plans/two.yaml\n"
            "id: two\n",
};
