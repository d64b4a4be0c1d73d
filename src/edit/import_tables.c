/*
 * Tables of facts: what a table lists is told by the heads of its columns, whatever their order;
 * what its columns are called is data. A table is taken only where every word of it finds a place.
 */
#include "import_tables.h"

enum { COLUMNS = 16, NO_COLUMN = -1 };

/* What a head may mean: a column of one kind. */
struct meaning {
    const struct table_kind *kind;
    int column;
    bool is_usual; /* the wording that needs no mention */
    const struct meaning *next;
};

/* A table that is being taken. */
struct table {
    struct import *import;
    const struct table_kind *kind;
    const struct cp_reading_block *block;
    size_t index; /* of the block */
    struct cp_str heads[COLUMNS];
    const struct meaning *meanings[COLUMNS]; /* of the heads */
    int columns[COLUMNS];                    /* the kind's, or NO_COLUMN */
    size_t count;
    struct cp_str late; /* a link in a row\'s name, that goes behind everything else */
    bool has_own_heads; /* heads that the keys do not say */
    int place;          /* the column that says whether a dependency is internal, or NO_COLUMN */
};

/* ---- what it lists --------------------------------------------------------------------------- */

static void mean(struct import *import, const struct table_kind *kind, int column)
{
    struct cp_str rest = cp_str_of(kind->columns[column].words);
    struct cp_str words;
    for (bool is_usual = true; words_alternative(&words, &rest); is_usual = false) {
        struct cp_str normal = words_normal(import->arena, words);
        struct meaning *meaning = cp_arena_alloc(import->arena, sizeof *meaning);
        struct meaning *first = cp_map_find(&import->heads, normal);
        *meaning = (struct meaning){kind, column, is_usual, first ? first->next : NULL};
        if (first) {
            first->next = meaning;
        } else {
            cp_map_put(&import->heads, normal, meaning);
        }
    }
}

void tables_open(struct import *import)
{
    cp_map_init(&import->heads);
    for (size_t i = 0; i < table_kind_count; i++) {
        for (int at = 0; at < TABLE_COLUMNS && table_kinds[i].columns[at].key; at++) {
            mean(import, &table_kinds[i], at);
        }
    }
}

static bool is_matched(const struct table *table, int column)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i] == column) {
            return true;
        }
    }
    return false;
}

/* Whether the first column's head is none of those of numbers. */
static bool is_naming(struct table *table)
{
    static const char *const numbers[] = {"", "#", "no", "prio", "priority", "id", "ref", "rank"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (cp_str_is_equal_folded(table->heads[0], cp_str_of(numbers[i]))) {
            return false;
        }
    }
    return true;
}

/* Finds the kind's column for each head; how many are known. */
static size_t match(struct table *table, const struct table_kind *kind)
{
    size_t known = 0;
    table->kind = kind;
    table->has_own_heads = false;
    for (size_t i = 0; i < table->count; i++) {
        table->columns[i] = NO_COLUMN;
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct meaning *meaning = table->meanings[i];
        while (meaning && (meaning->kind != kind || is_matched(table, meaning->column))) {
            meaning = meaning->next;
        }
        if (meaning) {
            table->columns[i] = meaning->column;
            table->has_own_heads = table->has_own_heads || !meaning->is_usual;
            known++;
        }
    }
    bool is_free = table->columns[0] == NO_COLUMN && !is_matched(table, 0);
    bool is_for = strcmp(kind->columns[0].key, "for") == 0 && known > 0 && is_naming(table);
    if (is_free && (table->heads[0].len == 0 || is_for)) {
        table->has_own_heads = table->has_own_heads || is_for;
        table->columns[0] = 0; /* the first column often has no head */
    }
    return known;
}

static bool has_key(const struct table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->columns[i] != NO_COLUMN &&
            strcmp(table->kind->columns[table->columns[i]].key, key) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_below(const char *path, const char *list)
{
    size_t len = strlen(path);
    return strncmp(list, path, len) == 0 && (list[len] == '\0' || list[len] == '.');
}

/* Whether the heads tell the kind even where the heading does not. */
static bool is_telling(const struct table *table)
{
    const struct table_kind *kind = table->kind;
    if (cp_str_has_suffix(cp_str_of(kind->list), "objectives")) {
        return has_key(table, "rto") && (has_key(table, "rpo") || has_key(table, "mtpd"));
    }
    if (cp_str_has_suffix(cp_str_of(kind->list), "contacts")) {
        return has_key(table, "name") && (has_key(table, "email") || has_key(table, "phone"));
    }
    if (cp_str_has_suffix(cp_str_of(kind->list), "roles")) {
        return has_key(table, "role") &&
               (has_key(table, "responsibilities") || has_key(table, "deputies"));
    }
    return kind->also && has_key(table, kind->name) && has_key(table, kind->also);
}

/* Whether the table names what it lists; where the heading tells what that is, the first column
 * does, whatever it is called. */
static bool takes_name(struct table *table, bool is_exact)
{
    const struct table_kind *kind = table->kind;
    if (has_key(table, kind->name)) {
        return true;
    }
    bool is_named = strcmp(kind->name, "name") == 0 || strcmp(kind->name, "title") == 0;
    for (int at = 0; is_exact && is_named && table->columns[0] == NO_COLUMN && at < TABLE_COLUMNS;
         at++) {
        if (kind->columns[at].key && strcmp(kind->columns[at].key, kind->name) == 0) {
            table->columns[0] = at;
            table->has_own_heads = true;
            return true;
        }
    }
    return false;
}

/* A table right under "Dependencies", which says no more than that. */
static bool is_dependencies(const char *path, const struct table_kind *kind)
{
    return path && strcmp(path, "dependencies") == 0 &&
           strcmp(kind->list, "dependencies.external") == 0;
}

/* The kind that fits: that of the heading first, then one of its section, then one that the heads
 * tell. */
static bool choose(struct table *table, const char *path)
{
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < table_kind_count; i++) {
            bool is_exact = path && strcmp(table_kinds[i].list, path) == 0;
            bool is_near = path && is_below(path, table_kinds[i].list);
            bool is_round = round == 0 ? is_exact : round == 1 ? is_near && !is_exact : !is_near;
            bool is_told = is_exact || is_dependencies(path, &table_kinds[i]);
            if (!is_round || (match(table, &table_kinds[i]) == 0 && !is_told) ||
                !takes_name(table, is_told)) {
                continue;
            }
            bool is_sure = round == 0 || is_telling(table);
            if (is_sure || (round == 1 && is_told && table->count <= 5)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- cells ----------------------------------------------------------------------------------- */

static bool is_blank_cell(struct cp_str text)
{
    return cp_str_is(text, "-") || cp_str_is(text, "\xe2\x80\x93") ||
           cp_str_is(text, "\xe2\x80\x94") || text.len == 0;
}

static struct cp_str target_of(const struct import *import, const struct cp_reading_block *cell)
{
    for (uint32_t i = 0; i < cell->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, cell->first_piece + i);
        if (piece->kind == CP_PIECE_LINK && piece->target.len > 0) {
            return cp_arena_copy(import->arena, piece->target);
        }
    }
    return (struct cp_str){0};
}

/* What a cell says that its own column does not take. */
static void put_rest(struct table *table, struct draft *item, struct cp_str head,
                     struct cp_str text)
{
    struct cp_arena *arena = table->import->arena;
    const struct cp_field *field =
        table->kind->rest ? cp_field_find(item->object, cp_str_of(table->kind->rest)) : NULL;
    if (!field || text.len == 0) {
        return;
    }
    struct cp_str line =
        head.len > 0 ? cp_arena_printf(arena, "%.*s: %.*s", CP_ARG(head), CP_ARG(text)) : text;
    if (field->is_list) {
        draft_add_text(arena, draft_at(arena, item, field->key), line);
        return;
    }
    struct draft *old = draft_find(item, field->key);
    bool is_prose = field->type == CP_TYPE_PROSE;
    bool is_own = head.len == 0 && is_prose && table->late.len == 0;
    struct cp_str joined =
        !old       ? line
        : is_own   ? prose_join(arena, line, old->text)
        : is_prose ? prose_join(arena, old->text, line)
                   : cp_arena_printf(arena, "%.*s; %.*s", CP_ARG(old->text), CP_ARG(line));
    draft_set(arena, item, field->key, joined);
}

/* The row of a key, which may be one in a mapping ("commits.rto"). */
static const struct cp_field *field_of(const struct draft *item, const char *key)
{
    size_t len = strcspn(key, ".");
    const struct cp_field *field = cp_field_find(item->object, (struct cp_str){key, len});
    return field && key[len] == '.' ? cp_field_find(field->of, cp_str_of(key + len + 1)) : field;
}

/* A value under its key, with the cell's own words beside it where it does not hold them. */
static void put_value(struct table *table, struct draft *item, const char *key,
                      const struct cp_field *field, struct cp_str value,
                      const struct cp_reading_block *cell)
{
    struct cp_arena *arena = table->import->arena;
    struct cp_str words = cp_arena_copy(arena, cp_str_trim(cell->text));
    struct draft *draft = draft_at(arena, item, key);
    if (field->is_list) {
        draft = draft_add_text(arena, draft, value);
    }
    draft->text = value;
    if (!words_are_in(arena, words, value)) {
        draft->beside = import_check(table->import, cell->offset, "%.*s", CP_ARG(words));
    }
}

/* A number under a head that states its unit, "RTO (h)". */
static struct cp_str with_unit(struct table *table, struct cp_str head, struct cp_str words)
{
    bool is_number = words.len > 0;
    for (size_t i = 0; i < words.len; i++) {
        is_number = is_number && cp_is_digit(words.at[i]);
    }
    const char *unit = words_have(head, "(h)") || words_have(head, "(hours)")    ? "h"
                       : words_have(head, "(min)") || words_have(head, "(mins)") ? "m"
                                                                                 : "";
    return is_number ? cp_arena_printf(table->import->arena, "%.*s%s", CP_ARG(words), unit) : words;
}

/* What the cell holds for the field: Markdown for prose, a link's target for a URL, else its words
 * where they are a value of the type. */
static struct cp_str value_of(struct table *table, const struct cp_field *field,
                              const struct cp_reading_block *cell, struct cp_str raw)
{
    struct cp_str target = target_of(table->import, cell);
    if (field->type == CP_TYPE_PROSE) {
        return raw;
    }
    if (field->type == CP_TYPE_OBJECT) {
        return field->is_list ? raw : (struct cp_str){0};
    }
    if (field->type == CP_TYPE_URL && target.len > 0) {
        return target;
    }
    struct cp_str words = cp_arena_copy(table->import->arena, cp_str_trim(cell->text));
    if (field->type == CP_TYPE_DURATION) {
        words = with_unit(table, table->heads[cell->number], words);
    }
    return values_read(table->import, field, words);
}

/* A link in what is no prose: under `url` where there is one, else behind everything else. */
static void keep_target(struct table *table, struct draft *item, const struct cp_field *field,
                        struct cp_str target, struct cp_str raw)
{
    bool is_kept = field->type == CP_TYPE_PROSE || field->type == CP_TYPE_OBJECT ||
                   field->type == CP_TYPE_URL || target.len == 0;
    if (is_kept) {
        return;
    }
    if (cp_field_find(item->object, CP_STR("url")) && !draft_find(item, "url")) {
        draft_set(table->import->arena, item, "url", target);
    } else {
        table->late = raw;
    }
}

/* Whether the words are the key of the list that they put a dependency into. */
static bool is_said_by_list(struct cp_str words)
{
    const char *place = values_place(words);
    return place && cp_str_is_equal_folded(words, cp_str_of(place));
}

static void put_cell(struct table *table, struct draft *item, size_t column,
                     const struct cp_reading_block *cell)
{
    struct cp_str raw = prose_line(table->import, cell);
    int known = table->columns[column];
    const char *key = known == NO_COLUMN ? NULL : table->kind->columns[known].key;
    if (is_blank_cell(cp_str_trim(cell->text)) && raw.len <= 3) {
        return;
    }
    struct cp_str whole = cp_str_trim(cell->text);
    if ((int)column == table->place && is_said_by_list(whole)) {
        return; /* the list says it */
    }
    const struct cp_field *field = key ? field_of(item, key) : NULL;
    bool is_rest = key && table->kind->rest && strcmp(key, table->kind->rest) == 0;
    struct cp_str value = field ? value_of(table, field, cell, raw) : (struct cp_str){0};
    if (value.len == 0 || is_rest) {
        put_rest(table, item, is_rest ? CP_STR("") : table->heads[column], raw);
        return;
    }
    put_value(table, item, key, field, value, cell);
    keep_target(table, item, field, target_of(table->import, cell), raw);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static const struct cp_reading_block *block_at(const struct table *table, size_t index)
{
    return cp_reading_get(table->import->reading, index);
}

static void read_heads(struct table *table)
{
    size_t row = table->index + 1;
    const struct cp_reading_block *head = block_at(table, row);
    table->count = 0;
    for (size_t at = row + 1; at < head->end;) {
        const struct cp_reading_block *cell = block_at(table, at);
        if (cell->number < COLUMNS) {
            table->heads[cell->number] = cp_str_trim(cell->text);
            table->meanings[cell->number] =
                cp_map_find(&table->import->heads, words_normal(table->import->arena, cell->text));
            table->count = cell->number + 1;
        }
        at = cell->end > at ? cell->end : at + 1;
    }
}

/* An id of its own, from the words of another key. */
static void give_id(struct table *table, struct draft *item, const char *from)
{
    struct cp_arena *arena = table->import->arena;
    const struct cp_field *field = cp_field_find(item->object, CP_STR("id"));
    const struct draft *source = draft_find(item, from);
    struct draft *role = draft_find(item, "role");
    if (role && strcmp(table->kind->list, "incident_response.roles") == 0) {
        role->text = words_free_id(table->import, table->kind->list, role->text);
    }
    if (!field || !source) {
        return;
    }
    draft_set(arena, item, "id",
              words_free_id(table->import, table->kind->list, words_id(arena, source->text)));
}

/* Footnotes go with the prose that refers to them. */
static void note_prose(struct import *import, struct draft *item)
{
    for (struct draft *child = item->first; child; child = child->next) {
        if (child->kind == DRAFT_TEXT && child->field && child->field->type == CP_TYPE_PROSE) {
            child->text = prose_noted(import, child->text);
        }
    }
}

/* The words of the row's cell that says the role. */
static struct cp_str own_role(const struct table *table, size_t row)
{
    for (size_t at = row + 1; at < block_at(table, row)->end; at++) {
        const struct cp_reading_block *cell = block_at(table, at);
        int known = cell->kind == CP_READING_CELL && cell->number < table->count
                        ? table->columns[cell->number]
                        : NO_COLUMN;
        if (known != NO_COLUMN && strcmp(table->kind->columns[known].key, "role") == 0) {
            return cp_arena_copy(table->import->arena, cp_str_trim(cell->text));
        }
    }
    return (struct cp_str){0};
}

static bool take_row(struct table *table, struct draft *list, size_t index)
{
    const struct cp_reading_block *row = block_at(table, index);
    struct draft *item = draft_add(table->import->arena, list);
    table->late = (struct cp_str){0};
    for (size_t at = index + 1; at < row->end;) {
        const struct cp_reading_block *cell = block_at(table, at);
        if (cell->number >= table->count) {
            return false;
        }
        put_cell(table, item, cell->number, cell);
        at = cell->end > at ? cell->end : at + 1;
    }
    put_rest(table, item, (struct cp_str){0}, table->late);
    if (strcmp(table->kind->list, "accountability.contacts") == 0) {
        contacts_settle(table->import, item, own_role(table, index));
    }
    note_prose(table->import, item);
    if (!item->first) {
        draft_drop_last(list);
        return true;
    }
    give_id(table, item, table->kind->name);
    bool is_objective = cp_str_has_suffix(cp_str_of(table->kind->list), "objectives");
    return is_objective || draft_find(item, table->kind->name) != NULL;
}

/* Every word and target of a cell that is no head. */
static void put_words(struct cp_buf *out, const struct table *table)
{
    for (size_t at = table->index + 1; at < table->block->end; at++) {
        const struct cp_reading_block *block = block_at(table, at);
        if (block->kind != CP_READING_CELL || block_at(table, block->parent)->number == 0) {
            continue;
        }
        if ((int)block->number == table->place && is_said_by_list(cp_str_trim(block->text))) {
            continue;
        }
        cp_buf_put(out, block->text);
        for (uint32_t i = 0; i < block->piece_count; i++) {
            const struct cp_reading_piece *piece =
                cp_reading_piece_get(table->import->reading, block->first_piece + i);
            words_put_piece(out, piece);
        }
        cp_buf_putc(out, '\n');
    }
}

static bool is_whole(struct table *table, const struct draft *made)
{
    struct cp_buf wanted;
    struct cp_buf given;
    cp_buf_init(&wanted);
    cp_buf_init(&given);
    put_words(&wanted, table);
    words_put_draft(&given, made);
    bool is_in = words_are_in(table->import->arena, cp_buf_str(&wanted), cp_buf_str(&given));
    cp_buf_release(&wanted);
    cp_buf_release(&given);
    return is_in;
}

static void note_heads(struct table *table, struct draft *list)
{
    struct cp_buf text;
    cp_buf_init(&text);
    for (size_t i = 0; i < table->count; i++) {
        bool is_said = table->heads[i].len > 0;
        cp_buf_printf(&text, "%s%.*s", is_said && text.len > 0 ? ", " : "",
                      CP_ARG(table->heads[i]));
    }
    draft_note(table->import->arena, list,
               import_check(table->import, table->block->offset, "Columns of the table: %.*s",
                            CP_ARG(cp_buf_str(&text))));
    cp_buf_release(&text);
}

/* Two kinds of dependency under one heading: nobody says which a row is. */
static void note_doubt(struct table *table, struct draft *list, const char *path)
{
    if (is_dependencies(path, table->kind)) {
        draft_note(table->import->arena, list,
                   import_check(table->import, table->block->offset, "%s", links_doubt));
    }
}

/* What a row's cell in a column says of where the dependency stands, or NULL. */
static const char *place_in(const struct table *table, size_t row, int column)
{
    for (size_t at = row + 1; at < block_at(table, row)->end; at++) {
        const struct cp_reading_block *cell = block_at(table, at);
        if (cell->kind == CP_READING_CELL && (int)cell->number == column) {
            return values_place(cp_str_trim(cell->text));
        }
    }
    return NULL;
}

static bool is_place(const struct table *table, int column)
{
    size_t count = 0;
    for (size_t at = block_at(table, table->index + 1)->end; at < table->block->end;) {
        const struct cp_reading_block *row = block_at(table, at);
        if (row->kind == CP_READING_ROW && !place_in(table, at, column)) {
            return false;
        }
        count++;
        at = row->end > at ? row->end : at + 1;
    }
    return count > 0;
}

/* The column of dependencies, of any head, in which every row says "internal", "third party" or the
 * like. */
static void find_place(struct table *table)
{
    const char *list = table->kind->list;
    bool is_kind =
        strcmp(list, "dependencies.external") == 0 || strcmp(list, "dependencies.internal") == 0;
    table->place = NO_COLUMN;
    for (size_t i = 0; is_kind && table->place == NO_COLUMN && i < table->count; i++) {
        if (table->columns[i] == NO_COLUMN && is_place(table, (int)i)) {
            table->place = (int)i;
            table->has_own_heads = true;
        }
    }
}

/* The list that a row goes to. */
static const char *list_of(const struct table *table, size_t row)
{
    const char *place = table->place == NO_COLUMN ? NULL : place_in(table, row, table->place);
    return !place                           ? table->kind->list
           : strcmp(place, "internal") == 0 ? "dependencies.internal"
                                            : "dependencies.external";
}

/* Moves what was made of the rows into the plan, with what is to be said of it. */
static void keep(struct table *table, struct draft *made, const char *list_path, const char *path)
{
    struct draft *list = draft_reach(made, list_path);
    if (!list || list->count == 0) {
        return;
    }
    struct draft *target = draft_at(table->import->arena, table->import->plan, list_path);
    if (table->place == NO_COLUMN) {
        note_doubt(table, target, path);
    }
    if (table->has_own_heads) {
        note_heads(table, target);
    }
    draft_move_items(target, list);
}

/* Whether a list can be added to: none, or one that is no `unknown`. */
static bool is_open(const struct table *table, const char *list_path)
{
    const struct draft *there = draft_reach(table->import->plan, list_path);
    return !there || there->kind == DRAFT_LIST;
}

static bool take(struct table *table, const char *path)
{
    static const char *const both[] = {"dependencies.internal", "dependencies.external"};
    struct cp_arena *arena = table->import->arena;
    struct draft *made = draft_new(arena, &cp_object_plan);
    find_place(table);
    size_t count = 0;
    for (size_t at = block_at(table, table->index + 1)->end; at < table->block->end;) {
        const struct cp_reading_block *row = block_at(table, at);
        struct draft *list = draft_at(arena, made, list_of(table, at));
        if (row->kind == CP_READING_ROW && !take_row(table, list, at)) {
            return false;
        }
        count += list->count;
        at = row->end > at ? row->end : at + 1;
    }
    bool is_placed = table->place != NO_COLUMN;
    bool can_hold = is_placed ? is_open(table, both[0]) && is_open(table, both[1])
                              : is_open(table, table->kind->list);
    if (count == 0 || !can_hold || !is_whole(table, made)) {
        return false;
    }
    for (size_t i = 0; is_placed && i < 2; i++) {
        keep(table, made, both[i], path);
    }
    if (!is_placed) {
        keep(table, made, table->kind->list, path);
    }
    return true;
}

/* Rows of a label and a value: their facts are lifted, the table stays. */
static void scan_pairs(struct table *table, const char *path)
{
    for (size_t at = table->index + 1; at < table->block->end;) {
        const struct cp_reading_block *row = block_at(table, at);
        if (row->kind == CP_READING_ROW && at + 2 < row->end) {
            const struct cp_reading_block *label = block_at(table, at + 1);
            const struct cp_reading_block *value = block_at(table, at + 2);
            facts_set(table->import, cp_str_trim(label->text), cp_str_trim(value->text),
                      value->offset, path);
        }
        at = row->end > at ? row->end : at + 1;
    }
}

bool tables_take(struct import *import, const struct bit *bit, const char *path)
{
    struct table table = {.import = import, .block = bit->block, .place = NO_COLUMN};
    table.index = bit->index;
    if (table.index + 1 >= bit->block->end) {
        return false;
    }
    read_heads(&table);
    if (table.count > 0 && choose(&table, path) && take(&table, path)) {
        return true;
    }
    if (table.count == 2) {
        scan_pairs(&table, path);
    }
    return false;
}
