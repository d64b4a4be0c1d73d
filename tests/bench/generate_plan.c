/*
 * The pieces of a generated plan, in the order of the format. What must agree within a plan
 * (stores, roles, scenarios, runbooks and their times) always stands; the rest does as often as in
 * real plans.
 */
#include "generate.h"

static const struct piece pieces[] = {
    {100, "schema: contplan/v1\n"
          "id: service-$n\n"
          "name: Office Service $n\n"
          "summary: >-\n"
          "  $s\n"},
    {40, "aliases: [The old office $n]\n"},
    {60, "urls:\n"
         "  - https://service-$n.office.example/\n"
         "repository: https://code.office.example/service-$n\n"},
    {80, "phase: live\n"},
    {100, "tier: 3\n"},
    {20, "classification: internal\n"},

    {100, "\naccountability:\n"
          "  accountable: person-$p\n"
          "  responsible: [team-$t]\n"},
    {50, "  consulted: [team-$t, Fire brigade]\n"
         "  informed: [person-$q]\n"},
    {100, "  contacts:\n"
          "    - name: Team on call\n"
          "      role: Faults and questions\n"
          "      email: service-$n@office.example\n"
          "      phone: +44 20 7946 0$d0\n"
          "      chat: \"#service-$n\"\n"
          "      hours: [Mon-Fri 07:00-19:00, Sat 09:00-13:00]\n"},
    {30, "    - {name: Desk of the office, phone: +44 20 7946 0$d1, hours: office, "
         "audience: restricted}\n"},
    {20, "  notes: $s\n"},

    {100, "\nscope:\n"
          "  in:\n"
          "    - $c\n"
          "  out:\n"
          "    - $c\n"},
    {10, "    - {text: $c, audience: restricted}\n"},
    {100, "  users: $m caseworkers, the inspectors and the public\n"
          "  support_hours: Mon-Fri 08:00-18:00\n"},
    {40, "  assumptions:\n"
         "    - $c\n"},
    {60, "  workaround:\n"
         "    text: >-\n"
         "      $s\n"
         "    sustain: 2d\n"},

    {30, "\nimpact:\n"
         "  - {at: 4h, level: minor, kinds: [operational], note: Letters wait.}\n"
         "  - {at: 1d, level: moderate, kinds: [operational, financial], note: \"$s\"}\n"
         "  - {at: 20d, level: severe, kinds: [regulatory, people], note: \"$s\"}\n"},

    {100, "\ndependencies:\n"},
    {100, "^  internal:\n"
          "    - service: service-$h\n"
          "      purpose: $c\n"
          "      criticality: degraded\n"
          "      # It can be down for a day before our users notice.\n"
          "      recovery_needs: no\n"
          "      resume: 15m\n"
          "      holds_data: no\n"},
    {40, "^      pattern: [replay, manual-fallback]\n"
         "      fallback: {text: Decide on paper and type it in later., sustain: 30d}\n"},
    {40, "^    - service: service-$i\n"
         "      purpose: $c\n"
         "      criticality: soft\n"
         "      holds_data: no\n"},
    {100, "  external:\n"
          "    - supplier: supplier-0\n"
          "      purpose: Runs the service and its database\n"
          "      criticality: hard\n"
          "      recovery_needs: yes\n"
          "      holds_data: yes\n"
          "    - supplier: supplier-4\n"
          "      purpose: Keeps the releases\n"
          "      criticality: soft\n"
          "      holds_data: no\n"},
    {20, "      commits: {rto: 1h, rpo: 0}\n"
         "      contact: {name: Their desk, email: desk@supplier.example, hours: 24x7}\n"},
    {50, "  consumers:\n"
         "    - {name: The inspectors, purpose: $c}\n"},
    {30, "  software:\n"
         "    - name: Database\n"
         "      version: \"15.$m\"\n"
         "      url: https://database.example/\n"
         "      text: Keeps all cases\n"
         "      items:\n"
         "        - {name: Driver, version: \"1.10\"}\n"
         "  sbom: {title: Parts list, url: \"https://code.office.example/sbom-$n\"}\n"},

    {100, "\narchitecture:\n"
          "  description: >-\n"
          "    $s\n"},
    {20, "  diagrams:\n"
         "    - {title: Both regions, src: \"https://handbook.office.example/$n.svg\", alt: $c}\n"},
    {30, "  documents:\n"
         "    - {title: Design, url: \"https://handbook.office.example/design-$n\"}\n"},
    {30, "  components:\n"
         "    - {name: Pages, text: $s}\n"
         "    - {name: Database, text: $s}\n"},
    {30, "  environments:\n"
         "    - {name: production, account: office-$n, data: Real cases, "
         "access: \"Three engineers, for an hour\"}\n"
         "    - {name: practice, account: office-$n-practice, data: Invented cases}\n"},

    {100, "\nincident_response:\n"
          "  activation:\n"
          "    criteria:\n"
          "      - $c\n"
          "  roles:\n"
          "    - role: recovery\n"
          "      holders: [person-$p]\n"
          "      deputies: [person-$q]\n"
          "      rota: team-$t\n"
          "      responsibilities: $s\n"
          "      channel: \"#recovery-$n\"\n"
          "  call_tree:\n"
          "    - {from: team-02, to: lead, by: [pager, phone], within: 5m}\n"
          "    - {from: lead, to: recovery, by: [pager, phone], within: 10m}\n"
          "    - {from: lead, to: scribe, by: [pager, sms], within: 10m}\n"},
    {30, "  notifications:\n"
         "    - who: The regulator of data\n"
         "      when: Personal data may have been seen\n"
         "      within: 72h\n"
         "      by: The accountable person\n"
         "      url: https://regulator.example/report\n"},

    {100, "\nit_continuity:\n"
          "  hosting: supplier-0\n"
          "  regions: [supplier-0.north]\n"
          "  zones: [supplier-0.north.a, supplier-0.north.b]\n"
          "  redundancy:\n"
          "    - {against: zone, level: active-passive, uses: supplier-0.north.b, takes: 5m}\n"
          "    - {against: region, level: warm-standby, uses: supplier-0.south, takes: 1h}\n"
          "  measures:\n"
          "    - $c\n"},
    {40, "  degraded_modes:\n"
         "    - $c\n"},

    {100, "\ndisaster_recovery:\n"
          "  scenarios:\n"
          "    - id: cases-damaged\n"
          "      name: Cases are damaged by a release\n"
          "      kind: data-corruption\n"
          "      likelihood: medium\n"
          "      impact: high\n"
          "      loses: [cases]\n"
          "      strategy: $s\n"
          "      runbooks: [restore-cases]\n"
          "    - id: north-gone\n"
          "      name: The northern region is lost\n"
          "      kind: region\n"
          "      likelihood: low\n"
          "      impact: high\n"
          "      loses: [supplier-0.north]\n"
          "      response: runbook\n"
          "      runbooks: [to-south]\n"
          "      return:\n"
          "        - Turn back on a Sunday, by the same runbook with the regions exchanged\n"},
    {30, "      alternatives:\n"
         "        - $c\n"},
    {100, "  runbooks:\n"
          "    - id: restore-cases\n"
          "      name: Restore the cases to a minute\n"
          "      type: restore\n"
          "      owner: team-$t\n"
          "      automation: partial\n"
          "      duration: 90m\n"},
    {30, "      needs: [supplier-0]\n"
         "      access: [Role `restorer`]\n"},
    {100, "      parameters:\n"
          "        - {name: minute, meaning: The last minute before the damage}\n"
          "      steps:\n"
          "        - id: close\n"
          "          action: $s\n"
          "          role: recovery\n"
          "          duration: 5m\n"
          "          command: officectl close --service service-$n\n"
          "          verify: A decision is refused\n"
          "          rollback: officectl open --service service-$n\n"
          "        # The longest step: the copy is read from the vault.\n"
          "        - id: restore\n"
          "          action: $s\n"
          "          role: recovery\n"
          "          duration: $mm\n"
          "          command: officectl restore --service service-$n --to <minute>\n"
          "          verify: The number of open cases is that of the last report\n"
          "        - id: open\n"
          "          action: $s\n"
          "          role: recovery\n"
          "          duration: 10m\n"
          "          after: [restore]\n"
          "          verify: A practice case can be decided\n"
          "    - id: to-south\n"
          "      name: Start in the southern region\n"
          "      type: failover\n"
          "      owner: team-$t\n"
          "      automation: full\n"
          "      duration: 1h\n"
          "      steps:\n"
          "        - id: promote\n"
          "          action: $s\n"
          "          role: recovery\n"
          "          duration: 10m\n"
          "          command: officectl promote --service service-$n\n"
          "        - id: start\n"
          "          action: $s\n"
          "          role: recovery\n"
          "          duration: $mm\n"
          "          verify: A practice case can be decided\n"
          "  objectives:\n"
          "    - for: Caseworkers\n"
          "      scenario: cases-damaged\n"
          "      mtpd: 24h\n"
          "      rto: 6h\n"
          "      wrt: 2h\n"
          "      rpo: 30m\n"
          "      mbco: Cases can be looked up.\n"
          "      basis: bia\n"
          "      rationale: $s\n"
          "    - {for: The public, scenario: north-gone, mtpd: 1d, rto: 8h, wrt: 4h, rpo: 1h}\n"},
    {20, "  objectives_description: |\n"
         "    $s See [the analysis](https://handbook.office.example/bia-$n).\n"
         "\n"
         "    * $s\n"
         "    * $s\n"},

    {100, "\nbackup_restore:\n"
          "  stores:\n"
          "    - {id: cases, what: All cases, canonical: yes, located: [supplier-0.north]}\n"
          "    - {id: index, what: The search index, canonical: no, rebuild_from: The cases}\n"
          "  backups:\n"
          "    - id: cases-log\n"
          "      store: cases\n"
          "      method: pitr\n"
          "      every: continuous\n"
          "      takes: 1m\n"
          "      lag: 2m\n"
          "      retention: $dd\n"
          "      copies:\n"
          "        - {provider: supplier-0, region: supplier-0.south, account: office-vault, "
          "immutable: yes, encrypted: yes, lag: 3m}\n"
          "        - {provider: supplier-5, region: supplier-5.north, account: office-cold, "
          "offline: yes, encrypted: yes, lag: 1d, retention: 6y}\n"
          "  restore_tests:\n"
          "    - {date: 2026-09-$d, store: cases, backup: cases-log, result: passed, took: $mm, "
          "evidence: \"https://tracker.office.example/R-$n\"}\n"},
    {20, "    - {store: index, automated: yes, every: 1w, "
         "evidence: \"https://tracker.office.example/W-$n\"}\n"
         "  restore_test_every: 6mo\n"},

    {100, "\nsupporting:\n"
          "  risks:\n"
          "    - {title: Register of risks, url: \"https://tracker.office.example/risks\"}\n"
          "  exercises:\n"
          "    - id: half-the-cases\n"
          "      date: 2026-10-$d\n"
          "      type: functional\n"
          "      scenario: cases-damaged\n"
          "      runbooks: [restore-cases]\n"
          "      participants: [person-$p, person-$q]\n"
          "      achieved: {rto: 4h 20m, rpo: 6m}\n"
          "      result: passed-with-issues\n"
          "      evidence: [\"https://tracker.office.example/E-$n\"]\n"},
    {30, "      findings:\n"
         "        - id: slow-copy\n"
         "          text: $s\n"
         "          severity: medium\n"
         "          owner: person-$q\n"
         "          due: 2026-10-30\n"
         "          done: 2026-10-$d\n"},
    {15, "  activations:\n"
         "    - id: winter\n"
         "      date: 2026-02-11\n"
         "      scenario: north-gone\n"
         "      achieved: {rto: 5h, rpo: 10m}\n"
         "      result: passed\n"
         "      summary: $s\n"},
    {20, "  exercise_every: 6mo\n"},

    {100, "\nreleases:\n"
          "  process: $s\n"},
    {70, "  rollback: $s\n"
         "  url: https://code.office.example/service-$n/releases\n"},
    {10, "  description: {not_applicable: {reason: The supplier writes it., by: person-$p}}\n"},
    {15, "\nmore:\n"
         "  - title: Legal basis\n"
         "    text: |\n"
         "      | Act | What it asks |\n"
         "      |---|---|\n"
         "      | [Records](https://law.example/$n) | $s |\n"},
    {100, "\nreview:\n"
          "  last: 2026-10-$d\n"
          "  every: 6mo\n"
          "  by: person-$p\n"},
    {60, "  note: $s\n"},
    {20, "standards:\n"
         "  - {id: iso22301, clause: \"8.4.4\", satisfied_by: [disaster_recovery.runbooks]}\n"},
};

void put_plan(struct gen *g)
{
    put_pieces(g, pieces, sizeof pieces / sizeof pieces[0]);
}
