/*
 * The tree: kinds, values, places, keys, anchors; finding, naming and reporting nodes.
 */
#include "suites.h"
#include "yaml_doc.h"

#include <string.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

static struct cp_str source_of(const struct cp_node *node)
{
    struct cp_span span = cp_node_place(node).span;
    return cp_str_slice(node->file->bytes, span.offset, span.length);
}

static void assert_line(const struct cp_node *node, unsigned line, unsigned column)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_location at = cp_location_of(cp_node_place(node), &arena);
    ck_assert_uint_eq(at.line, line);
    ck_assert_uint_eq(at.column, column);
    cp_arena_release(&arena);
}

START_TEST(values_have_style_text_and_source)
{
    const struct {
        const char *path;
        int style;
        const char *text, *source;
    } rows[] = {
        {"plain", CP_STYLE_PLAIN, "one two", "one two"},
        {"folded plain", CP_STYLE_PLAIN, "one two", "one\n   two"},
        {"single", CP_STYLE_SINGLE, "it's", "'it''s'"},
        {"double", CP_STYLE_DOUBLE, "a\tb", "\"a\\tb\""},
        {"as it stands", CP_STYLE_DOUBLE, "no", "\"no\""},
        {"literal", CP_STYLE_LITERAL, "one\n\ntwo\n", "|\n  one\n\n  two"},
        {"folded", CP_STYLE_FOLDED, "one two", ">-  # why\n  one\n  two"},
        {"kept", CP_STYLE_LITERAL, "one\n\n\n", "|+\n  one"},
        {"void", CP_STYLE_PLAIN, "", ""},
        {"named", CP_STYLE_PLAIN, "x", "x"},
        {"tagged", CP_STYLE_SINGLE, "y", "'y'"},
        {"named void", CP_STYLE_PLAIN, "", ""},
    };
    static const char text[] = "plain: one two   # why\n"
                               "folded plain: one\n   two\n"
                               "single: 'it''s'\n"
                               "double: \"a\\tb\"\n"
                               "as it stands: \"no\"\n"
                               "literal: |\n  one\n\n  two\n\n\n"
                               "folded: >-  # why\n  one\n  two\n"
                               "kept: |+\n  one\n\n\n"
                               "void:\n"
                               "named: &n x\n"
                               "tagged: !!str &t  # why\n  'y'\n"
                               "named void: &v\n";
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR(text));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    ck_assert(!doc.yaml.is_broken);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct cp_node *node = cp_node_find(doc.yaml.root, rows[i].path);
        ck_assert_msg(node, "%s", rows[i].path);
        ck_assert_int_eq(node->kind, CP_NODE_SCALAR);
        ck_assert_msg(node->style == rows[i].style, "%s", rows[i].path);
        EQ(node->text, rows[i].text);
        EQ(source_of(node), rows[i].source);
        EQ(source_of(node->key), rows[i].path);
    }
    ck_assert_uint_eq(cp_node_find(doc.yaml.root, "void")->span.offset,
                      (size_t)(strstr(text, "void:") - text) + 5);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(collections_know_children_and_extent)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a:\n"
                               "  - x: 1\n"
                               "    y:\n"
                               "  - - p\n"
                               "    - q  # c\n"
                               "b: [1, {k: v}, ]\n"
                               "c: {}\n"
                               "d:\n"
                               "- last\n\n\n"));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    ck_assert_uint_eq(doc.yaml.root->count, 4);
    ck_assert_ptr_null(doc.yaml.root->parent);
    EQ(source_of(yaml_doc_get(&doc, "a")), "- x: 1\n    y:\n  - - p\n    - q");
    EQ(source_of(yaml_doc_get(&doc, "a 0")), "x: 1\n    y:");
    EQ(source_of(yaml_doc_get(&doc, "a 1")), "- p\n    - q");
    EQ(source_of(yaml_doc_get(&doc, "b")), "[1, {k: v}, ]");
    EQ(source_of(yaml_doc_get(&doc, "b 1")), "{k: v}");
    EQ(source_of(yaml_doc_get(&doc, "c")), "{}");
    EQ(source_of(yaml_doc_get(&doc, "d")), "- last");
    const struct cp_node *item = yaml_doc_get(&doc, "a 1 1");
    ck_assert_uint_eq(item->index, 1);
    ck_assert_ptr_eq(item->parent, yaml_doc_get(&doc, "a 1"));
    ck_assert_int_eq(item->parent->kind, CP_NODE_SEQUENCE);
    ck_assert_int_eq(yaml_doc_get(&doc, "b")->style, CP_STYLE_FLOW);
    ck_assert_int_eq(yaml_doc_get(&doc, "d")->style, CP_STYLE_BLOCK);
    ck_assert_ptr_null(item->key);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(places_count_code_points_behind_mark_and_crlf)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc,
                  CP_STR("\xEF\xBB\xBFna\xC3\xAFve: \xE2\x80\x9Cq\xE2\x80\x9D # \xE2\x82\xAC\r\n"
                         "\xF0\x9F\x9A\xA2: [\xC3\xA9, x]\r\n"
                         "z:\r\n  - w\r\n"));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    assert_line(doc.yaml.root, 1, 1);
    assert_line(doc.yaml.root->first, 1, 8);
    EQ(source_of(doc.yaml.root->first), "\xE2\x80\x9Cq\xE2\x80\x9D");
    assert_line(doc.yaml.root->first->next->first->next, 2, 8);
    assert_line(yaml_doc_get(&doc, "z 0"), 4, 5);
    EQ(source_of(yaml_doc_get(&doc, "z 0")), "w");
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(aliases_share_children_and_keep_the_place)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("base: &b\n"
                               "  x: [1, 2]\n"
                               "copy: *b\n"
                               "again: &b text\n"
                               "other: [*b, *b]\n"
                               "*b : key\n"));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    const struct cp_node *base = yaml_doc_get(&doc, "base");
    const struct cp_node *copy = yaml_doc_get(&doc, "copy");
    ck_assert_ptr_ne(base, copy);
    ck_assert_ptr_eq(base->first, copy->first);
    ck_assert_uint_eq(copy->count, 1);
    ck_assert_uint_eq(copy->index, 1);
    EQ(copy->key->text, "copy");
    assert_line(copy, 2, 3);
    EQ(yaml_doc_get(&doc, "other 1")->text, "text");
    assert_line(yaml_doc_get(&doc, "other 1"), 4, 11);
    EQ(yaml_doc_get(&doc, "text")->text, "key");
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(keys_given_twice_are_reported_and_the_first_stays)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("s:\n"
                               "  a: 1\n"
                               "  b: 2\n"
                               "  \"a\": {x: 3}\n"
                               "  c: 4\n"));
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, "CP004");
    EQ(found->message, "the key 'a' is given twice in this mapping");
    EQ(found->field, "s.a");
    ck_assert_uint_eq(found->at.line, 4);
    ck_assert_uint_eq(found->at.column, 3);
    ck_assert_uint_eq(found->at.end_column, 6);
    ck_assert_uint_eq(found->notes.count, 1);
    EQ(found->notes.items[0].message, "first given here");
    ck_assert_uint_eq(found->notes.items[0].at.line, 2);
    ck_assert(!doc.yaml.is_broken);
    const struct cp_node *section = yaml_doc_get(&doc, "s");
    ck_assert_uint_eq(section->count, 3);
    EQ(yaml_doc_get(&doc, "s a")->text, "1");
    ck_assert_uint_eq(yaml_doc_get(&doc, "s c")->index, 2);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(a_large_mapping_finds_the_same_duplicates)
{
    struct cp_buf text;
    cp_buf_init(&text);
    for (int i = 0; i < 3000; i++) {
        cp_buf_printf(&text, "k%d: %d\n", i == 2500 ? 17 : i, i);
    }
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&text));
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_uint_eq(found->at.line, 2501);
    ck_assert_uint_eq(found->notes.items[0].at.line, 18);
    ck_assert_uint_eq(doc.yaml.root->count, 2999);
    yaml_doc_release(&doc);
    cp_buf_release(&text);
}
END_TEST

static void assert_path(const struct cp_node *node, const char *path)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_node_path(&buf, node);
    EQ(cp_buf_str(&buf), path);
    cp_buf_release(&buf);
}

START_TEST(nodes_are_named_by_their_path)
{
    char text[512] = "disaster_recovery:\n  objectives:\n    - rto: 4h\n    - [x]\n";
    size_t used = strlen(text);
    memset(text + used, 'k', 200);
    memcpy(text + used + 200, ": 1\n", 5);
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_str_of(text));
    assert_path(doc.yaml.root, "");
    const struct cp_node *rto = yaml_doc_get(&doc, "disaster_recovery objectives 0 rto");
    assert_path(rto, "disaster_recovery.objectives[0].rto");
    assert_path(rto->key, "disaster_recovery.objectives[0].rto");
    assert_path(yaml_doc_get(&doc, "disaster_recovery objectives 1 0"),
                "disaster_recovery.objectives[1][0]");
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_node_path(&buf, doc.yaml.root->first->next);
    ck_assert_uint_eq(buf.len, 64 + strlen("\xE2\x80\xA6"));
    cp_buf_release(&buf);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(a_key_place_is_that_of_the_nearest_key)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a:\n  b:\n    - x\n"));
    ck_assert_uint_eq(cp_node_key_place(yaml_doc_get(&doc, "a b 0")).span.offset, 5);
    ck_assert_uint_eq(cp_node_key_place(yaml_doc_get(&doc, "a")).span.length, 1);
    struct cp_place top = cp_node_key_place(doc.yaml.root);
    ck_assert_uint_eq(top.span.offset + top.span.length, 0);
    ck_assert_ptr_eq(top.file, &doc.file);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(find_answers_null_where_nothing_is)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a: [x]\n"));
    ck_assert_ptr_null(cp_node_find(NULL, "a"));
    ck_assert_ptr_null(cp_node_find(doc.yaml.root, "b"));
    ck_assert_ptr_null(cp_node_find(yaml_doc_get(&doc, "a"), "x"));
    ck_assert_ptr_null(cp_node_find(yaml_doc_get(&doc, "a 0"), "x"));
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(a_broken_node_is_reported_once)
{
    static const struct cp_rule later = {.code = "CP301", .severity = CP_ERROR};
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a: [x]\n"));
    struct cp_node *node = yaml_doc_get(&doc, "a 0");
    ck_assert_ptr_nonnull(cp_node_report(&doc.diags, &later, node, "%s", "one"));
    ck_assert(!node->is_broken);
    const struct cp_diagnostic *found =
        cp_node_report_at(&doc.diags, &cp_rule_yaml_syntax, node, cp_node_key_place(node), "two");
    ck_assert(node->is_broken);
    EQ(found->field, "a[0]");
    ck_assert_uint_eq(found->at.column, 1);
    ck_assert_ptr_null(cp_node_report(&doc.diags, &later, node, "three"));
    ck_assert_uint_eq(doc.diags.items.count, 2);
    EQ(doc.diags.items.items[0]->message, "one");
    ck_assert_uint_eq(doc.diags.items.items[0]->at.column, 5);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(a_muted_list_leaves_nodes_alone)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a: x\n"));
    struct cp_node *node = yaml_doc_get(&doc, "a");
    doc.diags.is_muted = true;
    ck_assert_ptr_null(cp_node_report(&doc.diags, &cp_rule_yaml_syntax, node, "one"));
    ck_assert(!node->is_broken);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(the_top_may_be_anything)
{
    const char *texts[] = {"- a\n", "word\n", "--- word\n",
                           "[a]",   "\"\"",   "---\na: 1\n...\n# end\n...\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct yaml_doc doc;
        yaml_doc_init(&doc, cp_str_of(texts[i]));
        ck_assert_msg(doc.diags.items.count == 0, "%s", texts[i]);
        ck_assert_ptr_nonnull(doc.yaml.root);
        yaml_doc_release(&doc);
    }
}
END_TEST

Suite *cp_suite_yaml(void)
{
    Suite *suite = suite_create("yaml");
    TCase *tcase = tcase_create("tree");
    tcase_add_test(tcase, values_have_style_text_and_source);
    tcase_add_test(tcase, collections_know_children_and_extent);
    tcase_add_test(tcase, places_count_code_points_behind_mark_and_crlf);
    tcase_add_test(tcase, aliases_share_children_and_keep_the_place);
    tcase_add_test(tcase, keys_given_twice_are_reported_and_the_first_stays);
    tcase_add_test(tcase, a_large_mapping_finds_the_same_duplicates);
    tcase_add_test(tcase, nodes_are_named_by_their_path);
    tcase_add_test(tcase, a_key_place_is_that_of_the_nearest_key);
    tcase_add_test(tcase, find_answers_null_where_nothing_is);
    tcase_add_test(tcase, a_broken_node_is_reported_once);
    tcase_add_test(tcase, a_muted_list_leaves_nodes_alone);
    tcase_add_test(tcase, the_top_may_be_anything);
    suite_add_tcase(suite, tcase);
    return suite;
}
