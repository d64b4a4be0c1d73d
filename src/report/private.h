/*
 * What the files of this layer share: a report in the making, entries (values with their row and
 * place), and the tables by which chapters are laid out. Nothing here leaves the layer.
 */
#ifndef CONTPLAN_REPORT_PRIVATE_H
#define CONTPLAN_REPORT_PRIVATE_H

#include <contplan/report.h>

struct cp_report {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    const struct cp_report_options *options;
    struct cp_document *document;
    struct cp_arena arena;       /* scratch for as long as the report is built */
    struct cp_buf line;          /* scratch of whoever fills it; borrowed by nobody across calls */
    struct cp_buf missing;       /* what the open chapter does not state, in its order */
    bool shows_ways;             /* holders are followed by the ways to reach them */
    unsigned part_level;         /* of the headings of parts */
    const struct cp_leaf *apart; /* prose that stands as blocks of its own; not among the pieces */
    struct cp_str subject; /* of which a part misses something, where that is not the chapter */
    const struct cp_member *parent; /* the row around the rows of a table of nested rows */
    bool is_listed;                 /* the holder put last took lines of its own */
    const bool *fills; /* by column of the open table: what a row leaves out is said; or NULL */
    bool is_first_row; /* of the list of the open table */
    const struct cp_recovery *recoveries; /* one for each scenario; NULL until they are needed */
};

/* ---- entries ------------------------------------------------------------------------------- */

enum cp_sight {
    CP_SIGHT_MISSING,  /* not stated */
    CP_SIGHT_WITHHELD, /* not for this audience */
    CP_SIGHT_GIVEN     /* a value, or that it is unknown or does not apply */
};

/* The plan itself, which has no row. */
struct cp_member cp_member_plan(const struct cp_report *report);
/* The first of blank-separated paths that is stated. */
bool cp_member_find_first(struct cp_member *out, const struct cp_member *parent, const char *paths);
enum cp_sight cp_member_sight(const struct cp_report *report, const struct cp_member *entry);

/* Adds the value as pieces of the open paragraph, item or cell. */
void cp_report_put(struct cp_report *report, const struct cp_member *entry);
/* Adds "Unknown: …" or "Not applicable: …" as pieces. */
void cp_report_put_exemption(struct cp_report *report, const struct cp_leaf *leaf);
/* Adds what an id stands for; while `shows_ways` is set, with the ways to reach a person or team
 * that this audience may know. */
void cp_report_put_reference(struct cp_report *report, const struct cp_member *entry);
/* The object that holds the ways to reach a person or team, and the paths of those that are shown.
 */
bool cp_holder_find(struct cp_member *out, const char *const **paths,
                    const struct cp_report *report, struct cp_str id);
/* Who is in the team `id` that states no contact, as far as they are listed in its place: the
 * person at `index`. False where there is none. */
bool cp_listed_member_find(struct cp_member *out, const struct cp_report *report, struct cp_str id,
                           size_t index);
/* What the portfolio file says of the row's supplier: its member `key`. */
bool cp_supplier_member_find(struct cp_member *out, const struct cp_report *report,
                             const struct cp_member *row, const char *key);
/* Adds "Scribe" for `scribe`. */
void cp_report_put_role(struct cp_report *report, struct cp_str role);
/* Adds a link object or contact as pieces; `text` of a link stands behind it. */
void cp_report_put_link(struct cp_report *report, const struct cp_member *link);
void cp_report_put_contact(struct cp_report *report, const struct cp_member *contact);

/* Columns' and facts' ways of writing; each takes the row or value that holds what it needs. */
void cp_report_put_workaround(struct cp_report *report, const struct cp_member *workaround);
void cp_report_put_commits(struct cp_report *report, const struct cp_member *commits);
/* The member `name` of a row, as a link where the row has a `url`. */
void cp_report_put_named(struct cp_report *report, const struct cp_member *row);
/* The `id` of the parent row. */
void cp_report_put_parent(struct cp_report *report, const struct cp_member *row);
/* The member at `path` of `row`, where it is given. */
void cp_report_put_member(struct cp_report *report, const struct cp_member *row, const char *path);

/* ---- chapters ------------------------------------------------------------------------------ */

/* A column of a table, or a fact: how an entry's cell is found and written. */
struct cp_column {
    const char *title;
    const char *paths;   /* below the row; the first that is stated counts */
    const char *missing; /* what the closing line calls it where it is not stated; NULL: optional */
    void (*put)(struct cp_report *report, const struct cp_member *row); /* NULL: cp_report_put() */
    bool shows_ways;
    /* What it means that a row does not state it, and that the first does not (NULL: the same):
     * said where another row states it. NULL: nothing is said. */
    const char *otherwise, *first_otherwise;
    bool is_of_supplier; /* where the row states none, its supplier's in the portfolio file */
};

enum cp_part_kind {
    CP_PART_FACT,  /* "Label: value", in one list with its neighbours; a heading over prose that
                      needs blocks */
    CP_PART_PROSE, /* Markdown, under a heading where it has a title */
    CP_PART_ITEMS, /* a list of items, under a heading */
    CP_PART_LINKS, /* a list of links or one link, under a heading */
    CP_PART_TABLE, /* a list of objects, under a heading */
    CP_PART_OWN    /* what `build` makes of it, under a heading where it has a title */
};

struct cp_part {
    enum cp_part_kind kind;
    const char *path;    /* below the chapter's object; empty: the object itself */
    const char *title;   /* heading or label */
    const char *missing; /* what the closing line calls it; NULL: optional */
    bool is_house;       /* the house format prints the heading even where nothing is stated; that
                            is said under it unless the part is optional */
    bool is_whole; /* `path` only says whether there is something: the builder gets the parent */
    const struct cp_column *columns;
    size_t column_count;
    /* CP_PART_OWN: adds blocks, and true where it did. */
    bool (*build)(struct cp_report *report, const struct cp_part *part,
                  const struct cp_member *entry);
    /* CP_PART_FACT: as in a column. */
    void (*put)(struct cp_report *report, const struct cp_member *entry);
    bool shows_ways;
};

#define CP_COLUMN(title_, paths_, ...)                                                             \
    {                                                                                              \
        .title = title_, .paths = paths_, __VA_ARGS__                                              \
    }
#define CP_PART(kind_, path_, title_, ...)                                                         \
    {                                                                                              \
        .kind = CP_PART_##kind_, .path = path_, .title = title_, __VA_ARGS__                       \
    }
#define CP_COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define CP_COLUMNS(rows) .columns = rows, .column_count = CP_COUNT(rows)

struct cp_chapter {
    const char *key; /* of the plan */
    const char *title, *house_title;
    bool is_optional; /* no chapter where the plan does not state it */
    bool is_rootless; /* its parts' paths start at the plan, and it has no description and notes */
    bool has_house_notes; /* the house format prints the heading of its notes even over nothing */
    const struct cp_part *parts;
    size_t part_count;
};

#define CP_PARTS(rows) .parts = rows, .part_count = CP_COUNT(rows)

extern const struct cp_chapter cp_chapter_service, cp_chapter_details, cp_chapter_tier,
    cp_chapter_accountability, cp_chapter_scope, cp_chapter_impact, cp_chapter_dependencies,
    cp_chapter_architecture, cp_chapter_incident_response, cp_chapter_it_continuity,
    cp_chapter_disaster_recovery, cp_chapter_backup_restore, cp_chapter_supporting,
    cp_chapter_releases, cp_chapter_more, cp_chapter_review, cp_chapter_standards;

enum { CP_CHAPTER_LEVEL = 2, CP_PART_LEVEL = 3, CP_DETAIL_LEVEL = 4 };

void cp_chapter_build(struct cp_report *report, const struct cp_chapter *chapter);
/* The section, or the plan where the parts' paths start there. */
struct cp_member cp_chapter_object(const struct cp_report *report,
                                   const struct cp_chapter *chapter);
/* How many values of people, teams and suppliers of the portfolio file the chapter would show to a
 * wider audience. Those in `seen` are not counted again; it is given the others. */
size_t cp_chapter_withheld_ways(struct cp_report *report, const struct cp_chapter *chapter,
                                struct cp_map *seen);
bool cp_chapter_is_stated(const struct cp_report *report, const struct cp_chapter *chapter);

/* A part's builder: a table of contacts, or a list of links where they are no more than that. */
bool cp_contacts_build(struct cp_report *report, const struct cp_part *part,
                       const struct cp_member *list);
/* Adds the parts in order, below the object of `parent`. */
void cp_parts_build(struct cp_report *report, const struct cp_part *parts, size_t count,
                    const struct cp_member *parent);
/* Lets `build` add blocks for each item of `list` that this audience sees; one that is unknown or
 * does not apply is said to be. */
void cp_items_build(struct cp_report *report, const struct cp_member *list,
                    void (*build)(struct cp_report *, const struct cp_member *));
/* Adds a table of the items of `list`, whose rows are what this audience may see; false where
 * there are none. `of` is what the closing line calls its rows, or NULL. */
bool cp_table_build(struct cp_report *report, const struct cp_column *columns, size_t count,
                    const struct cp_member *list, const char *of);
/* The same of the lists at `path` in the items of `list`, in one table; `parent` is set to the item
 * meanwhile. False, and nothing added, where this audience sees no row. */
bool cp_nested_table_build(struct cp_report *report, const struct cp_column *columns, size_t count,
                           const struct cp_member *list, const char *path);
bool cp_nested_table_is_empty(const struct cp_report *report, const struct cp_member *list,
                              const char *path);
/* Notes what the open chapter does not state. */
void cp_report_miss(struct cp_report *report, const char *what);

/* Adds a paragraph in emphasis: the document's own words about what it shows. */
void cp_report_remark(struct cp_report *report, struct cp_str text);
/* Adds a paragraph that says that the value is unknown or does not apply. */
void cp_report_exempt(struct cp_report *report, const struct cp_leaf *leaf);
bool cp_leaf_is_exempt(const struct cp_leaf *leaf);
bool cp_report_is_house(const struct cp_report *report);
void cp_report_heading(struct cp_report *report, unsigned level, struct cp_str text);

#endif
