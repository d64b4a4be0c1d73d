/*
 * A chapter: its description, its parts, titled prose and notes, and the closing lines that say
 * what is not stated and what is withheld. What stands in which chapter is in the section_*.c.
 */
#include "private.h"

struct cp_member cp_chapter_object(const struct cp_report *report, const struct cp_chapter *chapter)
{
    struct cp_member plan = cp_member_plan(report);
    struct cp_member section;
    if (chapter->is_rootless) {
        return plan;
    }
    cp_member_find(&section, &plan, chapter->key);
    return section;
}

bool cp_chapter_is_stated(const struct cp_report *report, const struct cp_chapter *chapter)
{
    struct cp_member plan = cp_member_plan(report);
    struct cp_member entry;
    if (!chapter->is_rootless) {
        return cp_member_find(&entry, &plan, chapter->key);
    }
    for (size_t i = 0; i < chapter->part_count; i++) {
        if (cp_member_find_first(&entry, &plan, chapter->parts[i].path)) {
            return true;
        }
    }
    return false;
}

/* ---- titled prose -------------------------------------------------------------------------- */

static void build_titled(struct cp_report *report, const struct cp_member *item)
{
    struct cp_member title, text;
    bool has_text =
        cp_member_find(&text, item, "text") && cp_member_sight(report, &text) == CP_SIGHT_GIVEN;
    if (cp_member_find(&title, item, "title") &&
        cp_member_sight(report, &title) == CP_SIGHT_GIVEN) {
        cp_report_heading(report, CP_PART_LEVEL, cp_member_text(&title));
    }
    if (has_text && cp_leaf_is_exempt(text.leaf)) {
        cp_report_exempt(report, text.leaf);
    } else if (has_text) {
        cp_document_prose(report->document, cp_member_text(&text), CP_DETAIL_LEVEL);
    }
}

static bool build_more(struct cp_report *report, const struct cp_part *part,
                       const struct cp_member *list)
{
    (void)part;
    cp_items_build(report, list, build_titled);
    return true;
}

static const struct cp_part description_part = CP_PART(PROSE, "description", NULL);
static const struct cp_part more_part = CP_PART(OWN, "more", NULL, .build = build_more);

static const struct cp_part plan_more[] = {CP_PART(OWN, "more", NULL, .build = build_more)};

const struct cp_chapter cp_chapter_more = {
    .key = "more",
    .title = "Further Information",
    .is_optional = true,
    .is_rootless = true,
    CP_PARTS(plan_more),
};

/* ---- closing lines ------------------------------------------------------------------------- */

/* Whether the chapter has come to nothing but its heading. */
static bool is_bare(const struct cp_document *document)
{
    size_t count = cp_document_heading_count(document);
    return cp_document_is_at_heading(document) &&
           cp_document_heading_get(document, count - 1).level == CP_CHAPTER_LEVEL;
}

static void close_missing(struct cp_report *report)
{
    if (report->missing.len > 0) {
        cp_report_remark(report, cp_arena_printf(&report->arena, "Not stated: %.*s.",
                                                 CP_ARG(cp_buf_str(&report->missing))));
    }
    cp_buf_clear(&report->missing);
}

/* Counted by the plan's rows that the chapter is about. */
static size_t withheld_in(const struct cp_report *report, const struct cp_chapter *chapter)
{
    size_t count = 0;
    if (!chapter->is_rootless) {
        const struct cp_field *field = cp_field_find(&cp_object_plan, cp_str_of(chapter->key));
        return cp_plan_withheld(report->plan, field, report->options->audience);
    }
    for (size_t i = 0; i < chapter->part_count; i++) {
        const struct cp_field *field =
            cp_field_find(&cp_object_plan, cp_str_of(chapter->parts[i].path));
        count += cp_plan_withheld(report->plan, field, report->options->audience);
    }
    return count;
}

static void close_withheld(struct cp_report *report, const struct cp_chapter *chapter)
{
    struct cp_map seen;
    cp_map_init(&seen);
    size_t count = withheld_in(report, chapter) + cp_chapter_withheld_ways(report, chapter, &seen);
    cp_map_release(&seen);
    if (count > 0) {
        cp_report_remark(report, cp_arena_printf(&report->arena, "Withheld here: %zu %s.", count,
                                                 count == 1 ? "value" : "values"));
    }
}

/* ---- the chapter --------------------------------------------------------------------------- */

static void build_body(struct cp_report *report, const struct cp_chapter *chapter,
                       const struct cp_member *object)
{
    if (!chapter->is_rootless) {
        cp_parts_build(report, &description_part, 1, object);
    }
    cp_parts_build(report, chapter->parts, chapter->part_count, object);
    if (!chapter->is_rootless) {
        cp_parts_build(report, &more_part, 1, object);
    }
}

/* The house's heading of notes over nothing comes last of all: what is said of the chapter is not
 * a note. */
static void build_end(struct cp_report *report, const struct cp_chapter *chapter,
                      const struct cp_member *object)
{
    const struct cp_part notes =
        CP_PART(PROSE, "notes", "Notes", .is_house = chapter->has_house_notes);
    struct cp_member entry;
    bool takes_notes = !chapter->is_rootless && !cp_leaf_is_exempt(object->leaf);
    bool has_notes = takes_notes && cp_member_find(&entry, object, "notes");
    if (has_notes) {
        cp_parts_build(report, &notes, 1, object);
    }
    close_missing(report);
    close_withheld(report, chapter);
    if (takes_notes && !has_notes) {
        cp_parts_build(report, &notes, 1, object);
    }
}

void cp_chapter_build(struct cp_report *report, const struct cp_chapter *chapter)
{
    struct cp_member object = cp_chapter_object(report, chapter);
    bool is_house = cp_report_is_house(report) && chapter->house_title;
    const char *title = is_house ? chapter->house_title : chapter->title;
    cp_report_heading(report, CP_CHAPTER_LEVEL, cp_str_of(title));
    if (!cp_leaf_is_exempt(object.leaf)) {
        build_body(report, chapter, &object);
    } else if (cp_member_sight(report, &object) == CP_SIGHT_GIVEN) {
        cp_report_exempt(report, object.leaf);
    }
    build_end(report, chapter, &object);
    if (is_bare(report->document)) {
        cp_report_remark(report, CP_STR("Not stated."));
    }
}
