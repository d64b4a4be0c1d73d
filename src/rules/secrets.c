/*
 * CP902, secrets: what keys, tokens and passwords look like. Reads the bytes of a file and not its
 * values, so that comments, unknown keys and files that do not parse are searched as well, and
 * remembers each secret, so that no finding shows it. Knows no field.
 */
#include "topics.h"

#include <assert.h>
#include <string.h>

enum {
    CLOSE_BY = 200,       /* bytes that are looked at around an anchor */
    PEM_BYTES = 16 * 1024 /* of a key's block */
};

/* ---- bytes ----------------------------------------------------------------------------------- */

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_alphanumeric(char c)
{
    return cp_is_digit(c) || is_upper(c) || is_lower(c);
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static char byte_at(struct cp_str text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

static bool has_at(struct cp_str text, size_t at, const char *words)
{
    return cp_str_has_prefix(cp_str_slice(text, at, SIZE_MAX), words);
}

/* What kinds of characters a text holds. */
struct mix {
    bool has_digit, has_upper, has_lower, has_symbol, has_separator;
    bool has_blend; /* a letter and a digit beside one another, no separator between */
};

static struct mix mix_of(struct cp_str text)
{
    struct mix mix = {0};
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        char next = byte_at(text, i + 1);
        mix.has_digit |= cp_is_digit(c);
        mix.has_upper |= is_upper(c);
        mix.has_lower |= is_lower(c);
        mix.has_symbol |= is_one_of(c, "!@#$%^&*+=?~");
        mix.has_separator |= is_one_of(c, "-./_:");
        mix.has_blend |=
            is_alphanumeric(c) && is_alphanumeric(next) && cp_is_digit(c) != cp_is_digit(next);
    }
    return mix;
}

/* ---- tokens whose shape is known ------------------------------------------------------------- */

struct shape {
    const char *prefix;
    size_t anchor;    /* the byte of the prefix that with the one before it is rare in plans */
    const char *more; /* what may stand in the rest besides letters and digits */
    size_t least;     /* bytes behind the prefix */
    const char *kind; /* what messages call it */
};

static const struct shape shapes[] = {
    {"AKIA", 1, "", 16, "an AWS access key"},
    {"ASIA", 1, "", 16, "an AWS access key"},
    {"AIza", 2, "-_", 35, "a Google API key"},
    {"Bearer ", 1, "-._~+/=", 24, "a bearer token"},
    {"ghp_", 3, "", 36, "a GitHub token"},
    {"gho_", 3, "", 36, "a GitHub token"},
    {"ghu_", 3, "", 36, "a GitHub token"},
    {"ghs_", 3, "", 36, "a GitHub token"},
    {"ghr_", 3, "", 36, "a GitHub token"},
    {"github_pat_", 6, "_", 22, "a GitHub token"},
    {"glpat-", 5, "-_", 20, "a GitLab token"},
    {"xoxb-", 2, "-", 20, "a Slack token"},
    {"xoxp-", 2, "-", 20, "a Slack token"},
    {"xoxa-", 2, "-", 20, "a Slack token"},
    {"xapp-", 1, "-", 20, "a Slack token"},
    {"hooks.slack.com/services/", 6, "/", 20, "a Slack webhook"},
    {"sk_live_", 2, "", 16, "a Stripe key"},
    {"rk_live_", 2, "", 16, "a Stripe key"},
    {"sk-ant-", 2, "-_", 24, "an API key"},
    {"sk-proj-", 2, "-_", 24, "an API key"},
    {"npm_", 3, "", 36, "an npm token"},
    {"pypi-", 4, "-_", 32, "a PyPI token"},
    {"dop_v1_", 4, "", 40, "a DigitalOcean token"},
    {"SG.", 1, "-_.", 40, "a SendGrid key"},
    {"hvs.", 1, "-_", 24, "a Vault token"},
    {"eyJ", 2, "-_.", 40, "a signed token"},
};

/* Whoever documents a token writes so into it. */
static bool is_sample(struct cp_str text)
{
    return cp_str_find(text, CP_STR("EXAMPLE")) != SIZE_MAX ||
           cp_str_find(text, CP_STR("xxxx")) != SIZE_MAX ||
           cp_str_find(text, CP_STR("XXXX")) != SIZE_MAX;
}

/* The token of this shape around the anchor at `at`, or nothing. */
static struct cp_str match_shape(struct cp_str text, size_t at, const struct shape *shape)
{
    size_t start = at - shape->anchor;
    size_t prefix = strlen(shape->prefix);
    if (at < shape->anchor || !has_at(text, start, shape->prefix) ||
        (start > 0 && is_alphanumeric(text.at[start - 1]))) {
        return (struct cp_str){0};
    }
    size_t end = start + prefix;
    while (is_alphanumeric(byte_at(text, end)) || is_one_of(byte_at(text, end), shape->more)) {
        end++;
    }
    struct cp_str token = cp_str_slice(text, start, end - start);
    struct mix mix = mix_of(cp_str_slice(token, prefix, SIZE_MAX));
    bool is_made = mix.has_digit || !mix.has_lower; /* few words are capitals alone */
    bool is_token = token.len >= prefix + shape->least && is_made && !is_sample(token);
    return is_token ? token : (struct cp_str){0};
}

/* ---- passwords ------------------------------------------------------------------------------- */

/* What stands for a secret that is kept elsewhere: $VARIABLE, <password>, {{ … }}, ****, a path. */
static bool is_reference(struct cp_str value)
{
    static const char *const stand_ins[] = {"none",  "null",     "true",      "false", "stdin",
                                            "file:", "env:",     "ssm:",      "arn:",  "vault:",
                                            "http:", "redacted", "1password", "https:"};
    if (value.len == 0 || is_one_of(value.at[0], "$<{[(*%/~.@\\|>&!#-") || is_sample(value)) {
        return true;
    }
    for (size_t i = 0; i < sizeof(stand_ins) / sizeof(stand_ins[0]); i++) {
        struct cp_str stand_in = cp_str_of(stand_ins[i]);
        if (cp_str_is_equal_folded(cp_str_slice(value, 0, stand_in.len), stand_in)) {
            return true;
        }
    }
    return cp_str_find(value, CP_STR("**")) != SIZE_MAX ||
           cp_str_find(value, CP_STR("://")) != SIZE_MAX;
}

/* https://name:password@host, redis://:password@host: the password around the `@` at `at`. */
static struct cp_str find_in_url(struct cp_str text, size_t at)
{
    size_t colon = 0;
    size_t start = at;
    while (start > 0 && at - start < CLOSE_BY && !is_one_of(text.at[start - 1], " \t\r\n\"'`<>/")) {
        start--;
        colon = text.at[start] == ':' ? start : colon;
    }
    bool is_url = start >= 3 && colon >= start && has_at(text, start - 3, "://");
    struct cp_str password =
        is_url ? cp_str_slice(text, colon + 1, at - colon - 1) : (struct cp_str){0};
    return is_reference(password) ? (struct cp_str){0} : password;
}

/* A name that a password or key is given under; `_` stands for `_`, `-`, a blank or nothing. */
struct name {
    const char *words;
    bool is_key; /* made by a machine: long and mixed */
};

static const struct name names[] = {
    {"password", false},      {"passwd", false},       {"passphrase", false}, {"pwd", false},
    {"api_key", true},        {"access_key", true},    {"secret_key", true},  {"private_key", true},
    {"account_key", true},    {"client_secret", true}, {"secret", true},      {"token", true},
    {"encryption_key", true},
};

#define NAME_MARKS " \"'`*\\" /* between a name and its sign */

static bool is_name_mark(char c)
{
    return c == ' ' || c == '"' || c == '\'' || c == '`' || c == '*' || c == '\\';
}

static char fold(char c)
{
    return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* Whether the name ends right before `end`. */
static bool ends_with(struct cp_str text, size_t end, const char *words)
{
    for (size_t i = strlen(words); i-- > 0;) {
        char before = end > 0 ? text.at[end - 1] : '\0';
        if (words[i] == '_') {
            end -= is_one_of(before, "_- ");
        } else if (fold(before) == words[i]) {
            end--;
        } else {
            return false;
        }
    }
    return true;
}

/* Where what may be a name ends before the sign at `at`. */
static size_t name_end(struct cp_str text, size_t at)
{
    while (at > 0 && is_name_mark(text.at[at - 1])) {
        at--;
    }
    return at;
}

/* The two letters that a name above ends in: few words before a sign do. */
static bool may_have_name(struct cp_str text, size_t at)
{
    size_t end = name_end(text, at);
    char last = end < 2 ? '\0' : fold(text.at[end - 1]);
    char before = end < 2 ? '\0' : fold(text.at[end - 2]);
    return before == 'e' ? last == 'y' || last == 't' || last == 'n'
                         : (last == 'd' && (before == 'r' || before == 'w')) ||
                               (last == 'e' && before == 's');
}

static const struct name *find_name(struct cp_str text, size_t at)
{
    size_t end = name_end(text, at);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (ends_with(text, end, names[i].words)) {
            return &names[i];
        }
    }
    return NULL;
}

/* Where the quotation ends that the quote right before `at` opens: at its like, else with the line.
 * A quote that YAML escapes, `\"` or `''`, is closed by one that it escapes as well. */
static size_t end_of_quote(struct cp_str text, size_t at)
{
    char quote = text.at[at - 1];
    char escape = quote == '"' ? '\\' : quote;
    bool is_escaped = at >= 2 && text.at[at - 2] == escape;
    for (; at < text.len && !is_one_of(text.at[at], "\r\n"); at++) {
        bool has_escape = text.at[at] == escape && is_one_of(byte_at(text, at + 1), "\"'\\");
        if (text.at[at] == quote ? is_escaped || !has_escape : is_escaped && has_escape) {
            break;
        }
        at += has_escape;
    }
    return at;
}

static bool is_quote_open(struct cp_str text, size_t at)
{
    return is_one_of(text.at[at - 1], "\"'") && !is_one_of(byte_at(text, at), ",;:)}]");
}

/* What stands behind the sign that ends at `at`: what is in quotes, else a word, the marks behind
 * it left out. */
static struct cp_str value_at(struct cp_str text, size_t at)
{
    while (is_one_of(byte_at(text, at), " \t\"'`\\*")) {
        at++;
    }
    if (is_quote_open(text, at)) {
        return cp_str_trim(cp_str_slice(text, at, end_of_quote(text, at) - at));
    }
    size_t end = at;
    while (end < text.len && !is_one_of(text.at[end], " \t\r\n\"'`\\,;)}]<>|") && text.at[end]) {
        end++;
    }
    while (end > at && is_one_of(text.at[end - 1], ".:*")) {
        end--;
    }
    return cp_str_slice(text, at, end - at);
}

/* Keys are long and mixed. Slashes stand in paths of secrets' names, and in keys of AWS (40 bytes)
 * and those that are padded. */
static bool is_key(struct cp_str value, struct mix mix)
{
    bool has_slash = cp_str_find(value, CP_STR("/")) != SIZE_MAX;
    bool is_path = has_slash && value.len != 40 && !cp_str_has_suffix(value, "=");
    bool is_mixed = mix.has_upper && mix.has_lower;
    return value.len >= 16 && !is_path && mix.has_blend && (is_mixed || !mix.has_separator);
}

/* Whether a word behind `key:` or `key=` is the secret and not a word about it. */
static bool is_secret_word(struct cp_str value, const struct name *name, bool is_given)
{
    struct mix mix = mix_of(value);
    if (is_reference(value)) {
        return false;
    }
    if (name->is_key) {
        return is_key(value, mix);
    }
    if (byte_at(value, 0) && cp_str_find(value, CP_STR("/")) != SIZE_MAX) {
        return mix.has_upper && mix.has_lower && mix.has_blend;
    }
    bool is_word = !mix.has_blend && !mix.has_symbol;
    return value.len >= 6 ? (is_given || !is_word) : (is_given && value.len >= 4);
}

/* The word of a sentence at `at`, without the marks that end sentences. */
static struct cp_str word_at(struct cp_str value, size_t at)
{
    size_t end = at;
    while (end < value.len && !is_one_of(value.at[end], " \t")) {
        end++;
    }
    while (end > at && end - at < value.len && is_one_of(value.at[end - 1], ".,;:!?")) {
        end--;
    }
    return cp_str_slice(value, at, end - at);
}

/* What is in quotes is a secret where one of its words is, unless it begins as a reference. */
static bool is_secret(struct cp_str value, const struct name *name, bool is_given)
{
    bool is_found = false;
    for (size_t at = 0; !is_found && at < value.len;) {
        struct cp_str word = word_at(value, at);
        if (at == 0 && is_reference(word)) {
            return false;
        }
        is_found = is_secret_word(word, name, is_given);
        at += word.len + 1;
    }
    return is_found;
}

/* password: hunter2, PGPASSWORD=hunter2, --password=hunter2, around the sign at `at`. `=` with no
 * blank beside it gives a value; other signs may stand in a sentence. */
static struct cp_str find_assigned(const char **kind, struct cp_str text, size_t at)
{
    const struct name *name = find_name(text, at);
    bool is_joined = text.at[at] == ':' && is_alphanumeric(byte_at(text, at + 1));
    if (!name || (name->is_key && is_joined)) { /* arn:…:secret:name */
        return (struct cp_str){0};
    }
    bool is_given = text.at[at] == '=' && byte_at(text, at + 1) != ' ';
    struct cp_str value = value_at(text, at + 1);
    *kind = name->is_key ? "a key or token" : "a password";
    return is_secret(value, name, is_given) ? value : (struct cp_str){0};
}

/* ---- options of commands --------------------------------------------------------------------- */

/* An option that means a password to this tool and something else to most. */
struct tool {
    const char *name;
    const char *option;
    bool is_joined; /* a word of its own behind the option is something else */
    bool is_first;  /* behind the first word that is no option, another command begins */
    bool has_user;  /* name:password */
};

static const struct tool tools[] = {
    {.name = "mysql", .option = "-p", .is_joined = true},
    {.name = "mysqldump", .option = "-p", .is_joined = true},
    {.name = "mysqladmin", .option = "-p", .is_joined = true},
    {.name = "mariadb", .option = "-p", .is_joined = true},
    {.name = "mariadb-dump", .option = "-p", .is_joined = true},
    {.name = "sshpass", .option = "-p", .is_first = true},
    {.name = "curl", .option = "-u", .has_user = true},
    {.name = "curl", .option = "--user", .has_user = true},
};

static const struct tool *find_tool_named(struct cp_str word, struct cp_str option)
{
    for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
        if (cp_str_is(word, tools[i].name) && cp_str_has_prefix(option, tools[i].option)) {
            return &tools[i];
        }
    }
    return NULL;
}

/* A line that a backslash ends goes on; a sign of the shell begins another command. */
static bool is_command_end(struct cp_str text, size_t at)
{
    char before = at > 0 ? text.at[at - 1] : '\n';
    return is_one_of(text.at[at], ";|") || (text.at[at] == '\n' && before != '\\') ||
           (text.at[at] == '&' && is_one_of(before, " &"));
}

/* The tool whose option stands at `option`: the last one named before it in its command. */
static const struct tool *find_tool(struct cp_str text, size_t option)
{
    size_t end = option;
    bool has_word = false;
    for (size_t at = option; at > 0 && option - at < CLOSE_BY; at--) {
        char before = text.at[at - 1];
        if (!is_one_of(before, " \t\n;|&\"'`/()")) {
            continue;
        }
        struct cp_str word = cp_str_slice(text, at, end - at);
        bool may_be_tool = is_one_of(byte_at(word, 0), "mcs"); /* as all of them begin */
        const struct tool *tool =
            may_be_tool ? find_tool_named(word, cp_str_slice(text, option, SIZE_MAX)) : NULL;
        if (tool) {
            return tool->is_first && has_word ? NULL : tool;
        }
        if (is_command_end(text, at - 1)) {
            return NULL;
        }
        has_word = has_word || (word.len > 0 && word.at[0] != '-' && word.at[0] != '\\');
        end = at - 1;
    }
    return NULL;
}

/* Whoever documents an option names what is to be put there. */
static bool is_name(struct cp_str value)
{
    const struct name *name = find_name(value, value.len);
    return name && value.len == strlen(name->words);
}

/* mysql -phunter2, sshpass -p hunter2, curl -u name:hunter2: the password behind the option whose
 * letter stands at `at`. */
static struct cp_str find_in_option(struct cp_str text, size_t at)
{
    size_t start = at - (at >= 2 && text.at[at - 2] == '-' ? 2 : 1);
    bool is_word = start > 0 && is_one_of(text.at[start - 1], " \t");
    const struct tool *tool = is_word ? find_tool(text, start) : NULL;
    size_t behind = tool ? start + strlen(tool->option) : 0;
    if (!tool || (tool->is_joined && is_one_of(byte_at(text, behind), " \t"))) {
        return (struct cp_str){0};
    }
    struct cp_str value = value_at(text, behind);
    if (tool->has_user) {
        size_t colon = cp_str_find(value, CP_STR(":"));
        value = colon == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(value, colon + 1, SIZE_MAX);
    }
    return is_secret(value, &names[0], true) && !is_name(value) ? value : (struct cp_str){0};
}

/* ---- keys in blocks -------------------------------------------------------------------------- */

/* The next run of a key's characters from `*at` on, moving it behind; empty where the block ends.
 */
static struct cp_str next_of_block(struct cp_str text, size_t *at)
{
    for (;;) {
        while (is_one_of(byte_at(text, *at), " \t\r\n\"'")) {
            (*at)++;
        }
        if (!has_at(text, *at, "\\n") && !has_at(text, *at, "\\r")) {
            break;
        }
        *at += 2;
    }
    size_t start = *at;
    while (is_alphanumeric(byte_at(text, *at)) || is_one_of(byte_at(text, *at), "+/=")) {
        (*at)++;
    }
    return cp_str_slice(text, start, *at - start);
}

/* Remembers the lines of the key behind `-----BEGIN … PRIVATE KEY-----`; the head of it, or
 * nothing where no key follows. */
static struct cp_str find_block(const struct cp_source_input *in, struct cp_str text, size_t start)
{
    struct cp_str close = cp_str_slice(text, start, 80);
    size_t mark =
        has_at(text, start, "-----BEGIN ") ? cp_str_find(close, CP_STR("PRIVATE KEY")) : SIZE_MAX;
    size_t tail =
        mark == SIZE_MAX ? SIZE_MAX : cp_str_find(cp_str_slice(close, mark, 80), CP_STR("-----"));
    if (tail == SIZE_MAX) {
        return (struct cp_str){0};
    }
    size_t head = mark + tail + 5;
    size_t at = start + head;
    bool has_any = false;
    for (;;) {
        struct cp_str line = next_of_block(text, &at);
        if (line.len < (has_any ? 1 : 16) || at - start > PEM_BYTES) {
            break;
        }
        struct cp_span span = {(uint32_t)(line.at - text.at), (uint32_t)line.len};
        cp_diags_keep_secret(in->diags, (struct cp_place){in->yaml->file, span});
        has_any = true;
    }
    return has_any ? cp_str_slice(text, start, head) : (struct cp_str){0};
}

/* ---- the search ------------------------------------------------------------------------------ */

static void put_subject(struct cp_buf *path, const struct cp_source_input *in,
                        struct cp_place place)
{
    const struct cp_node *node = cp_node_at(in->yaml->root, place.span.offset);
    if (node) {
        cp_node_path(path, node);
    }
}

static void report(const struct cp_source_input *in, const struct cp_rule *rule,
                   struct cp_place place, const char *kind)
{
    struct cp_buf path;
    cp_buf_init(&path);
    if (!cp_diags_is_full(in->diags, rule)) {
        put_subject(&path, in, place);
    }
    struct cp_diagnostic *finding = cp_diags_add(in->diags, rule, place, cp_buf_str(&path),
                                                 "what looks like %s stands here in clear", kind);
    cp_diagnostic_help(in->diags, finding,
                       "take it out, write where it is kept instead, and have it replaced: whoever "
                       "can read the repository's history can read it");
    cp_buf_release(&path);
}

/* What starts a search: a pair of neighbouring bytes. Each search has a bit, and starts where both
 * bytes of a pair have it; so one step a byte passes over what is no secret, which is nearly all.
 */
enum {
    IN_URL = 1,
    ASSIGNED = 2,
    BLOCK = 4,
    OPTION = 8,
    TOKEN = 16,
    SHAPES = sizeof(shapes) / sizeof(shapes[0])
};

static_assert(SHAPES <= 28, "each shape has a bit from TOKEN on");

struct pairs {
    uint32_t first[256], second[256];
};

static void add_each(uint32_t *bytes, const char *set, uint32_t search)
{
    for (; *set; set++) {
        bytes[(unsigned char)*set] |= search;
    }
}

static void pairs_init(struct pairs *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < SHAPES; i++) {
        const char *pair = shapes[i].prefix + shapes[i].anchor - 1;
        out->first[(unsigned char)pair[0]] |= (uint32_t)TOKEN << i;
        out->second[(unsigned char)pair[1]] |= (uint32_t)TOKEN << i;
    }
    for (size_t i = 0; i < 256; i++) {
        out->first[i] |= IN_URL;
    }
    add_each(out->second, "@", IN_URL);
    /* the last letters of the names, and what may stand between a name and its sign */
    add_each(out->first, "dDeEyYtTnN" NAME_MARKS, ASSIGNED);
    add_each(out->second, ":=", ASSIGNED);
    add_each(out->first, "-", BLOCK | OPTION);
    add_each(out->second, "-", BLOCK);
    add_each(out->second, "pu", OPTION);
}

/* The searches that the pair which ends at `at` starts. */
static uint32_t searches_at(const struct pairs *pairs, struct cp_str text, size_t at)
{
    return pairs->first[(unsigned char)text.at[at - 1]] & pairs->second[(unsigned char)text.at[at]];
}

/* Where the next pair ends that starts a search; the text's length where none does. Looks at four
 * at a time: every byte of every file comes by here. */
static size_t next_of_any(const struct pairs *pairs, struct cp_str text, size_t at)
{
    while (at + 4 <= text.len &&
           !(searches_at(pairs, text, at) | searches_at(pairs, text, at + 1) |
             searches_at(pairs, text, at + 2) | searches_at(pairs, text, at + 3))) {
        at += 4;
    }
    while (at < text.len && !searches_at(pairs, text, at)) {
        at++;
    }
    return at;
}

/* The same, but for signs behind what is no name: most stand behind a key of the plan. */
static size_t next_pair(const struct pairs *pairs, struct cp_str text, size_t at)
{
    at = next_of_any(pairs, text, at);
    while (at < text.len && searches_at(pairs, text, at) == ASSIGNED && !may_have_name(text, at)) {
        at = next_of_any(pairs, text, at + 1);
    }
    return at;
}

static struct cp_str find_token(const char **kind, uint32_t searches, struct cp_str text, size_t at)
{
    struct cp_str found = {0};
    for (size_t i = 0; found.len == 0 && (searches >> i) >= TOKEN; i++) {
        if (searches >> i & TOKEN) {
            found = match_shape(text, at, &shapes[i]);
            *kind = shapes[i].kind;
        }
    }
    return found;
}

static void keep(const struct cp_source_input *in, size_t from, size_t to)
{
    struct cp_span span = {(uint32_t)from, (uint32_t)(to - from)};
    cp_diags_keep_secret(in->diags, (struct cp_place){in->yaml->file, span});
}

/* What YAML escapes is read without the escape, so the parts that it leaves whole are kept too. */
static void keep_all(const struct cp_source_input *in, struct cp_str text, struct cp_str found)
{
    enum { TELLING = 6 };
    size_t start = (size_t)(found.at - text.at);
    size_t end = start + found.len;
    size_t from = start;
    keep(in, start, end);
    for (size_t at = start; at < end; at++) {
        if (text.at[at] == '\\' || has_at(text, at, "''")) {
            if (at - from >= TELLING) {
                keep(in, from, at);
            }
            from = at + 2;
            at++;
        }
    }
    if (from > start && end >= from + TELLING) {
        keep(in, from, end);
    }
}

/* The secret at the pair that ends at `at`, but for keys in blocks. */
static struct cp_str find_plain(const char **kind, uint32_t searches, struct cp_str text, size_t at)
{
    struct cp_str found = find_token(kind, searches, text, at);
    if (found.len == 0 && searches & IN_URL) {
        *kind = "a password in an address";
        found = find_in_url(text, at);
    } else if (found.len == 0 && searches & ASSIGNED) {
        found = find_assigned(kind, text, at);
    } else if (found.len == 0 && searches & OPTION) {
        *kind = "a password";
        found = find_in_option(text, at);
    }
    return found;
}

/* The same in the file itself, remembered; of a key in a block the head. */
static struct cp_str find_at(const struct cp_source_input *in, const char **kind, uint32_t searches,
                             struct cp_str text, size_t at)
{
    struct cp_str found = find_plain(kind, searches, text, at);
    if (found.len > 0) {
        keep_all(in, text, found);
    } else if (searches & BLOCK) {
        *kind = "a private key";
        found = find_block(in, text, at - 1);
    }
    return found;
}

/* UTF-16 and UTF-32, which are refused: what cannot be searched is not shown either. */
static bool is_wide(struct cp_str text)
{
    return cp_str_has_prefix(text, "\xff\xfe") || cp_str_has_prefix(text, "\xfe\xff") ||
           memchr(text.at, '\0', text.len < 4 ? text.len : 4) != NULL;
}

/* ---- what is read otherwise than it is written ----------------------------------------------- */

struct reading {
    const struct cp_source_input *in;
    const struct cp_rule *rule;
    const struct pairs *pairs;
    struct cp_buf
        text; /* of the value; quotes and backslashes, which end no word here, as letters */
};

static void read_secret(const struct reading *reading, struct cp_node *node, size_t offset,
                        size_t length, const char *kind)
{
    struct cp_diags *diags = reading->in->diags;
    bool is_full = cp_diags_is_full(diags, reading->rule);
    struct cp_place place =
        is_full ? cp_node_place(node) : cp_node_inner_place(node, offset, length);
    bool is_new = !is_full && !cp_diags_has_secret(diags, place);
    cp_diags_keep_read_secret(diags, place, cp_str_slice(node->text, offset, length));
    if (is_new) {
        report(reading->in, reading->rule, place, kind);
    }
}

static void read_text(const struct reading *reading, struct cp_node *node, struct cp_str text)
{
    for (size_t at = next_pair(reading->pairs, text, 1); at < text.len;
         at = next_pair(reading->pairs, text, at + 1)) {
        const char *kind = NULL;
        struct cp_str found = find_plain(&kind, searches_at(reading->pairs, text, at), text, at);
        size_t offset = found.len > 0 ? (size_t)(found.at - text.at) : 0;
        bool is_other = found.len > 0 && node->text.at[offset] != text.at[offset];
        if (found.len > 0 && !is_other) {
            read_secret(reading, node, offset, found.len, kind);
            at = offset + found.len > at ? offset + found.len - 1 : at;
        }
    }
}

/* First as it is read, which finds what stands in quotes of its own; then with its quotes and
 * backslashes as letters, which finds secrets that hold such, and nothing that starts with one. */
static void read_value(struct reading *reading, struct cp_node *node)
{
    read_text(reading, node, node->text);
    cp_buf_clear(&reading->text);
    for (size_t i = 0; i < node->text.len; i++) {
        char c = node->text.at[i];
        cp_buf_putc(&reading->text, is_one_of(c, "\"'`\\") ? 'x' : c);
    }
    read_text(reading, node, cp_buf_str(&reading->text));
}

/* Quoted and not as it stands in the file: something in it is escaped. */
static bool is_read_otherwise(const struct reading *reading, const struct cp_node *node)
{
    struct cp_str bytes = reading->in->yaml->file->bytes;
    bool is_quoted = node->style == CP_STYLE_DOUBLE || node->style == CP_STYLE_SINGLE;
    return node->kind == CP_NODE_SCALAR && is_quoted &&
           !(node->text.at >= bytes.at && node->text.at < bytes.at + bytes.len);
}

/* As deep as YAML may be nested here. */
static void read_node(struct reading *reading, struct cp_node *node)
{
    if (node->key && is_read_otherwise(reading, node->key)) {
        read_value(reading, node->key);
    }
    if (is_read_otherwise(reading, node)) {
        read_value(reading, node);
    }
    for (struct cp_node *child = node->first; child; child = child->next) {
        read_node(reading, child);
    }
}

static void check_read(const struct cp_source_input *in, const struct cp_rule *rule,
                       const struct pairs *pairs)
{
    struct cp_str bytes = in->yaml->file->bytes;
    bool has_escapes = bytes.len > 0 && (memchr(bytes.at, '\\', bytes.len) != NULL ||
                                         cp_str_find(bytes, CP_STR("''")) != SIZE_MAX);
    if (!has_escapes || !in->yaml->root) {
        return;
    }
    struct reading reading = {in, rule, pairs, {0}};
    cp_buf_init(&reading.text);
    read_node(&reading, in->yaml->root);
    cp_buf_release(&reading.text);
}

/* ---- the search ------------------------------------------------------------------------------ */

static void check_secrets(const struct cp_source_input *in, const struct cp_rule *rule)
{
    struct pairs pairs;
    pairs_init(&pairs);
    struct cp_str text = in->yaml->file->bytes;
    if (text.len > 0 && is_wide(text)) {
        struct cp_span all = {0, (uint32_t)text.len};
        cp_diags_keep_secret(in->diags, (struct cp_place){in->yaml->file, all});
    }
    size_t done = 0; /* a token in an address is not its password as well */
    for (size_t at = next_pair(&pairs, text, 1); at < text.len;
         at = next_pair(&pairs, text, at + 1)) {
        const char *kind = NULL;
        struct cp_str found = find_at(in, &kind, searches_at(&pairs, text, at), text, at);
        if (found.len > 0 && found.at >= text.at + done) {
            struct cp_span span = {(uint32_t)(found.at - text.at), (uint32_t)found.len};
            report(in, rule, (struct cp_place){in->yaml->file, span}, kind);
            done = (size_t)(found.at - text.at) + found.len;
            at = done > at ? done - 1 : at;
        }
    }
    check_read(in, rule, &pairs);
}

/* A document is its bytes. */
static void check_document(const struct cp_document_input *in, const struct cp_rule *rule)
{
    const struct cp_yaml none = {.file = in->file};
    const struct cp_source_input source = {.yaml = &none, .diags = in->diags};
    check_secrets(&source, rule);
}

static const struct cp_rule rule_secret = {
    .code = "CP902",
    .name = "secret",
    .severity = CP_ERROR,
    .summary = "a key, token or password in clear",
    .explanation =
        "A plan is read by many and kept for ever: in git, in rendered pages, on paper. A secret "
        "in it is known to all of them. Looked for, also in comments, are tokens whose shape is "
        "known, private keys, passwords in addresses and behind options (`mysql -p`, `curl -u`, "
        "`sshpass -p`), and what stands behind `password:`, `PGPASSWORD=` and their like. No "
        "finding prints the secret, nor do `contplan diff`, `log` and `evidence`: asterisks stand "
        "for it.\n\n"
        "Write where the secret is kept, and have it replaced: taking it out of the file does not "
        "take it out of the history. `$PASSWORD`, `<password>` and `****` are no secrets.",
    .clause = "ISO 22301:2019, 7.5.3",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: restore\n"
           "      steps:\n"
           "        - command: PGPASSWORD=low-tide-77 pg_restore permits.dump\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: restore\n"
            "      steps:\n"
            "        - action: Read the password from the vault, under permits/database.\n"
            "          command: PGPASSWORD=$PASSWORD pg_restore permits.dump\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_secret, .check_source = check_secrets, .check_document = check_document},
};

const struct cp_topic cp_topic_secrets = CP_TOPIC(checks);
