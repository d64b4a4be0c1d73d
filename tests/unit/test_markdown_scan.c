/* The scanner of prose: which parts it finds, and that they lie where it says. */
#include "suites.h"

#include <contplan/markdown.h>

#include <string.h>

static const char *const kind_names[] = {
    [CP_PROSE_TEXT] = "T", [CP_PROSE_LINK] = "L", [CP_PROSE_IMAGE] = "I", [CP_PROSE_HTML] = "H"};

/* Each case: the field, and the parts as `kind(text)` or `kind(text)->target`, one a line. */
static const struct {
    const char *field, *parts;
} cases[] = {
    {"", ""},
    {"plain *text* TBC", "T(plain *text* TBC)"},
    {"a `TBC` b ``c ` d``", "T(a )\nT( b )"},
    {"a `TBC", "T(a `TBC)"},
    {"a ` b\n\nc ` d", "T(a ` b\n\nc ` d)"},
    {"see [the *doc*](https://x.y) now",
     "T(see )\nT(the *doc*)\nL(the *doc*)->https://x.y\nT( now)"},
    {"[a]() [b](<>) ![](  ) ![c](d.png \"t\")",
     "T(a)\nL(a)->\nT( )\nT(b)\nL(b)->\nT( )\nI()->\nT( )\nT(c)\nI(c)->d.png"},
    {"[![alt](pic.png)](/page)", "T([)\nT(alt)\nI(alt)->pic.png\nL(![alt](pic.png))->/page"},
    {"[a [b](c) d](e)", "T([a )\nT(b)\nL(b)->c\nT( d](e))"},
    {"\\[a](b) \\![c](d)", "T(\\[a](b) \\!)\nT(c)\nL(c)->d"},
    {"[insert name] here", "T([insert name] here)"},
    {"[a][r] and [r]\n\n[r]: https://x.y 'T'\n", "T(a)\nT( and [r]\n\n)\nL(r)->https://x.y"},
    {"go to https://x.y/a_(b). Or (http://z)!",
     "T(go to )\nL(https://x.y/a_(b))->https://x.y/a_(b)\nT(. Or ()\nL(http://z)->http://z\nT()!)"},
    {"<https://x.y> <a@b.c> x<y", "L(https://x.y)->https://x.y\nT( )\nL(a@b.c)->a@b.c\nT( x<y)"},
    {"<DIAGRAM> <img src=\"\" alt='>'/> </b> <!-- TBC --> <3",
     "H(<DIAGRAM>)\nT( )\nH(<img src=\"\" alt='>'/>)\nT( )\nH(</b>)\nT( )\nH(<!-- TBC -->)\nT( "
     "<3)"},
    {"a\n```sh\n[TBC](x)\n```\nb", "T(a\n)\nT(b)"},
    {"- a [x](y)\n\n      TBC\n", "T(- a )\nT(x)\nL(x)->y\nT(\n\n      TBC\n)"},
    {"a [x](y)\n\n    TBC\n\nb", "T(a )\nT(x)\nL(x)->y\nT(\n\n)\nT(\nb)"},
    {"~~~\n<b>\n~~~~\n> ```\n> <i>\n> ```\nc", "T(c)"},
    {"<b", "T(<b)"},
    {"[", "T([)"},
    {"a](b)", "T(a](b))"},
};

static void put_run(struct cp_buf *out, const struct cp_prose_run *run)
{
    cp_buf_printf(out, "%s%s(%.*s)", out->len ? "\n" : "", kind_names[run->kind],
                  CP_ARG(run->text));
    if (run->kind == CP_PROSE_LINK || run->kind == CP_PROSE_IMAGE) {
        cp_buf_printf(out, "->%.*s", CP_ARG(run->target));
    }
}

static bool is_inside(struct cp_str part, struct cp_str field)
{
    return part.len == 0 || (part.at >= field.at && part.at + part.len <= field.at + field.len);
}

START_TEST(parts_of_a_field)
{
    struct cp_str field = cp_str_of(cases[_i].field);
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    struct cp_buf parts;
    cp_buf_init(&parts);
    cp_buf_puts(&parts, "");
    cp_prose_scan_init(&scan, field);
    while (cp_prose_scan_next(&run, &scan)) {
        ck_assert(is_inside(run.text, field) && is_inside(run.target, field));
        put_run(&parts, &run);
    }
    ck_assert_str_eq(parts.at ? parts.at : "", cases[_i].parts);
    cp_buf_release(&parts);
}
END_TEST

static const char *const floods[] = {
    "[",     "![",   "[[](", "`",         "``a`", "<",       "<!--", "<a b=\"",
    "](",    "- ",   "> ",   "[a]: ",     "\\",   "http://", "\n",   "    x\n",
    "```\n", "[a](", "<?",   "<![CDATA[", "(((",  "<a@b"};

/* Any field comes to an end, and no text run overlaps another. */
START_TEST(floods_end)
{
    struct cp_buf field;
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    cp_buf_init(&field);
    while (field.len < CP_PROSE_BYTES) {
        cp_buf_puts(&field, floods[_i]);
    }
    cp_prose_scan_init(&scan, cp_buf_str(&field));
    const char *end = field.at;
    while (cp_prose_scan_next(&run, &scan)) {
        if (run.kind == CP_PROSE_TEXT) {
            ck_assert(run.text.at >= end);
            end = run.text.at + run.text.len;
        }
    }
    cp_buf_release(&field);
}
END_TEST

Suite *cp_suite_markdown_scan(void)
{
    Suite *suite = suite_create("markdown_scan");
    TCase *tests = tcase_create("scan");
    tcase_add_loop_test(tests, parts_of_a_field, 0, sizeof(cases) / sizeof(cases[0]));
    tcase_add_loop_test(tests, floods_end, 0, sizeof(floods) / sizeof(floods[0]));
    suite_add_tcase(suite, tests);
    return suite;
}
