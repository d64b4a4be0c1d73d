/*
 * Did-you-mean for names: what somebody probably meant who wrote a name that leads nowhere, and
 * what to say to them. Decides nothing about plans but whether a plain text is a slip.
 */
#include "resolve.h"

#include <string.h>

enum { MOST_EDITS = 3 };

/* The less, the more alike. A distance, of MOST_EDITS at the most, is added to NEAR and NEAR_NAME.
 */
enum {
    SAME,
    SAME_NAME,
    SHORT,
    NEAR,
    NEAR_NAME = NEAR + MOST_EDITS + 1,
    PART = NEAR_NAME + MOST_EDITS + 1,
    UNLIKE
};

enum { LISTED = 6, LOOKED_AT = 256, NAME_BYTES = 128 };

/* What was meant: an id, where it is declared, and what people call it (empty: the same). `other`
 * is as likely. */
struct meant {
    struct cp_str id, label, other;
    const struct cp_node *node;
    int unlike;
};

struct guess {
    struct cp_str id;
    unsigned refers;
    size_t limit; /* of edits */
    size_t *left; /* of comparisons */
    struct meant best;
    struct cp_arena *arena;
};

static size_t near_limit(struct cp_str id)
{
    size_t third = id.len / 3;
    return third < 1 ? 1 : third > MOST_EDITS ? MOST_EDITS : third;
}

static struct guess guess_of(struct cp_str id, unsigned refers, size_t *left,
                             struct cp_arena *arena)
{
    return (struct guess){.id = id,
                          .refers = refers,
                          .limit = near_limit(id),
                          .left = left,
                          .best = {.unlike = UNLIKE},
                          .arena = arena};
}

/* Takes one comparison from what is left; false where nothing is. */
static bool spend(const struct guess *guess)
{
    if (*guess->left == 0) {
        return false;
    }
    --*guess->left;
    return true;
}

static void offer(struct guess *guess, int unlike, struct cp_str id, const struct cp_text *declared,
                  struct cp_str label)
{
    if (unlike < guess->best.unlike) {
        guess->best =
            (struct meant){.id = id, .label = label, .node = declared->leaf.node, .unlike = unlike};
    } else if (unlike == guess->best.unlike && guess->best.other.len == 0 &&
               (unlike == SAME_NAME || unlike == SHORT || unlike == PART)) {
        guess->best.other = id; /* of words that are near, the first is as good as any */
    }
}

/* ---- people, teams, suppliers and what plans declare ----------------------------------------- */

static bool is_between_words(char c)
{
    return strchr(" ._-", c) != NULL;
}

/* Whether a word of the name, whole, is what was written: `olav` of `Olav Dahl`. */
static bool has_word(struct cp_str name, struct cp_str word)
{
    name = cp_str_slice(name, 0, NAME_BYTES);
    for (size_t from = 0; from < name.len;) {
        size_t len = 0;
        while (from + len < name.len && !is_between_words(name.at[from + len])) {
            len++;
        }
        if (len > 2 && cp_str_is_equal_folded(cp_str_slice(name, from, len), word)) {
            return true;
        }
        from += len + 1;
    }
    return false;
}

static int compare(const struct guess *guess, struct cp_str name, int same, int near)
{
    if (cp_str_is_equal_folded(guess->id, name)) {
        return same;
    }
    size_t distance = cp_str_distance(guess->id, name, guess->limit);
    if (distance <= guess->limit) {
        return near + (int)distance;
    }
    bool is_holder = (guess->refers & (CP_REFERS_PERSON | CP_REFERS_TEAM)) != 0;
    return is_holder && has_word(name, guess->id) ? PART : UNLIKE;
}

static bool guess_declared(void *context, const struct cp_text *id, const struct cp_text *label)
{
    struct guess *guess = context;
    if (!spend(guess)) {
        return true;
    }
    int unlike = compare(guess, id->text, SAME, NEAR);
    struct cp_str name = {0};
    if (label && label->leaf.state == CP_SET) {
        int other = compare(guess, label->text, SAME_NAME, NEAR_NAME);
        name = label->text;
        unlike = other < unlike ? other : unlike;
    }
    if (unlike < UNLIKE) {
        offer(guess, unlike, id->text, id, name);
    }
    return false;
}

/* ---- places ---------------------------------------------------------------------------------- */

/* `supplier.region`, cut at `size`, in `out`. */
static struct cp_str join_place(char *out, size_t size, struct cp_str supplier,
                                struct cp_str region)
{
    const struct cp_str parts[] = {supplier, CP_STR("."), region};
    size_t len = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct cp_str part = cp_str_slice(parts[i], 0, size - len);
        memcpy(out + len, part.at, part.len);
        len += part.len;
    }
    return (struct cp_str){out, len};
}

/* Where the zone of `supplier.region.zone` begins, with its dot: the end where there is none. */
static size_t zone_start(struct cp_str id)
{
    size_t end = id.len;
    while (end > 0 && id.at[end - 1] != '.') {
        end--;
    }
    return end > 0 ? end - 1 : id.len;
}

static int compare_place(const struct guess *guess, struct cp_str written, struct cp_str declared,
                         bool is_exact)
{
    if (is_exact) {
        return cp_str_is_equal_folded(written, declared) ? SHORT : UNLIKE;
    }
    size_t edits = cp_str_distance(written, declared, guess->limit);
    return edits <= guess->limit ? NEAR + (int)edits : UNLIKE;
}

/* A region as it is meant to be written, and as it is written for short; a zone in it as well. */
static void guess_region(struct guess *guess, const struct cp_supplier *supplier,
                         const struct cp_text *region)
{
    char place[NAME_BYTES];
    struct cp_str whole = join_place(place, sizeof place, supplier->id.text, region->text);
    struct cp_str id = guess->id;
    struct cp_str front = cp_str_slice(id, 0, zone_start(id));
    struct cp_str zone = cp_str_slice(id, front.len, SIZE_MAX);
    bool takes_region = (guess->refers & CP_REFERS_REGION) != 0;
    bool has_zone = zone.len > 1;
    const struct {
        bool is_open, is_exact;
        struct cp_str written, declared, zone;
    } ways[] = {
        {takes_region, true, id, region->text, {0}},  {has_zone, true, front, region->text, zone},
        {takes_region, false, id, region->text, {0}}, {takes_region, false, id, whole, {0}},
        {has_zone, false, front, whole, zone},
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        int unlike = ways[i].is_open
                         ? compare_place(guess, ways[i].written, ways[i].declared, ways[i].is_exact)
                         : UNLIKE;
        if (unlike < UNLIKE) {
            offer(guess, unlike,
                  cp_arena_printf(guess->arena, "%.*s.%.*s%.*s", CP_ARG(supplier->id.text),
                                  CP_ARG(region->text), CP_ARG(ways[i].zone)),
                  region, (struct cp_str){0});
            return;
        }
    }
}

static void guess_regions(struct guess *guess, const struct cp_config *config)
{
    for (size_t i = 0; i < config->suppliers.count; i++) {
        const struct cp_supplier *supplier = &config->suppliers.items[i];
        for (size_t j = 0; supplier->id.leaf.state == CP_SET && j < supplier->regions.count; j++) {
            if (supplier->regions.items[j].leaf.state == CP_SET && spend(guess)) {
                guess_region(guess, supplier, &supplier->regions.items[j]);
            }
        }
    }
}

static void guess_all(struct guess *guess, const struct cp_plan *plan,
                      const struct cp_portfolio *portfolio)
{
    struct search search = {.refers = guess->refers, .each = guess_declared, .context = guess};
    if (plan) {
        search_plan(&search, plan);
    }
    search_portfolio(&search, &portfolio->config);
    if (guess->refers & (CP_REFERS_REGION | CP_REFERS_ZONE)) {
        guess_regions(guess, &portfolio->config);
    }
}

/* ---- slips ----------------------------------------------------------------------------------- */

static bool has_digit(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (cp_is_digit(text.at[i])) {
            return true;
        }
    }
    return false;
}

/* Places in a series differ by their last sign or a number: these are no slips for one another. */
static bool is_of_series(struct cp_str a, struct cp_str b)
{
    return a.len == 0 || b.len == 0 || a.at[a.len - 1] != b.at[b.len - 1] || has_digit(a) ||
           has_digit(b);
}

static bool is_place_slip(const struct cp_portfolio *portfolio, unsigned refers, struct cp_str text,
                          size_t *left)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct guess guess =
        guess_of(text, refers & (CP_REFERS_SUPPLIER | CP_REFERS_REGION), left, &arena);
    guess.limit = 1;
    guess_all(&guess, NULL, portfolio);
    bool is_slip = guess.best.unlike <= SHORT ||
                   (guess.best.unlike == NEAR + 1 && !is_of_series(text, guess.best.id));
    cp_arena_release(&arena);
    return is_slip;
}

/* Whether the portfolio declares it, but for capitals. Its name, as it is printed, is none. */
static bool is_folded(const struct cp_portfolio *portfolio, unsigned refers, struct cp_str text)
{
    char folded[NAME_BYTES];
    const struct cp_text *id =
        text.len <= sizeof folded
            ? cp_map_find(&portfolio->folded, fold_name(folded, sizeof folded, text))
            : NULL;
    return id && cp_reference_is_resolved(NULL, portfolio, refers, id->text) &&
           !cp_str_is_equal(cp_portfolio_name_of(portfolio, id->text), text);
}

static bool is_folded_in(const struct cp_plan *plan, unsigned refers, struct cp_str text)
{
    size_t count = plan->declared_count < LOOKED_AT ? plan->declared_count : LOOKED_AT;
    for (size_t i = 0; i < count; i++) {
        if ((plan->declared[i].kinds & refers) &&
            cp_str_is_equal_folded(plan->declared[i].name, text)) {
            return true;
        }
    }
    return false;
}

bool is_slip(const struct cp_plan *plan, const struct cp_portfolio *portfolio, unsigned refers,
             struct cp_str text, size_t *left)
{
    bool is_place = (refers & (CP_REFERS_SUPPLIER | CP_REFERS_REGION)) != 0;
    return is_folded(portfolio, refers, text) || (plan && is_folded_in(plan, refers, text)) ||
           (is_place && is_wordlike(text) && is_place_slip(portfolio, refers, text, left));
}

struct cp_str fold_name(char *out, size_t size, struct cp_str name)
{
    size_t len = name.len < size ? name.len : size;
    for (size_t i = 0; i < len; i++) {
        char c = name.at[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct cp_str){out, len};
}

/* ---- what to say ----------------------------------------------------------------------------- */

static void help_meant(struct cp_diags *diags, struct cp_diagnostic *finding,
                       const struct meant *meant)
{
    bool is_by_name =
        meant->label.len > 0 && (meant->unlike == SAME_NAME || meant->unlike >= NEAR_NAME);
    struct cp_str aside = {0};
    if (meant->other.len > 0) {
        aside = cp_arena_printf(&diags->arena, " or '%.*s'", CP_ARG(meant->other));
    } else if (is_by_name) {
        aside = cp_arena_printf(&diags->arena, " (%.*s)", CP_ARG(meant->label));
    }
    cp_diagnostic_help(diags, finding, "did you mean '%.*s'%.*s?", CP_ARG(meant->id),
                       CP_ARG(aside));
    if (meant->node) {
        cp_diagnostic_note(diags, finding, cp_node_place(meant->node), "declared here");
    }
}

struct listing {
    struct cp_buf names;
    size_t count;
};

static bool list_name(void *context, const struct cp_text *id, const struct cp_text *label)
{
    struct listing *listing = context;
    (void)label;
    if (listing->count < LISTED) {
        cp_buf_puts(&listing->names, listing->count > 0 ? ", " : "");
        cp_buf_put(&listing->names, id->text);
    } else if (listing->count == LISTED) {
        cp_buf_puts(&listing->names, ", \xe2\x80\xa6");
    }
    return listing->count++ == LISTED;
}

static void offer_near(struct guess *guess, struct cp_str name)
{
    static const struct cp_text nowhere;
    int unlike = name.len > 0 && spend(guess) ? compare(guess, name, SAME, NEAR) : UNLIKE;
    if (unlike < UNLIKE) {
        offer(guess, unlike, name, &nowhere, (struct cp_str){0});
    }
}

struct cp_str nearest_declared(const struct cp_plan *plan, unsigned refers, struct cp_str id)
{
    size_t left = LOOKED_AT;
    struct guess guess = guess_of(id, 0, &left, NULL);
    size_t count = plan->declared_count < LOOKED_AT ? plan->declared_count : LOOKED_AT;
    for (size_t i = 0; i < count; i++) {
        if (plan->declared[i].kinds & refers) {
            offer_near(&guess, plan->declared[i].name);
        }
    }
    return guess.best.id;
}

void help_no_plan(struct cp_diags *diags, struct cp_diagnostic *finding,
                  const struct cp_portfolio *portfolio, unsigned refers, struct cp_str id,
                  const struct near *near, size_t *left)
{
    struct guess guess = guess_of(id, refers, left, &diags->arena);
    bool is_supplier = cp_portfolio_find_supplier(portfolio, id) != NULL;
    guess_all(&guess, NULL, portfolio);
    offer_near(&guess, near->part);
    offer_near(&guess, near->plan);
    if (is_supplier) {
        cp_diagnostic_help(diags, finding,
                           "%.*s is a supplier: list it under 'dependencies.external', by "
                           "'supplier'",
                           CP_ARG(id));
    } else if (guess.best.unlike < UNLIKE) {
        help_meant(diags, finding, &guess.best);
    } else if (refers == CP_REFERS_PLAN) {
        cp_diagnostic_help(diags, finding,
                           "write the id of a plan; a service without a plan yet is given by "
                           "'name'");
    } else {
        cp_diagnostic_help(
            diags, finding,
            "write the id of a plan, or of what this plan or contplan.yaml declares");
    }
}

static const char *where_declared(unsigned refers)
{
    if (refers == CP_REFERS_ZONE) {
        return "write supplier.region.zone, and list the region under that supplier in "
               "contplan.yaml";
    }
    if (refers & CP_REFERS_REGION) {
        return "write supplier.region, and list the region under that supplier in contplan.yaml";
    }
    bool is_of_portfolio = (refers & CP_REFERS_DECLARED) != 0;
    if (refers & CP_REFERS_ROLE) {
        return refers & CP_REFERS_OR_TEXT
                   ? "declare the role in this plan or the person or team in contplan.yaml, or "
                     "write a name as people read it, with capitals or blanks"
                   : "declare the role in this plan, or the person or team in contplan.yaml";
    }
    if (is_of_portfolio) {
        return refers & CP_REFERS_OR_TEXT ? "declare it in contplan.yaml, or write a name as "
                                            "people read it, with capitals or blanks"
                                          : "declare it in contplan.yaml";
    }
    return "declare it in this plan, or correct the name";
}

/* What the plan has of the one kind asked for, or where to declare it. */
static void help_listing(struct cp_diags *diags, struct cp_diagnostic *finding,
                         const struct cp_plan *plan, unsigned refers)
{
    unsigned here = refers & (CP_REFERS_STORE | CP_REFERS_BACKUP | CP_REFERS_RUNBOOK |
                              CP_REFERS_SCENARIO | CP_REFERS_ROLE);
    struct listing listing = {.count = 0};
    struct search search = {.refers = here, .each = list_name, .context = &listing};
    cp_buf_init(&listing.names);
    if (plan && here && (here & (here - 1)) == 0) {
        search_plan(&search, plan);
    }
    if (listing.count > 0) {
        struct cp_buf kind;
        cp_buf_init(&kind);
        cp_refers_put(&kind, here);
        cp_diagnostic_help(diags, finding, "this plan's %.*ss are %.*s; %s",
                           CP_ARG(cp_buf_str(&kind)), CP_ARG(cp_buf_str(&listing.names)),
                           where_declared(refers));
        cp_buf_release(&kind);
    } else {
        cp_diagnostic_help(diags, finding, "%s", where_declared(refers));
    }
    cp_buf_release(&listing.names);
}

void help_unresolved(struct cp_diags *diags, struct cp_diagnostic *finding,
                     const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                     const struct cp_field *field, struct cp_str id, size_t *left)
{
    struct guess guess = guess_of(id, field->refers, left, &diags->arena);
    if (field->refers == CP_REFERS_ZONE && cp_map_find(&portfolio->regions, id)) {
        cp_diagnostic_help(diags, finding, "name the zone in it, such as '%.*s.a'", CP_ARG(id));
        return;
    }
    guess_all(&guess, plan, portfolio);
    if (guess.best.unlike < UNLIKE) {
        help_meant(diags, finding, &guess.best);
    } else {
        help_listing(diags, finding, plan, field->refers);
    }
}

/* ---- people as they are named elsewhere ------------------------------------------------------ */

bool cp_portfolio_find_holder(struct cp_holder *out, const struct cp_portfolio *portfolio,
                              struct cp_str text)
{
    size_t left = COMPARISONS_PER_FILE;
    struct guess guess = guess_of(text, CP_REFERS_PERSON | CP_REFERS_TEAM, &left, NULL);
    bool is_id = cp_reference_is_resolved(NULL, portfolio, guess.refers, text);
    if (is_id) {
        guess.best = (struct meant){.id = text, .unlike = SAME};
    } else {
        guess_all(&guess, NULL, portfolio);
    }
    *out = (struct cp_holder){.id = guess.best.id,
                              .name = cp_portfolio_name_of(portfolio, guess.best.id),
                              .other = guess.best.other,
                              .is_certain =
                                  guess.best.unlike <= SAME_NAME && guess.best.other.len == 0};
    return guess.best.unlike < UNLIKE;
}

bool cp_portfolio_knows_holder(const struct cp_portfolio *portfolio, struct cp_str text)
{
    static const struct cp_field holder = {.key = "by", .refers = CP_REFERS_HOLDER};
    size_t left = COMPARISONS_PER_FILE;
    return portfolio->is_doubtful ||
           cp_reference_is_resolved(NULL, portfolio, holder.refers, text) ||
           (cp_reference_is_text(portfolio, &holder, text) &&
            !is_slip(NULL, portfolio, holder.refers, text, &left));
}
