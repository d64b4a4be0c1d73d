/*
 * usage: generate-history DIR COMMITS [SEED]   writes the history of a portfolio that generate made
 * in DIR to standard output, for git fast-import: all files in the first commit, then one to three
 * plans a commit, and every third time a file that is no plan. Every tenth plan has a placeholder,
 * from the first commit on. Same arguments, same bytes.
 */
#define _DEFAULT_SOURCE /* scandir() */

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20, SECONDS_APART = 3600, FIRST_COMMIT = 1600000000 };

struct plan {
    char *name; /* of its file */
    char *text;
    unsigned changes;
};

static uint64_t state;

/* Knuth's MMIX constants; the high bits are the good ones. */
static unsigned below(unsigned limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % limit;
}

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static char *read_file(const char *folder, const char *name)
{
    char path[4096];
    char *text = malloc(MOST_BYTES);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file || !text) {
        die(path);
    }
    text[fread(text, 1, MOST_BYTES - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void put_commit(unsigned number)
{
    long long time = FIRST_COMMIT + (long long)number * SECONDS_APART;
    printf("commit refs/heads/main\nauthor Ada Moss <ada@example.org> %lld +0000\n"
           "committer Ada Moss <ada@example.org> %lld +0000\ndata 6\nchange\n",
           time, time);
}

static void put_file(const char *path, const char *text, const char *tail)
{
    printf("M 100644 inline %s\ndata %zu\n%s%s\n", path, strlen(text) + strlen(tail), text, tail);
}

/* The plan with what was changed last; `index` decides whether it has a placeholder. */
static void put_plan(const struct plan *plan, size_t index)
{
    char path[512];
    char tail[128];
    snprintf(path, sizeof path, "plans/%s", plan->name);
    snprintf(tail, sizeof tail, "%s# looked at %u times\n",
             index % 10 == 0 ? "more: [{title: Open, text: TBC}]\n" : "", plan->changes);
    put_file(path, plan->text, tail);
}

static int is_plan(const struct dirent *entry)
{
    return strstr(entry->d_name, ".yaml") != NULL;
}

static struct plan *read_plans(const char *folder, size_t *count)
{
    char path[4096];
    struct dirent **entries;
    snprintf(path, sizeof path, "%s/plans", folder);
    int found = scandir(path, &entries, is_plan, alphasort);
    if (found <= 0) {
        die(path);
    }
    *count = (size_t)found;
    struct plan *plans = calloc(*count, sizeof *plans);
    for (size_t i = 0; plans && i < *count; i++) {
        plans[i].name = entries[i]->d_name;
        plans[i].text = read_file(path, plans[i].name);
    }
    free(entries);
    return plans;
}

static void put_change(struct plan *plans, size_t count, unsigned number)
{
    char text[64];
    unsigned changed = 1 + below(3);
    put_commit(number);
    for (unsigned i = 0; i < changed; i++) {
        size_t index = below((unsigned)count);
        plans[index].changes++;
        put_plan(&plans[index], index);
    }
    if (number % 3 == 0) {
        snprintf(text, sizeof text, "Change %u\n", number);
        put_file("NOTES", text, "");
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: generate-history DIR COMMITS [SEED]\n", stderr);
        return 2;
    }
    size_t count;
    struct plan *plans = read_plans(argv[1], &count);
    unsigned commits = (unsigned)strtoul(argv[2], NULL, 10);
    state = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    put_commit(0);
    put_file("contplan.yaml", read_file(argv[1], "contplan.yaml"), "");
    for (size_t i = 0; i < count; i++) {
        put_plan(&plans[i], i);
    }
    for (unsigned i = 1; i < commits; i++) {
        put_change(plans, count, i);
    }
    free(plans);
    return EXIT_SUCCESS;
}
