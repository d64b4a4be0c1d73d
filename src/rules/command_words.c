/*
 * What is said of a flaw in a command, and the command as it should be. The words are those of the
 * findings; where these stand is the caller's business.
 */
#include "command.h"

enum { SHOWN_BYTES = 200 }; /* of a line: longer ones are not written out again */

struct cp_str cp_flaw_line(const struct cp_flaw *flaw, struct cp_str command)
{
    size_t from = (size_t)(flaw->wrong.at - command.at);
    size_t to = from;
    while (from > 0 && command.at[from - 1] != '\n') {
        from--;
    }
    while (to < command.len && command.at[to] != '\n') {
        to++;
    }
    return cp_str_trim(cp_str_slice(command, from, to - from));
}

bool cp_line_is_as_written(struct cp_place place, struct cp_str line)
{
    struct cp_str written = cp_str_slice(place.file->bytes, place.span.offset, place.span.length);
    return place.file->is_loaded && written.at && cp_str_is_equal(written, line);
}

void cp_flaw_put(struct cp_buf *out, const struct cp_flaw *flaw)
{
    cp_buf_puts(out, flaw->instead);
    if (flaw->kind == CP_FLAW_OPTION) {
        cp_buf_put(out, flaw->wrong);
    }
}

bool cp_flaws_mend(struct cp_buf *out, struct cp_str line, const struct cp_flaws *flaws)
{
    const char *at = line.at;
    const char *end = line.at + line.len;
    for (size_t i = 0; i < flaws->count && !flaws->is_cut; i++) {
        const struct cp_flaw *flaw = &flaws->items[i];
        if (flaw->wrong.at < at || flaw->wrong.at >= end) {
            continue;
        }
        cp_buf_put(out, (struct cp_str){at, (size_t)(flaw->wrong.at - at)});
        cp_flaw_put(out, flaw);
        at = flaw->wrong.at + flaw->wrong.len;
        while (flaw->instead[0] == '\0' && at < end && cp_is_blank(*at)) {
            at++;
        }
    }
    if (!flaws->is_cut) {
        cp_buf_put(out, (struct cp_str){at, (size_t)(end - at)});
    }
    return !flaws->is_cut;
}

bool cp_flaw_is_first(const struct cp_flaws *flaws, size_t index)
{
    const struct cp_flaw *flaw = &flaws->items[index];
    for (size_t i = 0; i < index; i++) {
        const struct cp_flaw *earlier = &flaws->items[i];
        size_t between = (size_t)(flaw->wrong.at - earlier->wrong.at);
        if (cp_flaw_is_option(earlier) == cp_flaw_is_option(flaw) &&
            !memchr(earlier->wrong.at, '\n', between)) {
            return false;
        }
    }
    return true;
}

void cp_flaw_describe(struct cp_buf *out, const struct cp_flaw *flaw, const char *what)
{
    struct cp_str wrong = flaw->wrong;
    if (cp_flaw_is_option(flaw)) {
        cp_buf_printf(out, "%s gives %.*s its long option '%.*s' behind a single dash", what,
                      CP_ARG(flaw->tool), CP_ARG(wrong));
        return;
    }
    cp_buf_printf(out, "%s %s a typographic %s, '%.*s'", what,
                  flaw->instead[0] == '\0' ? "begins with" : "has",
                  flaw->kind == CP_FLAW_DASH ? "dash" : "quotation mark", CP_ARG(wrong));
    if (flaw->instead[0] != '\0') {
        cp_buf_printf(out, ", where %s belongs", flaw->instead);
    }
}

void cp_flaw_advise(struct cp_buf *out, const struct cp_flaw *flaw, const struct cp_flaws *flaws,
                    struct cp_str command)
{
    struct cp_str line = flaws ? cp_flaw_line(flaw, command) : (struct cp_str){0};
    if (line.len > 0 && line.len <= SHOWN_BYTES && !flaws->is_cut) {
        cp_buf_puts(out, "write: ");
        cp_flaws_mend(out, line, flaws);
    } else if (flaw->instead[0] == '\0') {
        cp_buf_puts(out, "take it out");
    } else {
        cp_buf_puts(out, "write ");
        cp_flaw_put(out, flaw);
    }
}
