/*
 * The reference part of a manual page from the field tables: a heading an object, an entry a row.
 * Rows that an earlier object has described word for word are named and not repeated. Knows no
 * plan and no page.
 */
#include "roff.h"

#include <contplan/schema.h>
#include <string.h>

struct manual {
    struct cp_buf *out;
    CP_LIST(const struct cp_object *) objects; /* in order of first mention */
};

/* ---- which objects --------------------------------------------------------------------------- */

static bool has_object(const struct manual *manual, const struct cp_object *object)
{
    for (size_t i = 0; i < manual->objects.count; i++) {
        if (manual->objects.items[i] == object) {
            return true;
        }
    }
    return false;
}

static void collect(struct manual *manual, const struct cp_object *object)
{
    if (has_object(manual, object)) {
        return;
    }
    const struct cp_object **item = cp_list_push(&manual->objects, sizeof *item);
    *item = object;
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        if (field->of && field->type != CP_TYPE_ANY) {
            collect(manual, field->of);
        }
    }
}

static bool has_row(const struct cp_object *object, const struct cp_field *row)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        if (strcmp(field->key, row->key) == 0 && strcmp(field->doc, row->doc) == 0 &&
            field->type == row->type && field->of == row->of) {
            return true;
        }
    }
    return false;
}

static size_t count_shared(const struct cp_object *a, const struct cp_object *b)
{
    size_t count = 0;
    for (size_t i = 0; i < a->count; i++) {
        count += has_row(b, &a->fields[i]);
    }
    return count;
}

/* The object under which a row of `object` is described: an earlier one with which it has more than
 * one row in common, or itself. */
static const struct cp_object *describer(const struct manual *manual,
                                         const struct cp_object *object, const struct cp_field *row)
{
    for (size_t i = 0; manual->objects.items[i] != object; i++) {
        const struct cp_object *other = manual->objects.items[i];
        if (has_row(other, row) && count_shared(object, other) > 1) {
            return other;
        }
    }
    return object;
}

/* ---- one row --------------------------------------------------------------------------------- */

static void put_type(struct cp_buf *out, const struct cp_field *field)
{
    const char *more = field->is_list ? " , No ..." : "";
    cp_buf_puts(out, ".It Ic ");
    cp_buf_puts(out, strlen(field->key) <= 3 ? "\\&" : "");
    if (field->type == CP_TYPE_OBJECT) {
        cp_buf_printf(out, "%s Pq Sx %s%s\n", field->key, field->of->name, more);
    } else if (field->type == CP_TYPE_SETTINGS && field->of) {
        cp_buf_printf(out, "%s Pq %s , Sx %s\n", field->key, cp_type_get(field->type)->name,
                      field->of->name);
    } else {
        cp_buf_printf(out, "%s Pq %s%s\n", field->key, cp_type_get(field->type)->name, more);
    }
}

static void put_choices(struct cp_buf *out, const struct cp_field *field)
{
    cp_buf_puts(out, field->is_list ? "Any of\n" : "One of\n");
    for (const char *const *word = field->choices; *word; word++) {
        const char *tail = !word[1] ? "." : !word[2] ? "" : ",";
        cp_roff_put_macro(out, "Cm", cp_str_of(*word), tail);
        if (word[1] && !word[2]) {
            cp_buf_puts(out, "or\n");
        }
    }
}

struct referent {
    unsigned refers;
    const char *name;
};

static const struct referent referents[] = {
    {CP_REFERS_PLAN, "a plan"},         {CP_REFERS_PERSON, "a person"},
    {CP_REFERS_TEAM, "a team"},         {CP_REFERS_SUPPLIER, "a supplier"},
    {CP_REFERS_REGION, "a region"},     {CP_REFERS_STORE, "a store"},
    {CP_REFERS_BACKUP, "a backup"},     {CP_REFERS_RUNBOOK, "a runbook"},
    {CP_REFERS_SCENARIO, "a scenario"}, {CP_REFERS_ROLE, "a role"},
    {CP_REFERS_TOOL, "a tool"},         {CP_REFERS_STEP, "a step"},
    {CP_REFERS_ZONE, "a zone"},         {CP_REFERS_OR_TEXT, "plain text"},
};

enum { REFERENTS = sizeof referents / sizeof *referents };

static void put_referents(struct cp_buf *out, unsigned refers)
{
    struct cp_buf sentence;
    cp_buf_init(&sentence);
    cp_buf_puts(&sentence, "May be ");
    for (size_t i = 0, named = 0; i < REFERENTS; i++) {
        if (refers & referents[i].refers) {
            refers &= ~referents[i].refers;
            cp_buf_puts(&sentence, named++ == 0 ? "" : refers ? ", " : " or ");
            cp_buf_puts(&sentence, referents[i].name);
        }
    }
    cp_buf_puts(&sentence, ".");
    cp_roff_put_text(out, sentence.at);
    cp_buf_release(&sentence);
}

/* "service name": service, else name. */
static void put_merge(struct cp_buf *out, const char *merge_key)
{
    cp_buf_puts(out, "Inherited entries are matched by\n");
    while (*merge_key) {
        size_t len = strcspn(merge_key, " ");
        struct cp_str key = {merge_key, len};
        merge_key += len + strspn(merge_key + len, " ");
        cp_roff_put_macro(out, "Ic", key, *merge_key ? "," : ".");
        cp_buf_puts(out, *merge_key ? "else by\n" : "");
    }
}

static void put_row(struct cp_buf *out, const struct cp_field *field)
{
    put_type(out, field);
    cp_roff_put_text(out, field->doc);
    if (field->choices) {
        put_choices(out, field);
    } else if (field->refers &
               (field->refers - 1)) { /* more than one: the doc names a single one */
        put_referents(out, field->refers);
    }
    if (field->merge_key) {
        put_merge(out, field->merge_key);
    }
    if (field->example && !field->choices) {
        cp_buf_puts(out, "Example:\n");
        cp_roff_put_macro(out, "Ql", cp_str_of(field->example), "");
    }
}

/* ---- one object ------------------------------------------------------------------------------ */

static void put_own_rows(struct manual *manual, const struct cp_object *object)
{
    bool is_begun = false;
    for (size_t i = 0; i < object->count; i++) {
        if (describer(manual, object, &object->fields[i]) == object) {
            cp_buf_puts(manual->out, is_begun ? "" : ".Bl -tag -width Ds\n");
            put_row(manual->out, &object->fields[i]);
            is_begun = true;
        }
    }
    cp_buf_puts(manual->out, is_begun ? ".El\n" : "");
}

/* The rows of `object` that are described under `other`, in one sentence. */
static void put_rows_of(struct manual *manual, const struct cp_object *object,
                        const struct cp_object *other)
{
    const struct cp_field *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < object->count; i++) {
        if (describer(manual, object, &object->fields[i]) == other) {
            last = &object->fields[i];
            count++;
        }
    }
    if (count == 0) {
        return;
    }
    cp_buf_puts(manual->out, ".Pp\nAs under\n");
    cp_roff_put_macro(manual->out, "Sx", cp_str_of(other->name), ":");
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        if (describer(manual, object, field) == other) {
            cp_roff_put_macro(manual->out, "Ic", cp_str_of(field->key), field == last ? "." : ",");
        }
    }
}

static void put_object(struct manual *manual, const struct cp_object *object)
{
    cp_buf_printf(manual->out, ".Ss %s\n", object->name);
    cp_roff_put_text(manual->out, object->doc);
    if (object->shorthand) {
        cp_buf_puts(manual->out, "Plain text in its place is its\n");
        cp_roff_put_macro(manual->out, "Ic", cp_str_of(object->shorthand), ".");
    }
    if (object->takes_audience) {
        cp_buf_puts(manual->out, "May state an\n.Ic audience .\n");
    }
    put_own_rows(manual, object);
    for (size_t i = 0; i < manual->objects.count; i++) {
        if (manual->objects.items[i] != object) {
            put_rows_of(manual, object, manual->objects.items[i]);
        }
    }
}

void cp_schema_put_manual(struct cp_buf *out, const struct cp_object *object,
                          const struct cp_object *elsewhere)
{
    struct manual manual = {.out = out};
    if (elsewhere) {
        collect(&manual, elsewhere);
    }
    size_t first = manual.objects.count;
    collect(&manual, object);
    for (size_t i = first; i < manual.objects.count; i++) {
        put_object(&manual, manual.objects.items[i]);
    }
    cp_list_release(&manual.objects);
}
