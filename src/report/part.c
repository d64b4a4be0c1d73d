/*
 * The parts of chapters: facts, prose, items, links, tables. A part that has nothing to show prints
 * nothing; one that nobody stated is noted for the chapter's closing line.
 */
#include "private.h"

#include <string.h>

void cp_report_miss(struct cp_report *report, const char *what)
{
    cp_buf_puts(&report->missing, report->missing.len > 0 ? "; " : "");
    cp_buf_puts(&report->missing, what);
    if (report->subject.len > 0) {
        cp_buf_puts(&report->missing, " of ");
        cp_buf_put(&report->missing, report->subject);
    }
}

bool cp_report_is_house(const struct cp_report *report)
{
    return report->options->template == CP_TEMPLATE_HOUSE;
}

void cp_report_heading(struct cp_report *report, unsigned level, struct cp_str text)
{
    cp_document_heading(report->document, level, (struct cp_str){0}, text);
}

void cp_report_remark(struct cp_report *report, struct cp_str text)
{
    cp_document_begin(report->document, CP_BLOCK_PARAGRAPH);
    cp_document_emphasis(report->document, text);
    cp_document_end(report->document);
}

static void begin_item(struct cp_report *report)
{
    cp_document_begin(report->document, CP_BLOCK_ITEM);
}

void cp_report_exempt(struct cp_report *report, const struct cp_leaf *leaf)
{
    cp_document_begin(report->document, CP_BLOCK_PARAGRAPH);
    cp_report_put_exemption(report, leaf);
    cp_document_end(report->document);
}

/* ---- tables -------------------------------------------------------------------------------- */

static enum cp_sight cell_sight(const struct cp_report *report, const struct cp_column *column,
                                const struct cp_member *row, struct cp_member *cell)
{
    cp_member_find_first(cell, row, column->paths);
    return cp_member_sight(report, cell);
}

static void put_otherwise(struct cp_report *report, const struct cp_column *column)
{
    bool is_first = report->is_first_row && column->first_otherwise;
    cp_document_text(report->document,
                     cp_str_of(is_first ? column->first_otherwise : column->otherwise));
}

static void build_cell(struct cp_report *report, const struct cp_column *column,
                       const struct cp_member *row, bool is_filled)
{
    struct cp_member cell;
    cp_document_cell(report->document);
    if (is_filled && !cp_member_find_first(&cell, row, column->paths)) {
        put_otherwise(report, column);
        return;
    }
    report->shows_ways = column->shows_ways;
    if (column->put) {
        column->put(report, row);
    } else if (cell_sight(report, column, row, &cell) == CP_SIGHT_GIVEN) {
        cp_report_put(report, &cell);
    }
    report->shows_ways = false;
}

/* "criticality of Identity, Payments", or "criticality of the internal dependencies". */
static void miss_cells(struct cp_report *report, const struct cp_column *columns, size_t column,
                       const struct cp_member *list, const char *of)
{
    size_t missing = 0;
    struct cp_member cell;
    struct cp_buf names;
    cp_buf_init(&names);
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member row = cp_member_item(list, i);
        if (row.leaf->state == CP_SET &&
            cell_sight(report, &columns[column], &row, &cell) == CP_SIGHT_MISSING) {
            bool has_name = cell_sight(report, &columns[0], &row, &cell) == CP_SIGHT_GIVEN &&
                            cp_member_text(&cell).len > 0;
            struct cp_str name = has_name ? cp_member_text(&cell) : CP_STR("an entry");
            cp_buf_puts(&names, missing++ > 0 ? ", " : "");
            cp_buf_put(&names, cp_portfolio_name_of(report->portfolio, name));
        }
    }
    if (missing > 0) {
        cp_report_miss(report, columns[column].missing);
        cp_buf_puts(&report->missing, " of ");
        bool is_all = of && missing == cp_member_count(list);
        cp_buf_puts(&report->missing, is_all ? "the " : "");
        cp_buf_put(&report->missing, is_all ? cp_str_of(of) : cp_buf_str(&names));
    }
    cp_buf_release(&names);
}

static void build_row(struct cp_report *report, const struct cp_column *columns, size_t count,
                      const struct cp_member *row)
{
    for (size_t column = 0; column < count; column++) {
        if (row->leaf->state == CP_SET) {
            build_cell(report, &columns[column], row, report->fills && report->fills[column]);
            continue;
        }
        cp_document_cell(report->document);
        if (column == 0) {
            cp_report_put_exemption(report, row->leaf);
        }
    }
}

static void build_rows(struct cp_report *report, const struct cp_column *columns, size_t count,
                       const struct cp_member *list)
{
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member row = cp_member_item(list, i);
        report->is_first_row = i == 0;
        bool is_built = row.leaf->state == CP_SET || cp_leaf_is_exempt(row.leaf);
        if (is_built && cp_member_sight(report, &row) == CP_SIGHT_GIVEN) {
            build_row(report, columns, count, &row);
        }
    }
}

static void begin_table(struct cp_report *report, const struct cp_column *columns, size_t count)
{
    const char **titles = cp_arena_alloc(&report->arena, count * sizeof(*titles));
    for (size_t i = 0; i < count; i++) {
        titles[i] = columns[i].title;
    }
    cp_document_begin_table(report->document, titles, count);
}

/* Whether a row that this audience sees states the column. */
static bool is_stated_once(const struct cp_report *report, const struct cp_column *column,
                           const struct cp_member *list)
{
    struct cp_member cell;
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member row = cp_member_item(list, i);
        if (row.leaf->state == CP_SET && cp_member_sight(report, &row) == CP_SIGHT_GIVEN &&
            cp_member_find_first(&cell, &row, column->paths) &&
            cp_member_sight(report, &cell) != CP_SIGHT_WITHHELD) {
            return true;
        }
    }
    return false;
}

static const bool *find_fills(struct cp_report *report, const struct cp_column *columns,
                              size_t count, const struct cp_member *list)
{
    bool *fills = cp_arena_alloc(&report->arena, count * sizeof *fills);
    for (size_t i = 0; i < count; i++) {
        fills[i] = columns[i].otherwise && is_stated_once(report, &columns[i], list);
    }
    return fills;
}

bool cp_table_build(struct cp_report *report, const struct cp_column *columns, size_t count,
                    const struct cp_member *list, const char *of)
{
    for (size_t i = 0; i < count; i++) {
        if (columns[i].missing) {
            miss_cells(report, columns, i, list, of);
        }
    }
    begin_table(report, columns, count);
    report->fills = find_fills(report, columns, count, list);
    build_rows(report, columns, count, list);
    report->fills = NULL;
    cp_document_end_table(report->document);
    return cp_member_sight(report, list) == CP_SIGHT_GIVEN;
}

bool cp_nested_table_is_empty(const struct cp_report *report, const struct cp_member *list,
                              const char *path)
{
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member rows, parent = cp_member_item(list, i);
        if (parent.leaf->state == CP_SET && cp_member_find(&rows, &parent, path) &&
            cp_member_sight(report, &rows) == CP_SIGHT_GIVEN) {
            return false;
        }
    }
    return true;
}

bool cp_nested_table_build(struct cp_report *report, const struct cp_column *columns, size_t count,
                           const struct cp_member *list, const char *path)
{
    if (cp_nested_table_is_empty(report, list, path)) {
        return false;
    }
    begin_table(report, columns, count);
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member rows, parent = cp_member_item(list, i);
        report->parent = &parent;
        if (parent.leaf->state == CP_SET && cp_member_find(&rows, &parent, path) &&
            cp_member_is_list(&rows)) {
            build_rows(report, columns, count, &rows);
        }
        report->parent = NULL;
    }
    cp_document_end_table(report->document);
    return true;
}

static void build_table(struct cp_report *report, const struct cp_part *part,
                        const struct cp_member *entry)
{
    cp_table_build(report, part->columns, part->column_count, entry, part->missing);
}

void cp_items_build(struct cp_report *report, const struct cp_member *list,
                    void (*build)(struct cp_report *, const struct cp_member *))
{
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member item = cp_member_item(list, i);
        if (cp_member_sight(report, &item) != CP_SIGHT_GIVEN) {
            continue;
        }
        if (cp_leaf_is_exempt(item.leaf)) {
            cp_report_exempt(report, item.leaf);
        } else {
            build(report, &item);
        }
    }
}

/* ---- the other kinds ----------------------------------------------------------------------- */

static void build_prose(struct cp_report *report, const struct cp_part *part,
                        const struct cp_member *entry)
{
    cp_document_prose(report->document, cp_member_text(entry),
                      report->part_level + (part->title != NULL));
}

/* The prose of a value, its own or its text's, that pieces cannot say. */
static bool find_blocks(struct cp_member *out, const struct cp_report *report,
                        const struct cp_member *entry)
{
    if (cp_member_is_list(entry) || entry->leaf->state != CP_SET) {
        return false;
    }
    *out = *entry;
    if (entry->field->type == CP_TYPE_OBJECT) {
        if (!cp_field_find(entry->field->of, CP_STR("text"))) {
            return false;
        }
        cp_member_find(out, entry, "text");
    }
    return out->field->type == CP_TYPE_PROSE && out->leaf->state == CP_SET &&
           cp_member_sight(report, out) == CP_SIGHT_GIVEN &&
           !cp_prose_is_inline(cp_member_text(out));
}

static void build_item(struct cp_report *report, const struct cp_member *item)
{
    struct cp_member prose;
    bool has_blocks = find_blocks(&prose, report, item);
    begin_item(report);
    report->apart = has_blocks ? prose.leaf : NULL;
    cp_report_put(report, item);
    report->apart = NULL;
    if (has_blocks) {
        cp_document_prose(report->document, cp_member_text(&prose), report->part_level + 1);
    }
    cp_document_end(report->document);
}

static void build_items(struct cp_report *report, const struct cp_part *part,
                        const struct cp_member *entry)
{
    (void)part;
    cp_document_begin(report->document, CP_BLOCK_BULLETS);
    for (size_t i = 0; i < cp_member_count(entry); i++) {
        struct cp_member item = cp_member_item(entry, i);
        build_item(report, &item);
    }
    cp_document_end(report->document);
}

static void build_links(struct cp_report *report, const struct cp_part *part,
                        const struct cp_member *entry)
{
    if (cp_member_is_list(entry)) {
        build_items(report, part, entry);
        return;
    }
    cp_document_begin(report->document, CP_BLOCK_BULLETS);
    build_item(report, entry);
    cp_document_end(report->document);
}

static void build_own(struct cp_report *report, const struct cp_part *part,
                      const struct cp_member *entry)
{
    part->build(report, part, entry);
}

static void (*const build_by_kind[])(struct cp_report *, const struct cp_part *,
                                     const struct cp_member *) = {
    [CP_PART_PROSE] = build_prose, [CP_PART_ITEMS] = build_items, [CP_PART_LINKS] = build_links,
    [CP_PART_TABLE] = build_table, [CP_PART_OWN] = build_own,
};

/* ---- parts --------------------------------------------------------------------------------- */

static void put_fact(struct cp_report *report, const struct cp_part *part,
                     const struct cp_member *entry)
{
    report->shows_ways = part->shows_ways;
    if (part->put && entry->leaf->state == CP_SET) {
        part->put(report, entry);
    } else {
        cp_report_put(report, entry);
    }
    report->shows_ways = false;
}

static void build_fact(struct cp_report *report, const struct cp_part *part,
                       const struct cp_member *entry)
{
    struct cp_str label = cp_arena_printf(&report->arena, "%s:", part->title);
    begin_item(report);
    cp_document_strong(report->document, label);
    cp_document_text(report->document, CP_STR(" "));
    put_fact(report, part, entry);
    cp_document_end(report->document);
}

/* What else there is of the value stands before its prose. */
static void build_fact_blocks(struct cp_report *report, const struct cp_part *part,
                              const struct cp_member *entry, const struct cp_member *prose)
{
    cp_report_heading(report, report->part_level, cp_str_of(part->title));
    report->apart = prose->leaf;
    cp_document_begin(report->document, CP_BLOCK_PARAGRAPH);
    put_fact(report, part, entry);
    cp_document_end(report->document);
    report->apart = NULL;
    cp_document_prose(report->document, cp_member_text(prose), report->part_level + 1);
}

/* What the part is about, and whether this audience sees something of it; what nobody stated is
 * noted. */
static enum cp_sight find_part(struct cp_member *out, struct cp_report *report,
                               const struct cp_part *part, const struct cp_member *parent)
{
    enum cp_sight sight = CP_SIGHT_MISSING;
    for (const char *path = part->path; *path && sight != CP_SIGHT_GIVEN;) {
        struct cp_member entry;
        cp_member_find(&entry, parent, path);
        enum cp_sight found = cp_member_sight(report, &entry);
        if (found > sight || path == part->path) {
            sight = found;
            *out = entry;
        }
        path += strcspn(path, " ");
        path += strspn(path, " ");
    }
    if (sight == CP_SIGHT_MISSING && part->missing) {
        cp_report_miss(report, part->missing);
    }
    return sight;
}

/* What was written where something else was due. */
static void build_broken(struct cp_report *report, const struct cp_member *entry)
{
    cp_document_begin(report->document, CP_BLOCK_PARAGRAPH);
    cp_report_put(report, entry);
    cp_document_end(report->document);
}

static void build_given(struct cp_report *report, const struct cp_part *part,
                        const struct cp_member *entry)
{
    if (part->is_whole) {
        build_by_kind[part->kind](report, part, entry);
    } else if (cp_leaf_is_exempt(entry->leaf)) {
        cp_report_exempt(report, entry->leaf);
    } else if (entry->leaf->state == CP_BROKEN) {
        build_broken(report, entry);
    } else {
        build_by_kind[part->kind](report, part, entry);
    }
}

static void build_part(struct cp_report *report, const struct cp_part *part,
                       const struct cp_member *parent)
{
    struct cp_member entry;
    enum cp_sight sight = find_part(&entry, report, part, parent);
    bool is_headed = sight == CP_SIGHT_GIVEN || (part->is_house && cp_report_is_house(report));
    if (part->title && is_headed) {
        cp_report_heading(report, report->part_level, cp_str_of(part->title));
    }
    if (sight == CP_SIGHT_GIVEN) {
        build_given(report, part, part->is_whole ? parent : &entry);
    } else if (is_headed && part->missing) {
        bool is_withheld = sight == CP_SIGHT_WITHHELD;
        cp_report_remark(report, is_withheld ? CP_STR("Withheld.") : CP_STR("Not stated."));
    }
}

/* Facts whose prose needs blocks follow the list of the others, each under a heading. */
static size_t build_facts(struct cp_report *report, const struct cp_part *parts, size_t count,
                          const struct cp_member *parent)
{
    struct cp_member entry, prose;
    size_t end = 0;
    cp_document_begin(report->document, CP_BLOCK_BULLETS);
    for (; end < count && parts[end].kind == CP_PART_FACT; end++) {
        if (find_part(&entry, report, &parts[end], parent) == CP_SIGHT_GIVEN &&
            !find_blocks(&prose, report, &entry)) {
            build_fact(report, &parts[end], &entry);
        }
    }
    cp_document_end(report->document);
    for (size_t i = 0; i < end; i++) {
        cp_member_find_first(&entry, parent, parts[i].path);
        if (find_blocks(&prose, report, &entry)) {
            build_fact_blocks(report, &parts[i], &entry, &prose);
        }
    }
    return end;
}

void cp_parts_build(struct cp_report *report, const struct cp_part *parts, size_t count,
                    const struct cp_member *parent)
{
    for (size_t i = 0; i < count;) {
        if (parts[i].kind == CP_PART_FACT) {
            i += build_facts(report, parts + i, count - i, parent);
        } else {
            build_part(report, &parts[i++], parent);
        }
    }
}
