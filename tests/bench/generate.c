/*
 * usage: generate DIR COUNT [SEED]   writes a portfolio of COUNT plans for measuring: contplan.yaml
 * and plans/ in DIR. Same arguments, same bytes, whatever the machine. The plans use the whole
 * format at the lengths of real ones and are meant to give no findings; knows the format by heart,
 * not by the field tables.
 */
#include "generate.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void put(struct gen *g, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(g->out, format, args);
    va_end(args);
}

/* ---- chance and words ---------------------------------------------------------------------- */

// Knuth's MMIX constants; the high bits are the good ones.
static unsigned below(struct gen *g, unsigned limit)
{
    g->state = g->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(g->state >> 33) % limit;
}

static const char *const things[] = {
    "The register of applications",
    "The nightly run",
    "The queue of letters",
    "The case database",
    "The search index",
    "The public page",
    "The standby in the south",
    "The gateway",
    "The archive of decisions",
    "The job that sends reminders",
    "The list of fees",
    "The store of uploaded papers",
};
static const char *const deeds[] = {
    "is copied to the second region",     "is checked by two people",
    "is started by the engineer on call", "is kept for six years",
    "is compared with the paper file",    "can be read but not changed",
    "is built again from the source",     "is switched over without a break",
    "is watched by the duty desk",        "waits until the queue is empty",
    "refuses new work and says so",       "answers within two seconds",
};
static const char *const times[] = {
    "before the first shift starts",
    "every hour on the hour",
    "once the database is back",
    "while the network is slow",
    "after each release",
    "when the supplier calls back",
    "on working days until six",
    "as long as the print of the morning holds",
    "unless the incident lead says no",
    "so that no case is lost",
};

static void put_word(struct gen *g, const char *const *words, size_t size)
{
    put(g, "%s", words[below(g, (unsigned)(size / sizeof *words))]);
}

// "The gateway is kept for six years", and in one of three cases when.
static void put_clause(struct gen *g)
{
    put_word(g, things, sizeof things);
    put(g, " ");
    put_word(g, deeds, sizeof deeds);
    if (below(g, 3) == 0) {
        put(g, " ");
        put_word(g, times, sizeof times);
    }
}

/* ---- pieces -------------------------------------------------------------------------------- */

static void fill_in(struct gen *g, char letter)
{
    switch (letter) {
    case 's':
        put_clause(g);
        put(g, ".");
        break;
    case 'c':
        put_clause(g);
        break;
    case 'n':
        put(g, "%05u", g->index);
        break;
    case 'h':
        put(g, "%05u", g->index / 2);
        break;
    case 'i':
        put(g, "%05u", g->index / 3);
        break;
    case 'p':
        put(g, "%02u", 20 + below(g, 20));
        break;
    case 'q':
        put(g, "%02u", 40 + below(g, 20));
        break;
    case 't':
        put(g, "%02u", below(g, TEAMS));
        break;
    case 'd':
        put(g, "%02u", 10 + below(g, 18));
        break;
    case 'm':
        put(g, "%u", 20 + below(g, 30));
        break;
    default:
        fprintf(stderr, "generate: there is no $%c\n", letter);
        exit(EXIT_FAILURE);
    }
}

void put_text(struct gen *g, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '$') {
            fill_in(g, *++at);
        } else {
            fputc(*at, g->out);
        }
    }
}

void put_pieces(struct gen *g, const struct piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = pieces[i].text;
        if (below(g, 100) >= pieces[i].percent) {
            continue;
        }
        if (*text != '^') {
            put_text(g, text);
        } else if (g->index > 3) {
            put_text(g, text + 1);
        }
    }
}

/* ---- files --------------------------------------------------------------------------------- */

static void fail(const char *path)
{
    fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
    exit(EXIT_FAILURE);
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        fail(path);
    }
}

static void write_document(struct gen *g, const char *path, void (*put_document)(struct gen *g))
{
    g->out = fopen(path, "wb");
    if (!g->out) {
        fail(path);
    }
    put_document(g);
    if (ferror(g->out) || fclose(g->out) != 0) {
        fail(path);
    }
}

// Each plan has its own seed, so that it is the same in a small portfolio and in a large one.
static void write_plan(struct gen *g, const char *folder, unsigned index, uint64_t seed)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/plans/service-%05u.yaml", folder, index);
    g->index = index;
    g->state = seed * 1000003u + index;
    below(g, 2);
    write_document(g, path, put_plan);
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 4) {
        fputs("usage: generate DIR COUNT [SEED]\n", stderr);
        return 2;
    }
    char path[4096];
    struct gen g = {.out = NULL};
    unsigned long count = strtoul(argv[2], NULL, 10);
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    make_folder(argv[1]);
    snprintf(path, sizeof path, "%s/plans", argv[1]);
    make_folder(path);
    snprintf(path, sizeof path, "%s/contplan.yaml", argv[1]);
    write_document(&g, path, put_portfolio);
    for (unsigned i = 0; i < count; i++) {
        write_plan(&g, argv[1], i, seed);
    }
    return EXIT_SUCCESS;
}
