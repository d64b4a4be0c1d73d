/* Hostile text from a seed; no luck involved. */
#include "hostile.h"

#include <check.h>
#include <string.h>

/* Knuth's MMIX constants; the high bits are the good ones. */
size_t chance_below(struct chance *chance, size_t limit)
{
    chance->state = chance->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(chance->state >> 33) % limit;
}

static const char *const pieces[] = {
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\x7f",
    "\xc2\x85",
    "\xc2\x9b",
    "\xe2\x80\xa8",
    "\xe2\x80\xa9",
    "\xe2\x80\xae",
    "\xe2\x80\x8b",
    "\xef\xbb\xbf",
    "\xff",
    "\xc0\x80",
    "\xed\xa0\x80",
    "\xf4\x90\x80\x80",
    "\xe2\x80",
    "##",
    "#",
    "[",
    "##[error]",
    "##vso[task.x]",
    "[add-mask]",
    "::",
    ":",
    "::error::",
    "::error file=x,line=1::",
    "::stop-commands::x",
    "%0A",
    "%0D",
    "%25",
    "%",
    ",",
    "]",
    "\"",
    "\\",
    "\\u000a",
    "{",
    "}",
    "|",
    "    1 |",
    "help:",
    "note:",
    "plan",
    "rto: 4h",
    "e\xcc\x81",
    "\xe6\xb8\xaf",
    "\xc2\xa0",
    "\xe3\x80\x80",
    "\xf0\x9f\x9a\xa2",
    "/",
    "./",
    "a.yaml",
    "-",
    "%3A",
    "##vso[task.complete]",
    "##[group]",
    "<",
    ">",
    "&",
    "&#10;",
    "]]>",
    "<![CDATA[",
    "</script>",
    "<script>",
    "<!--",
    "</failure>",
    "</system-out>",
    "<img src=x>",
    "](http://x.example/)",
    "[a](http://x.example/)",
    "![",
    "http://x.example/",
    "@maintainers",
    "`",
    "``",
    "*",
    "_",
    "~~",
    "\xef\xbf\xbe",
    "\xef\xbf\xbf",
};

void chance_fill(struct cp_buf *out, struct chance *chance, size_t most)
{
    cp_buf_clear(out);
    for (size_t left = chance_below(chance, most + 1); left > 0; left--) {
        cp_buf_puts(out, pieces[chance_below(chance, sizeof pieces / sizeof pieces[0])]);
    }
    cp_buf_puts(out, "");
}

/* What is not, from there on; empty where all is printable. */
static struct cp_str find_raw(struct cp_str text)
{
    while (text.len > 0) {
        uint32_t c = 0;
        size_t len = cp_utf8_decode(&c, text);
        if (len == 0 || cp_is_unprintable(c) || c == '\t') {
            return text;
        }
        text = cp_str_slice(text, len, text.len);
    }
    return text;
}

bool has_raw(struct cp_str text)
{
    return find_raw(text).len > 0;
}

/* No assertion a character or line below: each costs a write. */
void check_printable(const char *format, struct cp_str text)
{
    struct cp_str raw = find_raw(text);
    if (raw.len > 0) {
        ck_abort_msg("%s: raw or malformed character in: %.*s", format, CP_ARG(raw));
    }
}

bool has_mark(struct cp_str line)
{
    size_t at;
    while ((at = cp_str_find(line, CP_STR("##"))) != SIZE_MAX) {
        line = cp_str_slice(line, at + 1, line.len);
        size_t end = 1;
        while (end < line.len && strchr("abcdefghijklmnopqrstuvwxyz", line.at[end])) {
            end++;
        }
        if (end < line.len && line.at[end] == '[') {
            return true;
        }
    }
    return false;
}

struct cp_str trim_start(struct cp_str line)
{
    static const char *const blanks[] = {" ", "\xc2\xa0", "\xe3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0];) {
        bool is_blank = cp_str_has_prefix(line, blanks[i]);
        line = cp_str_slice(line, is_blank ? strlen(blanks[i]) : 0, line.len);
        i = is_blank ? 0 : i + 1;
    }
    return line;
}
