/*
 * usage: contplan-manual PAGE   prints a manual page with its generated parts made anew: what
 * stands between `.\" begin generated: NAME` and `.\" end generated`. tests/arch/manual compares
 * it with the page, so that pages cannot drift from the tables they describe.
 */
#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char begin[] = ".\\\" begin generated: ";
static const char end[] = ".\\\" end generated\n";

/* Puts the part that a line `.\" begin generated: NAME` asks for; false where there is none. */
static bool put_part(struct cp_buf *out, char *line)
{
    char *name = line + sizeof begin - 1;
    name[strcspn(name, "\n")] = '\0';
    if (!manual_put_part(out, name)) {
        fprintf(stderr, "contplan-manual: no part '%s'\n", name);
        return false;
    }
    return true;
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
