/*
 * The layer over the YAML test suite, which is no part of the sources: CONTPLAN_CORPORA names the
 * folder that holds `yaml-test-suite`, default ../shared/corpora beside them. Skips without it.
 */
#include "../../src/yaml/place.h"
#include "../../src/yaml/replay.h"

#include "suites.h"
#include "yaml_doc.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { CASE_BYTES = 1 << 16, PATH_BYTES = 1024 };

struct totals {
    unsigned cases, errors, scalars, comments;
};

typedef void (*judge_case)(struct totals *totals, const char *name, bool is_error,
                           struct cp_str bytes);

static void folder_of(char out[PATH_BYTES])
{
    const char *corpora = getenv("CONTPLAN_CORPORA");
    if (corpora && corpora[0]) {
        snprintf(out, PATH_BYTES, "%s/yaml-test-suite", corpora);
    } else {
        snprintf(out, PATH_BYTES, "%s/../shared/corpora/yaml-test-suite", CONTPLAN_SOURCE_DIR);
    }
}

/* The bytes of a file, in `buffer`; false where there is no such file. */
static bool load(struct cp_str *out, char buffer[CASE_BYTES], const char *folder, const char *name,
                 const char *file)
{
    char path[PATH_BYTES * 2];
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        ck_assert_int_eq(errno, ENOENT);
        return false;
    }
    *out = (struct cp_str){buffer, fread(buffer, 1, CASE_BYTES, stream)};
    ck_assert_uint_lt(out->len, CASE_BYTES);
    fclose(stream);
    return true;
}

/* Calls `judge` for each case; false where the suite is absent. */
static bool for_each_case(struct totals *totals, judge_case judge)
{
    static char buffer[CASE_BYTES];
    static char unread[CASE_BYTES];
    char folder[PATH_BYTES];
    folder_of(folder);
    DIR *cases = opendir(folder);
    if (!cases) {
        printf("yaml_suite: skipped, there is no %s\n", folder);
        return false;
    }
    for (const struct dirent *entry; (entry = readdir(cases));) {
        struct cp_str bytes;
        struct cp_str error;
        if (entry->d_name[0] != '.' && load(&bytes, buffer, folder, entry->d_name, "in.yaml")) {
            bool is_error = load(&error, unread, folder, entry->d_name, "error");
            totals->cases++;
            totals->errors += is_error;
            judge(totals, entry->d_name, is_error, bytes);
        }
    }
    closedir(cases);
    ck_assert_uint_gt(totals->cases, 300);
    return true;
}

static void assert_replay(struct totals *totals, const char *name, const struct cp_node *node)
{
    totals->scalars++;
    struct cp_yaml_replay replay;
    cp_yaml_replay_build(&replay, node);
    struct cp_str value = cp_buf_str(&replay.value);
    ck_assert_msg(cp_str_is_equal(value, node->text), "%s: '%.*s' is not '%.*s'", name,
                  CP_ARG(value), CP_ARG(node->text));
    uint32_t at = 0;
    for (size_t i = 0; i < replay.runs.count; i++) {
        const struct cp_yaml_run *run = &replay.runs.items[i];
        ck_assert_uint_eq(run->value, at);
        at += run->value_length;
        ck_assert_uint_le((size_t)run->source + run->source_length, node->file->bytes.len);
    }
    ck_assert_uint_eq(at, node->text.len);
    cp_yaml_replay_release(&replay);
}

/* Replays the scalar of an event, in documents that the reader would refuse as well. */
static void replay_event(struct totals *totals, const char *name, struct cp_file *file,
                         struct cp_yaml_cursor *cursor, const yaml_event_t *event)
{
    static const uint8_t styles[] = {
        [YAML_PLAIN_SCALAR_STYLE] = CP_STYLE_PLAIN,
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = CP_STYLE_SINGLE,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = CP_STYLE_DOUBLE,
        [YAML_LITERAL_SCALAR_STYLE] = CP_STYLE_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = CP_STYLE_FOLDED,
    };
    uint32_t start = cp_yaml_cursor_seek(cursor, event->start_mark.index);
    uint32_t end = cp_yaml_cursor_seek(cursor, event->end_mark.index);
    uint32_t from = cp_yaml_skip_properties(file->bytes, start, end);
    struct cp_node node = {
        .file = file,
        .kind = CP_NODE_SCALAR,
        .style = styles[event->data.scalar.style],
        .span = {from, end - from},
        .text = {(const char *)event->data.scalar.value, event->data.scalar.length},
    };
    assert_replay(totals, name, &node);
}

static void judge_replay(struct totals *totals, const char *name, bool is_error,
                         struct cp_str bytes)
{
    (void)is_error;
    struct cp_file file;
    struct cp_yaml_cursor cursor;
    yaml_parser_t parser;
    uint32_t body = cp_str_has_prefix(bytes, "\xEF\xBB\xBF") ? 3 : 0;
    cp_file_init(&file, name);
    cp_file_set(&file, bytes);
    cp_yaml_cursor_init(&cursor, bytes, body, false);
    ck_assert(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes.at, bytes.len);
    yaml_event_type_t type = YAML_NO_EVENT;
    yaml_event_t event;
    while (type != YAML_STREAM_END_EVENT && yaml_parser_parse(&parser, &event)) {
        type = event.type;
        if (type == YAML_SCALAR_EVENT) {
            replay_event(totals, name, &file, &cursor, &event);
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    cp_file_drop(&file);
}

START_TEST(the_replay_of_every_scalar_is_its_value)
{
    struct totals totals = {0};
    if (for_each_case(&totals, judge_replay)) {
        printf("yaml_suite: %u scalars of %u cases replayed\n", totals.scalars, totals.cases);
        ck_assert_uint_gt(totals.scalars, 1200);
    }
}
END_TEST

static void judge_findings(struct totals *totals, const char *name, bool is_error,
                           struct cp_str bytes)
{
    (void)totals;
    struct yaml_doc doc;
    yaml_doc_init(&doc, bytes);
    ck_assert_msg(!is_error || doc.diags.items.count > 0, "%s: no finding", name);
    ck_assert_msg(doc.yaml.is_broken == !doc.yaml.root, "%s", name);
    ck_assert_msg(!doc.yaml.is_broken || doc.diags.items.count == 1, "%s: %zu findings", name,
                  doc.diags.items.count);
    for (size_t i = 0; i < doc.diags.items.count; i++) {
        const struct cp_diagnostic *found = doc.diags.items.items[i];
        struct cp_span span = found->place.span;
        ck_assert_msg((size_t)span.offset + span.length <= bytes.len, "%s", name);
        ck_assert_msg(found->is_resolved && found->message.len > 0, "%s", name);
    }
    yaml_doc_release(&doc);
}

START_TEST(every_invalid_case_has_one_finding)
{
    struct totals totals = {0};
    if (for_each_case(&totals, judge_findings)) {
        ck_assert_uint_gt(totals.errors, 50);
    }
}
END_TEST

static void assert_same(const char *name, const struct cp_node *a, const struct cp_node *b)
{
    ck_assert_msg(a->kind == b->kind && a->count == b->count, "%s", name);
    ck_assert_msg(cp_str_is_equal(a->text, b->text), "%s: '%.*s' became '%.*s'", name,
                  CP_ARG(a->text), CP_ARG(b->text));
    ck_assert_msg(!a->key == !b->key, "%s", name);
    if (a->key) {
        ck_assert_msg(cp_str_is_equal(a->key->text, b->key->text), "%s", name);
    }
    const struct cp_node *other = b->first;
    for (const struct cp_node *child = a->first; child; child = child->next) {
        assert_same(name, child, other);
        other = other->next;
    }
}

/* Another text in a comment changes no value; were it part of one, it would. (Blanking it would not
 * do: a blank line counts where a block of text keeps those at its end.) */
static void judge_comments(struct totals *totals, const char *name, bool is_error,
                           struct cp_str bytes)
{
    (void)is_error;
    static char changed[CASE_BYTES];
    struct yaml_doc doc;
    yaml_doc_init(&doc, bytes);
    memcpy(changed, bytes.at, bytes.len);
    for (size_t i = 0; i < doc.yaml.comments.count; i++) {
        struct cp_span span = doc.yaml.comments.items[i].span;
        ck_assert_msg(bytes.at[span.offset] == '#', "%s", name);
        memset(changed + span.offset + 1, 'z', span.length - 1);
        totals->comments++;
    }
    if (doc.yaml.root) {
        struct yaml_doc other;
        yaml_doc_init(&other, (struct cp_str){changed, bytes.len});
        ck_assert_msg(other.yaml.root, "%s", name);
        ck_assert_uint_eq(other.yaml.comments.count, doc.yaml.comments.count);
        assert_same(name, doc.yaml.root, other.yaml.root);
        yaml_doc_release(&other);
    }
    yaml_doc_release(&doc);
}

START_TEST(comments_are_no_part_of_any_value)
{
    struct totals totals = {0};
    if (for_each_case(&totals, judge_comments)) {
        ck_assert_uint_gt(totals.comments, 50);
    }
}
END_TEST

Suite *cp_suite_yaml_suite(void)
{
    Suite *suite = suite_create("yaml_suite");
    TCase *tcase = tcase_create("cases");
    tcase_add_test(tcase, the_replay_of_every_scalar_is_its_value);
    tcase_add_test(tcase, every_invalid_case_has_one_finding);
    tcase_add_test(tcase, comments_are_no_part_of_any_value);
    suite_add_tcase(suite, tcase);
    return suite;
}
