/* Prose fields: pipe tables, HTML, headings, bounds; and over the examples of the CommonMark
 * specification, that what is written reads back as the same words and targets. */
#include "suites.h"

#include <contplan/markdown.h>

#include <stdlib.h>
#include <string.h>

static const char spec_path[] = CONTPLAN_SOURCE_DIR "/../shared/corpora/commonmark-spec.txt";

/* Writes the prose as Markdown and HTML; the buffers start empty. */
static void render(struct cp_buf *markdown, struct cp_buf *html, struct cp_str prose)
{
    struct cp_document *document = cp_document_new();
    cp_document_prose(document, prose, 2);
    cp_document_write_markdown(markdown, document);
    cp_document_write_html(html, document);
    cp_document_free(document);
}

static const struct {
    const char *prose, *markdown, *html;
} cases[] = {
    /* Headings keep their order of rank, from the level given. */
    {"## A\n#### B\n###### C", "## A\n\n#### B\n\n###### C\n",
     "<h2>A</h2>\n<h4>B</h4>\n<h6>C</h6>\n"},
    {"# A\n\n###### B", "## A\n\n###### B\n", "<h2>A</h2>\n<h6>B</h6>\n"},
    /* Lines of a paragraph are joined; hard breaks stay. */
    {"one\ntwo\\\nthree", "one two  \nthree\n", "<p>one two<br />\nthree</p>\n"},
    /* HTML is text, and nothing of it is lost but comments. */
    {"x<sup>1</sup> <!-- note -->y", "x\\<sup\\>1\\</sup\\> y\n",
     "<p>x&lt;sup&gt;1&lt;/sup&gt; y</p>\n"},
    {"<div>\nhi <b>x</b>\n</div>", "``` html\n<div>\nhi <b>x</b>\n</div>\n```\n",
     "<pre><code class=\"language-html\">&lt;div&gt;\nhi &lt;b&gt;x&lt;/b&gt;\n&lt;/div&gt;"
     "</code></pre>\n"},
    {"a\n\n<!-- note -->\n\nb", "a\n\nb\n", "<p>a</p>\n<p>b</p>\n"},
    /* Targets that may not be links, and characters brought in by reference. */
    {"[*a* b](javascript:x) ![c](data:y)", "*a* b (javascript:x) c (data:y)\n",
     "<p><em>a</em> b (javascript:x) c (data:y)</p>\n"},
    {"[a](java&#x73;cript:x) &#x202E;", "a (javascript:x) \\<U+202E\\>\n",
     "<p>a (javascript:x) &lt;U+202E&gt;</p>\n"},
    {"a [](https://x.y)", "a [](https://x.y)\n", "<p>a <a href=\"https://x.y\"></a></p>\n"},
    /* Pipe tables: escaped bars, references, alignment, markup inside one cell only. */
    {"| A | B |\n| :- | -: |\n| `x\\|y` *p | q* |\n| [r] |\n\n[r]: https://x.y",
     "| A | B |\n| :-- | --: |\n| `x\\|y` \\*p | q\\* |\n| [r](https://x.y) |  |\n",
     "<div class=\"table\">\n<table>\n<thead>\n<tr><th scope=\"col\" style=\"text-align: "
     "left\">A</th>"
     "<th scope=\"col\" style=\"text-align: right\">B</th></tr>\n</thead>\n<tbody>\n"
     "<tr><td style=\"text-align: left\"><code>x|y</code> *p</td>"
     "<td style=\"text-align: right\">q*</td></tr>\n"
     "<tr><td style=\"text-align: left\"><a href=\"https://x.y\">r</a></td>"
     "<td style=\"text-align: right\"></td></tr>\n</tbody>\n</table>\n</div>\n"},
    /* Cells too many are not lost; a paragraph may stand right above the heads. */
    {"see\nA|B\n-|-\n1|2|# 3|\n- 4",
     "see\n\n| A | B |\n| --- | --- |\n| 1 | 2\\|\\# 3 |\n\n  - 4\n", NULL},
    {"- x\n\n  | A |\n  |---|\n  | 1 |", "  - x\n\n    | A |\n    | --- |\n    | 1 |\n", NULL},
    /* No tables: another number of cells, no bar, code. */
    {"A | B\n--- | --- | ---", "A | B --- | --- | ---\n", NULL},
    {"    A | B\n    --|--", "``` \nA | B\n--|--\n```\n", NULL},
    /* A code block's info string cannot end its fence. */
    {"~~~ a`b\nx\n~~~", "``` a'b\nx\n```\n",
     "<pre><code class=\"language-a'b\">x\n</code></pre>\n"},
    /* Emphasis opens and closes whatever stands beside it. */
    {"a&copy;*\"b* **c&nbsp;** d *<!-- x --> e*", "a&#169;*\"b* **c&#160;** d *&#32;e*\n", NULL},
    {"*a<br>* b <br><br>\n\\+ c", "*a*  \nb   \n\\+ c\n", NULL},
    /* A line of a build server's log that begins so is obeyed. */
    {"::warning::x\n\n```\n ::stop::\n```\n\na<br>::b",
     "\\::warning::x\n\n``` \n <U+003A>:stop::\n```\n\na  \n\\::b\n",
     "<p>::warning::x</p>\n<pre><code> ::stop::\n</code></pre>\n<p>a<br />\n&#58;:b</p>\n"},
    {"```\nx\n::stop::\n```", "``` \nx\n<U+003A>:stop::\n```\n",
     "<pre><code>x\n&#58;:stop::\n</code></pre>\n"},
    {"<https://x.y/a_b>", "<https://x.y/a_b>\n",
     "<p><a class=\"bare\" href=\"https://x.y/a_b\">https://x.y/a_b</a></p>\n"},
    {"", "", ""},
};

START_TEST(prose_as_blocks)
{
    struct cp_buf markdown, html;
    cp_buf_init(&markdown);
    cp_buf_init(&html);
    render(&markdown, &html, cp_str_of(cases[_i].prose));
    ck_assert_str_eq(markdown.at ? markdown.at : "", cases[_i].markdown);
    if (cases[_i].html) {
        ck_assert_str_eq(html.at ? html.at : "", cases[_i].html);
    }
    cp_buf_release(&markdown);
    cp_buf_release(&html);
}
END_TEST

/* What cmark is slow on is shown as it stands instead. */
START_TEST(prose_out_of_bounds_is_plain_text)
{
    struct cp_buf prose, markdown, html;
    cp_buf_init(&prose);
    cp_buf_init(&markdown);
    cp_buf_init(&html);
    for (int i = 0; i < CP_PROSE_NESTING + 1; i++) {
        cp_buf_puts(&prose, "- ");
    }
    cp_buf_puts(&prose, "*deep*\nline\n\nnext");
    render(&markdown, &html, cp_buf_str(&prose));
    ck_assert_ptr_nonnull(strstr(html.at, "*deep*<br />\nline</p>\n<p>next</p>"));
    cp_buf_clear(&html);
    cp_buf_repeat(&prose, '[', CP_PROSE_BYTES);
    render(&markdown, &html, cp_buf_str(&prose));
    ck_assert_ptr_nonnull(strstr(html.at, "[[[["));
    cp_buf_release(&prose);
    cp_buf_release(&markdown);
    cp_buf_release(&html);
}
END_TEST

/* ---- the specification's examples ---------------------------------------------------------- */

static char *read_spec(void)
{
    FILE *file = fopen(spec_path, "rb");
    if (!file) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = cp_alloc(size + 1);
    text[fread(text, 1, size, file)] = '\0';
    fclose(file);
    return text;
}

/* The Markdown of the next example, its arrows turned into tabs; false at the end. */
static bool next_example(struct cp_buf *out, char **at)
{
    static const char fence[] = "\n```````````````````````````````` example\n";
    char *start = strstr(*at, fence);
    if (!start) {
        return false;
    }
    start += strlen(fence);
    char *end = strstr(start - 1, "\n.\n") + 1;
    *at = end;
    cp_buf_clear(out);
    while (start < end) {
        bool is_arrow = strncmp(start, "\xE2\x86\x92", 3) == 0;
        cp_buf_putc(out, is_arrow ? '\t' : *start);
        start += is_arrow ? 3 : 1;
    }
    return true;
}

/* The words and targets of HTML: tags are blanks but for their href, src and alt. */
static void put_essence(struct cp_buf *out, const char *html)
{
    bool is_in_tag = false;
    bool is_value = false;
    for (const char *at = html; *at; at++) {
        if (*at == '<') {
            is_in_tag = true;
        } else if (*at == '>') {
            is_in_tag = is_value = false;
        } else if (is_in_tag && *at == '"') {
            bool is_kept = strncmp(at - 5, "href=", 5) == 0 || strncmp(at - 4, "src=", 4) == 0 ||
                           strncmp(at - 4, "alt=", 4) == 0;
            is_value = !is_value && is_kept;
        } else if ((!is_in_tag || is_value) && *at != '\n' && *at != ' ') {
            cp_buf_putc(out, *at);
        }
    }
}

static const char *const our_tags[] = {"p>",
                                       "/p>",
                                       "h",
                                       "/h",
                                       "ul>",
                                       "/ul>",
                                       "ol",
                                       "/ol>",
                                       "li>",
                                       "/li>",
                                       "pre>",
                                       "/pre>",
                                       "code",
                                       "/code>",
                                       "blockquote>",
                                       "/blockquote>",
                                       "em>",
                                       "/em>",
                                       "strong>",
                                       "/strong>",
                                       "a href=\"",
                                       "a class=\"bare\" href=\"",
                                       "div class=\"table\">",
                                       "/div>",
                                       "/a>",
                                       "img src=\"",
                                       "br />",
                                       "hr />",
                                       "table>",
                                       "/table>",
                                       "thead>",
                                       "/thead>",
                                       "tbody>",
                                       "/tbody>",
                                       "tr>",
                                       "/tr>",
                                       "th",
                                       "/th>",
                                       "td",
                                       "/td>"};

static void expect_our_tags(const char *html)
{
    for (const char *at = strchr(html, '<'); at; at = strchr(at + 1, '<')) {
        bool is_ours = false;
        for (size_t i = 0; i < sizeof(our_tags) / sizeof(our_tags[0]); i++) {
            is_ours |= strncmp(at + 1, our_tags[i], strlen(our_tags[i])) == 0;
        }
        ck_assert_msg(is_ours, "a tag that is not ours: %.40s", at);
    }
}

START_TEST(spec_examples_read_back)
{
    char *spec = read_spec();
    if (!spec) {
        puts("test_markdown_prose: the CommonMark examples are not here, skipped");
        return;
    }
    struct cp_buf example, markdown, html, again, essence, essence_again;
    struct cp_buf *bufs[] = {&example, &markdown, &html, &again, &essence, &essence_again};
    for (size_t i = 0; i < 6; i++) {
        cp_buf_init(bufs[i]);
    }
    size_t count = 0;
    for (char *at = spec; next_example(&example, &at); count++) {
        for (size_t i = 1; i < 6; i++) {
            cp_buf_clear(bufs[i]);
        }
        render(&markdown, &html, cp_buf_str(&example));
        expect_our_tags(html.at ? html.at : "");
        put_essence(&essence, html.at ? html.at : "");
        struct cp_str written = cp_buf_str(&markdown);
        cp_buf_clear(&html);
        render(&again, &html, written);
        put_essence(&essence_again, html.at ? html.at : "");
        ck_assert_msg(cp_str_is_equal(cp_buf_str(&essence), cp_buf_str(&essence_again)),
                      "example %zu: %s\nwritten as: %s", count + 1, example.at, markdown.at);
    }
    ck_assert_uint_gt(count, 600);
    for (size_t i = 0; i < 6; i++) {
        cp_buf_release(bufs[i]);
    }
    free(spec);
}
END_TEST

Suite *cp_suite_markdown_prose(void)
{
    Suite *suite = suite_create("markdown_prose");
    TCase *tests = tcase_create("prose");
    tcase_add_loop_test(tests, prose_as_blocks, 0, sizeof(cases) / sizeof(cases[0]));
    tcase_add_test(tests, prose_out_of_bounds_is_plain_text);
    tcase_add_test(tests, spec_examples_read_back);
    suite_add_tcase(suite, tests);
    return suite;
}
