/* UTF-8, width on a terminal, and the one way from untrusted text to printable text. */
#include "suites.h"

#include <contplan/base.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

START_TEST(decodes_every_length)
{
    const struct {
        struct cp_str bytes;
        uint32_t code_point;
    } rows[] = {
        {CP_STR("\0"), 0},
        {CP_STR("\x7f"), 0x7f},
        {CP_STR("\xc2\x80"), 0x80},
        {CP_STR("\xdf\xbf"), 0x7ff},
        {CP_STR("\xe0\xa0\x80"), 0x800},
        {CP_STR("\xed\x9f\xbf"), 0xd7ff},
        {CP_STR("\xee\x80\x80"), 0xe000},
        {CP_STR("\xef\xbf\xbf"), 0xffff},
        {CP_STR("\xf0\x90\x80\x80"), 0x10000},
        {CP_STR("\xf4\x8f\xbf\xbf"), 0x10ffff},
    };
    struct cp_buf buf;
    cp_buf_init(&buf);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t c = 1;
        ck_assert_uint_eq(cp_utf8_decode(&c, rows[i].bytes), rows[i].bytes.len);
        ck_assert_uint_eq(c, rows[i].code_point);
        cp_buf_clear(&buf);
        cp_utf8_put(&buf, c);
        ck_assert(cp_str_is_equal(cp_buf_str(&buf), rows[i].bytes));
    }
    cp_buf_release(&buf);
}
END_TEST

START_TEST(refuses_what_is_not_well_formed)
{
    const struct cp_str rows[] = {
        CP_STR(""),
        CP_STR("\x80"),
        CP_STR("\xc3"),
        CP_STR("\xc3("),
        CP_STR("\xc0\x80"),         // overlong
        CP_STR("\xc1\xbf"),         // overlong
        CP_STR("\xe0\x9f\xbf"),     // overlong
        CP_STR("\xf0\x8f\xbf\xbf"), // overlong
        CP_STR("\xed\xa0\x80"),     // surrogate
        CP_STR("\xed\xbf\xbf"),     // surrogate
        CP_STR("\xf4\x90\x80\x80"), // beyond U+10FFFF
        CP_STR("\xf8\x88\x80\x80\x80"),
        CP_STR("\xe2\x82"),
        CP_STR("\xf0\x9f\x98"),
        CP_STR("\xff"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t c = 7;
        ck_assert_msg(cp_utf8_decode(&c, rows[i]) == 0, "row %zu", i);
        ck_assert_uint_eq(c, 7);
    }
}
END_TEST

START_TEST(counts_characters_and_malformed_bytes)
{
    ck_assert_uint_eq(cp_utf8_count(CP_STR("")), 0);
    ck_assert_uint_eq(cp_utf8_count(CP_STR("caf\xc3\xa9")), 4);
    ck_assert_uint_eq(cp_utf8_count(CP_STR("\xf0\x9f\x98\x80!")), 2);
    ck_assert_uint_eq(cp_utf8_count(CP_STR("\xff\xfe"
                                           "a")),
                      3);
    ck_assert_uint_eq(cp_utf8_count(CP_STR("\xe2\x82")), 2);
}
END_TEST

START_TEST(knows_what_must_not_leave_raw)
{
    const uint32_t raw[] = {' ',    '~',    '\n',    '\t',    0xa0,    0xac,   0xae,
                            0xe9,   0x200a, 0x2010,  0x2027,  0x202f,  0x205f, 0x2070,
                            0xfe0f, 0xfffd, 0xe0100, 0x1f600, 0x10ffff};
    const uint32_t hidden[] = {0,      7,      '\r',   0x1b,   0x7f,   0x80,    0x9f,
                               0xad,   0x61c,  0x180e, 0x200b, 0x200f, 0x2028,  0x202e,
                               0x2060, 0x206f, 0xfeff, 0xfff9, 0xfffb, 0xe0000, 0xe007f};
    for (size_t i = 0; i < sizeof raw / sizeof raw[0]; i++) {
        ck_assert_msg(!cp_is_unprintable(raw[i]), "U+%04X", (unsigned)raw[i]);
    }
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        ck_assert_msg(cp_is_unprintable(hidden[i]), "U+%04X", (unsigned)hidden[i]);
    }
}
END_TEST

START_TEST(printable_text_is_one_safe_line)
{
    const struct {
        struct cp_str text;
        const char *expected;
    } rows[] = {
        {CP_STR(""), ""},
        {CP_STR("plain text"), "plain text"},
        {CP_STR("\x1b[2Jx"), "<U+001B>[2Jx"},
        {CP_STR("a\nb\tc\r"), "a<U+000A>b<U+0009>c<U+000D>"},
        {CP_STR("a\0b"), "a<U+0000>b"},
        {CP_STR("caf\xc3\xa9"), "caf\xc3\xa9"},
        {CP_STR("\xff-\xc3"), "<0xFF>-<0xC3>"},
        {CP_STR("\xe2\x80\xaexyz"), "<U+202E>xyz"},
        {CP_STR("\xef\xbb\xbfid"), "<U+FEFF>id"},
        {CP_STR("\xc2\x9b"
                "2J"),
         "<U+009B>2J"},
        {CP_STR("\xf3\xa0\x81\x81"), "<U+E0041>"},
        {CP_STR("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80"},
        {CP_STR("a ##[error]b"), "a #<U+0023>[error]b"},
        {CP_STR("###vso[task.x]"), "##<U+0023>vso[task.x]"},
        {CP_STR("## a [b] #[c] ##d"), "## a [b] #[c] ##d"},
    };
    struct cp_arena arena;
    cp_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_str_eq(cp_printable_in(&arena, rows[i].text), rows[i].expected);
        struct cp_buf buf;
        cp_buf_init(&buf);
        cp_buf_puts(&buf, "> ");
        cp_printable(&buf, rows[i].text);
        EQ(cp_str_slice(cp_buf_str(&buf), 2, buf.len), rows[i].expected);
        cp_buf_release(&buf);
    }
    cp_arena_release(&arena);
}
END_TEST

/* Whatever two bytes come in, nothing that a terminal obeys goes out. */
START_TEST(no_two_bytes_get_through)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        char bytes[2] = {(char)(pair >> 8), (char)(pair & 0xff)};
        cp_buf_clear(&buf);
        cp_printable(&buf, (struct cp_str){bytes, 2});
        for (struct cp_str rest = cp_buf_str(&buf); rest.len > 0;) {
            uint32_t c = 0;
            size_t len = cp_utf8_decode(&c, rest);
            if (len == 0 || c == '\n' || c == '\t' || cp_is_unprintable(c)) {
                ck_abort_msg("bytes %04x give U+%04X", pair, (unsigned)c);
            }
            rest = cp_str_slice(rest, len, rest.len);
        }
    }
    cp_buf_release(&buf);
}
END_TEST

Suite *cp_suite_base_text(void)
{
    Suite *suite = suite_create("base_text");
    TCase *tests = tcase_create("text");
    tcase_add_test(tests, decodes_every_length);
    tcase_add_test(tests, refuses_what_is_not_well_formed);
    tcase_add_test(tests, counts_characters_and_malformed_bytes);
    tcase_add_test(tests, knows_what_must_not_leave_raw);
    tcase_add_test(tests, printable_text_is_one_safe_line);
    tcase_add_test(tests, no_two_bytes_get_through);
    suite_add_tcase(suite, tests);
    return suite;
}
