/*
 * What the rules say of themselves: one explained, all as a table or as JSON. The texts are the
 * program's own.
 */
#include <contplan/output.h>

#include <string.h>

enum { SHAPE_VERSION = 1, MARGIN = 4, WIDTH = 80 };

void cp_folded_put(struct cp_buf *out, struct cp_str text, size_t margin)
{
    cp_folded_put_within(out, text, margin, WIDTH);
}

void cp_folded_put_within(struct cp_buf *out, struct cp_str text, size_t margin, size_t columns)
{
    size_t column = margin;
    while (text.len > 0) {
        size_t len = cp_str_slice(text, 0, cp_str_find(text, CP_STR(" "))).len;
        struct cp_str word = cp_str_slice(text, 0, len);
        size_t width = cp_text_width(word);
        if (column > margin && column + 1 + width > columns) {
            cp_buf_putc(out, '\n');
            cp_buf_repeat(out, ' ', margin);
            column = margin;
        } else if (column > margin) {
            cp_buf_putc(out, ' ');
            column++;
        }
        cp_buf_put(out, word);
        column += width;
        text = cp_str_slice(text, len, SIZE_MAX);
        while (text.len > 0 && text.at[0] == ' ') {
            text = cp_str_slice(text, 1, SIZE_MAX);
        }
    }
    cp_buf_putc(out, '\n');
}

/* Paragraphs stand apart by an empty line. */
static void put_paragraphs(struct cp_buf *out, const char *text)
{
    struct cp_str rest = cp_str_of(text);
    while (rest.len > 0) {
        struct cp_str paragraph = cp_str_slice(rest, 0, cp_str_find(rest, CP_STR("\n\n")));
        cp_folded_put(out, paragraph, 0);
        rest = cp_str_slice(rest, paragraph.len + 2, SIZE_MAX);
        cp_buf_puts(out, rest.len > 0 ? "\n" : "");
    }
}

static void put_example(struct cp_buf *out, const char *heading, const char *text)
{
    struct cp_str rest = cp_str_of(text);
    struct cp_str line;
    if (!text) {
        return;
    }
    cp_buf_printf(out, "\n%s:\n\n", heading);
    while (cp_str_line(&line, &rest)) {
        cp_buf_repeat(out, ' ', line.len > 0 ? MARGIN : 0);
        cp_printable(out, line);
        cp_buf_putc(out, '\n');
    }
}

void cp_rule_put(struct cp_buf *out, const struct cp_rule *rule)
{
    cp_buf_printf(out, "%s %s: %s\n", rule->code, rule->name, cp_severity_name(rule->severity));
    cp_folded_put(out, cp_str_of(rule->summary), 0);
    cp_buf_putc(out, '\n');
    put_paragraphs(out, rule->explanation);
    if (rule->clause) {
        cp_buf_puts(out, "\nAsked by ");
        cp_folded_put(out, cp_str_of(rule->clause), 0);
    }
    if (rule->fix != CP_FIX_NONE) {
        cp_buf_putc(out, '\n');
        cp_folded_put(out, cp_str_of(cp_fixable_words(rule->fix)), 0);
    }
    put_example(out, "Wrong", rule->bad);
    put_example(out, "Right", rule->good);
}

static void put_json_text(struct cp_json *json, const char *key, const char *text)
{
    if (text) {
        cp_json_string(json, key, cp_str_of(text));
    } else {
        cp_json_null(json, key);
    }
}

void cp_rules_put_json(struct cp_buf *out)
{
    struct cp_json json;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_array(&json, "rules");
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        cp_json_object(&json, NULL);
        put_json_text(&json, "code", rule->code);
        put_json_text(&json, "name", rule->name);
        put_json_text(&json, "severity", cp_severity_name(rule->severity));
        put_json_text(&json, "fix", cp_fixable_name(rule->fix));
        put_json_text(&json, "summary", rule->summary);
        put_json_text(&json, "explanation", rule->explanation);
        put_json_text(&json, "clause", rule->clause);
        put_json_text(&json, "bad", rule->bad);
        put_json_text(&json, "good", rule->good);
        cp_json_end_object(&json);
    }
    cp_json_end_array(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}

static const struct cp_table_column columns[] = {
    {"code", CP_COLUMN_TEXT}, {"severity", CP_COLUMN_TEXT}, {"fix", CP_COLUMN_TEXT},
    {"name", CP_COLUMN_TEXT}, {"summary", CP_COLUMN_TEXT},
};

void cp_rules_tabulate(struct cp_table *table)
{
    cp_table_init(table, "rules", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        const char *const cells[] = {rule->code, cp_severity_name(rule->severity),
                                     cp_fixable_name(rule->fix), rule->name, rule->summary};
        cp_table_add_row(table);
        for (size_t j = 0; j < sizeof cells / sizeof cells[0]; j++) {
            cp_table_add(table, j, CP_CELL_GIVEN, cp_str_of(cells[j]));
        }
    }
}
