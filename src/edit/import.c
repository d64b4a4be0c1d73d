/*
 * A Markdown document as a plan: the steps in their order, and the proof that what is written reads
 * as it was meant. What goes where is its neighbours' business.
 */
#include "import.h"

#include <contplan/diag.h>
#include <contplan/yaml.h>

/* ---- the bytes ------------------------------------------------------------------------------- */

/* The document's name where a shell takes it as it stands. */
static const char *shell_name(const struct cp_import *asked)
{
    struct cp_str name = cp_str_of(asked->name);
    bool is_safe = name.len > 0 && name.len <= 120 && name.at[0] != '-';
    for (size_t i = 0; i < name.len; i++) {
        is_safe = is_safe && (words_is_letter(name.at[i]) || cp_is_digit(name.at[i]) ||
                              strchr("._-", name.at[i]));
    }
    return is_safe ? asked->name : "DOCUMENT.md";
}

/* Whether it begins as text of two bytes a character does. */
static bool is_wide(struct cp_str document)
{
    size_t zeros = 0;
    struct cp_str start = cp_str_slice(document, 0, 64);
    for (size_t i = 0; i < start.len; i++) {
        zeros += start.at[i] == '\0';
    }
    return cp_str_has_prefix(document, "\xff\xfe") || cp_str_has_prefix(document, "\xfe\xff") ||
           zeros > start.len / 4;
}

static int refuse_text(const struct cp_import *asked, unsigned line, bool is_zero, bool is_mixed,
                       struct cp_error *error)
{
    bool wide = is_wide(asked->document);
    if (is_zero && !wide) {
        return cp_error_set(error,
                            "line %u holds a zero byte, which no text has: this is no "
                            "Markdown",
                            line);
    }
    if (is_mixed && !wide) {
        return cp_error_set(error,
                            "line %u is not UTF-8 text, though what stands before it is: "
                            "mend what an editor shows there as a box or a question mark",
                            line);
    }
    const char *encoding = wide ? "UTF-16" : "WINDOWS-1252";
    return cp_error_set(error,
                        "line %u is not UTF-8 text; it looks like %s: run "
                        "'iconv -f %s -t UTF-8 %s > utf-8.md' and import utf-8.md",
                        line, wide ? "UTF-16" : "Windows-1252 or Latin-1", encoding,
                        shell_name(asked));
}

static int check_text(const struct cp_import *asked, struct cp_error *error)
{
    unsigned line = 1;
    bool is_mixed = false; /* characters beyond ASCII came before */
    for (size_t at = 0; at < asked->document.len;) {
        uint32_t point = 0;
        size_t len = cp_utf8_decode(&point, cp_str_slice(asked->document, at, SIZE_MAX));
        if (len == 0 || point == 0) {
            return refuse_text(asked, line, len > 0, is_mixed, error);
        }
        line += point == '\n';
        is_mixed = is_mixed || point >= 0x80;
        at += len;
    }
    return 0;
}

/* Without the mark at its start; every line's end is one byte. */
static struct cp_str settle_lines(struct cp_arena *arena, struct cp_str document)
{
    char *text = cp_arena_room(arena, document.len + 1);
    size_t len = 0;
    size_t at = cp_str_has_prefix(document, "\xef\xbb\xbf") ? 3 : 0;
    for (; at < document.len; at++) {
        bool is_first = document.at[at] == '\r';
        bool is_pair = is_first && at + 1 < document.len && document.at[at + 1] == '\n';
        if (!is_pair) {
            text[len++] = is_first ? '\n' : document.at[at];
        }
    }
    text[len] = '\0';
    return (struct cp_str){text, len};
}

/* ---- the first comment ----------------------------------------------------------------------- */

static void note_top(struct import *import)
{
    struct cp_arena *arena = import->arena;
    struct cp_buf text;
    cp_buf_init(&text);
    if (import->title.len > 0) {
        cp_buf_printf(&text, "\"%.*s\", imported from %s.", CP_ARG(import->title),
                      import->asked->name);
    } else {
        cp_buf_printf(&text, "Imported from %s.", import->asked->name);
    }
    draft_note(arena, import->plan, cp_arena_copy(arena, cp_buf_str(&text)));
    cp_buf_clear(&text);
    for (size_t i = 0; i < import->empty.count; i++) {
        cp_buf_printf(&text, "%s%.*s", i > 0 ? ", " : "Headings with no text of their own: ",
                      CP_ARG(import->empty.items[i]));
    }
    if (text.len > 0) {
        cp_buf_putc(&text, '.');
        draft_note(arena, import->plan, cp_arena_copy(arena, cp_buf_str(&text)));
    }
    for (size_t i = 0; i < import->remarks.count; i++) {
        draft_note(arena, import->plan, import->remarks.items[i]);
    }
    for (size_t i = 0; i < import->definitions.count; i++) {
        const struct definition *definition = import->definitions.items[i];
        if (!definition->is_used) {
            draft_note(arena, import->plan,
                       cp_arena_printf(arena, "Defined and not used: %.*s",
                                       CP_ARG(cp_str_trim(definition->lines))));
        }
    }
    cp_buf_release(&text);
}

/* ---- the proof ------------------------------------------------------------------------------- */

/* Decodes the plan as any other is; whether its shape is without fault. */
static bool is_decoded(struct cp_arena *arena, const struct cp_yaml *yaml, struct cp_diags *diags)
{
    struct cp_plan plan;
    struct cp_decoder decoder = {.arena = arena, .diags = diags};
    size_t faults = 0;
    cp_decode(&decoder, &cp_object_plan, &plan, yaml->root, NULL);
    for (size_t i = 0; i < diags->items.count; i++) {
        const struct cp_diagnostic *finding = diags->items.items[i];
        faults += strncmp(finding->rule->code, "CP0", 3) == 0;
    }
    return faults == 0;
}

/* Says how large the plan would be, and under which heading most of it stands. */
static int refuse_size(const struct import *import, size_t bytes, struct cp_error *error)
{
    const struct part *largest = &import->parts.items[0];
    for (size_t i = 1; i < import->parts.count; i++) {
        const struct part *part = &import->parts.items[i];
        largest = part->to - part->from > largest->to - largest->from ? part : largest;
    }
    struct cp_str title = cp_str_slice(largest->title, 0, 80);
    return cp_error_set(error,
                        "the plan would take %zu KiB, and no plan may be larger than %d KiB. The "
                        "longest stretch of the document is the %zu KiB from line %u on%s%s%s: "
                        "move it into a document of its own and link that, or divide the document "
                        "into one for each service",
                        (bytes + 1023) / 1024, CP_YAML_BYTES / 1024,
                        (largest->to - largest->from + 1023) / 1024,
                        import_line(import, largest->offset), title.len > 0 ? ", under \"" : "",
                        cp_printable_in(import->arena, title), title.len > 0 ? "\"" : "");
}

/* Whether the bytes, read as any plan is, say what the draft does. */
static int check_written(const struct draft *plan, struct cp_str bytes, struct cp_error *error)
{
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
    cp_arena_init(&arena);
    cp_diags_init(&diags);
    cp_file_init(&file, "plan");
    cp_file_set(&file, bytes);
    cp_yaml_parse(&yaml, &arena, &file, &diags);
    bool is_sound =
        yaml.root && draft_is_same(plan, yaml.root) && is_decoded(&arena, &yaml, &diags);
    cp_file_drop(&file);
    cp_diags_release(&diags);
    cp_arena_release(&arena);
    return is_sound
               ? 0
               : cp_error_set(error, "the plan made of it would not say what it says, which is "
                                     "a fault of contplan; nothing was written");
}

/* ---- the steps ------------------------------------------------------------------------------- */

static enum cp_import_result write_plan(struct import *import, struct cp_buf *out,
                                        struct cp_error *error)
{
    struct cp_buf text;
    cp_buf_init(&text);
    draft_put(&text, import->plan);
    int result = text.len > CP_YAML_BYTES ? refuse_size(import, text.len, error)
                                          : check_written(import->plan, cp_buf_str(&text), error);
    cp_buf_put(out, result == 0 ? cp_buf_str(&text) : (struct cp_str){0});
    cp_buf_release(&text);
    return result == 0 ? CP_IMPORT_DONE : CP_IMPORT_FAILED;
}

/* Whether anything says that this is a continuity plan; what a program's own pages say by the way
 * of recovery is none. */
static bool is_plan(const struct import *import, struct cp_error *error)
{
    if (import->signs == 0) {
        cp_error_set(error, "this is no continuity plan: neither its title nor a heading speaks of "
                            "continuity, incidents, recovery, backups or business impact, and it "
                            "states no RTO or RPO");
        return false;
    }
    if (import->software >= 2 && import->strong_signs == 0) {
        cp_error_set(error, "this is no continuity plan but the pages of a program, with headings "
                            "such as Installation, Usage or Contributing: its title speaks of no "
                            "plan, and it states no RTO or RPO");
        return false;
    }
    return true;
}

/* The draft of the plan. */
static enum cp_import_result take_document(struct import *import, struct cp_error *error)
{
    lines_open(import);
    facts_open(import);
    tables_open(import);
    dates_learn(import);
    parts_open(import);
    sections_take(import);
    if (!is_plan(import, error)) {
        return CP_IMPORT_NO_PLAN;
    }
    links_take(import);
    titles_settle(import);
    note_top(import);
    draft_prune(import->arena, import->plan);
    draft_settle_blanks(import->arena, import->plan);
    return CP_IMPORT_DONE;
}

static void release(struct import *import)
{
    cp_reading_free(import->reading);
    cp_map_release(&import->headings);
    cp_map_release(&import->labels);
    cp_map_release(&import->heads);
    cp_map_release(&import->facts);
    cp_map_release(&import->ids);
    cp_list_release(&import->lines);
    cp_list_release(&import->bits);
    cp_list_release(&import->parts);
    cp_list_release(&import->definitions);
    cp_list_release(&import->empty);
    cp_list_release(&import->remarks);
    cp_list_release(&import->candidates);
}

/* Reads a document into a draft, and lets `use` do with that what it will. */
static enum cp_import_result with_draft(const struct cp_import *asked,
                                        enum cp_import_result (*use)(void *context,
                                                                     struct import *import,
                                                                     struct cp_error *error),
                                        void *context, struct cp_error *error)
{
    struct cp_arena arena;
    struct import import = {.asked = asked, .arena = &arena};
    enum cp_import_result result = CP_IMPORT_FAILED;
    if (check_text(asked, error) != 0) {
        return result;
    }
    cp_arena_init(&arena);
    cp_map_init(&import.labels);
    cp_map_init(&import.ids);
    import.source = settle_lines(&arena, asked->document);
    import.is_house = cp_import_is_house(import.source);
    import.plan = draft_new(&arena, &cp_object_plan);
    import.reading = cp_reading_new(import.source);
    if (headings_open(&import, error) == 0) {
        result = take_document(&import, error);
    }
    if (result == CP_IMPORT_DONE) {
        result = use(context, &import, error);
    }
    release(&import);
    cp_arena_release(&arena);
    return result;
}

static enum cp_import_result put(void *context, struct import *import, struct cp_error *error)
{
    unknowns_date(import);
    return write_plan(import, context, error);
}

enum cp_import_result cp_import_put(struct cp_buf *out, const struct cp_import *asked,
                                    struct cp_error *error)
{
    return with_draft(asked, put, out, error);
}

/* ---- older versions -------------------------------------------------------------------------- */

struct comparing {
    bool *is_said;
    const struct cp_import_unknown *unknowns;
    size_t count;
};

static enum cp_import_result compare(void *context, struct import *import, struct cp_error *error)
{
    const struct comparing *comparing = context;
    (void)error;
    unknowns_compare(comparing->is_said, import, comparing->unknowns, comparing->count);
    return CP_IMPORT_DONE;
}

bool cp_import_says(bool *is_said, const struct cp_import *older,
                    const struct cp_import_unknown *unknowns, size_t count)
{
    struct comparing comparing = {is_said, unknowns, count};
    struct cp_error ignored;
    memset(is_said, false, count);
    return with_draft(older, compare, &comparing, &ignored) != CP_IMPORT_FAILED;
}
