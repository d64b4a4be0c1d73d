/* The identities of the findings that decoding makes. The registry of the rules layer lists them.
 */
#include <contplan/schema.h>

const struct cp_rule cp_rule_unknown_key = {
    .code = "CP006",
    .name = "unknown-key",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "a key that the format does not have at this place",
    .explanation =
        "A key that contplan does not know is text that nobody will ever read: usually a "
        "slip of the pen, or a key that belongs one level higher or lower. The help line "
        "names the nearest key that may stand there.",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rtoo: 4h, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 4h, rpo: 1h}\n",
};

const struct cp_rule cp_rule_wrong_type = {
    .code = "CP007",
    .name = "wrong-type",
    .severity = CP_ERROR,
    .summary = "a list, a mapping or a text where another of them is due",
    .explanation = "Each field takes one shape: one value, a list of values, or a mapping of keys. "
                   "The manual page contplan-plan(5) says which.",
    .bad = "aliases: E-permits\n"
           "scope: Applications and refunds\n",
    .good = "aliases: [E-permits]\n"
            "scope:\n"
            "  in: [Applications and refunds]\n",
};

const struct cp_rule cp_rule_duplicate_id = {
    .code = "CP008",
    .name = "duplicate-id",
    .severity = CP_ERROR,
    .summary = "an id given twice where it must name one thing",
    .explanation = "References find things by their id. Where two share one, nobody can tell which "
                   "of them is meant: give each its own.",
    .bad = "backup_restore:\n"
           "  stores:\n"
           "    - {id: cases, what: Open cases}\n"
           "    - {id: cases, what: Closed cases}\n",
    .good = "backup_restore:\n"
            "  stores:\n"
            "    - {id: cases, what: Open cases}\n"
            "    - {id: archive, what: Closed cases}\n",
};

const struct cp_rule cp_rule_bad_choice = {
    .code = "CP009",
    .name = "bad-choice",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "a word that is not among those the field takes",
    .explanation = "Some fields take one of a few words, so that plans can be compared and "
                   "reasoned over. The help line lists them.",
    .bad = "phase: lvie\n"
           "tier: 5\n",
    .good = "phase: live\n"
            "tier: 4\n",
};

const struct cp_rule cp_rule_bad_date = {
    .code = "CP010",
    .name = "bad-date",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "a date that is not written YYYY-MM-DD or does not exist",
    .explanation =
        "Dates are written year, month, day, as 2026-01-31. Other ways of writing a date "
        "are read differently in different countries, and the reader of a plan in an "
        "incident has no time to guess.",
    .bad = "review:\n"
           "  last: 25/11/2025\n",
    .good = "review:\n"
            "  last: 2025-11-25\n",
};

const struct cp_rule cp_rule_bad_duration = {
    .code = "CP011",
    .name = "bad-duration",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "a length of time that cannot be read",
    .explanation =
        "Lengths of time are written 30s, 90m, 4h, 2d, 1w or as a sum of these; working "
        "time as 8wh or 5wd; months and years (6mo, 1y) only where a calendar is meant, "
        "such as review intervals and retention. Reviews, exercises and restore tests come "
        "around in days at least: `6m` is six minutes, and was meant to be `6mo`.",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 4, rpo: 1mo}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 4h, rpo: 30d}\n",
};

const struct cp_rule cp_rule_bad_value = {
    .code = "CP012",
    .name = "bad-value",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "an id, number, yes/no or opening hours that cannot be read",
    .explanation =
        "The value does not have the form its field asks for. The help line says what to "
        "write.",
    .bad = "backup_restore:\n"
           "  stores:\n"
           "    - {id: Case database, canonical: maybe}\n",
    .good = "backup_restore:\n"
            "  stores:\n"
            "    - {id: case-database, canonical: yes}\n",
};

const struct cp_rule cp_rule_empty_value = {
    .code = "CP102",
    .name = "empty-value",
    .severity = CP_ERROR,
    .summary = "a section or field that is present but empty",
    .explanation = "An empty heading promises something and says nothing; readers cannot tell "
                   "whether it was forgotten or does not apply. Leave the key out, fill it in, or "
                   "say which it is with `unknown` or `not_applicable`.",
    .bad = "scope:\n"
           "releases:\n"
           "  process: \"\"\n",
    .good = "scope:\n"
            "  in: [Applications and refunds]\n"
            "releases:\n"
            "  process: Every merge to main is published.\n",
};

const struct cp_rule cp_rule_placeholder_value = {
    .code = "CP203",
    .name = "placeholder-value",
    .severity = CP_ERROR,
    .summary = "a placeholder where a date, duration, id or choice is due",
    .explanation = "TBC in a field that contplan computes with leaves every answer built on it "
                   "unknown. Decide the value, or say honestly that it is unknown: who finds out, "
                   "and by when.",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: TBC, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - rto:\n"
            "        unknown:\n"
            "          reason: The restore has not been measured\n"
            "          owner: Maya Lind\n"
            "          due: 2027-01-31\n"
            "      rpo: 1h\n",
};

const struct cp_rule cp_rule_vague_value = {
    .code = "CP204",
    .name = "vague-value",
    .severity = CP_ERROR,
    .summary = "a quantity that says nothing where a date or duration is due",
    .explanation =
        "\"A number of days\" or \"2-4 hours\" cannot be tested, compared or missed. Write "
        "the one length that is promised.",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: a number of days, rpo: 2-4 hours}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 3d, rpo: 4h}\n",
};

const struct cp_rule cp_rule_unknown_incomplete = {
    .code = "CP205",
    .name = "unknown-incomplete",
    .severity = CP_ERROR,
    .summary = "`unknown` or `not_applicable` that lacks a part",
    .explanation =
        "An honest \"we do not know yet\" says why, who finds out and by when; an honest "
        "\"does not apply\" says why and who decided. Without these it is a placeholder "
        "in better clothes.",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - rto: {unknown: {reason: Not measured yet}}\n"
           "      rpo: 1h\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - rto: {unknown: {reason: Not measured yet, owner: Maya Lind, due: 2027-01-31}}\n"
            "      rpo: 1h\n",
};
