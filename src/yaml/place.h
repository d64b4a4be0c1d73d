/*
 * From libyaml's marks to bytes, and small looks at the bytes around a place.
 * Knows the shape of lines and of node properties; builds nothing and reports nothing.
 */
#ifndef CONTPLAN_YAML_PLACE_H
#define CONTPLAN_YAML_PLACE_H

#include <contplan/base.h>

/* libyaml counts characters. The cursor remembers the last place asked for, so that asking in the
 * order of the file costs one pass over it; going back is allowed and costs the distance. */
struct cp_yaml_cursor {
    struct cp_str bytes;
    uint32_t body;  /* first byte behind a byte-order mark: character 0 */
    bool is_ascii;  /* then a character is a byte */
    uint32_t at;    /* the byte of */
    uint32_t index; /* this character */
};

void cp_yaml_cursor_init(struct cp_yaml_cursor *cursor, struct cp_str bytes, uint32_t body,
                         bool is_ascii);
uint32_t cp_yaml_cursor_walk(struct cp_yaml_cursor *cursor, size_t index);

/* The byte at which character `index` starts; the length of the bytes where it lies behind them. */
static inline uint32_t cp_yaml_cursor_seek(struct cp_yaml_cursor *cursor, size_t index)
{
    if (!cursor->is_ascii) {
        return cp_yaml_cursor_walk(cursor, index);
    }
    size_t at = cursor->body + index;
    return (uint32_t)(at < cursor->bytes.len ? at : cursor->bytes.len);
}

static inline bool cp_yaml_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline bool cp_yaml_is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Length of the line end at `at`, 0 where none is; counting those that are line ends to libyaml but
 * to no editor: U+0085, U+2028, U+2029. */
uint32_t cp_yaml_break_length(struct cp_str bytes, uint32_t at);
/* First # from `at`; the length of the bytes where none is. */
uint32_t cp_yaml_find_hash(struct cp_str bytes, uint32_t at);
/* The end of the comment at `at`: before any of these. */
uint32_t cp_yaml_comment_end(struct cp_str bytes, uint32_t at);
/* First byte of the line that holds `at`. */
uint32_t cp_yaml_line_start(struct cp_str bytes, uint32_t at);
/* Its end, before LF, CRLF or CR. */
uint32_t cp_yaml_line_end(struct cp_str bytes, uint32_t at);
/* First byte from `at`, before `end`, that is no space (or no blank). */
uint32_t cp_yaml_skip_spaces(struct cp_str bytes, uint32_t at, uint32_t end);
uint32_t cp_yaml_skip_blanks(struct cp_str bytes, uint32_t at, uint32_t end);
/* `end` moved back over blanks, not before `from`. */
uint32_t cp_yaml_trim_blanks(struct cp_str bytes, uint32_t from, uint32_t end);
/* Where a node itself starts that libyaml says starts at `at`: behind its anchor and tag and what
 * stands between them and the node. */
uint32_t cp_yaml_walk_properties(struct cp_str bytes, uint32_t at, uint32_t end);

static inline uint32_t cp_yaml_skip_properties(struct cp_str bytes, uint32_t at, uint32_t end)
{
    bool has_any = at < end && (bytes.at[at] == '&' || bytes.at[at] == '!');
    return has_any ? cp_yaml_walk_properties(bytes, at, end) : at;
}

/* Where a value that starts at `at` ends on its line: before a comment and trailing blanks. */
uint32_t cp_yaml_value_end(struct cp_str bytes, uint32_t at);
/* What stands before a value at `at` on its line: its key and colon, or its dash; empty where the
 * value is the first on its line. */
struct cp_str cp_yaml_lead(struct cp_str bytes, uint32_t at);

#endif
