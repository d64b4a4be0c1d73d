/*
 * Markdown documents as rules look at them: places, commands, sections. Judges nothing.
 */
#include "document.h"

struct cp_place cp_document_place(const struct cp_document_input *in, size_t offset, size_t length)
{
    return (struct cp_place){in->file, {(uint32_t)offset, (uint32_t)length}};
}

struct cp_place cp_document_words(const struct cp_document_input *in,
                                  const struct cp_reading_block *block, size_t at, size_t length)
{
    size_t start = cp_reading_place(in->reading, block, at);
    size_t last = length > 0 ? cp_reading_place(in->reading, block, at + length - 1) : start;
    struct cp_str between = cp_str_slice(in->file->bytes, start, last - start);
    const char *end = between.len > 0 ? memchr(between.at, '\n', between.len) : NULL;
    size_t covered = end ? (size_t)(end - between.at) : between.len + 1;
    return cp_document_place(in, start, last < start ? 0 : covered);
}

size_t cp_find_folded(struct cp_str text, struct cp_str needle)
{
    for (size_t at = 0; needle.len > 0 && at + needle.len <= text.len; at++) {
        if ((text.at[at] | 0x20) == (needle.at[0] | 0x20) &&
            cp_str_is_equal_folded(cp_str_slice(text, at, needle.len), needle)) {
            return at;
        }
    }
    return SIZE_MAX;
}

bool cp_document_has_words(const struct cp_reading_block *block)
{
    return block->kind == CP_READING_HEADING || block->kind == CP_READING_PARAGRAPH ||
           block->kind == CP_READING_CELL;
}

/* ---- sections -------------------------------------------------------------------------------- */

static bool has_word(struct cp_str text, const char *words)
{
    while (*words) {
        struct cp_str word = {words, strcspn(words, "|")};
        if (cp_find_folded(text, word) != SIZE_MAX) {
            return true;
        }
        words += word.len + (words[word.len] == '|');
    }
    return false;
}

bool cp_document_is_about(const struct cp_document_input *in, size_t block, const char *words)
{
    unsigned level = 7;
    for (size_t i = block + 1; i-- > 0 && level > 1;) {
        const struct cp_reading_block *heading = cp_reading_get(in->reading, i);
        if (heading->kind == CP_READING_HEADING && heading->level < level) {
            level = heading->level;
            if (has_word(heading->text, words)) {
                return true;
            }
        }
    }
    return false;
}

/* ---- commands -------------------------------------------------------------------------------- */

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Whether a text outside any shell's block reads as a command: a program's name, and something
 * behind it that only commands have; or an option that lost its dashes. */
static bool is_like_command(struct cp_str text)
{
    size_t end = 0;
    text = cp_str_trim(text);
    while (end < text.len &&
           (is_lower(text.at[end]) || cp_is_digit(text.at[end]) || strchr("._/-", text.at[end]))) {
        end++;
    }
    if (end == 0) { /* `–force` */
        size_t name = text.len > 3 && text.at[3] == '-' ? 4 : 3;
        return text.len > name + 1 && (unsigned char)text.at[0] == 0xE2 &&
               (unsigned char)text.at[1] == 0x80 && is_lower(text.at[name]);
    }
    return end < text.len && text.at[end] == ' ' &&
           (is_lower(text.at[0]) || text.at[0] == '.' || text.at[0] == '/');
}

static bool is_shell(struct cp_str info)
{
    static const char *const shells[] = {"sh",         "bash",          "shell",        "zsh",
                                         "console",    "shell-session", "shellsession", "ksh",
                                         "sh-session", "terminal",      "bash-session"};
    size_t end = 0;
    while (end < info.len && !cp_is_blank(info.at[end]) && !strchr("{,:", info.at[end])) {
        end++;
    }
    for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
        if (cp_str_is_equal_folded(cp_str_slice(info, 0, end), cp_str_of(shells[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_prompt(struct cp_str line)
{
    return cp_str_has_prefix(line, "$ ");
}

static bool has_prompt(struct cp_str text)
{
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        if (is_prompt(cp_str_trim(line))) {
            return true;
        }
    }
    return false;
}

/* The next line behind a prompt, with those that continue it. */
static bool next_prompt(struct cp_str *out, struct cp_str text, size_t *at)
{
    struct cp_str line;
    struct cp_str rest = cp_str_slice(text, *at, text.len);
    while (cp_str_line(&line, &rest)) {
        struct cp_str words = cp_str_trim(line);
        if (!is_prompt(words)) {
            continue;
        }
        const char *from = words.at + 2;
        while (cp_str_has_suffix(cp_str_trim(line), "\\") && cp_str_line(&line, &rest)) {
        }
        *out = (struct cp_str){from, (size_t)(line.at + line.len - from)};
        *at = text.len - rest.len;
        return true;
    }
    *at = text.len;
    return false;
}

/* Of a block whose language nobody said, the lines that read as commands. */
static bool next_likely(struct cp_str *out, struct cp_str text, size_t *at)
{
    struct cp_str line;
    struct cp_str rest = cp_str_slice(text, *at, text.len);
    while (cp_str_line(&line, &rest)) {
        *at = text.len - rest.len;
        if (is_like_command(line)) {
            *out = line;
            return true;
        }
    }
    return false;
}

static bool next_in_code(struct cp_str *out, const struct cp_reading_block *block, size_t *at)
{
    bool is_known = is_shell(block->info);
    if (*at >= block->text.len || (block->info.len > 0 && !is_known)) {
        return false;
    }
    if (has_prompt(block->text)) {
        return next_prompt(out, block->text, at);
    }
    if (!is_known) {
        return next_likely(out, block->text, at);
    }
    *out = block->text;
    *at = block->text.len;
    return true;
}

static bool next_in_text(struct cp_str *out, const struct cp_reading *reading,
                         const struct cp_reading_block *block, size_t *piece)
{
    while (*piece < block->piece_count) {
        const struct cp_reading_piece *at =
            cp_reading_piece_get(reading, block->first_piece + (*piece)++);
        if (at->kind == CP_PIECE_CODE && is_like_command(at->text)) {
            *out = at->text;
            return true;
        }
    }
    return false;
}

bool cp_document_command_next(struct cp_document_command *out, struct cp_document_scan *scan)
{
    for (; scan->block < cp_reading_count(scan->reading); scan->block++) {
        const struct cp_reading_block *block = cp_reading_get(scan->reading, scan->block);
        bool is_block = block->kind == CP_READING_CODE;
        bool is_found = is_block ? next_in_code(&out->text, block, &scan->at)
                                 : next_in_text(&out->text, scan->reading, block, &scan->piece);
        if (is_found) {
            out->block = block;
            out->is_block = is_block;
            return true;
        }
        scan->piece = scan->at = 0;
    }
    return false;
}
