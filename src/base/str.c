/*
 * Borrowed strings: comparing, cutting, searching. Works on bytes; knows nothing of characters
 * beyond ASCII and owns no memory.
 */
#include <contplan/base.h>

#include <string.h>

#include "ascii.h"

bool cp_str_has_suffix(struct cp_str s, const char *suffix)
{
    size_t len = strlen(suffix);
    return len <= s.len && cp_str_is(cp_str_slice(s, s.len - len, len), suffix);
}

int cp_str_compare(struct cp_str a, struct cp_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.at, b.at, common);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

struct cp_str cp_str_trim(struct cp_str s)
{
    while (s.len > 0 && cp_is_blank(s.at[0])) {
        s = cp_str_slice(s, 1, s.len);
    }
    while (s.len > 0 && cp_is_blank(s.at[s.len - 1])) {
        s.len--;
    }
    return s;
}

/* Byte by byte: searching for LF and CR apart would be quadratic in a file that has only one of
 * them. */
bool cp_str_line(struct cp_str *out, struct cp_str *rest)
{
    if (rest->len == 0) {
        return false;
    }
    size_t end = 0;
    while (end < rest->len && rest->at[end] != '\n' && rest->at[end] != '\r') {
        end++;
    }
    size_t next = end + 1;
    if (next < rest->len && rest->at[end] == '\r' && rest->at[next] == '\n') {
        next++;
    }
    *out = cp_str_slice(*rest, 0, end);
    *rest = cp_str_slice(*rest, next, rest->len);
    return true;
}

size_t cp_str_find(struct cp_str s, struct cp_str needle)
{
    if (needle.len == 0) {
        return 0;
    }
    size_t from = 0;
    while (needle.len <= s.len - from) {
        const char *hit = memchr(s.at + from, needle.at[0], s.len - from - needle.len + 1);
        if (!hit) {
            break;
        }
        from = (size_t)(hit - s.at);
        if (memcmp(hit, needle.at, needle.len) == 0) {
            return from;
        }
        from++;
    }
    return SIZE_MAX;
}

bool cp_str_is_equal_folded(struct cp_str a, struct cp_str b)
{
    if (a.len != b.len) {
        return false;
    }
    for (size_t i = 0; i < a.len; i++) {
        if (fold(a.at[i]) != fold(b.at[i])) {
            return false;
        }
    }
    return true;
}

uint64_t cp_str_hash(struct cp_str s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.len; i++) {
        hash = (hash ^ (unsigned char)s.at[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}
