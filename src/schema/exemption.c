/*
 * What may stand in place of any value: `unknown`, `not_applicable`, and the placeholders that
 * should have been one of these. Knows how to read them and when they lack a part, not whether a
 * rule is content with them.
 */
#include "decode.h"

#include <string.h>

static const struct cp_field unknown_fields[] = {
    CP_TEXT(struct cp_unknown, reason, "reason", "Why the value is not known yet, in your words.",
            .example = "agreed at the service review in March"),
    CP_REFERENCE(struct cp_unknown, owner, "owner", "Who finds out.", .refers = CP_REFERS_HOLDER,
                 .example = "ada.hale"),
    CP_DATE(struct cp_unknown, due, "due", "The day by which it is known.",
            .example = "2026-12-31"),
    CP_DATE(struct cp_unknown, since, "since", "The day since which it has been unknown.",
            .example = "2026-10-01"),
};

const struct cp_object cp_object_unknown =
    CP_TABLE(struct cp_unknown, "unknown", unknown_fields,
             .doc = "Says honestly that a value is not known: why, who finds out, and by when.");

static const struct cp_field not_applicable_fields[] = {
    CP_TEXT(struct cp_not_applicable, reason, "reason", "Why it does not apply.",
            .example = "holds no data of its own"),
    CP_REFERENCE(struct cp_not_applicable, by, "by", "Who decided so.", .refers = CP_REFERS_HOLDER,
                 .example = "ada.hale"),
};

const struct cp_object cp_object_not_applicable =
    CP_TABLE(struct cp_not_applicable, "not_applicable", not_applicable_fields,
             .doc = "Says that a value or section does not apply to this service, and why.");

static const char unknown_form[] = "{unknown: {reason, owner, due}}";
static const char not_applicable_form[] = "{not_applicable: {reason, by}}";

/* The value behind the only key of a mapping, where that key is `key`. */
static struct cp_node *only_child(const struct cp_node *node, const char *key)
{
    if (!node || node->kind != CP_NODE_MAPPING || node->count != 1) {
        return NULL;
    }
    return cp_str_is(node->first->key->text, key) ? node->first : NULL;
}

static void decode_silently(struct cp_arena *arena, const struct cp_object *object, void *out,
                            struct cp_node *node)
{
    struct cp_diags silent;
    cp_diags_init(&silent);
    silent.is_muted = true;
    struct cp_decoder decoder = {.arena = arena, .diags = &silent};
    cp_decode(&decoder, object, out, node->kind == CP_NODE_MAPPING ? node : NULL, NULL);
    cp_diags_release(&silent);
}

void cp_unknown_decode(struct cp_unknown *out, const struct cp_leaf *leaf, struct cp_arena *arena)
{
    *out = (struct cp_unknown){0};
    struct cp_node *details = only_child(leaf->node, "unknown");
    if (details) {
        decode_silently(arena, &cp_object_unknown, out, details);
    }
}

void cp_not_applicable_decode(struct cp_not_applicable *out, const struct cp_leaf *leaf,
                              struct cp_arena *arena)
{
    *out = (struct cp_not_applicable){0};
    struct cp_node *details = only_child(leaf->node, "not_applicable");
    if (details) {
        decode_silently(arena, &cp_object_not_applicable, out, details);
    }
}

/* The first key that is there but not in the table. */
static const struct cp_node *stray_key(const struct cp_object *object, const struct cp_node *node)
{
    for (const struct cp_node *child = node->first; child; child = child->next) {
        if (child->key && !cp_field_find(object, child->key->text)) {
            return child;
        }
    }
    return NULL;
}

/* Whether a part says something. Why a value is unknown may be that somebody has yet to confirm it,
 * so that reason is not searched; elsewhere a placeholder is no answer. */
static bool is_answered(const struct cp_field *part, const struct cp_leaf *leaf)
{
    if (leaf->state != CP_SET || part->type == CP_TYPE_DATE || part == &unknown_fields[0]) {
        return leaf->state == CP_SET;
    }
    return cp_placeholder_find(((const struct cp_text *)(const void *)leaf)->text).len == 0;
}

/* The first of the parts that must be there and is not; NULL where all are. */
static const char *missing_part(const struct cp_object *object, const void *value, size_t required)
{
    for (size_t i = 0; i < required; i++) {
        if (!is_answered(&object->fields[i], cp_field_get(&object->fields[i], value))) {
            return object->fields[i].key;
        }
    }
    return NULL;
}

static void report_incomplete(struct cp_decoder *decoder, const struct cp_field *field,
                              struct cp_leaf *out, const char *kind, const char *part,
                              const char *write)
{
    struct cp_diagnostic *finding =
        cp_node_report(decoder->diags, &cp_rule_unknown_incomplete, out->node,
                       "'%s' is %s without a valid '%s'", field->key, kind, part);
    cp_diagnostic_help(decoder->diags, finding, "write %s", write);
    leaf_break(out);
}

static void decode_parts(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out, struct cp_node *details)
{
    struct cp_unknown unknown = {0};
    struct cp_not_applicable not_applicable = {0};
    bool is_unknown = out->state == CP_UNKNOWN;
    const struct cp_object *object = is_unknown ? &cp_object_unknown : &cp_object_not_applicable;
    void *value = is_unknown ? (void *)&unknown : (void *)&not_applicable;
    decode_silently(decoder->arena, object, value, details);
    const char *part =
        missing_part(object, value, is_unknown ? UNKNOWN_PARTS : NOT_APPLICABLE_PARTS);
    const struct cp_node *stray = stray_key(object, details);
    if (part) {
        report_incomplete(decoder, field, out, is_unknown ? "unknown" : "not applicable", part,
                          is_unknown ? "{unknown: {reason: why, owner: who finds out, due: "
                                       "YYYY-MM-DD}}, with your own words and date"
                                     : "{not_applicable: {reason: why, by: who decided}}");
    } else if (stray) {
        cp_node_report_at(decoder->diags, &cp_rule_unknown_key, out->node,
                          cp_node_place(stray->key), "unknown key %s in '%s'",
                          cp_diags_quote(decoder->diags, stray->key->text),
                          is_unknown ? "unknown" : "not_applicable");
    }
}

bool cp_decode_exemption(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out)
{
    if (out->node->count != 1) {
        return false;
    }
    struct cp_node *details = only_child(out->node, "unknown");
    enum cp_state state = details ? CP_UNKNOWN : CP_NOT_APPLICABLE;
    details = details ? details : only_child(out->node, "not_applicable");
    if (!details) {
        return false;
    }
    out->state = (uint8_t)state;
    decode_parts(decoder, field, out, details);
    return true;
}

/* The words of an exemption without its parts: what is to be written for them, or NULL. */
static const char *exemption_of(struct cp_str text)
{
    static const struct {
        const char *words, *write;
    } bare[] = {
        {"unknown", unknown_form},
        {"not known", unknown_form},
        {"n/a", not_applicable_form},
        {"not applicable", not_applicable_form},
        {"not_applicable", not_applicable_form},
    };
    struct cp_str words = cp_str_trim(text);
    char start = words.len > 0 ? (char)(words.at[0] | 0x20) : '\0';
    bool may_be = start == 'u' || start == 'n';
    for (size_t i = 0; may_be && i < sizeof bare / sizeof bare[0]; i++) {
        if (cp_str_is_equal_folded(words, cp_str_of(bare[i].words))) {
            return bare[i].write;
        }
    }
    return NULL;
}

static bool is_question(struct cp_str text)
{
    size_t marks = 0;
    while (marks < text.len && text.at[marks] == '?') {
        marks++;
    }
    return marks > 0 && marks == text.len;
}

bool cp_decode_placeholder(struct cp_decoder *decoder, const struct cp_field *field,
                           struct cp_leaf *out)
{
    struct cp_str text = out->node->text;
    const char *form = exemption_of(text);
    if (form) {
        struct cp_diagnostic *finding = cp_node_report(
            decoder->diags, &cp_rule_placeholder_value, out->node, "'%s' is %s, and nothing more",
            field->key, cp_diags_quote(decoder->diags, text));
        cp_diagnostic_help(decoder->diags, finding, "write %s, or %s", form,
                           cp_type_get(field->type)->write);
        leaf_break(out);
        return true;
    }
    if (field->type == CP_TYPE_REFERENCE && cp_id_is_valid(text)) {
        return false; /* an id holds no capitals, blanks or brackets */
    }
    struct cp_str found = cp_placeholder_find(text);
    if (found.len == 0) {
        found = is_question(text) ? text : cp_placeholder_markup_find(text);
    }
    bool is_vague = found.len == 0 && cp_vague_find(text).len > 0;
    if (found.len == 0 && !is_vague) {
        return false;
    }
    struct cp_diagnostic *finding = cp_node_report(
        decoder->diags, is_vague ? &cp_rule_vague_value : &cp_rule_placeholder_value, out->node,
        is_vague ? "'%s' is %s, which nobody can measure" : "'%s' is the placeholder %s",
        field->key, cp_diags_quote(decoder->diags, text));
    cp_diagnostic_help(decoder->diags, finding,
                       "write %s; or, where it is not known yet, {unknown: {reason, owner, due}}",
                       cp_type_get(field->type)->write);
    leaf_break(out);
    return true;
}
