/*
 * Tables in the three formats that commands write them in: columns for people, JSON for programs,
 * CSV for spreadsheets. Knows nothing of what stands in the cells.
 */
#include <contplan/output.h>

#include <string.h>

enum { SHAPE_VERSION = 1, GAP = 2, WIDEST = 60 };

/* What stands in a cell whose value is not to be had, and its key in JSON. */
static const struct {
    const char *words, *key;
} states[] = {
    [CP_CELL_GIVEN] = {"", NULL},
    [CP_CELL_UNKNOWN] = {"unknown", "unknown"},
    [CP_CELL_NOT_APPLICABLE] = {"not applicable", "not_applicable"},
    [CP_CELL_BROKEN] = {"cannot be read", "broken"},
    [CP_CELL_EMPTY] = {"empty", "empty"},
    [CP_CELL_WITHHELD] = {"withheld", "withheld"},
};

void cp_table_init(struct cp_table *table, const char *what, const struct cp_table_column *columns,
                   size_t count)
{
    *table = (struct cp_table){.what = what, .columns = columns, .column_count = count};
    cp_arena_init(&table->arena);
}

void cp_table_release(struct cp_table *table)
{
    cp_list_release(&table->items);
    cp_map_release(&table->seen);
    cp_arena_release(&table->arena);
}

void cp_table_add_row(struct cp_table *table)
{
    cp_map_release(&table->seen);
    table->row_count++;
}

void cp_table_add(struct cp_table *table, size_t column, enum cp_cell_state state,
                  struct cp_str text)
{
    struct cp_table_item item = {.row = table->row_count - 1,
                                 .column = column,
                                 .state = (uint8_t)state,
                                 .text = cp_arena_copy(&table->arena, text)};
    struct cp_str key =
        cp_arena_printf(&table->arena, "%zu %d %.*s", column, (int)state, CP_ARG(text));
    if (cp_map_put(&table->seen, key, table)) {
        return;
    }
    table->withheld += state == CP_CELL_WITHHELD;
    *(struct cp_table_item *)cp_list_push(&table->items, sizeof item) = item;
}

/* The items of a cell follow one another; how many there are, `*out` borrowed. `*from` moves on
 * from cell to cell, in the order of rows and columns. */
static size_t items_of(const struct cp_table_item **out, const struct cp_table *table, size_t *from,
                       size_t row, size_t column)
{
    size_t count = 0;
    *out = &table->items.items[*from];
    while (*from + count < table->items.count && (*out)[count].row == row &&
           (*out)[count].column == column) {
        count++;
    }
    *from += count;
    return count;
}

/* The values of a cell on one line, printable. */
static void put_cell(struct cp_buf *out, const struct cp_table_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i > 0 ? ", " : "");
        cp_buf_puts(out, states[items[i].state].words);
        cp_printable(out, items[i].text);
    }
}

/* ---- for people ------------------------------------------------------------------------------ */

/* Build servers obey a line that starts with "::", after any white space, also beyond ASCII; a
 * colon that is spelt out is none to them. */
static void guard_start(struct cp_buf *cell)
{
    struct cp_arena arena;
    struct cp_str text = cp_buf_str(cell);
    size_t at = 0;
    while (at < text.len && (text.at[at] == ' ' || (unsigned char)text.at[at] >= 0x80)) {
        at++;
    }
    if (!cp_str_has_prefix(cp_str_slice(text, at, SIZE_MAX), "::")) {
        return;
    }
    cp_arena_init(&arena);
    text = cp_arena_copy(&arena, text);
    cp_buf_clear(cell);
    cp_buf_put(cell, cp_str_slice(text, 0, at));
    cp_buf_puts(cell, "<U+003A>");
    cp_buf_put(cell, cp_str_slice(text, at + 1, SIZE_MAX));
    cp_arena_release(&arena);
}

/* A cell as people see it: one that is very wide is cut, so that it does not push what stands in
 * the other columns out of sight; the last one is in nobody's way. */
static void put_seen(struct cp_buf *out, const struct cp_table *table, size_t column,
                     const struct cp_table_item *items, size_t count)
{
    size_t width = 0;
    size_t len = 0;
    put_cell(out, items, count);
    if (column == 0) {
        guard_start(out);
    }
    if (column + 1 == table->column_count || cp_text_width(cp_buf_str(out)) <= WIDEST) {
        return;
    }
    for (;;) {
        uint32_t code_point;
        struct cp_str rest = cp_str_slice(cp_buf_str(out), len, SIZE_MAX);
        size_t next = cp_utf8_decode(&code_point, rest);
        width += cp_text_width(cp_str_slice(rest, 0, next));
        if (width >= WIDEST) {
            break;
        }
        len += next;
    }
    out->len = len;
    cp_buf_puts(out, "…");
}

static void measure(size_t *widths, const struct cp_table *table)
{
    struct cp_buf cell;
    size_t from = 0;
    cp_buf_init(&cell);
    for (size_t j = 0; j < table->column_count; j++) {
        widths[j] = strlen(table->columns[j].name);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            const struct cp_table_item *items;
            size_t count = items_of(&items, table, &from, i, j);
            cp_buf_clear(&cell);
            put_seen(&cell, table, j, items, count);
            size_t width = cp_text_width(cp_buf_str(&cell));
            widths[j] = width > widths[j] ? width : widths[j];
        }
    }
    cp_buf_release(&cell);
}

/* A cell, filled up to the next column's start unless it is the row's last. */
static void put_aligned(struct cp_buf *out, struct cp_str cell, size_t width, bool is_last)
{
    cp_buf_put(out, cell);
    if (is_last) {
        cp_buf_putc(out, '\n');
    } else {
        cp_buf_repeat(out, ' ', width + GAP - cp_text_width(cell));
    }
}

static void write_table(struct cp_buf *out, const struct cp_table *table)
{
    size_t widths[CP_TABLE_COLUMNS];
    struct cp_buf cell;
    size_t from = 0;
    cp_buf_init(&cell);
    measure(widths, table);
    for (size_t j = 0; j < table->column_count; j++) {
        cp_buf_clear(&cell);
        for (const char *c = table->columns[j].name; *c; c++) {
            cp_buf_putc(&cell, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
        }
        put_aligned(out, cp_buf_str(&cell), widths[j], j + 1 == table->column_count);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            const struct cp_table_item *items;
            size_t count = items_of(&items, table, &from, i, j);
            cp_buf_clear(&cell);
            put_seen(&cell, table, j, items, count);
            put_aligned(out, cell.len > 0 ? cp_buf_str(&cell) : CP_STR("-"), widths[j],
                        j + 1 == table->column_count);
        }
    }
    cp_buf_release(&cell);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

/* The number that a text of few digits stands for. */
static int64_t number_of(struct cp_str text)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        number = number * 10 + (text.at[i] - '0');
    }
    return number;
}

static void put_json_item(struct cp_json *json, const char *key, const struct cp_table_item *item,
                          enum cp_column_kind kind)
{
    const char *state = states[item->state].key;
    if (state) {
        cp_json_object(json, key);
        cp_json_bool(json, state, true);
        cp_json_end_object(json);
    } else if (kind == CP_COLUMN_NUMBER) {
        cp_json_number(json, key, number_of(item->text));
    } else {
        cp_json_string(json, key, item->text);
    }
}

static void put_json_cell(struct cp_json *json, const struct cp_table_column *column,
                          const struct cp_table_item *items, size_t count)
{
    if (column->kind != CP_COLUMN_LIST) {
        if (count > 0) {
            put_json_item(json, column->name, items, column->kind);
        } else {
            cp_json_null(json, column->name);
        }
        return;
    }
    cp_json_array(json, column->name);
    for (size_t i = 0; i < count; i++) {
        put_json_item(json, NULL, &items[i], column->kind);
    }
    cp_json_end_array(json);
}

static void write_json(struct cp_buf *out, const struct cp_table *table)
{
    struct cp_json json;
    size_t from = 0;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_number(&json, "withheld", (int64_t)table->withheld);
    cp_json_array(&json, table->what);
    for (size_t i = 0; i < table->row_count; i++) {
        cp_json_object(&json, NULL);
        for (size_t j = 0; j < table->column_count; j++) {
            const struct cp_table_item *items;
            size_t count = items_of(&items, table, &from, i, j);
            put_json_cell(&json, &table->columns[j], items, count);
        }
        cp_json_end_object(&json);
    }
    cp_json_end_array(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/* In quotes, as RFC 4180 has it. A spreadsheet takes what begins with one of these for a formula;
 * an apostrophe before it makes it text. */
static void put_csv(struct cp_buf *out, struct cp_str cell)
{
    bool is_formula = cell.len > 0 && strchr("=+-@\t\r", cell.at[0]) != NULL;
    cp_buf_puts(out, is_formula ? "\"'" : "\"");
    for (size_t i = 0; i < cell.len; i++) {
        cp_buf_puts(out, cell.at[i] == '"' ? "\"" : "");
        cp_buf_putc(out, cell.at[i]);
    }
    cp_buf_putc(out, '"');
}

static void write_csv(struct cp_buf *out, const struct cp_table *table)
{
    struct cp_buf cell;
    size_t from = 0;
    cp_buf_init(&cell);
    for (size_t j = 0; j < table->column_count; j++) {
        cp_buf_puts(out, j > 0 ? "," : "");
        cp_buf_puts(out, table->columns[j].name);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            const struct cp_table_item *items;
            size_t count = items_of(&items, table, &from, i, j);
            cp_buf_clear(&cell);
            put_cell(&cell, items, count);
            cp_buf_puts(out, j > 0 ? "," : "\r\n");
            put_csv(out, cp_buf_str(&cell));
        }
    }
    cp_buf_puts(out, "\r\n");
    cp_buf_release(&cell);
}

/* ---- formats --------------------------------------------------------------------------------- */

static const struct cp_table_format formats[] = {
    {"table", "columns, for people", write_table},
    {"json", "one JSON document", write_json},
    {"csv", "comma-separated values, for spreadsheets; what one would take for a formula is text",
     write_csv},
};

size_t cp_table_formats(const struct cp_table_format **out)
{
    *out = formats;
    return sizeof formats / sizeof formats[0];
}
