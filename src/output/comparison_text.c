/*
 * A comparison for people: what has changed in each plan, a line each, weakened first. Everything
 * that came from a file leaves through cp_printable().
 */
#include "comparison.h"
#include "findings.h"

enum { KIND_WIDTH = 14 };

struct writer {
    struct cp_buf *out;
    const struct cp_comparison *comparison;
    bool has_color;
    struct cp_buf scratch;
};

static void put_raw(struct writer *writer)
{
    cp_printable(writer->out, cp_buf_str(&writer->scratch));
    cp_buf_clear(&writer->scratch);
}

static void put_kind(struct writer *writer, enum cp_change_kind kind)
{
    static const enum cp_ink inks[] = {[CP_CHANGE_WEAKENED] = CP_INK_ERROR,
                                       [CP_CHANGE_STRENGTHENED] = CP_INK_MARK,
                                       [CP_CHANGE_CHANGED] = CP_INK_INFO,
                                       [CP_CHANGE_ADDED] = CP_INK_MARK,
                                       [CP_CHANGE_REMOVED] = CP_INK_WARNING};
    const char *name = cp_change_name(kind);
    cp_buf_puts(writer->out, "  ");
    cp_ink_put(writer->out, inks[kind], writer->has_color, name);
    cp_buf_repeat(writer->out, ' ', KIND_WIDTH - strlen(name));
}

static void put_words(struct writer *writer, const struct cp_change *change)
{
    for (size_t i = 0; i < change->word_count; i++) {
        const struct cp_words *words = &change->words[i];
        bool is_removed = words->kind == CP_WORDS_REMOVED;
        enum cp_ink ink = is_removed ? CP_INK_ERROR : CP_INK_MARK;
        cp_buf_puts(writer->out, i > 0 ? " " : "");
        if (words->kind == CP_WORDS_KEPT) {
            comparison_put_kept(&writer->scratch, change, i);
            put_raw(writer);
            continue;
        }
        cp_ink_put(writer->out, ink, writer->has_color, is_removed ? "[-" : "{+");
        comparison_put_excerpt(&writer->scratch, words->text);
        put_raw(writer);
        cp_ink_put(writer->out, ink, writer->has_color, is_removed ? "-]" : "+}");
    }
}

static void put_side(struct writer *writer, struct cp_str text)
{
    if (text.len == 0) {
        cp_buf_puts(writer->out, "not stated");
        return;
    }
    comparison_put_excerpt(&writer->scratch, text);
    put_raw(writer);
}

static void put_values(struct writer *writer, const struct cp_change *change)
{
    bool is_one_sided = change->kind == CP_CHANGE_ADDED || change->kind == CP_CHANGE_REMOVED;
    if (change->is_withheld) {
        cp_buf_printf(writer->out, " (%s)", comparison_withheld(writer->comparison));
        return;
    }
    if (comparison_is_bare(change)) {
        return;
    }
    cp_buf_puts(writer->out, ": ");
    if (is_one_sided) {
        put_side(writer, change->is.len > 0 ? change->is : change->was);
    } else if (change->word_count > 0) {
        put_words(writer, change);
    } else {
        cp_buf_puts(writer->out, comparison_is_rewritten(change) ? "rewritten, " : "");
        put_side(writer, change->was);
        cp_buf_puts(writer->out, " -> ");
        put_side(writer, change->is);
    }
}

static void put_change(struct writer *writer, const struct cp_change *change)
{
    put_kind(writer, change->kind);
    cp_printable(writer->out, change->label);
    put_values(writer, change);
    if (change->left_out > 0) {
        cp_buf_printf(writer->out, " (%zu withheld)", change->left_out);
    }
    comparison_put_reach(&writer->scratch, change);
    put_raw(writer);
    cp_buf_putc(writer->out, '\n');
}

/* A plan by its id, with its path behind; the line begins with neither as a build server's command
 * would. */
static void put_head(struct writer *writer, const struct cp_compared *file)
{
    struct cp_str first = file->id.len > 0 ? file->id : file->path;
    bool is_like_command = strchr(":#", first.len > 0 ? first.at[0] : ':') != NULL;
    cp_buf_puts(writer->out, is_like_command ? "./" : "");
    cp_printable(writer->out, first);
    if (file->id.len > 0) {
        cp_buf_puts(writer->out, " (");
        cp_printable(writer->out, file->path);
        cp_buf_putc(writer->out, ')');
    }
    cp_buf_putc(writer->out, '\n');
}

void comparison_put_text(struct cp_buf *out, const struct cp_comparison *comparison,
                         const struct cp_output_options *options)
{
    struct writer writer = {.out = out, .comparison = comparison, .has_color = options->has_color};
    cp_buf_init(&writer.scratch);
    for (size_t i = 0; i < comparison->files.count; i++) {
        const struct cp_compared *file = comparison->files.items[i];
        cp_buf_puts(out, i > 0 ? "\n" : "");
        put_head(&writer, file);
        for (size_t j = 0; j < file->changes.count; j++) {
            put_change(&writer, &file->changes.items[j]);
        }
    }
    cp_buf_release(&writer.scratch);
}

void comparison_write_text(struct cp_buf *out, const struct cp_comparison *comparison,
                           const struct cp_output_options *options)
{
    comparison_put_text(out, comparison, options);
    if (comparison->files.count > 0) {
        cp_buf_putc(out, '\n');
        comparison_put_totals(out, comparison);
        cp_buf_putc(out, '\n');
    }
}
