/* Documents of somebody else's hand as blocks and pieces: what each is, and where it stands. */
#include "suites.h"

#include <contplan/markdown.h>

#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"heading", "paragraph",   "list",  "item", "table",
                                    "row",     "cell",        "code",  "html", "quote",
                                    "rule",    "definitions", "matter"};
static const char *const piece_kinds[] = {"text", "code", "link", "image", "html"};

static void put_place(struct cp_buf *out, struct cp_str source, size_t offset)
{
    size_t line = 1;
    size_t start = 0;
    for (size_t i = 0; i < offset; i++) {
        bool is_end = source.at[i] == '\n' ||
                      (source.at[i] == '\r' && !(i + 1 < source.len && source.at[i + 1] == '\n'));
        line += is_end;
        start = is_end ? i + 1 : start;
    }
    cp_buf_printf(out, "%zu:%zu", line, offset - start + 1);
}

static void put_pieces(struct cp_buf *out, const struct cp_reading *reading,
                       const struct cp_reading_block *block, struct cp_str source)
{
    for (uint32_t i = 0; i < block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(reading, block->first_piece + i);
        cp_buf_printf(out, " <%s%s ", piece->is_strong ? "strong " : "", piece_kinds[piece->kind]);
        put_place(out, source, piece->offset);
        cp_buf_printf(out, " `%.*s` = %.*s",
                      CP_ARG(cp_str_slice(source, piece->offset, piece->length)),
                      CP_ARG(piece->text));
        if (piece->kind == CP_PIECE_LINK || piece->kind == CP_PIECE_IMAGE) {
            cp_buf_printf(out, " -> %.*s (%.*s)", CP_ARG(piece->target),
                          CP_ARG(cp_str_slice(source, piece->target_offset, piece->target_length)));
        }
        cp_buf_puts(out, ">");
    }
}

/* One line a block: its kind, where its words begin, the words, its pieces unless they are all of
 * one text. */
static void put_reading(struct cp_buf *out, const struct cp_reading *reading, struct cp_str source)
{
    for (size_t i = 0; i < cp_reading_count(reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(reading, i);
        for (uint32_t up = block->parent; up != CP_READING_NONE;
             up = cp_reading_get(reading, up)->parent) {
            cp_buf_puts(out, " ");
        }
        cp_buf_puts(out, kinds[block->kind]);
        cp_buf_printf(out, block->level ? "%u " : " ", block->level);
        put_place(out, source, cp_reading_place(reading, block, 0));
        if (block->kind == CP_READING_ITEM && block->number) {
            cp_buf_printf(out, " %u(%u)", block->number, block->written);
        }
        if (block->text.len > 0) {
            cp_buf_printf(out, " %.*s", CP_ARG(block->text));
        }
        if (block->info.len > 0) {
            cp_buf_printf(out, " [%.*s]", CP_ARG(block->info));
        }
        bool is_plain = block->piece_count == 1 &&
                        cp_reading_piece_get(reading, block->first_piece)->kind == CP_PIECE_TEXT;
        if (!is_plain) {
            put_pieces(out, reading, block, source);
        }
        cp_buf_puts(out, cp_str_has_suffix(block->text, "\n") ? "" : "\n");
    }
}

/* Letters stand where the reading says, blocks lie in one another, pieces in their blocks. */
static void expect_sound(const struct cp_reading *reading, struct cp_str source)
{
    bool is_sound = true;
    for (size_t i = 0; i < cp_reading_count(reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(reading, i);
        is_sound = is_sound && block->end > i && block->end <= cp_reading_count(reading) &&
                   block->offset + block->length <= source.len;
        if (block->parent != CP_READING_NONE) {
            is_sound = is_sound && block->parent < i &&
                       block->end <= cp_reading_get(reading, block->parent)->end;
        }
        for (uint32_t j = 0; j < block->piece_count; j++) {
            const struct cp_reading_piece *piece =
                cp_reading_piece_get(reading, block->first_piece + j);
            is_sound = is_sound && piece->offset + piece->length <= source.len &&
                       piece->target_offset + piece->target_length <= source.len &&
                       piece->text_offset <= block->text.len;
        }
    }
    ck_assert(is_sound);
}

static void expect(struct cp_str source, const char *wanted)
{
    struct cp_buf out;
    cp_buf_init(&out);
    struct cp_reading *reading = cp_reading_new(source);
    put_reading(&out, reading, source);
    ck_assert_str_eq(out.at ? out.at : "", wanted);
    expect_sound(reading, source);
    cp_reading_free(reading);
    cp_buf_release(&out);
}

static const struct {
    const char *source, *wanted;
} cases[] = {
    {"", ""},
    {"\n \n", ""},
    /* headings of both kinds, with markup; repeated ones count */
    {"# A *b* &amp; `C.d`!\n\nTwo **l\nx**\n---\n## a b  cd\n",
     "heading1 1:3 A b & C.d! [a-b--cd] <text 1:3 `A *b* &amp; ` = A b & > "
     "<code 1:15 ``C.d`` = C.d> <text 1:20 `!` = !>\n"
     "heading2 3:1 Two l x [two-l-x] <text 3:1 `Two ` = Two > <strong text 3:7 `l\nx` = l x>\n"
     "heading2 6:4 a b  cd [a-b--cd-1]\n"},
    {"# \xC3\x9C"
     "ber \xF0\x9F\x9A\x80 Go!\n# ![x](y.png) A\n# [l](m)_n_\n# A {#own}\n",
     "heading1 1:3 \xC3\x9C"
     "ber \xF0\x9F\x9A\x80 Go! [\xC3\xBC"
     "ber--go]\n"
     "heading1 2:5 x A [a] <image 2:3 `![x](y.png)` = x -> y.png (y.png)> "
     "<text 2:14 ` A` =  A>\n"
     "heading1 3:4 ln [ln] <link 3:3 `[l](m)` = l -> m (m)> <text 3:10 `n` = n>\n"
     "heading1 4:3 A {#own} [a-own]\n"},
    /* lists in quotes, lazy lines, numbers as written */
    {"> 1. a\nlazy `x`\n>    - b\n>\n>      c\n> 5. d\n",
     "quote 1:1\n list 1:3\n  item 1:3 1(1)\n"
     "   paragraph 1:6 a lazy x <text 1:6 `a\nlazy ` = a lazy > <code 2:6 ``x`` = x>\n"
     "   list 3:6\n    item 3:6\n     paragraph 3:8 b\n     paragraph 5:8 c\n"
     "  item 6:3 2(5)\n   paragraph 6:6 d\n"},
    {"\t- a\n\n-\tb\n\n\tc\n", "code 1:2 - a\nlist 3:1\n item 3:1\n  paragraph 3:3 b\n"
                               "  paragraph 5:2 c\n"},
    /* links of every kind, images in them, code and breaks */
    {"See [a\nb](<c d> \"t)\"), ![i *j*](k\\_l) [![m](n)](o)<br>`p\nq` \\* &#65;.\n",
     "paragraph 1:1 See a b, i j m p q * A. <text 1:1 `See ` = See > "
     "<link 1:5 `[a\nb](<c d> \"t)\")` = a b -> c d (c d)> <text 2:15 `, ` = , > "
     "<image 2:17 `![i *j*](k\\_l)` = i j -> k_l (k\\_l)> <text 2:31 ` ` =  > "
     "<link 2:32 `[![m](n)](o)` = m -> o (o)> <image 2:33 `![m](n)` = m -> n (n)> "
     "<html 2:44 `<br>` = <br>> <code 2:48 ``p\nq`` = p q> "
     "<text 3:3 ` \\* &#65;.` =  * A.>\n"},
    {"<https://x.y/z> [r] [s][r]\n\n[r]: u\n  'title'\ntext\n",
     "paragraph 1:2 https://x.y/z r s <link 1:1 `<https://x.y/z>` = https://x.y/z -> "
     "https://x.y/z (https://x.y/z)> <text 1:16 ` ` =  > <link 1:17 `[r]` = r -> u ()> "
     "<text 1:20 ` ` =  > <link 1:21 `[s][r]` = s -> u ()>\n"
     "definitions 3:1 [r]: u\n'title'\nparagraph 5:1 text\n"},
    /* code and HTML as they stand */
    {"- ```sh -x\n  a\n\n   b\n  ```\n\n      c\n\n<pre>\n\nx</pre>\n",
     "list 1:1\n item 1:1\n  code 2:3 a\n\n b\n [sh -x]  code 7:7 c\nhtml 9:1 <pre>\n\nx</pre>\n"},
    {"    ```\n    a\n\n***\n", "code 1:5 ```\na\nrule 4:1\n"},
    /* tables */
    {"over\n| A | `b\\|c` |\n|:-|-:|\n| *x | y* | z |\n| [r] |\n\n[r]: u\n",
     "paragraph 1:1 over\ntable 2:1\n row 2:1\n  cell 2:3 A\n"
     "  cell 2:8 b|c <code 2:7 ``b\\|c`` = b|c>\n"
     " row 4:1\n  cell 4:3 *x\n  cell 4:8 y* | z\n"
     " row 5:1\n  cell 5:4 r <link 5:3 `[r]` = r -> u ()>\ndefinitions 7:1 [r]: u\n"},
    {"> | A |\n> |---|\n> | 1 |\n", "quote 1:1\n table 1:3\n  row 1:3\n   cell 1:5 A\n"
                                    "  row 3:3\n   cell 3:5 1\n"},
    /* front matter, and a rule that is none */
    {"---\na: b\n---\n# C\n", "matter 2:1 a: b\nheading1 4:3 C [c]\n"},
    {"---\n\nx: y\n\n---\n", "rule 1:1\nparagraph 3:1 x: y\nrule 5:1\n"},
    {"\xEF\xBB\xBF# A\r\nb\r\n\r\nc\rd\r\n",
     "heading1 1:6 A [a]\nparagraph 2:1 b\nparagraph 4:1 c d\n"},
};

START_TEST(places)
{
    expect(cp_str_of(cases[_i].source), cases[_i].wanted);
}
END_TEST

/* NUL, and bytes that are no UTF-8, keep their places. */
START_TEST(bytes)
{
    struct cp_str source = CP_STR("a\0b \xFF`\xC3`\n");
    struct cp_reading *reading = cp_reading_new(source);
    const struct cp_reading_block *block = cp_reading_get(reading, 0);
    ck_assert(cp_str_is(block->text, "a\x1A"
                                     "b \xFF\xC3"));
    for (size_t at = 0; at < block->text.len; at++) {
        ck_assert_uint_eq(cp_reading_place(reading, block, at), at + (at > 4));
    }
    expect_sound(reading, source);
    cp_reading_free(reading);
}
END_TEST

START_TEST(anchors)
{
    struct cp_reading *reading = cp_reading_new(
        CP_STR("# One two\n# One two\n\nx <a name=\"n\"></a> <span id='i'>\n\n"
               "<div ID=d><h2 class=\"x\">In <b>HTML</b></h2></div>\n\n# \xC3\x9C {#own}\n"));
    static const struct {
        const char *name;
        bool is_known;
    } names[] = {{"one-two", true},    {"one-two-1", true},
                 {"one-two-2", false}, {"One-two", false},
                 {"", true},           {"top", true},
                 {"n", true},          {"i", true},
                 {"d", true},          {"x", false},
                 {"in-html", true},    {"own", true},
                 {"%C3%BC-own", true}, {"user-content-one-two", true},
                 {"in", false}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        ck_assert_msg(cp_reading_has_anchor(reading, cp_str_of(names[i].name)) == names[i].is_known,
                      "%s", names[i].name);
    }
    cp_reading_free(reading);
}
END_TEST

static const char *const floods[] = {
    "![[]()",          "[",        "[[]",   "- + ",     "> ",    "*a_ ", "`", "<", "<!--", "|a",
    "a|b\n-|-\n1|2\n", "[a]: b\n", "# a\n", "<a id=x>", "&amp;", "\\"};

/* Each took minutes, or never ended, before it was bounded: the test has a time limit of its own.
 */
START_TEST(bounded)
{
    enum { BYTES = 200000 };
    char *text = malloc(BYTES);
    size_t length = strlen(floods[_i]);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < BYTES; i++) {
        text[i] = floods[_i][i % length];
    }
    struct cp_str source = {text, BYTES};
    struct cp_reading *reading = cp_reading_new(source);
    ck_assert_uint_gt(cp_reading_count(reading), 0);
    expect_sound(reading, source);
    cp_reading_free(reading);
    free(text);
}
END_TEST

/* What no parser is given is paragraphs, with every word and its place. */
START_TEST(plain)
{
    struct cp_buf source;
    cp_buf_init(&source);
    cp_buf_puts(&source, "# head\n\n");
    for (int i = 0; i < 40; i++) {
        cp_buf_puts(&source, "- ");
        cp_buf_puts(&source, "> ");
    }
    cp_buf_puts(&source, "end\n");
    struct cp_reading *reading = cp_reading_new(cp_buf_str(&source));
    ck_assert_uint_eq(cp_reading_count(reading), 2);
    const struct cp_reading_block *block = cp_reading_get(reading, 1);
    ck_assert_int_eq((int)block->kind, CP_READING_PARAGRAPH);
    ck_assert(cp_str_has_suffix(block->text, "end"));
    ck_assert_uint_eq(cp_reading_place(reading, block, block->text.len - 3), source.len - 4);
    cp_reading_free(reading);
    cp_buf_release(&source);
}
END_TEST

Suite *cp_suite_markdown_reading(void)
{
    Suite *suite = suite_create("markdown_reading");
    TCase *tests = tcase_create("reading");
    tcase_add_loop_test(tests, places, 0, (int)(sizeof(cases) / sizeof(cases[0])));
    tcase_add_test(tests, bytes);
    tcase_add_test(tests, anchors);
    tcase_add_loop_test(tests, bounded, 0, (int)(sizeof(floods) / sizeof(floods[0])));
    tcase_add_test(tests, plain);
    suite_add_tcase(suite, tests);
    return suite;
}
