/*
 * usage: generate-network FOLDER SHAPE COUNT   writes a portfolio of COUNT small services that
 * depend on one another as a chain, a star, in layers at random, or in one circle. All run in one
 * region and have a runbook for its loss, for a few teams to carry out. The same arguments give the
 * same bytes.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEAMS = 12, MEMBERS = 5, LAYER = 100, PATH_ROOM = 4096 };

static uint64_t state = 1;

/* Knuth's linear congruential generator (MMIX); its upper half is random enough. */
static unsigned chance(unsigned count)
{
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(state >> 33) % count;
}

static FILE *open_file(const char *folder, const char *name)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        fprintf(stderr, "generate-network: %s: %s\n", path, strerror(errno));
        exit(EXIT_FAILURE);
    }
    return out;
}

static void put_portfolio(FILE *out)
{
    /* These plans are skeletons on purpose. */
    fputs("schema: contplan-config/v1\n"
          "rules: {CP101: off, CP105: off}\n"
          "calendar: {time_zone: Europe/London, hours: \"Mon-Fri 09:00-17:00\"}\n"
          "suppliers:\n"
          "  - {id: cloud, regions: [north, south], commits: {rto: 8h, rpo: 0}}\n"
          "people:\n",
          out);
    for (unsigned i = 0; i < TEAMS * MEMBERS; i++) {
        fprintf(out, "  - {id: person-%02u, team: team-%02u}\n", i, i % TEAMS);
    }
    fputs("teams:\n", out);
    for (unsigned i = 0; i < TEAMS; i++) {
        fprintf(out, "  - {id: team-%02u, hours: %s, call_out: 10m}\n", i,
                i % 3 == 0 ? "office" : "24x7");
    }
}

static void put_dependency(FILE *out, unsigned on)
{
    static const char *const kinds[] = {
        "hard",     "hard", "hard, resume: 5m", "hard, fallback: {text: Paper, sustain: 2h}",
        "degraded", "soft"};
    fprintf(out, "    - {service: s%05u, criticality: %s}\n", on, kinds[chance(6)]);
}

/* Services of a layer depend on three of the layer before. */
static void put_layered(FILE *out, unsigned index)
{
    if (index < LAYER) {
        return;
    }
    unsigned first = (index / LAYER - 1) * LAYER;
    unsigned start = chance(LAYER);
    fputs("dependencies:\n  internal:\n", out);
    for (unsigned i = 0; i < 3; i++) {
        put_dependency(out, first + (start + i * 31) % LAYER);
    }
}

static void put_dependencies(FILE *out, const char *shape, unsigned index, unsigned count)
{
    if (strcmp(shape, "layered") == 0) {
        put_layered(out, index);
    } else if (index > 0 || strcmp(shape, "circle") == 0) {
        unsigned on = strcmp(shape, "star") == 0 ? 0 : (index + count - 1) % count;
        fprintf(out,
                "dependencies:\n  internal:\n    - {service: s%05u, criticality: hard, resume: "
                "1m}\n",
                on);
    }
}

static void put_plan(FILE *out, const char *shape, unsigned index, unsigned count)
{
    fprintf(out, "schema: contplan/v1\nid: s%05u\nname: Service %u\ntier: %u\n", index, index,
            chance(4) + 1);
    put_dependencies(out, shape, index, count);
    fprintf(out,
            "incident_response:\n"
            "  activation:\n"
            "    times: {detect: 10m, declare: 5m}\n"
            "it_continuity:\n"
            "  regions: [cloud.north]\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - id: north-lost\n"
            "      kind: region\n"
            "      loses: [cloud.north]\n"
            "      runbooks: [move]\n"
            "      return: [Move back at night]\n"
            "  runbooks:\n"
            "    - id: move\n"
            "      type: failover\n"
            "      owner: team-%02u\n"
            "      steps:\n"
            "        - {id: promote, action: Promote the standby, duration: %um}\n"
            "        - {id: check, action: Check the service, duration: %um, role: team-%02u,\n"
            "           verify: The page answers}\n"
            "  objectives:\n"
            "    - {rto: 4h, mtpd: 24h, rpo: 1h, basis: bia}\n",
            chance(TEAMS), 5 + chance(20), 1 + chance(10), chance(TEAMS));
}

int main(int argc, char **argv)
{
    char path[PATH_ROOM];
    if (argc != 4) {
        fputs("usage: generate-network FOLDER SHAPE COUNT\n", stderr);
        return 2;
    }
    unsigned count = (unsigned)strtoul(argv[3], NULL, 10);
    snprintf(path, sizeof(path), "%s/plans", argv[1]);
    mkdir(argv[1], 0777);
    mkdir(path, 0777);
    FILE *out = open_file(argv[1], "contplan.yaml");
    put_portfolio(out);
    fclose(out);
    for (unsigned i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof(name), "plans/s%05u.yaml", i);
        out = open_file(argv[1], name);
        put_plan(out, argv[2], i, count);
        fclose(out);
    }
    return EXIT_SUCCESS;
}
