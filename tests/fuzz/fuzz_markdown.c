/*
 * Any bytes as a prose field: the tree they become holds no tag that is not ours, what is written
 * as Markdown reads back as the same words and targets, and the scanner's parts lie in the field.
 */
#include <contplan/markdown.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, so that the fuzzer keeps the input, where `holds` is false. */
static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void check_scan(struct cp_str field)
{
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    const char *end = field.at;
    cp_prose_scan_init(&scan, field);
    while (cp_prose_scan_next(&run, &scan)) {
        struct cp_str parts[] = {run.text, run.target};
        for (size_t i = 0; i < 2; i++) {
            require(parts[i].len == 0 || (parts[i].at >= field.at &&
                                          parts[i].at + parts[i].len <= field.at + field.len),
                    "a part lies in the field");
        }
        require(run.kind != CP_PROSE_TEXT || run.text.at >= end, "words come in order");
        end = run.kind == CP_PROSE_TEXT ? run.text.at + run.text.len : end;
    }
}

static void render(struct cp_buf *markdown, struct cp_buf *html, struct cp_str prose)
{
    struct cp_document *document = cp_document_new();
    cp_document_prose(document, prose, 1);
    cp_document_write_html(html, document);
    cp_document_write_markdown(markdown, document);
    cp_document_free(document);
}

static void check_tags(struct cp_str html)
{
    static const char *const tags[] = {
        "p>", "h",  "ul>",        "ol",    "li>",   "pre>", "code", "blockquote>", "em>", "strong>",
        "a ", "a>", "img src=\"", "br />", "hr />", "div",  "t"};
    for (size_t i = 0; i < html.len; i++) {
        bool is_ours = html.at[i] != '<';
        struct cp_str name = cp_str_slice(html, i + 1, html.len);
        name = cp_str_has_prefix(name, "/") ? cp_str_slice(name, 1, name.len) : name;
        for (size_t tag = 0; tag < sizeof tags / sizeof tags[0]; tag++) {
            is_ours |= cp_str_has_prefix(name, tags[tag]);
        }
        require(is_ours, "a tag is ours");
    }
}

/* The words and targets: what stands outside tags, and the values of href and src. Of many
 * asterisks in a row some may be read as emphasis or not: they are no words. */
static void put_essence(struct cp_buf *out, struct cp_str html)
{
    bool is_in_tag = false;
    bool is_value = false;
    for (size_t i = 0; i < html.len; i++) {
        char c = html.at[i];
        if (c == '<' || c == '>') {
            is_in_tag = c == '<';
            is_value = false;
        } else if (is_in_tag && c == '"') {
            bool is_kept = (i >= 5 && memcmp(html.at + i - 5, "href=", 5) == 0) ||
                           (i >= 4 && memcmp(html.at + i - 4, "src=", 4) == 0);
            is_value = !is_value && is_kept;
        } else if ((!is_in_tag || is_value) && !strchr("*_ \t\n", c)) {
            cp_buf_putc(out, c);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cp_str field = {(const char *)data, size};
    struct cp_buf markdown, html, again, essence, essence_again;
    struct cp_buf *bufs[] = {&markdown, &html, &again, &essence, &essence_again};
    for (size_t i = 0; i < 5; i++) {
        cp_buf_init(bufs[i]);
    }
    check_scan(field);
    render(&markdown, &html, field);
    check_tags(cp_buf_str(&html));
    put_essence(&essence, cp_buf_str(&html));
    cp_buf_clear(&html);
    render(&again, &html, cp_buf_str(&markdown));
    put_essence(&essence_again, cp_buf_str(&html));
    /* Two colons may be a build server's command, which is made visible. */
    require(cp_str_find(cp_buf_str(&essence), CP_STR("::")) != SIZE_MAX ||
                cp_str_find(cp_buf_str(&essence), CP_STR("&#58;")) != SIZE_MAX ||
                cp_str_is_equal(cp_buf_str(&essence), cp_buf_str(&essence_again)),
            "what is written reads back");
    for (size_t i = 0; i < 5; i++) {
        cp_buf_release(bufs[i]);
    }
    return 0;
}
