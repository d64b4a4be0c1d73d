/*
 * The difference of two texts in the unified form: the shortest script of lines that go and come
 * (E. W. Myers, An O(ND) Difference Algorithm, 1986), where it is short, with the lines around.
 */
#include <contplan/edit.h>

#include <stdlib.h>
#include <string.h>

enum { MARGIN = 3, MOST_STEPS = 1000 };

struct lines {
    CP_LIST(struct cp_str) items; /* with their ends */
};

/* What becomes of the lines of both texts. */
struct script {
    struct lines was, is;
    bool *is_gone;        /* of `was` */
    bool *is_new;         /* of `is` */
    size_t from;          /* how many they have in common at the start */
    size_t was_to, is_to; /* and where what they have in common at the end begins */
};

static void split(struct lines *out, struct cp_str text)
{
    while (text.len > 0) {
        size_t end = cp_str_find(text, CP_STR("\n"));
        struct cp_str line = cp_str_slice(text, 0, end == SIZE_MAX ? text.len : end + 1);
        *(struct cp_str *)cp_list_push(&out->items, sizeof line) = line;
        text = cp_str_slice(text, line.len, SIZE_MAX);
    }
}

static bool is_equal(const struct script *script, size_t was, size_t is)
{
    return cp_str_is_equal(script->was.items.items[was], script->is.items.items[is]);
}

static void cut_ends(struct script *script)
{
    script->was_to = script->was.items.count;
    script->is_to = script->is.items.count;
    while (script->from < script->was_to && script->from < script->is_to &&
           is_equal(script, script->from, script->from)) {
        script->from++;
    }
    while (script->was_to > script->from && script->is_to > script->from &&
           is_equal(script, script->was_to - 1, script->is_to - 1)) {
        script->was_to--;
        script->is_to--;
    }
}

/* ---- the script ------------------------------------------------------------------------------ */

/* How far each diagonal got with each number of steps; row d holds the 2d + 1 from -d to d. */
struct reach {
    CP_LIST(int) at;
};

static int *row_of(const struct reach *reach, int d)
{
    return reach->at.items + (size_t)d * (size_t)d + (size_t)d;
}

/* Whether the last step onto diagonal k was one down: a line that comes. */
static bool is_down(const int *before, int d, int k)
{
    return k == -d || (k != d && before[k - 1] < before[k + 1]);
}

/* Fills row d; whether the end was reached. */
static bool step(const struct script *script, const struct reach *reach, int d)
{
    int was_count = (int)(script->was_to - script->from);
    int is_count = (int)(script->is_to - script->from);
    const int *before = d > 0 ? row_of(reach, d - 1) : NULL;
    int *row = row_of(reach, d);
    for (int k = -d; k <= d; k += 2) {
        int x = d == 0 ? 0 : is_down(before, d, k) ? before[k + 1] : before[k - 1] + 1;
        int y = x - k;
        while (x < was_count && y < is_count && y >= 0 &&
               is_equal(script, script->from + (size_t)x, script->from + (size_t)y)) {
            x++;
            y++;
        }
        row[k] = x;
        if (x >= was_count && y >= is_count) {
            return true;
        }
    }
    return false;
}

static void mark(struct script *script, const struct reach *reach, int steps)
{
    int k = (int)script->was_to - (int)script->is_to;
    for (int d = steps; d > 0; d--) {
        const int *before = row_of(reach, d - 1);
        bool is_come = is_down(before, d, k);
        k += is_come ? 1 : -1;
        int x = before[k];
        if (is_come) {
            script->is_new[script->from + (size_t)(x - k)] = true;
        } else {
            script->is_gone[script->from + (size_t)x] = true;
        }
    }
}

/* Too many differences: all that is not common at both ends. */
static void mark_all(struct script *script)
{
    for (size_t i = script->from; i < script->was_to; i++) {
        script->is_gone[i] = true;
    }
    for (size_t i = script->from; i < script->is_to; i++) {
        script->is_new[i] = true;
    }
}

static void find_script(struct script *script)
{
    struct reach reach = {0};
    bool is_found = false;
    int steps = 0;
    for (; steps <= MOST_STEPS && !is_found; steps++) {
        for (int i = 0; i < 2 * steps + 1; i++) {
            cp_list_push(&reach.at, sizeof(int));
        }
        is_found = step(script, &reach, steps);
    }
    if (is_found) {
        mark(script, &reach, steps - 1);
    } else {
        mark_all(script);
    }
    cp_list_release(&reach.at);
}

/* ---- writing --------------------------------------------------------------------------------- */

/* A line of the difference: which of both sides it stands on. */
struct row {
    char sign;
    struct cp_str line;
};

struct rows {
    CP_LIST(struct row) items;
};

static void list_rows(struct rows *out, const struct script *script)
{
    size_t was = 0;
    size_t is = 0;
    while (was < script->was.items.count || is < script->is.items.count) {
        struct row *row = cp_list_push(&out->items, sizeof *row);
        if (was < script->was.items.count && script->is_gone[was]) {
            *row = (struct row){'-', script->was.items.items[was++]};
        } else if (is < script->is.items.count && script->is_new[is]) {
            *row = (struct row){'+', script->is.items.items[is++]};
        } else {
            *row = (struct row){' ', script->was.items.items[was++]};
            is++;
        }
    }
}

/* A command to a build server begins a line but for blanks: the sign before it may be one. */
static void put_line(struct cp_buf *out, const struct row *row)
{
    struct cp_str text = row->line;
    bool has_end = cp_str_has_suffix(text, "\n");
    text.len -= has_end;
    bool has_return = has_end && cp_str_has_suffix(text, "\r");
    text.len -= has_return;
    bool is_command = cp_str_has_prefix(cp_str_trim(text), "::");
    cp_buf_putc(out, row->sign);
    for (size_t i = 0; i < text.len;) {
        if (text.at[i] == '\t') {
            cp_buf_putc(out, text.at[i++]);
        } else if (is_command && text.at[i] == ':') {
            cp_buf_puts(out, "<U+003A>");
            is_command = false;
            i++;
        } else {
            i += cp_printable_next(out, text, i);
        }
    }
    cp_buf_puts(out, has_return ? "\r\n" : "\n");
    cp_buf_puts(out, has_end ? "" : "\\ No newline at end of file\n");
}

/* A side of a hunk's head: where it begins and how many lines it has; one line has no count, and
 * none begins before the first. */
static void put_range(struct cp_buf *out, char sign, size_t before, size_t count)
{
    cp_buf_printf(out, "%c%zu", sign, count > 0 ? before + 1 : before);
    if (count != 1) {
        cp_buf_printf(out, ",%zu", count);
    }
}

static size_t count_side(const struct rows *rows, size_t from, size_t to, char other)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        count += rows->items.items[i].sign != other;
    }
    return count;
}

static size_t next_change(const struct rows *rows, size_t from)
{
    while (from < rows->items.count && rows->items.items[from].sign == ' ') {
        from++;
    }
    return from;
}

/* Behind the last change that is near enough to the one at `from` to stand in its hunk. */
static size_t end_of_changes(const struct rows *rows, size_t from)
{
    size_t end = from;
    for (size_t next = from; next < rows->items.count && next <= end + (size_t)2 * MARGIN;
         next = next_change(rows, end)) {
        end = next + 1;
    }
    return end;
}

static void put_hunks(struct cp_buf *out, const struct rows *rows)
{
    size_t done = 0;
    for (size_t at = next_change(rows, 0); at < rows->items.count; at = next_change(rows, done)) {
        size_t from = at - done > MARGIN ? at - MARGIN : done;
        size_t changed = end_of_changes(rows, at);
        size_t left = rows->items.count - changed;
        size_t to = changed + (left < MARGIN ? left : MARGIN);
        cp_buf_puts(out, "@@ ");
        put_range(out, '-', count_side(rows, 0, from, '+'), count_side(rows, from, to, '+'));
        cp_buf_putc(out, ' ');
        put_range(out, '+', count_side(rows, 0, from, '-'), count_side(rows, from, to, '-'));
        cp_buf_puts(out, " @@\n");
        for (size_t i = from; i < to; i++) {
            put_line(out, &rows->items.items[i]);
        }
        done = to;
    }
}

static void put_script(struct cp_buf *out, const char *path, const struct script *script)
{
    struct rows rows = {0};
    cp_buf_puts(out, "--- ");
    cp_printable(out, cp_str_of(path));
    cp_buf_puts(out, "\n+++ ");
    cp_printable(out, cp_str_of(path));
    cp_buf_putc(out, '\n');
    list_rows(&rows, script);
    put_hunks(out, &rows);
    cp_list_release(&rows.items);
}

void cp_unified_put(struct cp_buf *out, const char *path, struct cp_str was, struct cp_str is)
{
    struct script script = {0};
    if (cp_str_is_equal(was, is)) {
        return;
    }
    split(&script.was, was);
    split(&script.is, is);
    script.is_gone = cp_alloc(script.was.items.count + 1);
    script.is_new = cp_alloc(script.is.items.count + 1);
    memset(script.is_gone, 0, script.was.items.count + 1);
    memset(script.is_new, 0, script.is.items.count + 1);
    cut_ends(&script);
    find_script(&script);
    put_script(out, path, &script);
    free(script.is_new);
    free(script.is_gone);
    cp_list_release(&script.was.items);
    cp_list_release(&script.is.items);
}
