/* Arena, growing bytes, lists, maps, errors, checked arithmetic. */
#include "suites.h"

#include <contplan/base.h>

#include <errno.h>
#include <string.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

START_TEST(arena_gives_aligned_zeroed_memory)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *item = cp_arena_alloc(&arena, size);
        ck_assert_uint_eq((uintptr_t)item % _Alignof(max_align_t), 0);
        unsigned char seen = 0;
        for (size_t i = 0; i < size; i++) {
            seen |= item[i];
        }
        ck_assert_uint_eq(seen, 0);
        memset(item, 0xff, size);
        cp_arena_copy(&arena, CP_STR("odd"));
    }
    cp_arena_release(&arena);
    ck_assert_ptr_null(arena.blocks);
}
END_TEST

START_TEST(arena_can_be_used_again)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    cp_arena_reset(&arena);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
            unsigned char *item = cp_arena_alloc(&arena, 1000);
            ck_assert_uint_eq(item[0] | item[999], 0);
            memset(item, 0xff, 1000);
        }
        cp_arena_reset(&arena);
    }
    cp_arena_release(&arena);
    ck_assert_ptr_nonnull(cp_arena_alloc(&arena, 1));
    cp_arena_release(&arena);
}
END_TEST

START_TEST(arena_takes_items_larger_than_a_block)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    char *small = cp_arena_alloc(&arena, 1);
    char *large = cp_arena_alloc(&arena, 3 << 20);
    large[(3 << 20) - 1] = 'x';
    *small = 'y';
    cp_arena_reset(&arena);
    large = cp_arena_alloc(&arena, 3 << 20);
    ck_assert_int_eq(large[(3 << 20) - 1], 0);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(arena_copies_are_terminated)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_str copy = cp_arena_copy(&arena, cp_str_slice(CP_STR("abcdef"), 1, 3));
    ck_assert_str_eq(copy.at, "bcd");
    ck_assert_uint_eq(copy.len, 3);
    ck_assert_str_eq(cp_arena_copy(&arena, cp_str_of(NULL)).at, "");
    cp_arena_release(&arena);
}
END_TEST

START_TEST(arena_prints_short_and_long)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    EQ(cp_arena_printf(&arena, "%d of %s", 3, "four"), "3 of four");
    for (int width = 250; width < 260; width++) {
        struct cp_str text = cp_arena_printf(&arena, "%*d", width, 7);
        ck_assert_uint_eq(text.len, (size_t)width);
        ck_assert_uint_eq(strlen(text.at), (size_t)width);
        ck_assert_int_eq(text.at[width - 1], '7');
    }
    cp_arena_release(&arena);
}
END_TEST

START_TEST(buf_grows_and_stays_terminated)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    ck_assert_uint_eq(cp_buf_str(&buf).len, 0);
    cp_buf_put(&buf, cp_str_of(NULL));
    ck_assert_str_eq(buf.at, "");
    for (int i = 0; i < 100; i++) {
        cp_buf_puts(&buf, "ab");
        cp_buf_putc(&buf, 'c');
        ck_assert_uint_eq(strlen(buf.at), buf.len);
    }
    ck_assert_uint_eq(buf.len, 300);
    cp_buf_clear(&buf);
    cp_buf_repeat(&buf, '-', 1000);
    ck_assert_uint_eq(strspn(buf.at, "-"), 1000);
    cp_buf_release(&buf);
    cp_buf_clear(&buf);
    ck_assert_ptr_null(buf.at);
}
END_TEST

START_TEST(buf_prints_across_its_growth)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_buf_printf(&buf, "%s=%d", "rto", 4);
    EQ(cp_buf_str(&buf), "rto=4");
    for (int width = 0; width < 400; width++) {
        cp_buf_clear(&buf);
        cp_buf_printf(&buf, "%*s", width, "");
        ck_assert_uint_eq(buf.len, (size_t)width);
        ck_assert_uint_eq(strlen(buf.at), (size_t)width);
        cp_buf_release(&buf);
    }
}
END_TEST

START_TEST(list_items_are_zeroed_and_stay)
{
    CP_LIST(struct cp_date) list = {NULL, 0, 0};
    for (int32_t i = 0; i < 1000; i++) {
        struct cp_date *item = cp_list_push(&list, sizeof *item);
        ck_assert_int_eq(item->days, 0);
        item->days = i + 1;
    }
    ck_assert_uint_eq(list.count, 1000);
    for (int32_t i = 0; i < 1000; i++) {
        ck_assert_int_eq(list.items[i].days, i + 1);
    }
    cp_list_release(&list);
    ck_assert_ptr_null(list.items);
    ck_assert_uint_eq(list.count + list.capacity, 0);
}
END_TEST

START_TEST(list_and_twin_have_one_layout)
{
    CP_LIST(char *) typed;
    ck_assert_uint_eq(sizeof typed, sizeof(struct cp_list));
    typed.items = NULL;
    typed.count = 0;
    typed.capacity = 0;
    *(char **)cp_list_push(&typed, sizeof(char *)) = "x";
    struct cp_list twin;
    memcpy(&twin, &typed, sizeof twin);
    ck_assert_uint_eq(twin.count, 1);
    ck_assert_ptr_eq(twin.items, typed.items);
    cp_list_release(&typed);
}
END_TEST

START_TEST(map_finds_what_was_put)
{
    struct cp_arena arena;
    struct cp_map map;
    int values[2000];
    cp_arena_init(&arena);
    cp_map_init(&map);
    ck_assert_ptr_null(cp_map_find(&map, CP_STR("p0")));
    for (int i = 0; i < 2000; i++) {
        struct cp_str key = cp_arena_printf(&arena, "p%d", i);
        ck_assert_ptr_null(cp_map_put(&map, key, &values[i]));
    }
    ck_assert_uint_eq(map.count, 2000);
    for (int i = 0; i < 2000; i++) {
        struct cp_str key = cp_arena_printf(&arena, "p%d", i);
        ck_assert_ptr_eq(cp_map_find(&map, key), &values[i]);
    }
    ck_assert_ptr_null(cp_map_find(&map, CP_STR("p2000")));
    ck_assert_ptr_null(cp_map_find(&map, CP_STR("")));
    cp_map_release(&map);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(map_keeps_the_first_value)
{
    struct cp_map map;
    int first;
    int second;
    cp_map_init(&map);
    ck_assert_ptr_null(cp_map_put(&map, CP_STR("id"), &first));
    ck_assert_ptr_eq(cp_map_put(&map, CP_STR("id"), &second), &first);
    ck_assert_ptr_eq(cp_map_find(&map, CP_STR("id")), &first);
    ck_assert_uint_eq(map.count, 1);
    ck_assert_ptr_null(cp_map_put(&map, CP_STR(""), &second));
    ck_assert_ptr_eq(cp_map_find(&map, cp_str_of(NULL)), &second);
    cp_map_release(&map);
    ck_assert_ptr_null(cp_map_find(&map, CP_STR("id")));
}
END_TEST

/* Few keys are kept otherwise than many: on the way from the one to the other none is lost. */
START_TEST(map_grows_without_losing_any)
{
    enum { KEYS = 100 };
    char names[KEYS][16];
    int other;
    struct cp_map map;
    cp_map_init(&map);
    for (int count = 0; count < KEYS; count++) {
        snprintf(names[count], sizeof names[count], "p%d", count);
        ck_assert_ptr_null(cp_map_find(&map, cp_str_of(names[count])));
        ck_assert_ptr_null(cp_map_put(&map, cp_str_of(names[count]), names[count]));
        for (int i = 0; i <= count; i++) {
            ck_assert_ptr_eq(cp_map_put(&map, cp_str_of(names[i]), &other), names[i]);
            ck_assert_ptr_eq(cp_map_find(&map, cp_str_of(names[i])), names[i]);
        }
        ck_assert_uint_eq(map.count, (size_t)count + 1);
    }
    cp_map_release(&map);
    ck_assert_uint_eq(map.count, 0);
}
END_TEST

START_TEST(error_is_a_sentence)
{
    struct cp_error error;
    ck_assert_int_eq(cp_error_set(&error, "cannot read '%s'", "a.yaml"), -1);
    ck_assert_str_eq(error.text, "cannot read 'a.yaml'");
}
END_TEST

START_TEST(long_errors_end_with_a_whole_character)
{
    char text[1001];
    for (size_t lead = 0; lead < 4; lead++) {
        memset(text, 'x', lead);
        for (size_t i = lead; i + 2 <= 1000; i += 2) {
            memcpy(text + i, "\xc3\xa9", 3);
        }
        struct cp_error error;
        cp_error_set(&error, "%s", text);
        size_t len = strlen(error.text);
        ck_assert_uint_ge(len, sizeof error.text - 2);
        ck_assert_uint_eq((len - lead) % 2, 0);
    }
}
END_TEST

START_TEST(system_errors_have_words)
{
    char text[CP_ERRNO_TEXT];
    ck_assert_str_eq(cp_errno_text(text, ENOSPC), "No space left on device");
    cp_errno_text(text, 99999);
    ck_assert_ptr_nonnull(strstr(text, "99999"));
}
END_TEST

START_TEST(arithmetic_sees_overflow)
{
    int64_t out = 7;
    ck_assert(cp_add(&out, INT64_MAX - 1, 1));
    ck_assert_int_eq(out, INT64_MAX);
    ck_assert(cp_mul(&out, -3, 5));
    ck_assert_int_eq(out, -15);
    ck_assert(!cp_add(&out, INT64_MAX, 1));
    ck_assert(!cp_add(&out, INT64_MIN, -1));
    ck_assert(!cp_mul(&out, INT64_MAX / 2 + 1, 2));
    ck_assert(!cp_mul(&out, INT64_MIN, -1));
    ck_assert_int_eq(out, -15);
}
END_TEST

Suite *cp_suite_base_memory(void)
{
    Suite *suite = suite_create("base_memory");
    TCase *tests = tcase_create("memory");
    tcase_add_test(tests, arena_gives_aligned_zeroed_memory);
    tcase_add_test(tests, arena_can_be_used_again);
    tcase_add_test(tests, arena_takes_items_larger_than_a_block);
    tcase_add_test(tests, arena_copies_are_terminated);
    tcase_add_test(tests, arena_prints_short_and_long);
    tcase_add_test(tests, buf_grows_and_stays_terminated);
    tcase_add_test(tests, buf_prints_across_its_growth);
    tcase_add_test(tests, list_items_are_zeroed_and_stay);
    tcase_add_test(tests, list_and_twin_have_one_layout);
    tcase_add_test(tests, map_finds_what_was_put);
    tcase_add_test(tests, map_keeps_the_first_value);
    tcase_add_test(tests, map_grows_without_losing_any);
    tcase_add_test(tests, error_is_a_sentence);
    tcase_add_test(tests, long_errors_end_with_a_whole_character);
    tcase_add_test(tests, system_errors_have_words);
    tcase_add_test(tests, arithmetic_sees_overflow);
    suite_add_tcase(suite, tests);
    return suite;
}
