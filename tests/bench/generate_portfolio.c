/*
 * The portfolio file of the generated plans: people, teams, suppliers, tiers, defaults.
 */
#include "generate.h"

static void put_people(struct gen *g)
{
    put(g, "people:\n");
    for (unsigned i = 0; i < PEOPLE; i++) {
        put(g,
            "  - {id: person-%02u, name: Person Number%02u, team: team-%02u, "
            "email: person-%02u@office.example, phone: +44 20 7946 %04u}\n",
            i, i, i % TEAMS, i, i + 100);
    }
}

static void put_teams(struct gen *g)
{
    put(g, "teams:\n");
    for (unsigned i = 0; i < TEAMS; i++) {
        put(g, "  - id: team-%02u\n    name: Team Number%02u\n    members: [", i, i);
        for (unsigned person = i; person < PEOPLE; person += TEAMS) {
            put(g, "%sperson-%02u", person == i ? "" : ", ", person);
        }
        put(g,
            "]\n    hours: 24x7\n    call_out: 10m\n"
            "    contact: {name: Team Number%02u on call, email: team-%02u@office.example, "
            "phone: +44 20 7946 %04u, hours: 24x7}\n",
            i, i, i + 300);
    }
}

static void put_suppliers(struct gen *g)
{
    put(g, "suppliers:\n");
    for (unsigned i = 0; i < SUPPLIERS; i++) {
        put(g,
            "  - id: supplier-%u\n    name: Supplier Number%u\n"
            "    status_page: https://status.supplier-%u.example/\n"
            "    contact:\n      name: Support of supplier %u\n"
            "      email: support@supplier-%u.example\n      phone: +44 20 7946 %04u\n"
            "      hours: 24x7\n    regions: [north, south]\n"
            "    commits: {rto: 30m, rpo: 0, support_hours: 24x7}\n",
            i, i, i, i, i, i + 400);
    }
}

static const char tiers[] =
    "tiers:\n"
    "  1: {name: Critical, objectives: {mtpd: 24h, rto: 8h, wrt: 4h, rpo: 1h}, "
    "review_every: 6mo, exercise_every: 6mo, restore_test_every: 6mo}\n"
    "  2: {name: Essential, objectives: {mtpd: 2d, rto: 12h, wrt: 4h, rpo: 4h}, "
    "review_every: 6mo, exercise_every: 6mo, restore_test_every: 6mo}\n"
    "  3: {name: Important, objectives: {mtpd: 7d, rto: 2d, wrt: 1d, rpo: 24h}, "
    "review_every: 12mo, exercise_every: 12mo, restore_test_every: 12mo}\n"
    "  4: {name: Deferrable, objectives: {mtpd: 20d, rto: 5d, wrt: 2d, rpo: 2d}, "
    "review_every: 12mo, exercise_every: 12mo, restore_test_every: 12mo}\n";

static const char defaults[] =
    "defaults:\n"
    "  classification: internal\n"
    "  incident_response:\n"
    "    process: {title: The incident process, url: https://handbook.office.example/incidents}\n"
    "    activation:\n"
    "      authority: [team-00, team-01]\n"
    "      deactivation: The incident lead closes it when the catching-up is done.\n"
    "      declare_recovered: The incident lead, after the checks of the service have passed.\n"
    "      times: {detect: 10m, declare: 10m}\n"
    "    roles:\n"
    "      - role: lead\n"
    "        holders: [person-00]\n"
    "        deputies: [person-12]\n"
    "        rota: team-00\n"
    "        responsibilities: Decides, assigns the work, keeps the objectives in sight.\n"
    "      - role: scribe\n"
    "        holders: [person-01]\n"
    "        deputies: [person-13]\n"
    "        rota: team-01\n"
    "        responsibilities: Writes down what was seen, decided and done, with the time.\n"
    "    channels:\n"
    "      - name: Incident bridge\n"
    "        url: https://chat.office.example/bridge\n"
    "        depends_on: [supplier-0]\n"
    "        alternative: The conference number on the back of every pass\n"
    "    tools:\n"
    "      - {name: Pager rota, url: \"https://rota.office.example/\", depends_on: [supplier-1], "
    "alternative: The printed list in the red folder}\n"
    "    security_contact: {name: Security on call, email: security@office.example, "
    "phone: +44 20 7946 0500, hours: 24x7}\n"
    "    records: {title: Incident log, text: Kept for six years., "
    "url: \"https://handbook.office.example/log\"}\n"
    "    post_incident: {title: Review after the incident, text: Held in the week after., "
    "url: \"https://handbook.office.example/review\"}\n";

void put_portfolio(struct gen *g)
{
    put(g, "schema: contplan-config/v1\n"
           "organisation: Office of Measurements\n"
           "profile: baseline\n"
           "incident_roles: [lead, scribe]\n"
           "calendar:\n"
           "  time_zone: Europe/London\n"
           "  hours: Mon-Fri 09:00-17:00\n"
           "  holidays: [2026-12-25, 2026-12-28, 2027-01-01]\n");
    put_people(g);
    put_teams(g);
    put_suppliers(g);
    put(g, "%s%s", tiers, defaults);
}
