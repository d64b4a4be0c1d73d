/*
 * A file that findings point into, and its line table. Knows nothing of where the bytes come from
 * or what they say.
 */
#include <contplan/diag.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

enum { BYTES_PER_LINE = 24, FEWEST_LINES = 16 };

/* The table while it grows: a guess at the size that most plans stay under, then doubled. */
struct table {
    uint32_t *lines;
    size_t count;
    size_t capacity;
};

static inline void add_line(struct table *table, size_t offset)
{
    if (table->count == table->capacity) {
        table->capacity *= 2;
        table->lines = cp_realloc(table->lines, table->capacity * sizeof *table->lines);
    }
    table->lines[table->count++] = (uint32_t)offset;
}

static void add_lines_lf(struct table *table, struct cp_str bytes)
{
    const char *end = bytes.at + bytes.len;
    const char *at = bytes.at;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        at++;
        add_line(table, (size_t)(at - bytes.at));
    }
}

static void add_lines_any(struct table *table, struct cp_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        bool is_crlf = bytes.at[i] == '\r' && i + 1 < bytes.len && bytes.at[i + 1] == '\n';
        if (bytes.at[i] == '\n' || (bytes.at[i] == '\r' && !is_crlf)) {
            add_line(table, i + 1);
        }
    }
}

void cp_file_init(struct cp_file *file, const char *path)
{
    *file = (struct cp_file){.path = path};
}

void cp_file_set(struct cp_file *file, struct cp_str bytes)
{
    assert(bytes.len <= (size_t)1 << 31);
    cp_file_drop(file);
    struct table table = {.capacity = bytes.len / BYTES_PER_LINE + FEWEST_LINES};
    table.lines = cp_alloc(table.capacity * sizeof *table.lines);
    /* A byte order mark is no character of the first line: editors do not show it. */
    add_line(&table, cp_str_has_prefix(bytes, byte_order_mark) ? sizeof byte_order_mark - 1 : 0);
    if (bytes.len > 0 && memchr(bytes.at, '\r', bytes.len)) {
        add_lines_any(&table, bytes);
    } else if (bytes.len > 0) {
        add_lines_lf(&table, bytes);
    }
    file->bytes = bytes;
    file->lines = table.lines;
    file->line_count = (uint32_t)table.count;
    file->is_loaded = true;
}

void cp_file_drop(struct cp_file *file)
{
    bool is_shared = file->is_shared;
    free(file->lines);
    cp_file_init(file, file->path);
    file->is_shared = is_shared;
}
