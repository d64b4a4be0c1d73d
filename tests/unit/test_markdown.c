/* Documents built piece by piece, and what both writers make of them and of untrusted text. */
#include "suites.h"

#include <contplan/markdown.h>

#include <string.h>

static struct cp_document *document;
static struct cp_buf markdown, html;

static void set_up(void)
{
    document = cp_document_new();
    cp_buf_init(&markdown);
    cp_buf_init(&html);
}

static void tear_down(void)
{
    cp_document_free(document);
    cp_buf_release(&markdown);
    cp_buf_release(&html);
}

static struct cp_str str(const char *text)
{
    return cp_str_of(text);
}

/* Markdown first and HTML second: one tree serves both, and Markdown again. */
static void expect(const char *as_markdown, const char *as_html)
{
    cp_document_write_markdown(&markdown, document);
    cp_document_write_html(&html, document);
    ck_assert_str_eq(markdown.at, as_markdown);
    ck_assert_str_eq(html.at, as_html);
    cp_buf_clear(&markdown);
    cp_document_write_markdown(&markdown, document);
    ck_assert_str_eq(markdown.at, as_markdown);
}

static void add_paragraph(const char *text)
{
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_text(document, str(text));
    cp_document_end(document);
}

static void add_list(enum cp_block list, const char *first, const char *second)
{
    cp_document_begin(document, list);
    cp_document_begin(document, CP_BLOCK_ITEM);
    cp_document_text(document, str(first));
    cp_document_end(document);
    cp_document_begin(document, CP_BLOCK_ITEM);
    cp_document_text(document, str(second));
    cp_document_end(document);
    cp_document_end(document);
}

START_TEST(headings_have_anchors_in_html)
{
    cp_document_heading(document, 1, str("top"), str("Permits & more"));
    cp_document_heading(document, 2, str(""), str("Backup & Restore Plans (v2)"));
    cp_document_heading(document, 2, str(""), str("Backup & Restore Plans (v2)"));
    expect("# Permits & more\n\n## Backup & Restore Plans (v2)\n\n## Backup & Restore Plans (v2)\n",
           "<h1 id=\"top\">Permits &amp; more</h1>\n"
           "<h2 id=\"backup--restore-plans-v2\">Backup &amp; Restore Plans (v2)</h2>\n"
           "<h2 id=\"backup--restore-plans-v2-1\">Backup &amp; Restore Plans (v2)</h2>\n");
    ck_assert_uint_eq(cp_document_heading_count(document), 3);
    struct cp_document_heading last = cp_document_heading_get(document, 2);
    ck_assert_uint_eq(last.level, 2);
    ck_assert(cp_str_is(last.id, "backup--restore-plans-v2-1"));
    ck_assert(cp_str_is(last.text, "Backup & Restore Plans (v2)"));
}
END_TEST

START_TEST(pieces_of_a_paragraph)
{
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_strong(document, str("Lead:"));
    cp_document_text(document, str(" call "));
    cp_document_link(document, str("the rota"), str("https://x.y/r?a=1&b=2"));
    cp_document_text(document, str(" or "));
    cp_document_code(document, str("page -1 `me`"));
    cp_document_break(document);
    cp_document_emphasis(document, str("now"));
    cp_document_end(document);
    expect("**Lead:** call [the rota](https://x.y/r?a=1&b=2) or `` page -1 `me` ``  \n*now*\n",
           "<p><strong>Lead:</strong> call <a href=\"https://x.y/r?a=1&amp;b=2\">the rota</a> or "
           "<code>page -1 `me`</code><br />\n<em>now</em></p>\n");
}
END_TEST

START_TEST(deletions_and_insertions_are_code)
{
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_deleted(document, str("~~old~~ @all"));
    cp_document_text(document, str(" "));
    cp_document_inserted(document, str("**new** `x` <b>"));
    cp_document_deleted(document, str(" "));
    cp_document_inserted(document, str(""));
    cp_document_end(document);
    expect("~~`~~old~~ @all`~~ **``**new** `x` <b>``**\n",
           "<p><del><code>~~old~~ @all</code></del> "
           "<strong><code>**new** `x` &lt;b&gt;</code></strong></p>\n");
}
END_TEST

START_TEST(text_never_becomes_markup)
{
    add_paragraph("# no *heading* <b> [x](y) `c` | a_b");
    add_paragraph("- no item");
    add_paragraph("1. no number");
    add_paragraph("~~~ no fence");
    add_paragraph("    no code");
    add_paragraph("> no\n> quote\n---");
    expect("\\# no \\*heading\\* \\<b\\> \\[x\\](y) \\`c\\` | a\\_b\n\n\\- no item\n\n"
           "1\\. no number\n\n\\~~~ no fence\n\nno code\n\n\\> no \\> quote ---\n",
           "<p># no *heading* &lt;b&gt; [x](y) `c` | a_b</p>\n<p>- no item</p>\n"
           "<p>1. no number</p>\n<p>~~~ no fence</p>\n<p>no code</p>\n"
           "<p>&gt; no &gt; quote ---</p>\n");
}
END_TEST

START_TEST(unprintable_text_is_made_visible)
{
    add_paragraph("a\xE2\x80\xAE"
                  "b\x1B[2J\xFF");
    cp_document_heading(document, 2, str("i\"<\x01"), str("h\x1B"));
    expect("a\\<U+202E\\>b\\<U+001B\\>\\[2J\\<0xFF\\>\n\n## h\\<U+001B\\>\n",
           "<p>a&lt;U+202E&gt;b&lt;U+001B&gt;[2J&lt;0xFF&gt;</p>\n"
           "<h2 id=\"i&quot;&lt;&lt;U+0001&gt;\">h&lt;U+001B&gt;</h2>\n");
}
END_TEST

static const struct {
    const char *url, *html;
} targets[] = {
    {"https://a.b/c", "<a href=\"https://a.b/c\">t</a>"},
    {"HTTP://a.b", "<a href=\"HTTP://a.b\">t</a>"},
    {"mailto:a@b.c", "<a href=\"mailto:a@b.c\">t</a>"},
    {"tel:+44123", "<a href=\"tel:+44123\">t</a>"},
    {"../runbooks/a.md#x", "<a href=\"../runbooks/a.md#x\">t</a>"},
    {"#top", "<a href=\"#top\">t</a>"},
    {"a b.md", "<a href=\"a%20b.md\">t</a>"},
    {"?q=a:b", "<a href=\"?q=a:b\">t</a>"},
    {"javascript:alert(1)", "t (javascript:alert(1))"},
    {"JavaScript:alert(1)", "t (JavaScript:alert(1))"},
    {"\x01javascript:alert(1)", "t (&lt;U+0001&gt;javascript:alert(1))"},
    {"java\nscript:alert(1)", "t (java script:alert(1))"},
    {"javascript&colon;alert(1)", "<a href=\"javascript%26colon;alert(1)\">t</a>"},
    {"data:text/html,x", "t (data:text/html,x)"},
    {"file:///etc/passwd", "t (file:///etc/passwd)"},
    {"https://a.b/\xE2\x80\xAEx", "<a href=\"https://a.b/%E2%80%AEx\">t</a>"},
    {"", "t"},
};

START_TEST(only_allowed_targets_become_links)
{
    struct cp_buf expected;
    cp_buf_init(&expected);
    cp_buf_printf(&expected, "<p>%s</p>\n", targets[_i].html);
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_link(document, str("t"), str(targets[_i].url));
    cp_document_end(document);
    cp_document_write_html(&html, document);
    ck_assert_str_eq(html.at, expected.at);
    /* The Markdown, read again, has the same target. */
    struct cp_document *again = cp_document_new();
    cp_document_write_markdown(&markdown, document);
    cp_document_prose(again, cp_buf_str(&markdown), 1);
    cp_buf_clear(&html);
    cp_document_write_html(&html, again);
    ck_assert_str_eq(html.at, expected.at);
    cp_document_free(again);
    cp_buf_release(&expected);
}
END_TEST

START_TEST(tables_escape_their_cells)
{
    static const char *const columns[] = {"Name", "Empty", "Purpose"};
    cp_document_begin_table(document, columns, 3);
    cp_document_cell(document);
    cp_document_text(document, str("a|b\nc"));
    cp_document_cell(document);
    cp_document_cell(document);
    cp_document_prose_inline(document, str("*x* <script> | `p|q`<br>z"));
    cp_document_cell(document);
    cp_document_link(document, str("l|m"), str("https://x.y/?a|b"));
    cp_document_end_table(document);
    expect("| Name | Purpose |\n| ---- | ------- |\n"
           "| a\\|b c | *x* \\<script\\> \\| `p\\|q`<br>z |\n"
           "| [l\\|m](https://x.y/?a%7Cb) |  |\n",
           "<div class=\"table\">\n<table>\n<thead>\n"
           "<tr><th scope=\"col\">Name</th><th scope=\"col\">Purpose</th></tr>\n"
           "</thead>\n<tbody>\n"
           "<tr><td>a|b c</td><td><em>x</em> &lt;script&gt; | <code>p|q</code><br />\nz</td></tr>\n"
           "<tr><td><a href=\"https://x.y/?a%7Cb\">l|m</a></td><td></td></tr>\n"
           "</tbody>\n</table>\n</div>\n");
}
END_TEST

START_TEST(empty_blocks_leave_no_trace)
{
    static const char *const columns[] = {"A", "B"};
    cp_document_begin_table(document, columns, 2);
    cp_document_cell(document);
    cp_document_end_table(document);
    cp_document_begin(document, CP_BLOCK_BULLETS);
    cp_document_begin(document, CP_BLOCK_ITEM);
    cp_document_text(document, str(""));
    cp_document_end(document);
    cp_document_end(document);
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_strong(document, str(" "));
    cp_document_end(document);
    add_paragraph("left");
    expect("left\n", "<p>left</p>\n");
}
END_TEST

START_TEST(adjacent_lists_stay_apart)
{
    add_list(CP_BLOCK_BULLETS, "a", "b");
    add_list(CP_BLOCK_BULLETS, "c", "d");
    add_list(CP_BLOCK_BULLETS, "e", "f");
    add_list(CP_BLOCK_NUMBERS, "g", "h");
    add_list(CP_BLOCK_NUMBERS, "i", "j");
    cp_document_code_block(document, str(""), str("code"));
    expect("  - a\n  - b\n\n  * c\n  * d\n\n  - e\n  - f\n\n1.  g\n2.  h\n\n1)  i\n2)  j\n\n"
           "``` \ncode\n```\n",
           "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>\n"
           "<ul>\n<li>e</li>\n<li>f</li>\n</ul>\n<ol>\n<li>g</li>\n<li>h</li>\n</ol>\n"
           "<ol>\n<li>i</li>\n<li>j</li>\n</ol>\n"
           "<pre><code>code\n</code></pre>\n");
}
END_TEST

START_TEST(items_hold_pieces_and_blocks)
{
    cp_document_begin(document, CP_BLOCK_BULLETS);
    cp_document_begin(document, CP_BLOCK_ITEM);
    cp_document_strong(document, str("Step"));
    cp_document_text(document, str(": do it"));
    cp_document_code_block(document, str("sh"), str("a\n\tb"));
    cp_document_end(document);
    cp_document_begin(document, CP_BLOCK_ITEM);
    cp_document_prose_inline(document, str("one\n\n- two\n\n> *three*"));
    cp_document_end(document);
    cp_document_end(document);
    expect("  - **Step**: do it\n\n    ``` sh\n    a\n    \tb\n    ```\n\n"
           "  - one  \n    \\- two  \n    *three*\n",
           "<ul>\n<li>\n<p><strong>Step</strong>: do it</p>\n"
           "<pre><code class=\"language-sh\">a\n\tb\n</code></pre>\n</li>\n"
           "<li>\n<p>one<br />\n- two<br />\n<em>three</em></p>\n</li>\n</ul>\n");
}
END_TEST

START_TEST(html_text_is_escaped)
{
    cp_html_put(&html, str("<a href=\"x\">&\xE2\x80\xAE"));
    ck_assert_str_eq(html.at, "&lt;a href=&quot;x&quot;&gt;&amp;&lt;U+202E&gt;");
}
END_TEST

Suite *cp_suite_markdown(void)
{
    Suite *suite = suite_create("markdown");
    TCase *tests = tcase_create("documents");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, headings_have_anchors_in_html);
    tcase_add_test(tests, pieces_of_a_paragraph);
    tcase_add_test(tests, deletions_and_insertions_are_code);
    tcase_add_test(tests, text_never_becomes_markup);
    tcase_add_test(tests, unprintable_text_is_made_visible);
    tcase_add_loop_test(tests, only_allowed_targets_become_links, 0,
                        sizeof(targets) / sizeof(targets[0]));
    tcase_add_test(tests, tables_escape_their_cells);
    tcase_add_test(tests, empty_blocks_leave_no_trace);
    tcase_add_test(tests, adjacent_lists_stay_apart);
    tcase_add_test(tests, items_hold_pieces_and_blocks);
    tcase_add_test(tests, html_text_is_escaped);
    suite_add_tcase(suite, tests);
    return suite;
}
