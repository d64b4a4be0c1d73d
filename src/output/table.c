/*
 * Tables in the three formats that commands write them in: columns for people, JSON for programs,
 * CSV for spreadsheets. Knows nothing of what stands in the cells.
 */
#include "table.h"

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
    cp_arena_init(&table->keys);
}

void cp_table_release(struct cp_table *table)
{
    cp_list_release(&table->items);
    cp_list_release(&table->totals);
    cp_map_release(&table->seen);
    cp_arena_release(&table->keys);
    cp_arena_release(&table->arena);
}

void cp_table_add_row(struct cp_table *table)
{
    cp_map_release(&table->seen);
    cp_arena_reset(&table->keys);
    table->row_count++;
}

void cp_table_add(struct cp_table *table, size_t column, enum cp_cell_state state,
                  struct cp_str text)
{
    struct cp_str key =
        cp_arena_printf(&table->keys, "%zu %d %.*s", column, (int)state, CP_ARG(text));
    if (cp_map_put(&table->seen, key, table)) {
        return;
    }
    struct cp_table_item item = {.row = (uint32_t)(table->row_count - 1),
                                 .column = (uint8_t)column,
                                 .state = (uint8_t)state,
                                 .text = cp_arena_copy(&table->arena, text)};
    table->withheld += state == CP_CELL_WITHHELD;
    *(struct cp_table_item *)cp_list_push(&table->items, sizeof item) = item;
}

void cp_table_total(struct cp_table *table, const char *name, size_t number)
{
    struct cp_table_total *total = cp_list_push(&table->totals, sizeof *total);
    *total = (struct cp_table_total){name, number};
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

/* A colon that is spelt out is none to them. */
void table_guard_start(struct cp_buf *cell)
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

void table_cut(struct cp_buf *text, size_t width, const char *mark)
{
    size_t seen = 0;
    size_t len = 0;
    if (cp_text_width(cp_buf_str(text)) <= width) {
        return;
    }
    for (;;) {
        uint32_t code_point;
        struct cp_str rest = cp_str_slice(cp_buf_str(text), len, SIZE_MAX);
        size_t next = cp_utf8_decode(&code_point, rest);
        seen += cp_text_width(cp_str_slice(rest, 0, next));
        if (seen >= width) {
            break;
        }
        len += next;
    }
    text->len = len;
    cp_buf_puts(text, mark);
}

/* Which columns stand side by side, and how wide they are. */
struct layout {
    size_t widths[CP_TABLE_COLUMNS];
    size_t limits[CP_TABLE_COLUMNS]; /* wider cells are cut; SIZE_MAX: none is */
    bool is_out[CP_TABLE_COLUMNS];
    size_t last;    /* the last one that stands there */
    bool is_narrow; /* columns were left out for want of width */
};

/* A cell as people see it: one that is very wide is cut, so that it does not push what stands in
 * the other columns out of sight. */
static void put_seen(struct cp_buf *out, const struct layout *layout, size_t column,
                     const struct cp_table_item *items, size_t count)
{
    put_cell(out, items, count);
    if (column == 0) {
        table_guard_start(out);
    }
    table_cut(out, layout->limits[column], "…");
}

static void put_heading(struct cp_buf *out, const char *name)
{
    for (const char *c = name; *c; c++) {
        bool is_small = *c >= 'a' && *c <= 'z';
        cp_buf_putc(out, is_small ? (char)(*c - 'a' + 'A') : *c == '_' ? ' ' : *c);
    }
}

static void measure(struct layout *layout, const struct cp_table *table)
{
    struct cp_buf cell;
    size_t from = 0;
    cp_buf_init(&cell);
    for (size_t j = 0; j < table->column_count; j++) {
        layout->widths[j] = strlen(table->columns[j].name);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            const struct cp_table_item *items;
            size_t count = items_of(&items, table, &from, i, j);
            cp_buf_clear(&cell);
            put_seen(&cell, layout, j, items, count);
            size_t width = cp_text_width(cp_buf_str(&cell));
            layout->widths[j] = width > layout->widths[j] ? width : layout->widths[j];
        }
    }
    cp_buf_release(&cell);
}

static size_t width_of(const struct layout *layout, const struct cp_table *table)
{
    size_t width = 0;
    for (size_t j = 0; j < table->column_count; j++) {
        width += layout->is_out[j] ? 0 : layout->widths[j] + (width > 0 ? GAP : 0);
    }
    return width;
}

/* The column to be left out next, SIZE_MAX where all that are left must stay. */
static size_t find_least(const struct layout *layout, const struct cp_table *table)
{
    size_t least = SIZE_MAX;
    for (size_t j = 0; table->ranks && j < table->column_count; j++) {
        bool may_go = !layout->is_out[j] && table->ranks[j] > CP_RANK_NEEDED;
        if (may_go && (least == SIZE_MAX || table->ranks[j] > table->ranks[least])) {
            least = j;
        }
    }
    return least;
}

static void lay_out(struct layout *layout, const struct cp_table *table, unsigned width)
{
    *layout = (struct layout){.last = 0};
    for (size_t j = 0; j < table->column_count; j++) {
        layout->is_out[j] = table->ranks && table->ranks[j] == CP_RANK_PROGRAMS;
        layout->limits[j] = WIDEST;
        layout->last = layout->is_out[j] ? layout->last : j;
    }
    layout->limits[layout->last] = SIZE_MAX; /* it is in nobody's way */
    measure(layout, table);
    for (size_t least; width > 0 && width_of(layout, table) > width &&
                       (least = find_least(layout, table)) != SIZE_MAX;) {
        layout->is_out[least] = true;
        layout->is_narrow = true;
    }
    while (layout->is_out[layout->last] && layout->last > 0) {
        layout->last--;
    }
}

/* A cell, filled up to the next column's start unless it is the row's last. */
static void put_aligned(struct cp_buf *out, const struct layout *layout, size_t column,
                        struct cp_str cell)
{
    if (layout->is_out[column]) {
        return;
    }
    cp_buf_put(out, cell);
    if (column == layout->last) {
        cp_buf_putc(out, '\n');
    } else {
        cp_buf_repeat(out, ' ', layout->widths[column] + GAP - cp_text_width(cell));
    }
}

static void put_rows(struct cp_buf *out, const struct cp_table *table, const struct layout *layout)
{
    struct cp_buf cell;
    size_t from = 0;
    cp_buf_init(&cell);
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            const struct cp_table_item *items;
            size_t count = items_of(&items, table, &from, i, j);
            cp_buf_clear(&cell);
            put_seen(&cell, layout, j, items, count);
            put_aligned(out, layout, j, cell.len > 0 ? cp_buf_str(&cell) : CP_STR("-"));
        }
        cp_buf_pass(out);
    }
    cp_buf_release(&cell);
}

/* Words below a table, folded where it ends. */
struct tail {
    struct cp_buf *out;
    size_t at, width; /* columns; width 0: there is no end */
};

/* Puts a part behind what separates it from the one before; there is always room for one more
 * comma. */
static void put_part(struct tail *tail, const char *separator, struct cp_str part)
{
    enum { BLANK = 1, COMMA = 1, INDENT = 2 };
    size_t width = cp_text_width(part);
    cp_buf_puts(tail->out, separator);
    tail->at += strlen(separator);
    if (tail->at > 0 && tail->width > 0 && tail->at + BLANK + width + COMMA > tail->width) {
        cp_buf_putc(tail->out, '\n');
        cp_buf_repeat(tail->out, ' ', INDENT);
        tail->at = INDENT;
    } else if (tail->at > 0) {
        cp_buf_putc(tail->out, ' ');
        tail->at += BLANK;
    }
    cp_buf_put(tail->out, part);
    tail->at += width;
}

/* "plans: 9, errors: 2". */
static void put_totals(struct cp_buf *out, const struct cp_table *table, size_t width)
{
    struct tail tail = {out, 0, width};
    struct cp_buf part;
    cp_buf_init(&part);
    cp_buf_puts(out, table->totals.count > 0 ? "\n" : "");
    for (size_t i = 0; i < table->totals.count; i++) {
        cp_buf_clear(&part);
        for (const char *c = table->totals.items[i].name; *c; c++) {
            cp_buf_putc(&part, *c == '_' ? ' ' : *c);
        }
        cp_buf_printf(&part, ": %zu", table->totals.items[i].number);
        put_part(&tail, i > 0 ? "," : "", cp_buf_str(&part));
    }
    cp_buf_puts(out, table->totals.count > 0 ? "\n" : "");
    cp_buf_release(&part);
}

static void put_left_out(struct cp_buf *out, const struct cp_table *table,
                         const struct layout *layout, size_t width)
{
    struct tail tail = {out, 0, width};
    struct cp_buf part;
    const char *separator = "";
    if (!layout->is_narrow) {
        return;
    }
    cp_buf_init(&part);
    put_part(&tail, "", CP_STR("not shown for want of width:"));
    for (size_t j = 0; j < table->column_count; j++) {
        if (layout->is_out[j] && table->ranks[j] != CP_RANK_PROGRAMS) {
            cp_buf_clear(&part);
            put_heading(&part, table->columns[j].name);
            put_part(&tail, separator, cp_buf_str(&part));
            separator = ",";
        }
    }
    cp_buf_putc(out, '\n');
    cp_buf_release(&part);
}

void table_put(struct cp_buf *out, const struct cp_table *table,
               const struct cp_output_options *options)
{
    struct layout layout;
    struct cp_buf heading;
    cp_buf_init(&heading);
    lay_out(&layout, table, options->width);
    for (size_t j = 0; j < table->column_count; j++) {
        cp_buf_clear(&heading);
        put_heading(&heading, table->columns[j].name);
        put_aligned(out, &layout, j, cp_buf_str(&heading));
    }
    put_rows(out, table, &layout);
    put_totals(out, table, options->width);
    put_left_out(out, table, &layout, options->width);
    cp_buf_release(&heading);
}

void table_put_cell(struct cp_buf *out, const struct cp_table *table, size_t *from, size_t row,
                    size_t column)
{
    const struct cp_table_item *items;
    size_t count = items_of(&items, table, from, row, column);
    put_cell(out, items, count);
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

static void put_json_totals(struct cp_json *json, const struct cp_table *table)
{
    if (table->totals.count == 0) {
        return;
    }
    cp_json_object(json, "totals");
    for (size_t i = 0; i < table->totals.count; i++) {
        cp_json_number(json, table->totals.items[i].name, (int64_t)table->totals.items[i].number);
    }
    cp_json_end_object(json);
}

static void write_json(struct cp_buf *out, const struct cp_table *table,
                       const struct cp_output_options *options)
{
    struct cp_json json;
    size_t from = 0;
    (void)options;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_number(&json, "withheld", (int64_t)table->withheld);
    put_json_totals(&json, table);
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

static void write_csv(struct cp_buf *out, const struct cp_table *table,
                      const struct cp_output_options *options)
{
    struct cp_buf cell;
    size_t from = 0;
    (void)options;
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
    {"table", "columns, for people", table_put},
    {"json", "one JSON document", write_json},
    {"csv", "comma-separated values, for spreadsheets; what one would take for a formula is text",
     write_csv},
};

size_t cp_table_formats(const struct cp_table_format **out)
{
    *out = formats;
    return sizeof formats / sizeof formats[0];
}

const struct cp_table_format *cp_table_format_find(struct cp_str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}
