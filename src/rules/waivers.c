/*
 * CP9, waivers: the rows of the rules about them. The findings are the engine's, which alone knows
 * the day and what a waiver silenced.
 */
#include "topics.h"

const struct cp_rule cp_rule_waiver_void = {
    .code = "CP907",
    .name = "suppression-incomplete-or-expired",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary =
        "a waiver whose day has passed, that is misspelt, or lacks its rule, day, name or reason",
    .explanation =
        "A waiver accepts a finding for a time: somebody answers for it, says why, and says until "
        "when. One that lacks a part, whose day has passed, or that nobody answers for (somebody "
        "whom "
        "contplan.yaml does not know, or who has left; a placeholder), silences nothing. The day "
        "itself still counts. Mend what the finding "
        "asks for; or agree a new day with whoever answers, "
        "and say in the reason why it took longer.\n\n"
        "A waiver is an entry of `suppressions` in the plan, or a comment on the line of a key or "
        "right above an entry: `# contplan: ignore CP301 until 2027-01-31 by jon.reyes -- reason`. "
        "Each waives one rule.",
    .clause = "ISO 22301:2019, 10.1",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - mtpd: 4h\n"
           "      rto: 8h # contplan: ignore CP301 until 2026-06-30 by jon.reyes -- the new store "
           "is late\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - mtpd: 4h\n"
            "      rto: 8h # contplan: ignore CP301 until 2099-06-30 by jon.reyes -- the new store "
            "is late\n",
};

const struct cp_rule cp_rule_waiver_unused = {
    .code = "CP908",
    .name = "suppression-unused",
    .severity = CP_WARNING,
    .summary = "a waiver that silences nothing",
    .explanation =
        "What the waiver was for has been mended, or it stands in the wrong place. Left where it "
        "is, it would silence the next finding of its kind, which nobody has accepted. A comment "
        "covers the entries whose keys stand on its line, or the entry right below it, with all of "
        "its value. What a plan lacks is said at its id and covered by no comment there: accept "
        "one "
        "missing section by writing `{unknown: {reason, owner, due}}` or `{not_applicable: "
        "{reason, "
        "by}}` in its place, or all that a rule finds missing by an entry of `suppressions`. This "
        "is said only where the waiver's rule ran.",
    .clause = "ISO 22301:2019, 10.1",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - mtpd: 8h\n"
           "      rto: 4h # contplan: ignore CP301 until 2099-06-30 by jon.reyes -- the new store "
           "is late\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - mtpd: 4h\n"
            "      rto: 8h # contplan: ignore CP301 until 2099-06-30 by jon.reyes -- the new store "
            "is late\n",
};

static const struct cp_check checks[] = {
    {.rule = &cp_rule_waiver_void},
    {.rule = &cp_rule_waiver_unused},
};

const struct cp_topic cp_topic_waivers = CP_TOPIC(checks);
