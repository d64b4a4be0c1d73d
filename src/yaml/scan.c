/*
 * The look at the bytes before libyaml sees them: size, encoding, control characters, directives.
 * libyaml reports these late, without a place, or after quadratic work. Knows no YAML beyond the
 * lines that start with % at the head of a file.
 */
#include "scan.h"

#include "place.h"

#include <contplan/yaml.h>

#include <string.h>

enum { CHUNK = 128 };

struct scanner {
    struct cp_file *file;
    struct cp_diags *diags;
    struct cp_str bytes;
};

static struct cp_place place_of(const struct scanner *scanner, size_t at, size_t length)
{
    return (struct cp_place){scanner->file, {(uint32_t)at, (uint32_t)length}};
}

static bool check_size(const struct scanner *scanner)
{
    if (scanner->bytes.len <= CP_YAML_BYTES) {
        return true;
    }
    struct cp_diagnostic *found =
        cp_diags_add(scanner->diags, &cp_rule_yaml_limit, place_of(scanner, 0, 0), CP_STR(""),
                     "the file has more than %d bytes (1 MiB), the limit of a plan", CP_YAML_BYTES);
    cp_diagnostic_help(scanner->diags, found,
                       "split the file, or move long text into a document and link to it");
    return false;
}

static bool is_utf16(struct cp_str bytes)
{
    if (bytes.len < 2) {
        return false;
    }
    const unsigned char *at = (const unsigned char *)bytes.at;
    bool has_mark = (at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF);
    /* Without a mark: the first character of a text file is ASCII, so one of two bytes is 0. (In
     * UTF-32 a third is, and the cure is the same.) */
    return has_mark || (at[0] == 0) != (at[1] == 0) || (at[0] == 0 && bytes.len > 3 && at[3] > 0);
}

static bool check_utf16(const struct scanner *scanner)
{
    if (!is_utf16(scanner->bytes)) {
        return true;
    }
    struct cp_diagnostic *found =
        cp_diags_add(scanner->diags, &cp_rule_yaml_encoding, place_of(scanner, 0, 0), CP_STR(""),
                     "the file is encoded as UTF-16 or UTF-32");
    cp_diagnostic_help(scanner->diags, found, "save it as UTF-8");
    return false;
}

static bool refuse_control(const struct scanner *scanner, size_t at, uint32_t code, size_t length)
{
    if (code == 0) {
        struct cp_diagnostic *found =
            cp_diags_add(scanner->diags, &cp_rule_yaml_encoding, place_of(scanner, at, length),
                         CP_STR(""), "the file holds a NUL byte, so it is not text");
        cp_diagnostic_help(scanner->diags, found, "save it as UTF-8 text");
        return false;
    }
    struct cp_diagnostic *found =
        cp_diags_add(scanner->diags, &cp_rule_yaml_encoding, place_of(scanner, at, length),
                     CP_STR(""), "the control character U+%04X stands in the file", (unsigned)code);
    cp_diagnostic_help(scanner->diags, found, "remove it");
    return false;
}

static bool refuse_byte(const struct scanner *scanner, size_t at)
{
    unsigned byte = (unsigned char)scanner->bytes.at[at];
    struct cp_diagnostic *found =
        cp_diags_add(scanner->diags, &cp_rule_yaml_encoding, place_of(scanner, at, 1), CP_STR(""),
                     "the byte 0x%02X is not UTF-8", byte);
    cp_diagnostic_help(scanner->diags, found, "save the file as UTF-8");
    return false;
}

/* A character beyond ASCII at `*at`, which moves behind it. */
static bool check_character(const struct scanner *scanner, size_t *at)
{
    uint32_t code = 0;
    size_t length =
        cp_utf8_decode(&code, cp_str_slice(scanner->bytes, *at, scanner->bytes.len - *at));
    if (length == 0) {
        return refuse_byte(scanner, *at);
    }
    if ((code < 0xA0 && code != 0x85) || code == 0xFFFE || code == 0xFFFF) {
        return refuse_control(scanner, *at, code, length);
    }
    *at += length;
    return true;
}

/* Whether CHUNK bytes are printable ASCII and line ends. Without a branch in the loop, so that the
 * compiler can look at many bytes at once: nearly all bytes of nearly all files end here. */
static bool is_plain_chunk(const char *at)
{
    unsigned char bad = 0;
    for (size_t i = 0; i < CHUNK; i++) {
        signed char byte = (signed char)at[i]; /* beyond ASCII: below 0 */
        bool is_end = (byte == '\n') | (byte == '\r');
        bad |= (unsigned char)(((byte < 0x20) & !is_end) | (byte == 0x7F));
    }
    return bad == 0;
}

/* The bytes of [at, end), not beyond a character's end; `*at` moves behind them. */
static bool check_bytes(const struct scanner *scanner, struct cp_yaml_scan *out, size_t *at,
                        size_t end)
{
    while (*at < end) {
        unsigned char byte = (unsigned char)scanner->bytes.at[*at];
        if (byte >= 0x80) {
            out->is_ascii = false;
            if (!check_character(scanner, at)) {
                return false;
            }
            continue;
        }
        bool is_space = byte == '\n' || byte == '\r' || byte == '\t';
        if ((byte < 0x20 && !is_space) || byte == 0x7F) {
            return refuse_control(scanner, *at, byte, 1);
        }
        ++*at;
    }
    return true;
}

static bool check_characters(const struct scanner *scanner, struct cp_yaml_scan *out)
{
    size_t len = scanner->bytes.len;
    size_t at = out->body;
    while (at < len) {
        if (len - at >= CHUNK && is_plain_chunk(scanner->bytes.at + at)) {
            at += CHUNK;
        } else if (!check_bytes(scanner, out, &at, len - at > CHUNK ? at + CHUNK : len)) {
            return false;
        }
    }
    return true;
}

/* libyaml compares each directive with all before it: a flood of them is quadratic. */
static bool check_directives(const struct scanner *scanner, uint32_t at)
{
    struct cp_str bytes = scanner->bytes;
    uint32_t count = 0;
    uint32_t ninth = 0;
    while (at < bytes.len) {
        uint32_t text = cp_yaml_skip_blanks(bytes, at, (uint32_t)bytes.len);
        uint32_t end = cp_yaml_line_end(bytes, text);
        if (text == at && bytes.at[at] == '%') {
            ninth = count++ == CP_YAML_DIRECTIVES ? at : ninth;
        } else if (text < end && bytes.at[text] != '#') {
            break;
        }
        at = end < bytes.len ? end + 1 : end;
    }
    if (count <= CP_YAML_DIRECTIVES) {
        return true;
    }
    uint32_t length = cp_yaml_line_end(bytes, ninth) - ninth;
    struct cp_diagnostic *found =
        cp_diags_add(scanner->diags, &cp_rule_yaml_limit, place_of(scanner, ninth, length),
                     CP_STR(""), "the file has %u directives, more than the limit of %d",
                     (unsigned)count, CP_YAML_DIRECTIVES);
    cp_diagnostic_help(scanner->diags, found, "remove the lines that start with '%%'");
    return false;
}

bool cp_yaml_scan(struct cp_yaml_scan *out, struct cp_file *file, struct cp_diags *diags)
{
    struct scanner scanner = {file, diags, file->bytes};
    *out = (struct cp_yaml_scan){.body = 0, .is_ascii = true};
    if (!check_size(&scanner) || !check_utf16(&scanner)) {
        return false;
    }
    if (cp_str_has_prefix(file->bytes, "\xEF\xBB\xBF")) {
        out->body = 3;
    }
    return check_characters(&scanner, out) && check_directives(&scanner, out->body);
}
