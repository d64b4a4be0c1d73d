/*
 * CP7, the commands of Markdown runbooks: what cannot be pasted as it stands, and parameters that
 * the document does not explain. What is wrong in a command, command.h knows.
 */
#include "command.h"
#include "document.h"
#include "runbooks.h"

/* ---- what cannot be pasted ------------------------------------------------------------------- */

static struct cp_place place_of(const struct cp_document_input *in,
                                const struct cp_document_command *command, struct cp_str words)
{
    size_t at = (size_t)(words.at - command->block->text.at);
    return cp_document_words(in, command->block, at, words.len);
}

static void fix_line(const struct cp_document_input *in, struct cp_diagnostic *finding,
                     struct cp_place place, const struct cp_flaws *flaws, struct cp_str line)
{
    struct cp_buf mended;
    struct cp_buf title;
    cp_buf_init(&mended);
    cp_buf_init(&title);
    if (cp_flaws_mend(&mended, line, flaws) && cp_line_is_as_written(place, line)) {
        cp_buf_printf(&title, "write %.*s", CP_ARG(cp_buf_str(&mended)));
        const struct cp_fix fix = {.place = place,
                                   .text = cp_buf_str(&mended),
                                   .change = CP_FIX_TEXT,
                                   .title = cp_buf_str(&title)};
        cp_diagnostic_fix(in->diags, finding, &fix);
    }
    cp_buf_release(&title);
    cp_buf_release(&mended);
}

static void report_flaw(const struct cp_document_input *in, const struct cp_rule *rule,
                        const struct cp_document_command *command, const struct cp_flaws *flaws,
                        const struct cp_flaw *flaw)
{
    struct cp_str line = cp_flaw_line(flaw, command->text);
    struct cp_place line_place = place_of(in, command, line);
    bool has_secret = cp_diags_has_secret(in->diags, line_place);
    struct cp_buf words;
    cp_buf_init(&words);
    cp_flaw_describe(&words, flaw, "the command");
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, cp_flaw_is_option(flaw) ? &cp_rule_single_dash_option : rule,
        place_of(in, command, flaw->wrong), (struct cp_str){0}, "%.*s", CP_ARG(cp_buf_str(&words)));
    cp_buf_clear(&words);
    cp_flaw_advise(&words, flaw, has_secret ? NULL : flaws, command->text);
    cp_diagnostic_help(in->diags, finding, "%.*s", CP_ARG(cp_buf_str(&words)));
    cp_buf_release(&words);
    if (finding && !has_secret) {
        fix_line(in, finding, line_place, flaws, line);
    }
}

static void check_command(const struct cp_document_input *in, const struct cp_rule *rule,
                          const struct cp_document_command *command)
{
    struct cp_flaws flaws;
    if (!(cp_command_look(command->text) & (CP_LOOK_ODD | CP_LOOK_OPTION))) {
        return;
    }
    cp_command_check(&flaws, command->text);
    for (size_t i = 0; i < flaws.count; i++) {
        if (cp_flaw_is_first(&flaws, i)) {
            report_flaw(in, rule, command, &flaws, &flaws.items[i]);
        }
    }
}

void cp_check_document_commands(const struct cp_document_input *in, const struct cp_rule *rule)
{
    struct cp_document_scan scan = {.reading = in->reading};
    struct cp_document_command command;
    while (cp_document_command_next(&command, &scan)) {
        check_command(in, rule, &command);
    }
}

/* ---- parameters ------------------------------------------------------------------------------ */

enum { REPORTED_MOST = 200 };

static const char parameter_sections[] =
    "parameter|variable|placeholder|prerequisite|before you|before we|input|you need|you will "
    "need|values|requirement|preparation|conventions|notation";

struct explained {
    struct cp_map names;  /* in code or brackets by themselves, or declared by a plan */
    struct cp_buf words;  /* of the sections about parameters */
    struct cp_map judged; /* names that were looked up */
};

static struct cp_str without_brackets(struct cp_str name)
{
    name = cp_str_trim(name);
    bool has_brackets = cp_str_has_prefix(name, "<") && cp_str_has_suffix(name, ">");
    return has_brackets ? cp_str_slice(name, 1, name.len - 2) : name;
}

/* What stands by itself in code is spoken of; what stands in a command is not. */
static void add_piece(struct explained *out, const struct cp_reading_piece *piece)
{
    struct cp_parameter_scan scan;
    struct cp_str name;
    if (piece->kind == CP_PIECE_CODE || piece->kind == CP_PIECE_HTML) {
        cp_map_put(&out->names, without_brackets(piece->text), out);
    } else if (piece->kind == CP_PIECE_TEXT && piece->text.len > 0 &&
               memchr(piece->text.at, '<', piece->text.len)) {
        cp_parameter_scan_init(&scan, piece->text);
        while (cp_parameter_next(&name, &scan)) {
            cp_map_put(&out->names, name, out);
        }
    }
}

/* Lower case, and signs that join words as blanks. */
static void put_folded(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        cp_buf_putc(out, c == '-' || c == '_' || c == '.' ? ' '
                         : c >= 'A' && c <= 'Z'           ? (char)(c | 0x20)
                                                          : c);
    }
}

/* Sections are told from their headings, so that each is looked at once. */
static void explained_init(struct explained *out, const struct cp_document_input *in)
{
    bool is_about = false;
    cp_map_init(&out->names);
    cp_map_init(&out->judged);
    cp_buf_init(&out->words);
    for (size_t i = 0; i < in->parameter_count; i++) {
        cp_map_put(&out->names, without_brackets(in->parameters[i]), out);
    }
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        if (block->kind == CP_READING_HEADING) {
            is_about = cp_document_is_about(in, i, parameter_sections);
        }
        for (uint32_t j = 0; j < block->piece_count; j++) {
            add_piece(out, cp_reading_piece_get(in->reading, block->first_piece + j));
        }
        if (is_about && cp_document_has_words(block)) {
            put_folded(&out->words, block->text);
            cp_buf_putc(&out->words, '\n');
        }
    }
}

static bool is_explained(struct explained *all, struct cp_str name)
{
    if (cp_map_find(&all->names, name)) {
        return true;
    }
    struct cp_buf folded;
    cp_buf_init(&folded);
    put_folded(&folded, name);
    bool is_found = cp_str_find(cp_buf_str(&all->words), cp_buf_str(&folded)) != SIZE_MAX;
    cp_buf_release(&folded);
    return is_found;
}

/* How a program is called, in general: `restore [--from <file>] [<name>]` is nobody's command. */
static bool is_synopsis(struct cp_str text)
{
    return cp_str_find(text, CP_STR("[<")) != SIZE_MAX ||
           cp_str_find(text, CP_STR("[-")) != SIZE_MAX;
}

static void check_parameters(const struct cp_document_input *in, const struct cp_rule *rule,
                             struct explained *all, const struct cp_document_command *command)
{
    struct cp_parameter_scan scan;
    struct cp_str name;
    cp_parameter_scan_init(&scan, command->text);
    while (cp_parameter_next(&name, &scan) && all->judged.count < REPORTED_MOST) {
        if (cp_map_put(&all->judged, name, all) || is_explained(all, name)) {
            continue;
        }
        size_t at = (size_t)(name.at - command->block->text.at) - 1;
        struct cp_diagnostic *finding = cp_diags_add(
            in->diags, rule, cp_document_words(in, command->block, at, name.len + 2),
            (struct cp_str){0},
            "the command leaves <%.*s> to fill in, and the document does not say with what",
            CP_ARG(name));
        cp_diagnostic_help(in->diags, finding,
                           "say what to put there and where to find it, beside the command or "
                           "under a heading 'Parameters': - `<%.*s>`: …",
                           CP_ARG(name));
    }
}

/* Each name is reported once in a document. */
void cp_check_document_parameters(const struct cp_document_input *in, const struct cp_rule *rule)
{
    struct cp_document_scan scan = {.reading = in->reading};
    struct cp_document_command command;
    struct explained all;
    bool has_begun = false;
    while (cp_document_command_next(&command, &scan)) {
        if (!(cp_command_look(command.text) & CP_LOOK_ANGLE) || is_synopsis(command.text)) {
            continue;
        }
        if (!has_begun) {
            explained_init(&all, in);
            has_begun = true;
        }
        check_parameters(in, rule, &all, &command);
    }
    if (has_begun) {
        cp_map_release(&all.names);
        cp_map_release(&all.judged);
        cp_buf_release(&all.words);
    }
}
