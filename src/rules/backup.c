/*
 * CP6, backups: how much data can be lost against the RPO, and whether the copies would outlive
 * what the store does not. The arithmetic is the analysis layer's; what is unknown is not held
 * against a plan.
 */
#include "topics.h"

#include <contplan/analysis.h>

static const struct cp_backup_restore *section_of(const struct cp_plan_input *in)
{
    return &in->plan->backup_restore;
}

static const char *name_of(const struct cp_plan_input *in, const struct cp_text *id)
{
    return id->leaf.state == CP_SET ? cp_diags_quote(in->diags, id->text) : "without an id";
}

/* A store's findings stand at its id. */
static struct cp_node *node_of(const struct cp_store *store)
{
    return store->id.leaf.node ? store->id.leaf.node : store->leaf.node;
}

/* ---- exposure against the RPO ---------------------------------------------------------------- */

enum judgement { FITS, NO_MARGIN, TOO_LONG };

/* Nothing can be better than losing nothing, so that is never too little. */
static bool is_nothing(struct cp_duration length)
{
    return length.seconds == 0 && !cp_duration_is_working(length) && length.months == 0;
}

static enum judgement judge(const struct cp_exposure *exposure, const struct cp_length *rpo,
                            const struct cp_portfolio *portfolio)
{
    if (is_nothing(exposure->length)) {
        return FITS;
    }
    enum cp_verdict verdict = cp_duration_judge(exposure->length, rpo->duration, portfolio);
    if (verdict == CP_OVER) {
        return TOO_LONG;
    }
    bool is_equal = verdict == CP_WITHIN &&
                    cp_duration_judge(rpo->duration, exposure->length, portfolio) == CP_WITHIN;
    return is_equal ? NO_MARGIN : FITS;
}

static void put_part(struct cp_buf *out, const char *name, struct cp_duration length)
{
    if (!is_nothing(length)) {
        cp_buf_puts(out, name);
        cp_duration_put(out, length);
    }
}

/* Puts "every 1d + takes 40m + lag 5m + 1h to the fastest copy". */
static void put_sum(struct cp_buf *out, const struct cp_exposure *exposure)
{
    const struct cp_backup *backup = exposure->backup;
    cp_buf_puts(out, backup->every.is_continuous ? "continuous" : "every ");
    if (!backup->every.is_continuous) {
        cp_duration_put(out, backup->every.duration);
    }
    put_part(out, " + takes ", backup->takes.duration);
    put_part(out, " + lag ", backup->lag.duration);
    put_part(out, " + lag of the fastest copy ", exposure->copy_lag);
}

static void report_exposure(const struct cp_plan_input *in, const struct cp_rule *rule,
                            const struct cp_store *store, const struct cp_exposure *exposure,
                            const struct cp_length *rpo, enum judgement judgement, const char *help)
{
    const struct cp_backup *backup = exposure->backup;
    bool has_every = backup->every.leaf.state == CP_SET;
    struct cp_buf text;
    cp_buf_init(&text);
    cp_duration_put(&text, exposure->length);
    cp_buf_puts(&text, " of the data in ");
    cp_buf_puts(&text, name_of(in, &store->id));
    cp_buf_puts(&text, " can be lost (");
    if (has_every) {
        put_sum(&text, exposure);
    }
    cp_buf_puts(&text, judgement == TOO_LONG ? "), over the RPO " : "), no less than the RPO ");
    cp_duration_put(&text, rpo->duration);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, has_every ? backup->every.leaf.node : backup->leaf.node,
                       "%s%.*s", exposure->is_exact ? "" : "at least ", CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    if (finding && judgement == NO_MARGIN) {
        finding->severity = CP_WARNING;
    }
    cp_diagnostic_help(in->diags, finding, "%s", help);
    cp_diagnostic_note(in->diags, finding, cp_node_place(rpo->leaf.node),
                       "the strictest RPO stands here");
}

/* Against corruption replicas do not count; against other losses they do. The worse is reported. */
static void judge_store(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct cp_store *store, const struct cp_saving *saving,
                        const struct cp_strictest *rpo)
{
    enum judgement corrupted = saving->has_uncorrupted && rpo->corruption
                                   ? judge(&saving->uncorrupted, rpo->corruption, in->portfolio)
                                   : FITS;
    enum judgement lost =
        saving->has_least && rpo->any ? judge(&saving->least, rpo->any, in->portfolio) : FITS;
    static const char often[] = "back up more often, or agree an RPO that leaves room: interval, "
                                "duration and lag together must be shorter";
    static const char replica[] = "back up more often, state the replica that keeps the data then "
                                  "('method: replica'), or agree an RPO that leaves room";
    if (lost > corrupted) {
        report_exposure(in, rule, store, &saving->least, rpo->any, lost,
                        saving->replicas > 0 ? often : replica);
    } else if (corrupted > FITS) {
        report_exposure(in, rule, store, &saving->uncorrupted, rpo->corruption, corrupted, often);
    }
}

/* Calls `visit` for each store whose loss loses data. */
static void for_stores(const struct cp_plan_input *in, const struct cp_rule *rule,
                       void (*visit)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                     const struct cp_savings *savings, size_t store))
{
    const struct cp_backup_restore *section = section_of(in);
    if (section->stores.count == 0) {
        return;
    }
    struct cp_savings savings;
    cp_savings_init(&savings, in->plan, in->portfolio, in->arena);
    for (size_t i = 0; i < section->stores.count; i++) {
        const struct cp_store *store = &section->stores.items[i];
        if (store->leaf.state == CP_SET && !cp_store_is_expendable(store)) {
            visit(in, rule, &savings, i);
        }
    }
}

static void check_exposure(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_backup_restore *section = section_of(in);
    if (section->stores.count == 0 || section->backups.count == 0) {
        return;
    }
    struct cp_savings savings;
    struct cp_strictest rpo = cp_strictest_rpo(in->plan, in->portfolio);
    cp_savings_init(&savings, in->plan, in->portfolio, in->arena);
    for (size_t i = 0; savings.is_whole && i < section->stores.count; i++) {
        const struct cp_store *store = &section->stores.items[i];
        if (store->leaf.state == CP_SET && !cp_store_is_expendable(store)) {
            judge_store(in, rule, store, &savings.stores[i], &rpo);
        }
    }
}

static const struct cp_rule rule_exposure_over_rpo = {
    .code = "CP601",
    .name = "exposure-over-rpo",
    .severity = CP_ERROR,
    .summary = "more data can be lost than the RPO allows",
    .explanation =
        "Data written just after a backup began are saved only when the next one is complete and "
        "has reached a copy: at worst the interval, the duration and the lag (the backup's and "
        "its fastest copy's) are lost together. A nightly backup under an RPO of 24 hours is late "
        "by as long as it runs. Of a store the backup with the least exposure counts, held "
        "against the plan's strictest RPO; exactly the RPO leaves no margin and is a warning. "
        "Objectives of scenarios that touch no data (network, people, premises, denial-of-service) "
        "do not count. A replica repeats corruption and deletion, so it counts only for objectives "
        "of other "
        "scenarios. Stores that are rebuilt, or not canonical, are exempt, and unknown parts are "
        "not held against the plan.",
    .clause = "NIST SP 800-53r5, CP-9; DORA 12(6)",
    .bad = "disaster_recovery:\n"
           "  objectives: [{rto: 4h, rpo: 24h}]\n"
           "backup_restore:\n"
           "  stores: [{id: cases, canonical: yes}]\n"
           "  backups:\n"
           "    - {id: nightly, store: cases, method: dump, every: 24h, takes: 40m}\n",
    .good = "disaster_recovery:\n"
            "  objectives: [{rto: 4h, rpo: 24h}]\n"
            "backup_restore:\n"
            "  stores: [{id: cases, canonical: yes}]\n"
            "  backups:\n"
            "    - {id: six-hourly, store: cases, method: dump, every: 6h, takes: 40m}\n",
};

/* ---- stores without a backup ----------------------------------------------------------------- */

static bool is_canonical(const struct cp_store *store)
{
    return store->canonical.leaf.state == CP_SET && store->canonical.is_yes;
}

static void check_store_saved(const struct cp_plan_input *in, const struct cp_rule *rule,
                              const struct cp_savings *savings, size_t index)
{
    const struct cp_store *store = &section_of(in)->stores.items[index];
    const struct cp_saving *saving = &savings->stores[index];
    if (!is_canonical(store) || saving->backups > 0 || !savings->is_whole) {
        return;
    }
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, node_of(store),
        saving->replicas > 0 ? "the store %s is the only place of its data and is only replicated: "
                               "a replica repeats corruption and deletion"
                             : "the store %s is the only place of its data and has no backup",
        name_of(in, &store->id));
    cp_diagnostic_help(in->diags, finding,
                       "add a backup that keeps older states: 'backups: [{id: …, store: %.*s, "
                       "method: snapshot, every: …, copies: […]}]'; or say what it is made from "
                       "again ('rebuild_from')",
                       CP_ARG(store->id.text));
}

/* Where the profile asks for backups by itself and there are none, that is one finding already. */
static void check_saved(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_leaf *backups = &section_of(in)->backups.leaf;
    if (backups->state == CP_SET ||
        (backups->state == CP_ABSENT &&
         !cp_profile_requirement(in->profile, in->plan, "backup_restore.backups"))) {
        for_stores(in, rule, check_store_saved);
    }
}

static const struct cp_rule rule_store_without_backup = {
    .code = "CP602",
    .name = "store-without-backup",
    .severity = CP_ERROR,
    .summary = "a canonical store that nothing would bring back",
    .explanation =
        "A store is canonical where no other place holds its data. Without a backup, one wrong "
        "command or one intruder destroys them. A replica is no backup: it follows every mistake "
        "within seconds. Say in `rebuild_from` what a store is made from again where that is so, "
        "or `canonical: no`.",
    .clause = "DORA 12(1); NIST SP 800-53r5, CP-9",
    .bad = "backup_restore:\n"
           "  stores: [{id: cases, canonical: yes}]\n"
           "  backups: [{id: standby, store: cases, method: replica, every: continuous}]\n",
    .good = "backup_restore:\n"
            "  stores:\n"
            "    - {id: cases, canonical: yes}\n"
            "    - {id: index, canonical: no, rebuild_from: The cases}\n"
            "  backups: [{id: log, store: cases, method: pitr, every: continuous}]\n",
};

/* ---- copies ---------------------------------------------------------------------------------- */

/* What a name stands for that copies and production may share: none is seen, one, or several. */
struct names {
    struct cp_str first;
    bool has_one, has_several, is_unsure;
};

static void add_name(struct names *names, struct cp_str name)
{
    names->has_several |= names->has_one && !cp_str_is_equal(names->first, name);
    names->first = names->has_one ? names->first : name;
    names->has_one = true;
}

static void add_text(struct names *names, const struct cp_plan_input *in,
                     const struct cp_text *text)
{
    if (text->leaf.state == CP_SET) {
        add_name(names, cp_portfolio_name_of(in->portfolio, text->text));
    } else if (text->leaf.state != CP_ABSENT) {
        names->is_unsure = true;
    }
}

/* Where production keeps a store: the store's places, else the service's. */
struct production {
    const struct cp_text *places;
    size_t place_count;
    struct names providers, accounts;
};

/* `northgrid.north.a` lies with northgrid. */
static struct cp_str provider_of(const struct cp_plan_input *in, struct cp_str place)
{
    struct cp_str id = cp_str_slice(place, 0, cp_str_find(place, CP_STR(".")));
    bool is_supplier = cp_portfolio_find_supplier(in->portfolio, id) != NULL;
    return cp_portfolio_name_of(in->portfolio, is_supplier ? id : place);
}

static bool is_production(const struct cp_environment *environment)
{
    static const char *const words[] = {"production", "prod", "live"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (environment->name.leaf.state == CP_SET &&
            cp_str_is_equal_folded(environment->name.text, cp_str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static void production_init(struct production *out, const struct cp_plan_input *in,
                            const struct cp_store *store)
{
    const struct cp_it_continuity *continuity = &in->plan->it_continuity;
    const struct cp_architecture *architecture = &in->plan->architecture;
    bool has_own = store->located.count > 0;
    *out = (struct production){.places = has_own ? store->located.items : continuity->regions.items,
                               .place_count =
                                   has_own ? store->located.count : continuity->regions.count};
    for (size_t i = 0; i < out->place_count; i++) {
        if (out->places[i].leaf.state == CP_SET) {
            add_name(&out->providers, provider_of(in, out->places[i].text));
        } else {
            out->providers.is_unsure = true;
        }
    }
    if (out->place_count == 0) {
        add_text(&out->providers, in, &continuity->hosting);
    }
    for (size_t i = 0; i < architecture->environments.count; i++) {
        if (is_production(&architecture->environments.items[i])) {
            add_text(&out->accounts, in, &architecture->environments.items[i].account);
        }
    }
}

/* Whether one lies in the other: `northgrid.north.a` and `northgrid.north`. */
static bool is_overlapping(struct cp_str a, struct cp_str b)
{
    struct cp_str shorter = a.len < b.len ? a : b;
    struct cp_str longer = a.len < b.len ? b : a;
    return cp_str_is_equal(shorter, cp_str_slice(longer, 0, shorter.len)) &&
           (shorter.len == longer.len || longer.at[shorter.len] == '.');
}

/* What the copies of a store have between them. */
struct tally {
    const struct production *production;
    size_t copies;
    struct names providers, accounts;
    bool is_elsewhere, is_safe; /* safe: offline or immutable */
    bool is_unsure_where, is_unsure_safe, is_unsure_count;
};

static bool is_other_provider(const struct cp_plan_input *in, const struct cp_copy *copy,
                              struct cp_str provider)
{
    return copy->provider.leaf.state == CP_SET &&
           !cp_str_is_equal(provider, cp_portfolio_name_of(in->portfolio, copy->provider.text));
}

/* Away from every place of production: with another provider, or in another region. */
static bool is_away(const struct production *production, const struct cp_plan_input *in,
                    const struct cp_copy *copy)
{
    if (production->place_count == 0) {
        return production->providers.has_one &&
               is_other_provider(in, copy, production->providers.first);
    }
    for (size_t i = 0; i < production->place_count; i++) {
        const struct cp_text *place = &production->places[i];
        bool is_other_region =
            copy->region.leaf.state == CP_SET && !is_overlapping(place->text, copy->region.text);
        if (!is_other_region && !is_other_provider(in, copy, provider_of(in, place->text))) {
            return false;
        }
    }
    return true;
}

static bool is_stated_yes(const struct cp_flag *flag)
{
    return flag->leaf.state == CP_SET && flag->is_yes;
}

static bool is_undecided(const struct cp_leaf *leaf)
{
    return leaf->state != CP_SET && leaf->state != CP_ABSENT;
}

static void add_copy(struct tally *tally, const struct cp_plan_input *in,
                     const struct cp_copy *copy)
{
    tally->copies++;
    if (copy->leaf.state != CP_SET) {
        tally->is_unsure_where = tally->is_unsure_safe = tally->providers.is_unsure = true;
        return;
    }
    add_text(&tally->providers, in, &copy->provider);
    add_text(&tally->accounts, in, &copy->account);
    tally->is_elsewhere |= is_away(tally->production, in, copy);
    tally->is_unsure_where |=
        is_undecided(&copy->region.leaf) || is_undecided(&copy->provider.leaf);
    tally->is_safe |= is_stated_yes(&copy->offline) || is_stated_yes(&copy->immutable);
    tally->is_unsure_safe |=
        is_undecided(&copy->offline.leaf) || is_undecided(&copy->immutable.leaf);
}

/* Adds the copies of all backups, a pass for all stores: `tallies` by store. */
static void add_copies(struct tally *tallies, const struct cp_plan_input *in,
                       const struct cp_savings *savings)
{
    const struct cp_backup_restore *section = section_of(in);
    for (size_t i = 0; i < section->backups.count; i++) {
        const struct cp_backup *backup = &section->backups.items[i];
        if (savings->store_of[i] == SIZE_MAX) {
            continue;
        }
        struct tally *tally = &tallies[savings->store_of[i]];
        tally->is_unsure_count |= is_undecided(&backup->copies.leaf);
        for (size_t j = 0; j < backup->copies.count; j++) {
            add_copy(tally, in, &backup->copies.items[j]);
        }
    }
}

/* Calls `visit` with the tally of each store that has a backup and whose loss loses data. */
static void for_tallies(const struct cp_plan_input *in, const struct cp_rule *rule,
                        void (*visit)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                      const struct cp_store *store, const struct tally *tally))
{
    const struct cp_backup_restore *section = section_of(in);
    size_t count = section->stores.count;
    if (count == 0 || section->backups.count == 0) {
        return;
    }
    struct cp_savings savings;
    struct tally *tallies = cp_arena_alloc(in->arena, count * sizeof(*tallies));
    struct production *production = cp_arena_alloc(in->arena, count * sizeof(*production));
    cp_savings_init(&savings, in->plan, in->portfolio, in->arena);
    for (size_t i = 0; i < count; i++) {
        production_init(&production[i], in, &section->stores.items[i]);
        tallies[i].production = &production[i];
    }
    add_copies(tallies, in, &savings);
    for (size_t i = 0; savings.is_whole && i < count; i++) {
        const struct cp_store *store = &section->stores.items[i];
        if (store->leaf.state == CP_SET && !cp_store_is_expendable(store) &&
            savings.stores[i].backups > 0 && !tallies[i].is_unsure_count) {
            visit(in, rule, store, &tallies[i]);
        }
    }
}

/* ---- too few of them ------------------------------------------------------------------------- */

enum { COPIES = 3 }; /* production counts as one */

/* Whether everything is known to lie with one provider and in one account. Production's account is
 * unknown unless stated, and may be another. */
static bool is_in_one_hand(const struct tally *tally)
{
    const struct production *production = tally->production;
    struct names providers = tally->providers;
    struct names accounts = tally->accounts;
    if (production->providers.has_one) {
        add_name(&providers, production->providers.first);
    }
    if (production->accounts.has_one) {
        add_name(&accounts, production->accounts.first);
    }
    bool may_differ = (tally->accounts.has_one && !production->accounts.has_one) ||
                      (tally->providers.has_one && !production->providers.has_one) ||
                      providers.is_unsure || accounts.is_unsure ||
                      production->providers.is_unsure || production->accounts.is_unsure;
    return !providers.has_several && !production->providers.has_several && !accounts.has_several &&
           !production->accounts.has_several && !may_differ;
}

/* Whether no copy is known to lie elsewhere, and production's place is known. */
static bool is_in_one_place(const struct tally *tally)
{
    return !tally->is_elsewhere && !tally->is_unsure_where &&
           tally->production->providers.has_one && !tally->production->providers.is_unsure;
}

static void report_copies(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_store *store, const struct tally *tally, bool is_one_hand,
                          bool is_one_place)
{
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, node_of(store),
                       "the plan states %zu cop%s of the store %s, production included%s%s",
                       tally->copies + 1, tally->copies > 0 ? "ies" : "y", name_of(in, &store->id),
                       is_one_hand ? "; no second provider or account" : "",
                       is_one_place ? "; none elsewhere" : "");
    cp_diagnostic_help(in->diags, finding,
                       "keep three copies, production included, with two providers or in two "
                       "accounts, one of them in another place: 'copies: [{provider: …, region: "
                       "…, account: …}]'");
}

static void check_store_copies(const struct cp_plan_input *in, const struct cp_rule *rule,
                               const struct cp_store *store, const struct tally *tally)
{
    bool is_one_hand = tally->copies > 0 && is_in_one_hand(tally);
    bool is_one_place = tally->copies > 0 && is_in_one_place(tally);
    if (tally->copies + 1 < COPIES || is_one_hand || is_one_place) {
        report_copies(in, rule, store, tally, is_one_hand, is_one_place);
    }
}

static void check_copies(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for_tallies(in, rule, check_store_copies);
}

static const struct cp_rule rule_too_few_copies = {
    .code = "CP603",
    .name = "too-few-copies",
    .severity = CP_WARNING,
    .summary = "fewer than three copies, two providers or accounts, or one elsewhere",
    .explanation =
        "A copy beside the original burns with it, and a copy that the same account can delete "
        "goes when the account is taken over. Of each store there should be three copies, of which "
        "production is one; with two providers or in two accounts; and one in another place than "
        "production. Counted is what the plan states; production's account is known only where "
        "`architecture.environments` states "
        "it, and is not guessed.",
    .clause = "NIST SP 800-53r5, CP-9(3); DORA 12(3); GOV.UK Service Standard 14",
    .bad = "backup_restore:\n"
           "  stores: [{id: cases, canonical: yes, located: [Northcloud east]}]\n"
           "  backups:\n"
           "    - id: nightly\n"
           "      store: cases\n"
           "      copies: [{provider: Vaultline, region: Hill hall, immutable: yes}]\n",
    .good = "backup_restore:\n"
            "  stores: [{id: cases, canonical: yes, located: [Northcloud east]}]\n"
            "  backups:\n"
            "    - id: nightly\n"
            "      store: cases\n"
            "      copies:\n"
            "        - {provider: Northcloud, region: Northcloud west, account: vault}\n"
            "        - {provider: Vaultline, region: Hill hall, immutable: yes}\n",
};

/* ---- none that cannot be changed ------------------------------------------------------------- */

static void check_store_offline(const struct cp_plan_input *in, const struct cp_rule *rule,
                                const struct cp_store *store, const struct tally *tally)
{
    if (tally->is_safe || tally->is_unsure_safe) {
        return;
    }
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, node_of(store),
        "no copy of the store %s is stated to be offline or immutable", name_of(in, &store->id));
    cp_diagnostic_help(in->diags, finding,
                       "keep one that an intruder with every password cannot change, and say so "
                       "on the copy: 'immutable: yes' or 'offline: yes'");
}

static void check_offline(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for_tallies(in, rule, check_store_offline);
}

static const struct cp_rule rule_no_offline_copy = {
    .code = "CP604",
    .name = "no-offline-copy",
    .severity = CP_WARNING,
    .summary = "no copy that is offline or immutable",
    .explanation =
        "Whoever encrypts or deletes production looks for the backups first. One copy must be out "
        "of reach: offline, so that no network leads to it, or immutable, so that nobody can "
        "change or delete it before its time, whatever their rights.",
    .clause = "GOV.UK Service Standard 14; NCSC CAF 4.0, B5.c; DORA 12(3)",
    .bad = "backup_restore:\n"
           "  stores: [{id: cases, canonical: yes}]\n"
           "  backups: [{id: nightly, store: cases, copies: [{provider: Vaultline}]}]\n",
    .good = "backup_restore:\n"
            "  stores: [{id: cases, canonical: yes}]\n"
            "  backups:\n"
            "    - {id: nightly, store: cases, copies: [{provider: Vaultline, offline: yes}]}\n",
};

/* ---- none that anybody can read -------------------------------------------------------------- */

static void check_encrypted(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_backup_restore *section = section_of(in);
    for (size_t i = 0; i < section->backups.count; i++) {
        const struct cp_backup *backup = &section->backups.items[i];
        for (size_t j = 0; j < backup->copies.count; j++) {
            const struct cp_flag *encrypted = &backup->copies.items[j].encrypted;
            if (encrypted->leaf.state != CP_SET || encrypted->is_yes) {
                continue;
            }
            struct cp_diagnostic *finding = cp_node_report(
                in->diags, rule, encrypted->leaf.node, "a copy of the backup %s is not encrypted",
                name_of(in, &backup->id));
            cp_diagnostic_help(in->diags, finding,
                               "encrypt it, and keep the key where it survives the loss of "
                               "production");
        }
    }
}

static const struct cp_rule rule_unencrypted_copy = {
    .code = "CP605",
    .name = "unencrypted-copy",
    .severity = CP_WARNING,
    .summary = "a copy that is stated to be unencrypted",
    .explanation =
        "A backup holds everything that production holds, and lies in more places with fewer "
        "guards. Encrypt it at rest, and make sure that the key is not lost together with what it "
        "opens. A copy that does not say is not judged.",
    .clause = "NIST SP 800-53r5, CP-9(8)",
    .bad = "backup_restore:\n"
           "  stores: [{id: cases}]\n"
           "  backups:\n"
           "    - {id: nightly, store: cases, copies: [{provider: Vaultline, encrypted: no}]}\n",
    .good = "backup_restore:\n"
            "  stores: [{id: cases}]\n"
            "  backups:\n"
            "    - {id: nightly, store: cases, copies: [{provider: Vaultline, encrypted: yes}]}\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_exposure_over_rpo, .check_plan = check_exposure},
    {.rule = &rule_store_without_backup, .check_plan = check_saved},
    {.rule = &rule_too_few_copies, .check_plan = check_copies},
    {.rule = &rule_no_offline_copy, .check_plan = check_offline},
    {.rule = &rule_unencrypted_copy, .check_plan = check_encrypted},
};

const struct cp_topic cp_topic_backup = CP_TOPIC(checks);
