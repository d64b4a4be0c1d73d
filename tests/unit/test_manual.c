/*
 * The manual's reference part from a small table of its own: what is repeated, what is referred to,
 * and text that roff would take for something else.
 */
#include "suites.h"

#include <contplan/commands.h>
#include <contplan/schema.h>
#include <string.h>

struct part {
    struct cp_leaf leaf;
    struct cp_text name, note, extra;
};

struct whole {
    struct cp_leaf leaf;
    struct cp_text name, note;
    struct cp_length within;
    struct cp_choice colour;
    CP_VALUES(struct cp_text) holders;
    CP_VALUES(struct part) parts;
    struct part spare;
};

#define SHARED(S)                                                                                  \
    CP_TEXT(S, name, "name", "What it is called.", .example = "x"),                                \
        CP_PROSE(S, note, "note", "Write `- a` here. The end.", .example = "Fine.")

static const struct cp_field part_fields[] = {
    SHARED(struct part),
    CP_TEXT(struct part, extra, "extra", ".Sh is \\no heading here", .example = "say \"No\""),
};

static const struct cp_object part_object =
    CP_TABLE(struct part, "part", part_fields, .shorthand = "name", .takes_audience = true,
             .doc = "One part.");

static const struct cp_field whole_fields[] = {
    SHARED(struct whole),
    CP_DURATION(struct whole, within, "within", "How soon.", .example = "4h"),
    CP_CHOICE(struct whole, colour, "colour", "Its colour.", CP_WORDS("red", "green", "no"),
              .example = "red"),
    CP_REFERENCES(struct whole, holders, "holders", "Who has it.", .refers = CP_REFERS_HOLDER,
                  .example = "jon.reyes"),
    CP_OBJECTS(struct whole, struct part, parts, "parts", "Its parts.", .of = &part_object,
               .merge_key = "name extra"),
    CP_OBJECT(struct whole, struct part, spare, "spare", "Another part.", .of = &part_object),
};

static const struct cp_object whole_object =
    CP_TABLE(struct whole, "whole", whole_fields, .doc = "All of it.");

static struct cp_buf page;

static void put(const struct cp_object *object, const struct cp_object *elsewhere)
{
    cp_buf_init(&page);
    cp_schema_put_manual(&page, object, elsewhere);
}

static void release(void)
{
    cp_buf_release(&page);
}

/* How often `piece` stands in the page. */
static unsigned count(const char *piece)
{
    unsigned found = 0;
    for (const char *at = strstr(page.at, piece); at; at = strstr(at + 1, piece)) {
        found++;
    }
    return found;
}

START_TEST(each_object_has_one_heading)
{
    put(&whole_object, NULL);
    ck_assert_uint_eq(count(".Ss "), 2);
    ck_assert_uint_eq(count(".Ss whole\nAll of it.\n"), 1);
    ck_assert_uint_eq(count(".Ss part\nOne part.\nPlain text in its place is its\n.Ic name .\n"
                            "May state an\n.Ic audience .\n"),
                      1);
}
END_TEST

START_TEST(rows_name_type_choices_and_merge)
{
    put(&whole_object, NULL);
    ck_assert_uint_eq(count(".It Ic within Pq duration\nHow soon.\nExample:\n.Ql \\&4h\n"), 1);
    ck_assert_uint_eq(count("One of\n.Cm \\&red ,\n.Cm green\nor\n.Cm \\&no .\n"), 1);
    ck_assert_uint_eq(count(".It Ic holders Pq reference , No ...\nWho has it.\n"
                            "May be a person, a team or plain text.\n"),
                      1);
    ck_assert_uint_eq(count("Inherited entries are matched by\n.Ic name ,\nelse by\n.Ic extra .\n"),
                      1);
    ck_assert_uint_eq(count(".It Ic parts Pq Sx part , No ...\n"), 1);
    ck_assert_uint_eq(count(".It Ic spare Pq Sx part\n"), 1);
}
END_TEST

START_TEST(rows_in_common_are_described_once)
{
    put(&whole_object, NULL);
    ck_assert_uint_eq(count(".It Ic name"), 1);
    ck_assert_uint_eq(count(".Pp\nAs under\n.Sx whole :\n.Ic name ,\n.Ic note .\n"), 1);
}
END_TEST

START_TEST(what_stands_elsewhere_is_not_repeated)
{
    put(&part_object, NULL);
    ck_assert_uint_eq(count(".It "), 3);
    release();
    put(&whole_object, &part_object);
    ck_assert_uint_eq(count(".Ss part"), 0);
    ck_assert_uint_eq(count(".It Ic name"), 0);
    ck_assert_uint_eq(count("As under\n.Sx part :\n"), 1);
}
END_TEST

START_TEST(text_is_never_a_request)
{
    put(&whole_object, NULL);
    ck_assert_uint_eq(count("\n\\&.Sh is \\eno heading here\n"), 1);
    ck_assert_uint_eq(count(".Ql \"say \\(dqNo\\(dq\\&\"\n"), 1);
    ck_assert_uint_eq(count("Write\n.Ql \"\\&\\- a\"\nhere.\nThe end.\n"), 1);
}
END_TEST

/* ---- options ------------------------------------------------------------------------------- */

static void check_words(const struct cp_option *options, size_t option_count)
{
    for (size_t i = 0; i < option_count; i++) {
        for (size_t j = 0; options[i].words && options[i].words[j]; j++) {
            ck_assert_msg(strstr(options[i].doc, options[i].words[j]) != NULL,
                          "%s: its doc does not say %s", options[i].name, options[i].words[j]);
        }
    }
}

START_TEST(options_say_which_words_they_take)
{
    const struct cp_option *globals;
    size_t global_count = cp_global_options(&globals);
    check_words(globals, global_count);
    const struct cp_command *const *commands;
    size_t command_count = cp_commands(&commands);
    ck_assert_uint_gt(command_count, 0);
    for (size_t i = 0; i < command_count; i++) {
        check_words(commands[i]->options, commands[i]->option_count);
    }
}
END_TEST

Suite *cp_suite_manual(void)
{
    Suite *suite = suite_create("manual");
    TCase *pages = tcase_create("pages");
    tcase_add_checked_fixture(pages, NULL, release);
    tcase_add_test(pages, each_object_has_one_heading);
    tcase_add_test(pages, rows_name_type_choices_and_merge);
    tcase_add_test(pages, rows_in_common_are_described_once);
    tcase_add_test(pages, what_stands_elsewhere_is_not_repeated);
    tcase_add_test(pages, text_is_never_a_request);
    suite_add_tcase(suite, pages);
    TCase *options = tcase_create("options");
    tcase_add_test(options, options_say_which_words_they_take);
    suite_add_tcase(suite, options);
    return suite;
}
