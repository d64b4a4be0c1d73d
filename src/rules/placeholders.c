/*
 * CP2, text that stands for a missing fact: placeholder words and markup and vague quantities in
 * text, and values that are honestly unknown. What a word looks like is the schema layer's; which
 * text is neither code nor address is the markdown layer's.
 */
#include "document.h"

/* ---- searching text -------------------------------------------------------------------------- */

/* One kind of text that is looked for. */
struct search {
    struct cp_str (*find)(struct cp_str text);
    unsigned suspect;   /* what a first look must have seen for it */
    const char *format; /* of the message: the field's key, the words found */
    const char *help;
    bool in_html;      /* a tag may be one */
    bool in_addresses; /* e-mail, phone and URL fields are searched as well */
};

static bool is_inside(struct cp_str part, struct cp_str whole)
{
    return part.at >= whole.at && part.at + part.len <= whole.at + whole.len;
}

/* Whether what was found is words (or, for markup, the tag or link) of this part of the prose. */
static bool is_part_of(struct cp_str found, const struct cp_prose_run *run, bool in_html)
{
    switch (run->kind) {
    case CP_PROSE_TEXT:
        return is_inside(found, run->text);
    case CP_PROSE_HTML:
        return in_html && is_inside(found, run->text);
    default:
        return in_html && is_inside(run->target, found);
    }
}

static bool is_behind(const struct cp_prose_run *run, struct cp_str found)
{
    return run->kind != CP_PROSE_LINK && run->kind != CP_PROSE_IMAGE &&
           run->text.at >= found.at + found.len;
}

static void report_words(const struct cp_values_input *in, const struct cp_rule *rule,
                         const struct search *search, const struct cp_value *value,
                         struct cp_str found)
{
    struct cp_node *node = value->leaf->node;
    struct cp_diagnostic *finding = cp_node_report_at(
        in->diags, rule, node, cp_words_place(in->diags, rule, node, value->text, found),
        "'%s' %s %s", value->field->key, search->format, cp_diags_quote(in->diags, found));
    cp_diagnostic_help(in->diags, finding, "%s", search->help);
}

/* The prose is scanned only once something was found, along with the search for more of it. */
static void search_prose(const struct cp_values_input *in, const struct cp_rule *rule,
                         const struct search *search, const struct cp_value *value)
{
    struct cp_str rest = value->text;
    struct cp_str found = search->find(rest);
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    bool has_run = false;
    while (found.len > 0) {
        if (!has_run) {
            cp_prose_scan_init(&scan, value->text);
            has_run = cp_prose_scan_next(&run, &scan);
        }
        while (has_run && !is_part_of(found, &run, search->in_html) && !is_behind(&run, found)) {
            has_run = cp_prose_scan_next(&run, &scan);
        }
        if (!has_run) {
            return;
        }
        if (is_part_of(found, &run, search->in_html)) {
            report_words(in, rule, search, value, found);
        }
        size_t end = (size_t)(found.at + found.len - value->text.at);
        rest = cp_str_slice(value->text, end, SIZE_MAX);
        found = search->find(rest);
    }
}

/* Fields of one word or address: no Markdown, and a full URL may hold any word. */
static void search_plain(const struct cp_values_input *in, const struct cp_rule *rule,
                         const struct search *search, const struct cp_value *value)
{
    struct cp_str found = search->find(value->text);
    if (found.len > 0 && cp_str_find(value->text, CP_STR("://")) == SIZE_MAX) {
        report_words(in, rule, search, value, found);
    }
}

static void search_values(const struct cp_values_input *in, const struct cp_rule *rule,
                          const struct search *search)
{
    for (size_t i = 0; i < in->count; i++) {
        const struct cp_value *value = &in->values[i];
        if (!(value->suspects & search->suspect)) {
            continue;
        }
        switch (value->field->type) {
        case CP_TYPE_TEXT:
        case CP_TYPE_PROSE:
            if (!(value->field->flags & CP_FIELD_CODE)) {
                search_prose(in, rule, search, value);
            }
            break;
        case CP_TYPE_REFERENCE:
        case CP_TYPE_URL:
        case CP_TYPE_EMAIL:
        case CP_TYPE_PHONE:
            if (search->in_addresses) {
                search_plain(in, rule, search, value);
            }
            break;
        default:
            break;
        }
    }
}

/* ---- the rules of text ----------------------------------------------------------------------- */

#define SAY_UNKNOWN "; where it is not known yet, {unknown: {reason, owner, due}}"

static void check_words(const struct cp_values_input *in, const struct cp_rule *rule)
{
    static const struct search search = {
        .find = cp_placeholder_find,
        .suspect = CP_SUSPECT_WORD,
        .format = "holds the placeholder",
        .help = "write the fact itself" SAY_UNKNOWN,
        .in_addresses = true,
    };
    search_values(in, rule, &search);
}

static const struct cp_rule rule_placeholder_word = {
    .code = "CP201",
    .name = "placeholder-word",
    .severity = CP_ERROR,
    .summary = "a word such as TBC or \"to be confirmed\" where a fact should stand",
    .explanation =
        "Placeholders outlive everybody's intention: \"Currently TBC.\" has stood in published "
        "plans for months. Looked for are TBC, TBD, TODO and FIXME in capitals, and \"to be "
        "confirmed\", \"to be added\" and their like at the end of a text or sentence; never in "
        "code or addresses. Write the fact, or say honestly that it is unknown: why, who finds "
        "out, and by when.",
    .bad = "accountability:\n"
           "  accountable: TBC\n",
    .good = "accountability:\n"
            "  accountable:\n"
            "    unknown:\n"
            "      reason: The post is vacant\n"
            "      owner: Maya Lind\n"
            "      due: 2027-01-31\n",
};

static void check_markup(const struct cp_values_input *in, const struct cp_rule *rule)
{
    static const struct search search = {
        .find = cp_placeholder_markup_find,
        .suspect = CP_SUSPECT_MARKUP,
        .format = "holds markup that nobody filled in:",
        .help = "put in what was meant to stand there, or take it out" SAY_UNKNOWN,
        .in_html = true,
        .in_addresses = true,
    };
    search_values(in, rule, &search);
}

static const struct cp_rule rule_placeholder_markup = {
    .code = "CP202",
    .name = "placeholder-markup",
    .severity = CP_ERROR,
    .summary = "markup left over from a template: an empty image or link, <DIAGRAM>, [insert …]",
    .explanation =
        "Templates leave marks where somebody was to put something: `<img src=\"\">`, "
        "`<DIAGRAM>`, `[insert name]`, a link that leads nowhere, lorem ipsum. A reader sees a "
        "gap or a broken image and cannot tell what was meant. Fill it in, or remove it.",
    .bad = "architecture:\n"
           "  description: |\n"
           "    <DIAGRAM>\n"
           "\n"
           "    Read the [high-level design]() first.\n",
    .good = "architecture:\n"
            "  description: |\n"
            "    Read the [high-level design](https://docs.example.org/design) first.\n",
};

static void check_vague(const struct cp_values_input *in, const struct cp_rule *rule)
{
    static const struct search search = {
        .find = cp_vague_find,
        .suspect = CP_SUSPECT_VAGUE,
        .format = "says",
        .help = "write the one length of time that is meant, such as 'within 2 days'",
    };
    search_values(in, rule, &search);
}

static const struct cp_rule rule_vague_prose = {
    .code = "CP206",
    .name = "vague-prose",
    .severity = CP_INFO,
    .summary = "a length of time in prose that nobody can measure",
    .explanation =
        "\"A number of days\" and \"6 months - 1 year\" read well and promise nothing: no exercise "
        "can miss them. In prose this is only pointed out; in a field that takes a length of time "
        "it is an error (CP204).",
    .bad = "it_continuity:\n"
           "  description: The restore can take several hours.\n",
    .good = "it_continuity:\n"
            "  description: The restore takes up to 3 hours.\n",
};

/* ---- honestly unknown ------------------------------------------------------------------------ */

static struct cp_place place_of(const struct cp_portfolio_input *in,
                                const struct cp_fact_unknown *unknown)
{
    struct cp_file *file = unknown->is_inherited ? in->portfolio->file : in->file;
    return (struct cp_place){file, unknown->span};
}

static void put_due(char out[16], struct cp_date due)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_date_put(&buf, due);
    struct cp_str text = cp_str_slice(cp_buf_str(&buf), 0, 15);
    for (size_t i = 0; i < text.len; i++) {
        out[i] = text.at[i];
    }
    out[text.len] = '\0';
    cp_buf_release(&buf);
}

/* Reports the unknown values that are past due, or those that are not. */
static void report_unknowns(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                            bool is_overdue)
{
    const struct cp_fact_unknown *unknowns = cp_facts_unknowns(in->subject);
    for (size_t i = 0; i < cp_facts_count(in->subject, CP_POOL_UNKNOWNS); i++) {
        const struct cp_fact_unknown *unknown = &unknowns[i];
        if ((in->today.days > unknown->due.days) != is_overdue) {
            continue;
        }
        char due[16];
        put_due(due, unknown->due);
        struct cp_str field = cp_fact_str(in->subject, unknown->field);
        const char *owner = cp_diags_quote(
            in->diags,
            cp_portfolio_name_of(in->portfolio, cp_fact_str(in->subject, unknown->owner)));
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, rule, place_of(in, unknown), field,
                         is_overdue ? "'%.*s' is still unknown: %s was to find out by %s"
                                    : "'%.*s' is unknown: %s finds out by %s",
                         CP_ARG(field), owner, due);
        if (is_overdue) {
            cp_diagnostic_help(in->diags, finding,
                               "write the value; or agree a new day with the owner and change "
                               "'due', saying in 'reason' why it took longer");
        }
    }
}

static void check_overdue(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    report_unknowns(in, rule, true);
}

static const struct cp_rule rule_unknown_overdue = {
    .code = "CP207",
    .name = "unknown-overdue",
    .severity = CP_ERROR,
    .summary = "an unknown value whose day has passed",
    .explanation =
        "`unknown` is a promise: somebody finds out by a day. Once that day is over the value is a "
        "placeholder like any other. Write what was found out, or agree a new day and say in the "
        "reason why it took longer. The day itself is still in time.",
    .bad = "releases:\n"
           "  process: {unknown: {reason: No pipeline yet, owner: Maya Lind, due: 2026-01-31}}\n",
    .good = "releases:\n"
            "  process: Every merge to main is published.\n",
};

static void check_stated(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    report_unknowns(in, rule, false);
}

static const struct cp_rule rule_unknown_stated = {
    .code = "CP208",
    .name = "unknown-stated",
    .severity = CP_INFO,
    .summary = "a value that is honestly unknown for now",
    .explanation =
        "Saying that something is unknown, why, who finds out and by when, is better than a blank "
        "or a guess, and it satisfies what the profile requires. It is listed so that nobody "
        "forgets it; nothing needs to be done before its day.",
    .bad = "releases:\n"
           "  process: {unknown: {reason: No pipeline yet, owner: Maya Lind, due: 2099-01-31}}\n",
    .good = "releases:\n"
            "  process: Every merge to main is published.\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_placeholder_word,
     .check_values = check_words,
     .check_document = cp_check_document_placeholders,
     .ages = true},
    {.rule = &rule_placeholder_markup,
     .check_values = check_markup,
     .check_document = cp_check_document_markup,
     .ages = true},
    {.rule = &cp_rule_placeholder_value, .ages = true},
    {.rule = &cp_rule_vague_value},
    {.rule = &cp_rule_unknown_incomplete, .ages = true},
    {.rule = &rule_vague_prose,
     .check_values = check_vague,
     .check_document = cp_check_document_vague},
    {.rule = &rule_unknown_overdue, .check_portfolio = check_overdue, .ages = true},
    {.rule = &rule_unknown_stated, .check_portfolio = check_stated, .ages = true},
};

const struct cp_topic cp_topic_placeholders = CP_TOPIC(checks);
