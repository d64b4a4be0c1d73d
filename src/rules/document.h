/*
 * What the rules over Markdown documents share: where a part of one stands, the commands in it, and
 * what its headings say a section is about.
 */
#ifndef CONTPLAN_RULES_DOCUMENT_H
#define CONTPLAN_RULES_DOCUMENT_H

#include "topics.h"

#include <contplan/markdown.h>

/* Bytes of the document as a place. */
struct cp_place cp_document_place(const struct cp_document_input *in, size_t offset, size_t length);
/* Where `length` bytes of the block's text from `at` on stand; on one line. */
struct cp_place cp_document_words(const struct cp_document_input *in,
                                  const struct cp_reading_block *block, size_t at, size_t length);

/* A search for the commands of a document: lines of code blocks, and code in a line of text. */
struct cp_document_command {
    const struct cp_reading_block *block;
    struct cp_str text; /* part of the block's text */
    bool is_block;      /* else code in a line of text */
};
struct cp_document_scan {
    const struct cp_reading *reading;
    size_t block, piece, at;
};
/* The next one, starting with a scan of zeros but for the reading. Code in other languages than a
 * shell's is none, and of a session only what follows the prompt is. */
bool cp_document_command_next(struct cp_document_command *out, struct cp_document_scan *scan);

/* Whether the block is a heading with one of these words in it, or stands below such. Words are
 * separated by `|`. */
bool cp_document_is_about(const struct cp_document_input *in, size_t block, const char *words);
/* Byte offset of `needle` in `text`, ASCII letters folded, or SIZE_MAX. */
size_t cp_find_folded(struct cp_str text, struct cp_str needle);
/* Whether a block holds words that are read: a heading, paragraph or cell. */
bool cp_document_has_words(const struct cp_reading_block *block);

/* document_links.c */
extern const struct cp_rule cp_rule_dead_link, cp_rule_link_text_differs;
void cp_check_document_links(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_link_texts(const struct cp_document_input *in, const struct cp_rule *rule);
/* document_commands.c */
void cp_check_document_commands(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_parameters(const struct cp_document_input *in, const struct cp_rule *rule);
/* document_steps.c */
void cp_check_document_order(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_verified(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_roles(const struct cp_document_input *in, const struct cp_rule *rule);
/* document_words.c */
extern const struct cp_rule cp_rule_prose_duration;
void cp_check_document_durations(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_placeholders(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_vague(const struct cp_document_input *in, const struct cp_rule *rule);
void cp_check_document_markup(const struct cp_document_input *in, const struct cp_rule *rule);

#endif
