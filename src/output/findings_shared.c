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

void cp_omissions_put(struct cp_buf *out, const struct cp_findings *findings)
{
    for (size_t i = 0; i < findings->omission_count; i++) {
        const struct cp_omission *omission = &findings->omissions[i];
        cp_buf_printf(out, "and %u more finding%s in ", (unsigned)omission->count,
                      omission->count == 1 ? "" : "s");
        put_path(out, omission->path);
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
