/* Plans as documents: what is stated, what is missing, what is withheld, and how each is said. */
#include "report_case.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

static const struct cp_report_options internal = {CP_TEMPLATE_STANDARD, CP_INTERNAL, NULL};

START_TEST(an_empty_plan_says_what_is_missing)
{
    report_case_expect(
        "", "id: a\n", &internal,
        WORDS("# a: service continuity plan", "## Accountability",
              "*Not stated: who is accountable; who is responsible; contacts.*", "## Scope",
              "*Not stated: users; support hours; what is in scope; what is out of scope.*",
              "## Disaster Recovery",
              "*Not stated: scenarios; runbooks; recovery time and recovery point "
              "objectives.*"),
        WORDS("## Review", "## Business Impact", "Withheld"));
}
END_TEST

START_TEST(cells_that_are_missing_are_named)
{
    report_case_expect(
        "",
        "id: a\ndependencies:\n  internal:\n"
        "    - {name: Print room, purpose: Letters, criticality: soft}\n"
        "    - {name: Post room, purpose: Parcels}\n"
        "  external:\n    - {name: Couriers}\n",
        &internal,
        WORDS("| Dependency | Purpose | Criticality |", "| Print room | Letters | soft |",
              "*Not stated: criticality of Post room; purpose of the external dependencies; "
              "criticality of the external dependencies; software.*"),
        NULL);
}
END_TEST

static const char people[] =
    "people:\n  - {id: jon, name: Jon Reyes, email: jon@x.example, phone: +44 1}\n"
    "  - {id: ann, name: Ann Lee, email: {audience: public, text: a}}\n"
    "teams:\n  - {id: ops, name: Operations, members: [jon],\n"
    "     contact: {name: Desk, email: desk@x.example, phone: +44 2, hours: 24x7}}\n"
    "suppliers:\n  - {id: north, name: Northcloud, regions: [east], commits: {rto: 4h}}\n"
    "tiers:\n  2: {name: Essential, objectives: {mtpd: 24h, rto: 8h, rpo: 1h}}\n";

START_TEST(unknown_and_not_applicable_are_said)
{
    report_case_expect(
        people,
        "id: a\n"
        "accountability:\n  accountable: {unknown: {reason: Being agreed, owner: jon, due: "
        "2027-01-31}}\n"
        "scope: {not_applicable: {reason: A library, by: jon}}\n"
        "dependencies:\n  internal: {unknown: {reason: Survey runs}}\n"
        "  external:\n    - supplier: north\n      purpose: {unknown: {reason: Nobody "
        "knows}}\n",
        &internal,
        WORDS("**Accountable:** **Unknown:** Being agreed (Jon Reyes, due 2027-01-31)",
              "## Scope\n\n**Not applicable:** A library (Jon Reyes)\n\n## Dependencies",
              "### Internal Dependencies\n\n**Unknown:** Survey runs\n",
              "| Northcloud | **Unknown:** Nobody knows | RTO 4h |"),
        WORDS("who is accountable;", "*Not stated: users"));
}
END_TEST

START_TEST(names_stand_for_ids_and_contacts_for_those_who_may)
{
    static const char plan[] =
        "id: a\naccountability:\n  accountable: jon\n  responsible: [ops, Somebody else]\n"
        "incident_response:\n  roles:\n    - {role: incident-lead, holders: [jon], deputies: "
        "[ops]}\n  call_tree:\n    - {from: ops, to: incident-lead, by: [phone, sms], within: "
        "72h}\n";
    struct cp_report_options restricted = internal;
    restricted.audience = CP_RESTRICTED;
    report_case_expect(
        people, plan, &internal,
        WORDS("**Accountable:** Jon Reyes\n",
              "**Responsible:** Operations (<desk@x.example>, 24x7), Somebody else\n",
              "| Incident lead | Jon Reyes | Operations (<desk@x.example>, 24x7) |",
              "| Operations | Incident lead | phone, sms | 72h |"),
        WORDS("jon@x.example", "+44"));
    report_case_expect(
        people, plan, &restricted,
        WORDS("**Accountable:** Jon Reyes (<jon@x.example>, [+44 1](tel:+441))\n",
              "**Responsible:** Operations (<desk@x.example>, [+44 2](tel:+442), 24x7), "
              "Somebody else"),
        NULL);
}
END_TEST

/* Jon's e-mail and telephone, the desk's telephone, a supplier's account manager: each once a
 * chapter, however often it is named there. */
START_TEST(withheld_ways_to_reach_people_are_counted)
{
    static const char config[] =
        "people:\n  - {id: jon, name: Jon Reyes, email: jon@x.example, phone: +44 1}\n"
        "teams:\n  - {id: ops, name: Operations,\n"
        "     contact: {name: Desk, email: desk@x.example, phone: +44 2}}\n"
        "suppliers:\n  - {id: north, name: Northcloud, commits: {rto: 4h},\n"
        "     contact: {name: Ada, phone: +44 3}}\n";
    static const char plan[] = "id: a\naccountability: {accountable: jon, consulted: [ops]}\n"
                               "incident_response:\n  roles:\n    - {role: incident-lead, holders: "
                               "[jon], deputies: [ops]}\n"
                               "    - {role: scribe, holders: [jon, ops]}\n"
                               "dependencies: {external: [{supplier: north, purpose: All}]}\n"
                               "supporting: {exercises: [{id: e, audience: restricted}]}\n";
    struct cp_report_options options = internal;
    report_case_expect(config, plan, &options,
                       WORDS("## Accountability", "*Withheld here: 2 values.*", "## Dependencies",
                             "*Withheld here: 1 value.*", "## Incident Response",
                             "*Withheld here: 3 values.*",
                             "*Rendered for the audience internal: 5 values of the plan and of the "
                             "portfolio file are for a narrower one and withheld; --audience "
                             "restricted shows all.*"),
                       NULL);
    options.section = "incident_response";
    report_case_expect_html(config, plan, &options,
                            WORDS("<em>Withheld here: 3 values.</em>", "5 values of the plan and"),
                            NULL);
    options.audience = CP_RESTRICTED;
    report_case_expect(config, plan, &options, WORDS("[+44 1](tel:+441)"), WORDS("ithheld"));
}
END_TEST

/* Whoever is on duty is in the rota: without a contact of its own, its members are called. */
START_TEST(a_rota_says_whom_to_call)
{
    static const char config[] =
        "people:\n  - {id: jon, name: Jon Reyes, phone: +44 1}\n"
        "  - {id: ada, name: Ada Moss, phone: +44 2, email: ada@x.example}\n"
        "  - {id: eve, name: Eve Hidden, audience: restricted}\n"
        "teams:\n  - {id: rota, name: On-call rota, members: [jon, ada, eve]}\n"
        "  - {id: desk, name: Desk, members: [jon], contact: {name: Desk, phone: +44 9}}\n";
    static const char plan[] = "id: a\nincident_response:\n  roles:\n"
                               "    - {role: operations, rota: rota}\n"
                               "    - {role: scribe, rota: desk}\n"
                               "    - {role: lead, deputies: [rota, jon]}\n";
    struct cp_report_options options = internal;
    options.section = "incident_response";
    report_case_expect(
        config, plan, &options,
        WORDS("| Operations |  | On-call rota:<br>Jon Reyes<br>Ada Moss |", "| Scribe |  | Desk |",
              "| Lead | On-call rota:<br>Jon Reyes<br>Ada Moss<br>Jon Reyes |",
              "*Not stated: activation criteria; holders of lead;", "*Withheld here: 5 values.*"),
        WORDS("Eve", "+44", "deputies of", "operations"));
    options.audience = CP_RESTRICTED;
    report_case_expect(config, plan, &options,
                       WORDS("On-call rota:<br>Jon Reyes ([+44 1](tel:+441))<br>Ada Moss "
                             "(<ada@x.example>, [+44 2](tel:+442))<br>Eve Hidden |",
                             "Desk ([+44 9](tel:+449))"),
                       WORDS("ithheld"));
}
END_TEST

/* A cell that is left out where others are not says what that means. */
START_TEST(what_is_left_out_is_said_beside_what_is_not)
{
    static const char plan[] =
        "id: a\ndisaster_recovery:\n  scenarios:\n"
        "    - {id: s, name: Loss, runbooks: [r]}\n    - {id: z, name: Zone, response: automatic}\n"
        "  runbooks:\n    - id: r\n      name: Restore\n      steps:\n"
        "        - {id: one, action: First, duration: 10m}\n"
        "        - {id: two, action: Second, duration: 1h}\n"
        "        - {id: three, action: Third, after: [one], duration: 5m}\n"
        "    - id: q\n      name: Other\n      steps: [{action: Begin}, {action: End}]\n"
        "review:\n  approvals:\n    - by: jon\n      on: 2026-01-01\n      content: "
        "558ff92827f2e52193da7cf8455b7ad264483cce2dddfe7288b6456d296cdc42\n";
    report_case_expect(
        "", plan, &internal,
        WORDS("| Loss | runbook | Restore |", "| Zone | automatic |",
              "| one | First | 10m | at the start |\n| two | Second | 1h | the step before |\n"
              "| three | Third | 5m | one |",
              "*In all 1h 10m.*", "| Action |\n| ------ |\n| Begin |", "| jon | 2026-01-01 |",
              "558ff92827f2… |"),
        WORDS("558ff92827f2e"));
    report_case_expect("teams: [{id: t, name: T, call_out: 30m}]\n",
                       "id: a\ndisaster_recovery:\n  scenarios: [{id: s, runbooks: [r]}]\n"
                       "  runbooks:\n    - id: r\n      owner: t\n      steps: [{action: A, "
                       "duration: 1h}, {action: B}, {action: C, duration: 1m}]\n",
                       &internal,
                       WORDS("*In all at least 1h 31m, including the call-out of 30m; not every "
                             "step says how long it takes.*"),
                       WORDS("the step before", "| Response"));
    report_case_expect(
        "",
        "id: a\ndisaster_recovery:\n  scenarios: [{id: s, runbooks: [r]}]\n"
        "  runbooks:\n    - id: r\n      steps: [{action: A, duration: 1h}, {action: "
        "B, duration: 3h, audience: restricted}]\n",
        &internal, WORDS("| A | 1h |"), WORDS("In all"));
}
END_TEST

static const char mixed[] =
    "id: a\nname: Permits\nsummary: What it does.\naccountability:\n  contacts:\n"
    "    - {name: Desk, email: d@x.example, phone: +44 3}\n"
    "    - {name: Open desk, phone: +44 4, audience: public}\n"
    "scope:\n  audience: public\n  users: Everybody\n  in: [One thing, {text: Secret thing, "
    "audience: restricted}]\n"
    "it_continuity:\n  audience: restricted\n  hosting: north\n  measures: [A bunker]\n"
    "supporting:\n  exercises:\n    - id: e1\n      audience: restricted\n      date: 2026-01-01\n"
    "      result: passed\n      findings: [{id: f1, text: A hole in the wall}]\n";

START_TEST(an_audience_sees_no_more_than_it_may)
{
    struct cp_report_options options = internal;
    report_case_expect(
        people, mixed, &options,
        WORDS("What it does.", "| Desk | <d@x.example> |  |", "| Open desk |  | [+44 4]",
              "*Withheld here: 1 value.*", "**Users:** Everybody", "One thing",
              "*Withheld here: 1 value.*", "## IT Continuity\n\n*Withheld here: 2 values.*",
              "## Supporting Information", "*Withheld here: 5 values.*",
              "*Rendered for the audience internal: 9 values of the plan are for a narrower "
              "one and withheld; --audience restricted shows all.*"),
        WORDS("+44 3", "Secret", "bunker", "Northcloud", "hole", "e1", "2026-01-01"));
    options.audience = CP_PUBLIC;
    report_case_expect(people, mixed, &options,
                       WORDS("# Permits: service continuity plan\n\n## Accountability",
                             "| Open desk | [+44 4]", "**Users:** Everybody"),
                       WORDS("What it does", "d@x.example", "+44 3", "who is accountable",
                             "Not stated: "
                             "stores"));
    options.audience = CP_RESTRICTED;
    report_case_expect(people, mixed, &options,
                       WORDS("+44 3", "Secret thing", "A bunker", "A hole in"),
                       WORDS("Withheld", "Rendered for"));
}
END_TEST

START_TEST(objectives_are_filled_from_the_tier)
{
    report_case_expect(
        people,
        "id: a\ntier: 2\ndisaster_recovery:\n  scenarios:\n    - {id: fire, name: A fire}\n"
        "  objectives:\n    - {scenario: fire, rto: PT4H}\n    - {for: Staff, rto: 1d 12h, "
        "mtpd: {unknown: {reason: Asked}}}\n",
        &internal,
        WORDS("**Tier:** 2 (Essential)", "| For | Scenario | RTO | RPO | MTPD |",
              "| The whole service | A fire | 4h | 1h (tier 2) | 1d (tier 2) |",
              "| Staff |  | 1d 12h | 1h (tier 2) | **Unknown:** Asked |"),
        WORDS("RTO of"));
    report_case_expect(
        "", "id: a\ndisaster_recovery:\n  objectives:\n    - {rto: 4h}\n", &internal,
        WORDS("*Not stated: scenarios; runbooks; RPO of 1 of 1 objectives; MTPD of 1 of 1 "
              "objectives.*"),
        NULL);
}
END_TEST

START_TEST(runbooks_with_their_steps)
{
    report_case_expect(
        people,
        "id: a\ndisaster_recovery:\n  runbooks:\n    - id: restore\n      name: Restore it\n"
        "      description: |\n        # Before\n        Wait.\n      owner: ops\n"
        "      parameters: [{name: tag, meaning: A tag}]\n      steps:\n"
        "        - {id: one, action: Stop *all*, command: \"halt | tee log\", after: []}\n"
        "        - {id: two, action: Start, role: jon, duration: 5m, after: [one]}\n"
        "    - {id: other, path: runbooks/other.md}\n    - {id: bare}\n",
        &internal,
        WORDS("### Runbooks\n\n#### Restore it\n\n##### Before\n\nWait.\n",
              "**Owner:** Operations\n", "| `tag` | A tag |",
              "| one | Stop *all* |  |  | `halt \\| tee log` | at the start |",
              "| two | Start | Jon Reyes | 5m |  | one |", "#### other\n",
              "**Kept at:** [runbooks/other.md](runbooks/other.md)",
              "*Not stated: scenarios; owner of other; owner of bare; steps of bare; "),
        WORDS("steps of other"));
}
END_TEST

START_TEST(titled_prose_comes_before_notes)
{
    report_case_expect("",
                       "id: a\nscope:\n  description: First.\n  notes: Last.\n  users: All\n"
                       "  more:\n    - {title: Windows, text: \"## Deep\\nOn Tuesdays.\"}\n"
                       "more:\n  - {title: Elsewhere, text: Text of no section.}\n",
                       &internal,
                       WORDS("## Scope\n\nFirst.\n\n  - **Users:** All",
                             "### Windows\n\n#### Deep\n\nOn Tuesdays.\n\n### Notes\n\nLast.\n",
                             "## Further Information\n\n### Elsewhere\n\nText of no section."),
                       NULL);
}
END_TEST

START_TEST(one_section_by_its_key)
{
    struct cp_report_options options = internal;
    options.section = "scope";
    report_case_expect(
        people, mixed, &options,
        WORDS("# Permits: service continuity plan\n\n## Scope\n", "Rendered for the"),
        WORDS("## Accountability", "What it does"));
    options.section = "review";
    report_case_expect("", "id: a\n", &options, WORDS("## Review\n\n*Not stated: last review.*"),
                       NULL);
    const struct cp_str *keys;
    size_t count = cp_report_sections(&keys);
    ck_assert_uint_eq(count, 14);
    for (size_t i = 0; i < count; i++) {
        ck_assert(cp_report_has_section(keys[i].at));
        options.section = keys[i].at;
        report_case_expect(people, mixed, &options, WORDS("## "), NULL);
    }
    ck_assert(!cp_report_has_section("sections"));
}
END_TEST

/* A heading over nothing would be read as one whose text was lost. */
START_TEST(nothing_stated_is_said)
{
    static const char *const bare[] = {"impact", "more", "standards"};
    struct cp_report_options options = internal;
    for (size_t i = 0; i < sizeof bare / sizeof bare[0]; i++) {
        options.section = bare[i];
        report_case_expect("", "id: a\n", &options, WORDS("\n\n*Not stated.*\n"), NULL);
    }
    options.section = "impact";
    report_case_expect("", "id: a\nimpact: []\n", &options,
                       WORDS("## Business Impact\n\n*Not stated.*\n"), NULL);
    report_case_expect("", "id: a\nimpact: [{at: 4h, level: minor, audience: restricted}]\n",
                       &options, WORDS("## Business Impact\n\n*Withheld here: 2 values.*\n"),
                       WORDS("Not stated"));
    options.section = NULL;
    options.template = CP_TEMPLATE_HOUSE;
    report_case_expect(
        "", "id: a\n", &options,
        WORDS("### Contacts\n\n*Not stated.*\n\n*Not stated: who is accountable; who "
              "is responsible; contacts.*\n\n### Notes\n\n",
              "### External Dependencies\n\n*Not stated.*\n\n### Software\n\n"
              "*Not stated.*\n",
              "### Recovery Time and Recovery Point Objectives\n\n*Not stated.*"),
        NULL);
    report_case_expect("", "id: a\ndependencies: {sbom: {title: S, audience: restricted}}\n",
                       &options, WORDS("### Software\n\n*Withheld.*\n"), NULL);
}
END_TEST

START_TEST(text_of_a_plan_stays_text)
{
    struct report_case report;
    struct cp_buf markdown, html;
    cp_buf_init(&markdown);
    cp_buf_init(&html);
    report_case_init(&report, "",
                     "id: a\nname: \"<script>x</script> # [a](b)\\u202E\"\n"
                     "accountability:\n  contacts:\n    - {name: \"A | <b>\", role: \"*r*\", url: "
                     "\"javascript:x\", chat: \"|\\n| b |\"}\n"
                     "more:\n  - {title: \"</h3><img src=x>\", text: \"<script>\"}\n");
    report_case_render(&report, &internal, &markdown, &html);
    ck_assert_ptr_nonnull(strstr(markdown.at, "# \\<script\\>x\\</script\\> \\# \\[a\\](b)"
                                              "\\<U+202E\\>: service continuity plan\n"));
    ck_assert_ptr_nonnull(strstr(markdown.at, "| A \\| \\<b\\> (javascript:x) | \\*r\\* | "));
    ck_assert_ptr_nonnull(strstr(markdown.at, "\\| \\| b \\| |\n"));
    ck_assert_ptr_null(strstr(html.at, "<script"));
    ck_assert_ptr_null(strstr(html.at, "<img"));
    ck_assert_ptr_null(strstr(html.at, "href=\"javascript"));
    cp_buf_release(&markdown);
    cp_buf_release(&html);
    report_case_release(&report);
}
END_TEST

START_TEST(broken_values_are_shown_as_they_stand)
{
    report_case_expect("",
                       "id: a\nscope: [no mapping]\ndisaster_recovery:\n  objectives:\n"
                       "    - {for: Staff, rto: soonish, rpo: [1h]}\n"
                       "backup_restore:\n  stores: TBC\n  backups: {a: b}\n",
                       &internal,
                       WORDS("## Scope\n\n*Not stated: users", "| Staff | soonish |",
                             "### Stores\n\nTBC\n\n*Not stated: backups;"),
                       NULL);
}
END_TEST

/* ---- all of a plan ------------------------------------------------------------------------- */

struct coverage {
    const char *html;
    size_t values;
};

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static void expect_words(const char *html, struct cp_str text, const char *key)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && is_word(text.at[i])) {
            continue;
        }
        char word[128];
        snprintf(word, sizeof word, "%.*s", (int)(i - start), text.at + start);
        ck_assert_msg(strstr(html, word), "%s: the word '%s' is lost", key, word);
        start = i + 1;
    }
}

/* Every text but ids, which may stand as a name, and what is no fact of the service. */
static bool expect_value(void *context, const struct cp_visit *at)
{
    struct coverage *coverage = context;
    bool is_text = at->field->type == CP_TYPE_TEXT || at->field->type == CP_TYPE_PROSE ||
                   at->field->type == CP_TYPE_URL || at->field->type == CP_TYPE_EMAIL;
    if (is_text && at->leaf->state == CP_SET && (!at->field->is_list || at->is_item) &&
        !(at->section == at->leaf && cp_field_is_identity(at->field))) {
        struct cp_str text = ((const struct cp_text *)(const void *)at->leaf)->text;
        bool is_fingerprint = strcmp(at->field->key, "content") == 0; /* the plan has the whole */
        expect_words(coverage->html, cp_str_slice(text, 0, is_fingerprint ? 12 : SIZE_MAX),
                     at->field->key);
        coverage->values++;
    }
    return true;
}

START_TEST(no_word_of_the_examples_is_lost)
{
    for (int template = 0; template <2; template ++) {
        struct report_case report;
        struct cp_buf html;
        struct cp_report_options options = {template ? CP_TEMPLATE_HOUSE : CP_TEMPLATE_STANDARD,
                                            CP_RESTRICTED, NULL};
        cp_buf_init(&html);
        report_case_load_example(&report, (size_t)_i);
        report_case_render(&report, &options, NULL, &html);
        struct coverage coverage = {html.at, 0};
        cp_value_walk(&cp_object_plan, &report.plan, expect_value, &coverage);
        ck_assert_uint_gt(coverage.values, 50);
        ck_assert_ptr_null(strstr(html.at, "Withheld"));
        cp_buf_release(&html);
        report_case_release(&report);
    }
}
END_TEST

/* ---- all of the format --------------------------------------------------------------------- */

/* Puts a plan that states every field, each text with a number of its own. */
static void put_object(struct cp_buf *out, const struct cp_object *object, size_t indent,
                       unsigned *number);

static void put_scalar(struct cp_buf *out, const struct cp_field *field, unsigned *number)
{
    unsigned n = 1000 + (*number)++;
    switch (field->type) {
    case CP_TYPE_URL:
        cp_buf_printf(out, "https://x.example/%u", n);
        break;
    case CP_TYPE_EMAIL:
        cp_buf_printf(out, "m%u@x.example", n);
        break;
    case CP_TYPE_PHONE:
        cp_buf_printf(out, "\"+44 1632 96%u\"", n);
        break;
    case CP_TYPE_DURATION:
    case CP_TYPE_PERIOD:
    case CP_TYPE_INTERVAL:
        cp_buf_printf(out, "%um", n);
        break;
    case CP_TYPE_DATE:
        cp_date_put(out, (struct cp_date){(int32_t)n});
        break;
    case CP_TYPE_CHOICE:
        cp_buf_puts(out, field->choices[0]);
        break;
    case CP_TYPE_YES_NO:
        cp_buf_puts(out, "yes");
        break;
    case CP_TYPE_HOURS:
        cp_buf_puts(out, "24x7");
        break;
    default:
        cp_buf_printf(out, field->type == CP_TYPE_ID ? "id%u" : "Text %u", n);
    }
}

static void put_field(struct cp_buf *out, const struct cp_field *field, size_t indent,
                      unsigned *number)
{
    cp_buf_repeat(out, ' ', indent);
    cp_buf_printf(out, "%s:", field->key);
    if (field->type != CP_TYPE_OBJECT) {
        cp_buf_puts(out, field->is_list ? " [" : " ");
        put_scalar(out, field, number);
        cp_buf_puts(out, field->is_list ? "]\n" : "\n");
        return;
    }
    cp_buf_putc(out, '\n');
    if (field->is_list) {
        cp_buf_repeat(out, ' ', indent + 2);
        cp_buf_puts(out, "-\n");
    }
    put_object(out, field->of, indent + 4, number);
}

static void put_object(struct cp_buf *out, const struct cp_object *object, size_t indent,
                       unsigned *number)
{
    for (size_t i = 0; i < object->count; i++) {
        bool is_other =
            object == &cp_object_plan && (cp_field_is_identity(&object->fields[i]) ||
                                          strcmp(object->fields[i].key, "suppressions") == 0);
        if (!is_other) {
            put_field(out, &object->fields[i], indent, number);
        }
    }
}

/* Ids may stand as the names behind them; every other value is there. */
static bool expect_stated(void *context, const struct cp_visit *at)
{
    const char *html = context;
    const struct cp_node *node = at->leaf->node;
    bool is_scalar = (!at->field->is_list || at->is_item) && at->field->type != CP_TYPE_OBJECT;
    if (is_scalar && at->field->type != CP_TYPE_ID && node && node->kind == CP_NODE_SCALAR &&
        !cp_field_is_identity(at->field)) {
        struct cp_str text = node->text;
        size_t blank = cp_str_find(text, CP_STR(" ")); /* of a text, the number is its own */
        text = blank == SIZE_MAX ? text : cp_str_slice(text, blank + 1, text.len);
        char wanted[128];
        snprintf(wanted, sizeof wanted, "%.*s", CP_ARG(text));
        ck_assert_msg(strstr(html, wanted), "%s: %s is not there", at->field->key, wanted);
    }
    return at->leaf->state != CP_ABSENT;
}

START_TEST(every_field_of_the_format_is_shown)
{
    struct report_case report;
    struct cp_buf text, html;
    unsigned number = 0;
    struct cp_report_options options = {_i ? CP_TEMPLATE_HOUSE : CP_TEMPLATE_STANDARD,
                                        CP_RESTRICTED, NULL};
    cp_buf_init(&text);
    cp_buf_init(&html);
    cp_buf_puts(&text, "id: a\nname: A\n");
    put_object(&text, &cp_object_plan, 0, &number);
    ck_assert_uint_gt(number, 200);
    report_case_init(&report, "", text.at);
    report_case_render(&report, &options, NULL, &html);
    cp_value_walk(&cp_object_plan, &report.plan, expect_stated, html.at);
    ck_assert_ptr_null(strstr(html.at, "Withheld"));
    cp_buf_release(&text);
    cp_buf_release(&html);
    report_case_release(&report);
}
END_TEST

/* Telephone numbers of people, accounts and restricted measures. */
START_TEST(no_restricted_value_of_the_examples_leaks)
{
    struct report_case report;
    struct cp_buf markdown;
    cp_buf_init(&markdown);
    report_case_load_example(&report, (size_t)_i);
    report_case_render(&report, &internal, &markdown, NULL);
    ck_assert_ptr_null(strstr(markdown.at, "7946 02"));
    ck_assert_ptr_null(strstr(markdown.at, "hv-vault"));
    ck_assert_ptr_null(strstr(markdown.at, "hv-cold"));
    size_t withheld = cp_plan_withheld(&report.plan, NULL, CP_INTERNAL);
    ck_assert(withheld == 0 || strstr(markdown.at, "Rendered for the audience internal"));
    cp_buf_release(&markdown);
    report_case_release(&report);
}
END_TEST

Suite *cp_suite_report(void)
{
    Suite *suite = suite_create("report");
    TCase *tests = tcase_create("documents");
    tcase_add_test(tests, an_empty_plan_says_what_is_missing);
    tcase_add_test(tests, cells_that_are_missing_are_named);
    tcase_add_test(tests, unknown_and_not_applicable_are_said);
    tcase_add_test(tests, names_stand_for_ids_and_contacts_for_those_who_may);
    tcase_add_test(tests, withheld_ways_to_reach_people_are_counted);
    tcase_add_test(tests, a_rota_says_whom_to_call);
    tcase_add_test(tests, what_is_left_out_is_said_beside_what_is_not);
    tcase_add_test(tests, an_audience_sees_no_more_than_it_may);
    tcase_add_test(tests, objectives_are_filled_from_the_tier);
    tcase_add_test(tests, runbooks_with_their_steps);
    tcase_add_test(tests, titled_prose_comes_before_notes);
    tcase_add_test(tests, one_section_by_its_key);
    tcase_add_test(tests, nothing_stated_is_said);
    tcase_add_test(tests, text_of_a_plan_stays_text);
    tcase_add_test(tests, broken_values_are_shown_as_they_stand);
    tcase_add_loop_test(tests, no_word_of_the_examples_is_lost, 0, (int)example_plan_count);
    tcase_add_loop_test(tests, every_field_of_the_format_is_shown, 0, 2);
    tcase_add_loop_test(tests, no_restricted_value_of_the_examples_leaks, 0,
                        (int)example_plan_count);
    suite_add_tcase(suite, tests);
    return suite;
}
