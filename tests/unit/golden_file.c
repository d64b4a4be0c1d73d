// Compares bytes with a file of expected output, or rewrites it when a person asks for that.
#include "golden_file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static bool is_updating(void)
{
    const char *update = getenv("CONTPLAN_UPDATE_GOLDEN");
    bool is_wanted = update && strcmp(update, "1") == 0;
    ck_assert_msg(!is_wanted || !getenv("CI"), "expected outputs are not rewritten under CI");
    return is_wanted;
}

static void write_file(const char *path, struct cp_str bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file, "cannot write %s", path);
    ck_assert_uint_eq(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    ck_assert_int_eq(fclose(file), 0);
}

static void read_file(struct cp_buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file, "cannot read %s; CONTPLAN_UPDATE_GOLDEN=1 writes it", path);
    char part[4096];
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;) {
        cp_buf_put(out, (struct cp_str){part, len});
    }
    fclose(file);
}

// The first line in which the two differ, from 1.
static unsigned differing_line(struct cp_str a, struct cp_str b)
{
    unsigned line = 1;
    for (size_t i = 0; i < a.len && i < b.len && a.at[i] == b.at[i]; i++) {
        line += a.at[i] == '\n';
    }
    return line;
}

void golden_check(const char *path, struct cp_str bytes)
{
    char full[1024];
    snprintf(full, sizeof full, "%s/%s", CONTPLAN_SOURCE_DIR, path);
    if (is_updating()) {
        write_file(full, bytes);
        return;
    }
    struct cp_buf expected;
    cp_buf_init(&expected);
    read_file(&expected, full);
    struct cp_str wanted = cp_buf_str(&expected);
    ck_assert_msg(cp_str_is_equal(wanted, bytes), "%s differs from line %u on; got:\n%.*s", path,
                  differing_line(wanted, bytes), CP_ARG(bytes));
    cp_buf_release(&expected);
}
