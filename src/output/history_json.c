/* History as one JSON document, version 1 of its shape; a change is that of a comparison. */
#include "history.h"

enum { SHAPE_VERSION = 1 };

/* What the audience is not told is null. */
static void put_text(struct cp_json *json, const char *key, struct cp_str text)
{
    if (text.at) {
        cp_json_string(json, key, text);
    } else {
        cp_json_null(json, key);
    }
}

static void put_commit(struct cp_json *json, const struct cp_history_entry *entry)
{
    struct cp_buf date;
    cp_buf_init(&date);
    cp_date_put(&date, entry->date);
    cp_json_object(json, NULL);
    cp_json_string(json, "commit", entry->commit);
    cp_json_string(json, "date", cp_buf_str(&date));
    put_text(json, "author", entry->author);
    put_text(json, "subject", entry->subject);
    cp_json_number(json, "withheld", (int64_t)entry->comparison.withheld);
    cp_json_array(json, "changes");
    comparison_put_items(json, &entry->comparison);
    cp_json_end_array(json);
    cp_json_end_object(json);
    cp_buf_release(&date);
}

void history_write_json(struct cp_buf *out, const struct cp_history_entry *const *entries,
                        size_t count, const struct cp_output_options *options)
{
    struct cp_json json;
    (void)options;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_array(&json, "commits");
    for (size_t i = 0; i < count; i++) {
        put_commit(&json, entries[i]);
    }
    cp_json_end_array(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}
