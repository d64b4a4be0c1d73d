/*
 * What the writers for people share: where a finding is, its message, colours. Everything that may
 * come from a file or a path leaves through cp_printable().
 */
#include "findings.h"

/* Build servers read commands out of a job's log where a line starts with "::" (after any white
 * space, also beyond ASCII); a path stands at the start of our lines. */
static bool is_like_command(struct cp_str path)
{
    unsigned char first = path.len > 0 ? (unsigned char)path.at[0] : '\0';
    return first == ':' || first == '#' || first == ' ' || first >= 0x80;
}

static void put_path(struct cp_buf *out, const char *path)
{
    struct cp_str text = cp_str_of(path);
    if (is_like_command(text)) {
        cp_buf_puts(out, "./");
    }
    cp_printable(out, text);
}

void cp_location_put(struct cp_buf *out, const struct cp_location *at)
{
    if (!at->path) {
        cp_buf_puts(out, "contplan: ");
        return;
    }
    put_path(out, at->path);
    if (at->line > 0) {
        cp_buf_printf(out, ":%u:%u", (unsigned)at->line, (unsigned)at->column);
    }
    cp_buf_puts(out, ": ");
}

void cp_message_put(struct cp_buf *out, const struct cp_diagnostic *diagnostic)
{
    cp_printable(out, diagnostic->message);
    if (diagnostic->plan_count > 1) {
        cp_buf_printf(out, " (in %u plans)", (unsigned)diagnostic->plan_count);
    }
}

struct cp_str cp_finding_plan(const struct cp_findings *findings,
                              const struct cp_diagnostic *diagnostic)
{
    bool has_plan = findings->plan_ids && diagnostic->plan_index != UINT32_MAX;
    return has_plan ? findings->plan_ids[diagnostic->plan_index] : cp_str_of(NULL);
}

void cp_shown_put_json(struct cp_json *json, const char *key, struct cp_str text)
{
    struct cp_buf shown;
    cp_buf_init(&shown);
    cp_printable(&shown, text);
    cp_json_string(json, key, cp_buf_str(&shown));
    cp_buf_release(&shown);
}

void cp_omission_put(struct cp_buf *out, const struct cp_omission *omission)
{
    cp_buf_printf(out, "and %u more finding%s in ", (unsigned)omission->count,
                  omission->count == 1 ? "" : "s");
}

void cp_omissions_put(struct cp_buf *out, const struct cp_findings *findings)
{
    for (size_t i = 0; i < findings->omission_count; i++) {
        cp_omission_put(out, &findings->omissions[i]);
        put_path(out, findings->omissions[i].path);
        cp_buf_putc(out, '\n');
    }
}

void cp_ink_put(struct cp_buf *out, enum cp_ink ink, bool has_color, const char *text)
{
    static const char *const codes[] = {
        [CP_INK_ERROR] = "1;31", [CP_INK_WARNING] = "1;35", [CP_INK_INFO] = "1;34",
        [CP_INK_NOTE] = "1;36",  [CP_INK_MARK] = "1;32",    [CP_INK_DIM] = "2",
    };
    if (has_color) {
        cp_buf_printf(out, "\033[%sm%s\033[0m", codes[ink], text);
    } else {
        cp_buf_puts(out, text);
    }
}
