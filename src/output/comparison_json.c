/*
 * A comparison as one JSON document, version 1 of its shape. Text leaves as it is in the files,
 * since the JSON writer escapes it; what is not stated, or withheld, is null.
 */
#include "comparison.h"

enum { SHAPE_VERSION = 1 };

static void put_text(struct cp_json *json, const char *key, struct cp_str text)
{
    if (text.len > 0) {
        cp_json_string(json, key, text);
    } else {
        cp_json_null(json, key);
    }
}

static void put_words(struct cp_json *json, const struct cp_change *change)
{
    static const char *const names[] = {
        [CP_WORDS_KEPT] = "kept", [CP_WORDS_REMOVED] = "removed", [CP_WORDS_ADDED] = "added"};
    if (change->word_count == 0) {
        return;
    }
    cp_json_array(json, "words");
    for (size_t i = 0; i < change->word_count; i++) {
        cp_json_object(json, NULL);
        cp_json_string(json, names[change->words[i].kind], change->words[i].text);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

static void put_plans(struct cp_json *json, const struct cp_change *change)
{
    if (!change->is_inherited) {
        return;
    }
    cp_json_array(json, "plans");
    for (size_t i = 0; i < change->plans.count; i++) {
        cp_json_string(json, NULL, change->plans.items[i]);
    }
    cp_json_end_array(json);
}

static void put_change(struct cp_json *json, const struct cp_compared *file,
                       const struct cp_change *change)
{
    cp_json_object(json, NULL);
    put_text(json, "plan", file->id);
    cp_json_string(json, "path", file->path);
    put_text(json, "field", change->field);
    cp_json_string(json, "label", change->label);
    cp_json_string(json, "kind", cp_str_of(cp_change_name(change->kind)));
    put_text(json, "old", change->was);
    put_text(json, "new", change->is);
    put_words(json, change);
    cp_json_string(json, "origin", change->is_inherited ? CP_STR("inherited") : CP_STR("own"));
    put_plans(json, change);
    cp_json_number(json, "withheld", (int64_t)(change->left_out + change->is_withheld));
    cp_json_end_object(json);
}

static void put_summary(struct cp_json *json, const struct cp_comparison *comparison)
{
    cp_json_object(json, "summary");
    for (size_t i = 0; i < CP_CHANGE_KINDS; i++) {
        cp_json_number(json, cp_change_name((enum cp_change_kind)i),
                       (int64_t)comparison->counts[i]);
    }
    cp_json_number(json, "files", (int64_t)comparison->files.count);
    cp_json_end_object(json);
}

void comparison_put_items(struct cp_json *json, const struct cp_comparison *comparison)
{
    for (size_t i = 0; i < comparison->files.count; i++) {
        const struct cp_compared *file = comparison->files.items[i];
        for (size_t j = 0; j < file->changes.count; j++) {
            put_change(json, file, &file->changes.items[j]);
        }
    }
}

void comparison_write_json(struct cp_buf *out, const struct cp_comparison *comparison,
                           const struct cp_output_options *options)
{
    struct cp_json json;
    (void)options;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_string(&json, "audience", cp_str_of(cp_audience_name(comparison->audience)));
    cp_json_number(&json, "withheld", (int64_t)comparison->withheld);
    cp_json_array(&json, "changes");
    comparison_put_items(&json, comparison);
    cp_json_end_array(&json);
    put_summary(&json, comparison);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}
