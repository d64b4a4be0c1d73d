/*
 * usage: contplan-manual PAGE   prints a manual page with its generated parts made anew: what
 * stands between `.\" begin generated: NAME` and `.\" end generated`. tests/arch/manual compares
 * it with the page, so that pages cannot drift from the tables they describe.
 */
#include <contplan/base.h>
#include <contplan/model.h>
#include <contplan/schema.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_plan(struct cp_buf *out)
{
    cp_schema_put_manual(out, &cp_object_plan, NULL);
}

static void put_portfolio(struct cp_buf *out)
{
    cp_schema_put_manual(out, &cp_object_config, &cp_object_plan);
}

struct part {
    const char *name;
    void (*put)(struct cp_buf *out);
};

static const struct part parts[] = {
    {"plan", put_plan},
    {"portfolio file", put_portfolio},
};

enum { PARTS = sizeof parts / sizeof *parts };

static const char begin[] = ".\\\" begin generated: ";
static const char end[] = ".\\\" end generated\n";

/* Puts the part that a line `.\" begin generated: NAME` asks for; false where there is none. */
static bool put_part(struct cp_buf *out, const char *line)
{
    size_t prefix = sizeof begin - 1;
    size_t len = strcspn(line + prefix, "\n");
    for (size_t i = 0; i < PARTS; i++) {
        if (strlen(parts[i].name) == len && memcmp(line + prefix, parts[i].name, len) == 0) {
            parts[i].put(out);
            return true;
        }
    }
    fprintf(stderr, "contplan-manual: no part '%.*s'\n", (int)len, line + prefix);
    return false;
}

/* Copies the page's own lines; false where a marker is wrong. */
static bool put_page(struct cp_buf *out, FILE *page)
{
    char line[1024];
    bool is_generated = false;
    while (fgets(line, sizeof line, page)) {
        bool is_end = strcmp(line, end) == 0;
        if (is_generated && !is_end) {
            continue;
        }
        if (is_end != is_generated) {
            fputs("contplan-manual: an end without a begin\n", stderr);
            return false;
        }
        is_generated = false;
        cp_buf_puts(out, line);
        if (strncmp(line, begin, sizeof begin - 1) == 0) {
            is_generated = true;
            if (!put_part(out, line)) {
                return false;
            }
        }
    }
    return !is_generated;
}

int main(int argc, char **argv)
{
    FILE *page = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!page) {
        fputs("usage: contplan-manual PAGE\n", stderr);
        return EXIT_FAILURE;
    }
    struct cp_buf out;
    cp_buf_init(&out);
    bool is_good = put_page(&out, page);
    if (is_good) {
        fwrite(out.at, 1, out.len, stdout);
    }
    cp_buf_release(&out);
    fclose(page);
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
