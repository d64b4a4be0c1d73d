/* The identities of the findings that reading a plan and resolving its names make. */
#include <contplan/model.h>

const struct cp_rule cp_rule_schema_version = {
    .code = "CP013",
    .name = "schema-version",
    .severity = CP_ERROR,
    .summary = "a file written for a version of the format that this program does not know",
    .explanation =
        "The `schema` key says which version of the format a file is written in. Nothing "
        "else in the file is judged, since its keys may mean something else there.",
    .bad = "schema: contplan/v7\n",
    .good = "schema: contplan/v1\n",
};

const struct cp_rule cp_rule_id_mismatch = {
    .code = "CP014",
    .name = "id-mismatch",
    .severity = CP_ERROR,
    .summary = "a plan whose id is not the name of its file",
    .explanation =
        "Other plans refer to a plan by its id, people look for it by its file name: the "
        "two must be one word. A copied file that kept its old id is the usual cause.",
    .bad = "# file: plans/permits.yaml\n"
           "id: permit\n",
    .good = "# file: plans/permits.yaml\n"
            "id: permits\n",
};

const struct cp_rule cp_rule_unresolved_reference = {
    .code = "CP015",
    .name = "unresolved-reference",
    .severity = CP_ERROR,
    .summary = "an id that names nothing",
    .explanation = "A name that leads nowhere is a dependency nobody checks and a phone nobody "
                   "answers. Correct it, or declare what it names: people, teams and suppliers in "
                   "contplan.yaml, services as plans of their own, stores, runbooks, scenarios and "
                   "roles in the plan.",
    .bad = "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: flood, kind: premises}\n"
           "  objectives:\n"
           "    - {scenario: floods, rto: 4h, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: flood, kind: premises}\n"
            "  objectives:\n"
            "    - {scenario: flood, rto: 4h, rpo: 1h}\n",
};

const struct cp_rule cp_rule_step_circle = {
    .code = "CP017",
    .name = "step-circle",
    .severity = CP_ERROR,
    .summary = "steps of a runbook that wait for one another",
    .explanation =
        "A step begins when those named in its `after` are done; without `after`, when the step "
        "before it is. Steps that wait for one another in a circle never begin, and neither does "
        "what comes after them. How long such a runbook takes cannot be reckoned, so that its "
        "capability is held against no RTO until the circle is opened: take out of `after` what "
        "does not have to be done first, or put a step between that both can wait for.",
    .bad = "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: rebuild\n"
           "      steps:\n"
           "        - {id: database, action: Restore it., after: [network]}\n"
           "        - {id: network, action: Let it in., after: [database]}\n",
    .good = "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: rebuild\n"
            "      steps:\n"
            "        - {id: network, action: Let it in., after: []}\n"
            "        - {id: database, action: Restore it., after: [network]}\n",
};
