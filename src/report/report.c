/*
 * The document as a whole: its title, the order of chapters in each template, and what is said at
 * the end. What stands in a chapter is the chapter's.
 */
#include "private.h"

#include <assert.h>

static const struct cp_chapter *const standard_order[] = {
    &cp_chapter_service,
    &cp_chapter_accountability,
    &cp_chapter_scope,
    &cp_chapter_impact,
    &cp_chapter_dependencies,
    &cp_chapter_architecture,
    &cp_chapter_incident_response,
    &cp_chapter_it_continuity,
    &cp_chapter_disaster_recovery,
    &cp_chapter_backup_restore,
    &cp_chapter_supporting,
    &cp_chapter_releases,
    &cp_chapter_more,
    &cp_chapter_review,
    &cp_chapter_standards,
};

/* The house's own chapters in its order, then what it has no heading for. */
static const struct cp_chapter *const house_order[] = {
    &cp_chapter_accountability,
    &cp_chapter_scope,
    &cp_chapter_dependencies,
    &cp_chapter_architecture,
    &cp_chapter_incident_response,
    &cp_chapter_it_continuity,
    &cp_chapter_disaster_recovery,
    &cp_chapter_backup_restore,
    &cp_chapter_supporting,
    &cp_chapter_releases,
    &cp_chapter_details,
    &cp_chapter_tier,
    &cp_chapter_impact,
    &cp_chapter_more,
    &cp_chapter_review,
    &cp_chapter_standards,
};

/* The chapters that cp_report_options.section may name, under their keys. */
static const struct cp_chapter *const sections[] = {
    &cp_chapter_accountability, &cp_chapter_scope,
    &cp_chapter_impact,         &cp_chapter_dependencies,
    &cp_chapter_architecture,   &cp_chapter_incident_response,
    &cp_chapter_it_continuity,  &cp_chapter_disaster_recovery,
    &cp_chapter_backup_restore, &cp_chapter_supporting,
    &cp_chapter_releases,       &cp_chapter_more,
    &cp_chapter_review,         &cp_chapter_standards,
};

static const struct cp_str section_keys[] = {
    {"accountability", 14}, {"scope", 5},
    {"impact", 6},          {"dependencies", 12},
    {"architecture", 12},   {"incident_response", 17},
    {"it_continuity", 13},  {"disaster_recovery", 17},
    {"backup_restore", 14}, {"supporting", 10},
    {"releases", 8},        {"more", 4},
    {"review", 6},          {"standards", 9},
};

_Static_assert(CP_COUNT(sections) == CP_COUNT(section_keys), "a key for each chapter");

size_t cp_report_sections(const struct cp_str **out)
{
    *out = section_keys;
    return CP_COUNT(section_keys);
}

static const struct cp_chapter *find_section(const char *key)
{
    for (size_t i = 0; i < CP_COUNT(sections); i++) {
        if (cp_str_is(section_keys[i], key)) {
            return sections[i];
        }
    }
    return NULL;
}

bool cp_report_has_section(const char *key)
{
    return find_section(key) != NULL;
}

void cp_report_put_title(struct cp_buf *out, const struct cp_plan *plan,
                         const struct cp_report_options *options)
{
    bool has_name = plan->name.leaf.state == CP_SET && plan->name.text.len > 0;
    bool is_house = options->template == CP_TEMPLATE_HOUSE;
    cp_buf_puts(out, is_house ? "Service Continuity for " : "");
    cp_buf_put(out, has_name ? plan->name.text : plan->id.text);
    cp_buf_puts(out, is_house ? "" : ": service continuity plan");
}

/* ---- the document -------------------------------------------------------------------------- */

static void build_summary(struct cp_report *report)
{
    static const struct cp_part summary = CP_PART(PROSE, "summary", NULL);
    struct cp_member plan = cp_member_plan(report);
    cp_parts_build(report, &summary, 1, &plan);
}

static void build_chapters(struct cp_report *report)
{
    bool is_house = cp_report_is_house(report);
    const struct cp_chapter *const *order = is_house ? house_order : standard_order;
    size_t count = is_house ? CP_COUNT(house_order) : CP_COUNT(standard_order);
    build_summary(report);
    for (size_t i = 0; i < count; i++) {
        if (!order[i]->is_optional || cp_chapter_is_stated(report, order[i])) {
            cp_chapter_build(report, order[i]);
        }
    }
}

struct cp_withheld cp_report_withheld(const struct cp_plan *plan,
                                      const struct cp_portfolio *portfolio,
                                      enum cp_audience audience)
{
    struct cp_report_options options = {.audience = audience};
    struct cp_report report = {.plan = plan, .portfolio = portfolio, .options = &options};
    struct cp_withheld withheld = {.plan = cp_plan_withheld(plan, NULL, audience)};
    struct cp_map seen;
    cp_arena_init(&report.arena);
    cp_map_init(&seen);
    for (size_t i = 0; i < CP_COUNT(sections); i++) {
        withheld.portfolio += cp_chapter_withheld_ways(&report, sections[i], &seen);
    }
    cp_map_release(&seen);
    cp_arena_release(&report.arena);
    return withheld;
}

/* Said once of the whole, whichever part of it is rendered. */
static void build_end(struct cp_report *report)
{
    enum cp_audience audience = report->options->audience;
    struct cp_withheld withheld = cp_report_withheld(report->plan, report->portfolio, audience);
    size_t count = withheld.plan + withheld.portfolio;
    if (count == 0) {
        return;
    }
    const char *whose = withheld.portfolio == 0 ? "the plan"
                        : withheld.plan == 0    ? "the portfolio file"
                                                : "the plan and of the portfolio file";
    cp_document_rule(report->document);
    cp_report_remark(
        report, cp_arena_printf(&report->arena,
                                "Rendered for the audience %s: %zu %s of %s %s for a narrower "
                                "one and withheld; --audience restricted shows all.",
                                cp_audience_name(audience), count, count == 1 ? "value" : "values",
                                whose, count == 1 ? "is" : "are"));
}

static void build_document(struct cp_report *report)
{
    struct cp_buf title;
    cp_buf_init(&title);
    cp_report_put_title(&title, report->plan, report->options);
    cp_report_heading(report, 1, cp_buf_str(&title));
    if (report->options->section) {
        const struct cp_chapter *chapter = find_section(report->options->section);
        assert(chapter);
        cp_chapter_build(report, chapter);
    } else {
        build_chapters(report);
    }
    build_end(report);
    cp_buf_release(&title);
}

struct cp_document *cp_report_build(const struct cp_plan *plan,
                                    const struct cp_portfolio *portfolio,
                                    const struct cp_report_options *options)
{
    struct cp_report report = {.plan = plan,
                               .portfolio = portfolio,
                               .options = options,
                               .part_level = CP_PART_LEVEL,
                               .document = cp_document_new()};
    cp_arena_init(&report.arena);
    cp_buf_init(&report.line);
    cp_buf_init(&report.missing);
    build_document(&report);
    cp_buf_release(&report.line);
    cp_buf_release(&report.missing);
    cp_arena_release(&report.arena);
    return report.document;
}
