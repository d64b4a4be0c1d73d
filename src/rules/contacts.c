/*
 * CP4, how people are reached: contacts that are no more than a link, addresses that cannot work,
 * and people who have left. Knows nothing of roles and calls.
 */
#include "topics.h"

#include <string.h>

/* ---- only a link ----------------------------------------------------------------------------- */

/* Whether a contact that names somebody of the portfolio file can be reached by what stands there.
 */
static bool is_person_reachable(const struct cp_plan_input *in, const struct cp_text *name)
{
    const struct cp_person *person =
        name->leaf.state == CP_SET ? cp_portfolio_find_person(in->portfolio, name->text) : NULL;
    return person && (person->email.leaf.state == CP_SET || person->phone.leaf.state == CP_SET);
}

static void check_contact(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_contact *contact)
{
    bool is_only_link = contact->leaf.state == CP_SET && contact->url.leaf.state == CP_SET &&
                        contact->email.leaf.state == CP_ABSENT &&
                        contact->phone.leaf.state == CP_ABSENT &&
                        contact->chat.leaf.state == CP_ABSENT;
    if (!is_only_link || is_person_reachable(in, &contact->name)) {
        return;
    }
    const char *name = contact->name.leaf.state == CP_SET
                           ? cp_diags_quote(in->diags, contact->name.text)
                           : "this contact";
    struct cp_diagnostic *finding = cp_node_report(in->diags, rule, contact->url.leaf.node,
                                                   "%s is reached by a link alone", name);
    cp_diagnostic_help(in->diags, finding,
                       "add 'email', 'phone' or 'chat', so that the plan helps when the page "
                       "cannot be opened");
}

static void check_links(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_accountability *accountability = &in->plan->accountability;
    for (size_t i = 0; i < accountability->contacts.count; i++) {
        check_contact(in, rule, &accountability->contacts.items[i]);
    }
    check_contact(in, rule, &in->plan->incident_response.security_contact);
}

static const struct cp_rule rule_contact_only_link = {
    .code = "CP405",
    .name = "contact-only-link",
    .severity = CP_WARNING,
    .summary = "a contact that is only a link to a page",
    .explanation =
        "A page of contact details is the first thing that cannot be opened when the network or "
        "the sign-in is down, and it is not on the printed copy. State at least one of e-mail, "
        "phone and chat in the plan; details that not everybody may see have an audience.",
    .clause = "ISO 22301:2019, 8.4.3",
    .bad = "accountability:\n"
           "  contacts:\n"
           "    - name: Contact details\n"
           "      url: https://docs.example.org/contacts\n",
    .good = "accountability:\n"
            "  contacts:\n"
            "    - name: Permits desk\n"
            "      phone: +44 20 7946 0101\n"
            "      url: https://docs.example.org/contacts\n",
};

/* ---- addresses ------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What is wrong with an address and what to write; `problem` NULL: nothing. */
struct fault {
    const char *problem;
    const char *help;
};

static bool is_host_byte(char c)
{
    return is_letter(c) || cp_is_digit(c) || c == '-' || (unsigned char)c >= 0x80;
}

/* Labels of letters, digits and hyphens with single dots between them, at least `labels` of them.
 */
static bool is_host(struct cp_str s, size_t labels)
{
    size_t count = 0;
    size_t len = 0;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && is_host_byte(s.at[i])) {
            len++;
        } else if ((i == s.len || s.at[i] == '.') && len > 0 && s.at[i - 1] != '-') {
            count++;
            len = 0;
        } else {
            return false;
        }
    }
    return count >= labels;
}

static bool is_local_part(struct cp_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool is_dot = c == '.' && i > 0 && i + 1 < s.len && s.at[i - 1] != '.';
        if (!is_dot && !is_host_byte(c) && !(c && strchr("!#$%&'*+/=?^_`{|}~", c))) {
            return false;
        }
    }
    return s.len > 0;
}

static struct fault judge_email(struct cp_str text, const struct cp_field *field)
{
    (void)field;
    size_t at = cp_str_find(text, CP_STR("@"));
    bool is_good = at != SIZE_MAX && is_local_part(cp_str_slice(text, 0, at)) &&
                   is_host(cp_str_slice(text, at + 1, SIZE_MAX), 2);
    return is_good ? (struct fault){0}
                   : (struct fault){"which is no e-mail address",
                                    "write the address alone, such as desk@example.org"};
}

/* Words that may stand behind the digits of a number. */
static size_t skip_phone_word(struct cp_str text, size_t at)
{
    static const char *const words[] = {"extension", "ext", "x", "option", "opt", "then"};
    size_t end = at;
    while (end < text.len && is_letter(text.at[end])) {
        end++;
    }
    struct cp_str word = {text.at + at, end - at};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cp_str_is_equal_folded(word, cp_str_of(words[i]))) {
            return end;
        }
    }
    return at;
}

static struct fault judge_phone(struct cp_str text, const struct cp_field *field)
{
    (void)field;
    size_t digits = 0;
    bool is_good = true;
    for (size_t i = 0; i < text.len && is_good;) {
        char c = text.at[i];
        size_t next = i + 1;
        digits += cp_is_digit(c);
        if (c == '+') {
            is_good = digits == 0;
        } else if (is_letter(c)) {
            next = skip_phone_word(text, i);
            is_good = next > i && digits > 0;
        } else {
            is_good = cp_is_digit(c) || (c && strchr(" ()-./#,", c));
        }
        i = next;
    }
    return is_good && digits >= 3 && digits <= 24
               ? (struct fault){0}
               : (struct fault){"which is no phone number",
                                "write digits with the country code, such as +44 20 7946 0958, and "
                                "an extension as 'ext 12'"};
}

/* Length of the scheme before a colon, or 0: letters, digits, + - . and no slash before it. */
static size_t scheme_length(struct cp_str text)
{
    size_t len = 0;
    while (len < text.len &&
           (is_letter(text.at[len]) ||
            (len > 0 && (cp_is_digit(text.at[len]) || strchr("+-.", text.at[len]))))) {
        len++;
    }
    return len < text.len && text.at[len] == ':' ? len : 0;
}

static bool is_among(struct cp_str word, const char *const *words)
{
    for (; *words; words++) {
        if (cp_str_is_equal_folded(word, cp_str_of(*words))) {
            return true;
        }
    }
    return false;
}

/* What follows http: or https: must be // and a host, perhaps with user, port and brackets. */
static bool has_host(struct cp_str text)
{
    if (!cp_str_has_prefix(text, "//")) {
        return false;
    }
    size_t end = 2;
    while (end < text.len && text.at[end] != '/' && text.at[end] != '?' && text.at[end] != '#') {
        end++;
    }
    struct cp_str host = cp_str_slice(text, 2, end - 2);
    size_t user = cp_str_find(host, CP_STR("@"));
    host = user == SIZE_MAX ? host : cp_str_slice(host, user + 1, SIZE_MAX);
    if (cp_str_has_prefix(host, "[")) {
        return cp_str_find(host, CP_STR("]")) != SIZE_MAX;
    }
    size_t port = cp_str_find(host, CP_STR(":"));
    return is_host(port == SIZE_MAX ? host : cp_str_slice(host, 0, port), 1);
}

static bool is_no_part(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '<' || c == '>' || c == '"';
}

static bool has_blank(struct cp_str text)
{
    size_t i = 0;
    while (i < text.len && !is_no_part(text.at[i])) {
        i++;
    }
    return i < text.len;
}

/* git@host:path is how code hosts give the address of a repository. */
static bool is_repository(const struct cp_field *field)
{
    return strcmp(field->key, "repository") == 0;
}

/* The label behind the last dot of `text`. */
static struct cp_str last_label(struct cp_str text)
{
    size_t from = text.len;
    while (from > 0 && text.at[from - 1] != '.') {
        from--;
    }
    return cp_str_slice(text, from, SIZE_MAX);
}

static size_t count_dots(struct cp_str text)
{
    size_t dots = 0;
    for (size_t i = 0; i < text.len; i++) {
        dots += text.at[i] == '.';
    }
    return dots;
}

static bool is_word(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_letter(text.at[i])) {
            return false;
        }
    }
    return text.len > 1;
}

/* `risks.example.org` or `example.org/risks`: a host, and no file beside the plan. */
static bool is_bare_host(struct cp_str text)
{
    static const char *const endings[] = {
        "md",  "markdown", "html", "htm",    "pdf",  "txt", "yaml", "yml",  "json", "csv", "tsv",
        "xls", "xlsx",     "ods",  "doc",    "docx", "odt", "ppt",  "pptx", "odp",  "svg", "png",
        "jpg", "jpeg",     "gif",  "drawio", "vsdx", "org", "rst",  "adoc", "xml",  "zip", "msg",
        "eml", "puml",     "mmd",  "dot",    "sh",   "tf",  "gz",   "tar",  "log",  NULL};
    static const char *const domains[] = {"com", "org", "net", "gov", "edu",     "int",
                                          "uk",  "eu",  "io",  "dev", "example", NULL};
    size_t slash = cp_str_find(text, CP_STR("/"));
    struct cp_str host = cp_str_slice(text, 0, slash);
    struct cp_str last = last_label(host);
    if (!is_host(host, 1) || !is_word(last)) {
        return false;
    }
    return slash == SIZE_MAX ? count_dots(host) > 1 && !is_among(last, endings)
                             : count_dots(host) > 0 && is_among(last, domains);
}

static struct fault judge_url(struct cp_str text, const struct cp_field *field)
{
    static const char *const web[] = {"http", "https", NULL};
    static const char *const others[] = {"mailto", "tel", NULL};
    static const char *const code[] = {"ssh", "git", "git+ssh", NULL};
    static const char *const whole = "write the whole address, such as https://example.org/page";
    struct cp_str scheme = cp_str_slice(text, 0, scheme_length(text));
    struct cp_str rest = cp_str_slice(text, scheme.len > 0 ? scheme.len + 1 : 0, SIZE_MAX);
    if (has_blank(text)) {
        return (struct fault){"which is no address: it holds a blank, a quote or an angle bracket",
                              "write the address alone; words about it go into a text field"};
    }
    if (is_repository(field) &&
        (is_among(scheme, code) || cp_str_find(text, CP_STR("@")) != SIZE_MAX)) {
        return (struct fault){0};
    }
    if (is_among(scheme, web)) {
        return has_host(rest) ? (struct fault){0}
                              : (struct fault){"which names no host that could exist", whole};
    }
    if (is_among(scheme, others)) {
        return rest.len > 0 ? (struct fault){0}
                            : (struct fault){"with nothing behind the colon", whole};
    }
    if (scheme.len > 0) {
        return (struct fault){"whose scheme is none of https, http, mailto and tel",
                              "write an address that begins with https://, mailto: or tel:, or a "
                              "path relative to this file"};
    }
    bool is_bare =
        cp_str_has_prefix(text, "www.") || cp_str_has_prefix(text, "//") || is_bare_host(text);
    return is_bare ? (struct fault){"which lacks https:// and so reads as a path", whole}
                   : (struct fault){0};
}

static bool is_placeholder(struct cp_str text)
{
    return cp_placeholder_find(text).len > 0 || cp_placeholder_markup_find(text).len > 0;
}

static void check_address(const struct cp_values_input *in, const struct cp_rule *rule,
                          const struct cp_value *value,
                          struct fault (*judge)(struct cp_str, const struct cp_field *))
{
    struct cp_str text = cp_str_trim(value->text);
    struct fault fault = judge(text, value->field);
    if (!fault.problem || is_placeholder(text)) {
        return;
    }
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, value->leaf->node, "'%s' is %s, %s", value->field->key,
                       cp_diags_quote(in->diags, text), fault.problem);
    cp_diagnostic_help(in->diags, finding, "%s", fault.help);
    struct cp_str bare = cp_str_slice(text, strlen("mailto:"), SIZE_MAX);
    if (value->field->type == CP_TYPE_EMAIL && cp_str_has_prefix(text, "mailto:") &&
        !judge(bare, value->field).problem) {
        cp_node_fix_value(in->diags, finding, value->leaf->node, bare);
    }
}

static void check_addresses(const struct cp_values_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->count; i++) {
        const struct cp_value *value = &in->values[i];
        switch (value->field->type) {
        case CP_TYPE_EMAIL:
            check_address(in, rule, value, judge_email);
            break;
        case CP_TYPE_PHONE:
            check_address(in, rule, value, judge_phone);
            break;
        case CP_TYPE_URL:
            check_address(in, rule, value, judge_url);
            break;
        default:
            break;
        }
    }
}

static const struct cp_rule rule_malformed_contact = {
    .code = "CP406",
    .name = "malformed-contact",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "an e-mail address, phone number or URL that cannot work",
    .explanation =
        "A mistyped address is found out when somebody needs it. E-mail addresses stand alone "
        "(`name@example.org`), phone numbers are digits with an optional extension, URLs are "
        "complete (`https://…`, `mailto:`, `tel:`) or relative to the plan's file. Whether "
        "somebody answers is for an exercise to find out.",
    .clause = "ISO 22301:2019, 8.4.3",
    .bad = "accountability:\n"
           "  contacts:\n"
           "    - {name: Permits desk, email: desk@example, phone: ask reception}\n",
    .good = "accountability:\n"
            "  contacts:\n"
            "    - {name: Permits desk, email: desk@example.org, phone: +44 20 7946 0101}\n",
};

/* ---- who has left ---------------------------------------------------------------------------- */

static void report_left(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                        const struct cp_fact_reference *reference, const struct cp_person *person)
{
    struct cp_str field = cp_fact_str(in->subject, reference->field);
    struct cp_str name =
        cp_portfolio_name_of(in->portfolio, cp_fact_str(in->subject, reference->id));
    struct cp_place place = {reference->is_inherited ? in->portfolio->file : in->file,
                             reference->span};
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, place, field, "%s has left and still stands in '%.*s'",
                     cp_diags_quote(in->diags, name), CP_ARG(field));
    cp_diagnostic_help(in->diags, finding, "name whoever has taken over");
    cp_diagnostic_note(in->diags, finding, cp_node_place(person->until.leaf.node),
                       "the last day stands here");
}

static void check_team(const struct cp_config_input *in, const struct cp_rule *rule,
                       const struct cp_team *team)
{
    for (size_t i = 0; i < team->members.count; i++) {
        const struct cp_text *member = &team->members.items[i];
        const struct cp_person *person = member->leaf.state == CP_SET
                                             ? cp_portfolio_find_person(in->portfolio, member->text)
                                             : NULL;
        if (!person || !person->has_left) {
            continue;
        }
        struct cp_diagnostic *finding = cp_node_report(
            in->diags, rule, member->leaf.node, "%s has left and is still a member of %s",
            cp_diags_quote(in->diags, cp_portfolio_name_of(in->portfolio, member->text)),
            cp_diags_quote(in->diags, cp_portfolio_name_of(in->portfolio, team->id.text)));
        cp_diagnostic_help(in->diags, finding,
                           "take them off the team, and name whoever has taken over");
        cp_diagnostic_note(in->diags, finding, cp_node_place(person->until.leaf.node),
                           "the last day stands here");
    }
}

static void check_teams(const struct cp_config_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->portfolio->config.teams.count; i++) {
        check_team(in, rule, &in->portfolio->config.teams.items[i]);
    }
}

static void check_left(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_fact_reference *references = cp_facts_references(in->subject);
    for (size_t i = 0; i < cp_facts_count(in->subject, CP_POOL_REFERENCES); i++) {
        const struct cp_fact_reference *reference = &references[i];
        const struct cp_person *person =
            reference->refers & CP_REFERS_PERSON && !reference->is_dated
                ? cp_portfolio_find_person(in->portfolio, cp_fact_str(in->subject, reference->id))
                : NULL;
        if (person && person->has_left) {
            report_left(in, rule, reference, person);
        }
    }
}

static const struct cp_rule rule_person_left = {
    .code = "CP407",
    .name = "person-left",
    .severity = CP_ERROR,
    .summary = "somebody who has left is still named where somebody must act",
    .explanation =
        "`until` in contplan.yaml is a person's last day. Afterwards they may stand in dated "
        "records only: who took part in an exercise, approved or reviewed. Everywhere else a plan "
        "that names them names nobody, and a team that lists them has one fewer than it seems. The "
        "last day itself still counts as present.",
    .clause = "ISO 22301:2019, 7.5",
    .bad = "# file: contplan.yaml\n"
           "people:\n"
           "  - {id: maya.lind, name: Maya Lind, until: 2026-06-30}\n"
           "# file: plans/permits.yaml\n"
           "accountability:\n"
           "  accountable: maya.lind\n",
    .good = "# file: contplan.yaml\n"
            "people:\n"
            "  - {id: maya.lind, name: Maya Lind, until: 2026-06-30}\n"
            "  - {id: sam.ward, name: Sam Ward}\n"
            "# file: plans/permits.yaml\n"
            "accountability:\n"
            "  accountable: sam.ward\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_contact_only_link, .check_plan = check_links},
    {.rule = &rule_malformed_contact, .check_values = check_addresses},
    {.rule = &rule_person_left, .check_config = check_teams, .check_portfolio = check_left},
};

const struct cp_topic cp_topic_contacts = CP_TOPIC(checks);
