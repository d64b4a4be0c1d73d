/*
 * schema: the machinery of the field tables. A table row states facts about one field; from the
 * rows alone come decoding, shape findings, did-you-mean, walks over all values, the reference part
 * of the manual and the JSON Schema. Knows no plan: the tables are the model's.
 */
#ifndef CONTPLAN_SCHEMA_H
#define CONTPLAN_SCHEMA_H

#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/yaml.h>

/* ---- values -------------------------------------------------------------------------------- */

enum cp_state {
    CP_ABSENT,
    CP_SET,
    CP_UNKNOWN,        /* {unknown: …} */
    CP_NOT_APPLICABLE, /* {not_applicable: …} */
    CP_BROKEN          /* a finding was made of it: rules leave it alone */
};

enum cp_audience { CP_AUDIENCE_UNSTATED, CP_PUBLIC, CP_INTERNAL, CP_RESTRICTED };

/* What every decoded value begins with. */
struct cp_leaf {
    struct cp_node *node; /* NULL where absent */
    uint8_t state;        /* enum cp_state */
    uint8_t audience;     /* enum cp_audience, as stated on this very value */
    bool is_inherited;    /* came from the portfolio file's defaults */
    uint32_t stated;      /* of an object: bit i where row i of its table is not absent */
};

struct cp_text {
    struct cp_leaf leaf;
    struct cp_str text;
};

struct cp_length {
    struct cp_leaf leaf;
    struct cp_duration duration;
    bool is_continuous; /* only where the row's type is CP_TYPE_INTERVAL */
};

struct cp_day {
    struct cp_leaf leaf;
    struct cp_date date;
};

struct cp_opening {
    struct cp_leaf leaf;
    struct cp_hours hours;
};

struct cp_flag {
    struct cp_leaf leaf;
    bool is_yes;
};

struct cp_number {
    struct cp_leaf leaf;
    int64_t value;
};

/* The index of the word in the row's `choices`. */
struct cp_choice {
    struct cp_leaf leaf;
    uint8_t value;
};

/* A list of values; an untyped twin of the same layout. */
#define CP_VALUES(T)                                                                               \
    struct {                                                                                       \
        struct cp_leaf leaf;                                                                       \
        T *items;                                                                                  \
        size_t count;                                                                              \
    }

struct cp_values {
    struct cp_leaf leaf;
    void *items;
    size_t count;
};

/* {unknown: …} and {not_applicable: …}, read from the node they hang on. */
struct cp_unknown {
    struct cp_leaf leaf;
    struct cp_text reason, owner;
    struct cp_day due, since;
};

struct cp_not_applicable {
    struct cp_leaf leaf;
    struct cp_text reason, by;
};

/* ---- rows ---------------------------------------------------------------------------------- */

enum cp_type_id {
    CP_TYPE_TEXT,      /* struct cp_text: one line */
    CP_TYPE_PROSE,     /* struct cp_text: Markdown */
    CP_TYPE_ID,        /* struct cp_text: [a-z0-9][a-z0-9._-]{0,63} */
    CP_TYPE_REFERENCE, /* struct cp_text: an id of what `refers` names */
    CP_TYPE_URL,       /* struct cp_text */
    CP_TYPE_EMAIL,     /* struct cp_text */
    CP_TYPE_PHONE,     /* struct cp_text */
    CP_TYPE_DURATION,  /* struct cp_length: no months and years */
    CP_TYPE_PERIOD,    /* struct cp_length: months and years as well */
    CP_TYPE_INTERVAL,  /* struct cp_length: a duration or `continuous` */
    CP_TYPE_DATE,      /* struct cp_day */
    CP_TYPE_HOURS,     /* struct cp_opening */
    CP_TYPE_YES_NO,    /* struct cp_flag */
    CP_TYPE_NUMBER,    /* struct cp_number: 1 to 9999 */
    CP_TYPE_PERCENT,   /* struct cp_number: 0 to 100 */
    CP_TYPE_CHOICE,    /* struct cp_choice */
    CP_TYPE_OBJECT,    /* a struct that begins with a cp_leaf; `of` is its table */
    CP_TYPE_SETTINGS,  /* CP_VALUES(struct cp_text): a mapping with keys of the user's own; each
                          item's node->key names it. `of`: a table whose keys may stand among them,
                          for cp_settings_pick() */
    CP_TYPE_ANY        /* struct cp_leaf: kept as a node for somebody else to read; `of` is the
                          table by which they read it, NULL where any shape will do */
};

/* What a reference may name. */
enum cp_refers {
    CP_REFERS_PLAN = 1 << 0,
    CP_REFERS_PERSON = 1 << 1,
    CP_REFERS_TEAM = 1 << 2,
    CP_REFERS_SUPPLIER = 1 << 3,
    CP_REFERS_REGION = 1 << 4, /* supplier.region and supplier.region.zone */
    CP_REFERS_STORE = 1 << 5,
    CP_REFERS_RUNBOOK = 1 << 6,
    CP_REFERS_SCENARIO = 1 << 7,
    CP_REFERS_ROLE = 1 << 8,
    CP_REFERS_TOOL = 1 << 9, /* incident_response.channels[] and tools[] by name */
    CP_REFERS_BACKUP = 1 << 10,
    CP_REFERS_STEP = 1 << 11, /* of the same runbook */
    /* Plain text is as good as an id. Where the portfolio declares people or teams, a value
     * without blanks and capitals is still taken for an id. */
    CP_REFERS_OR_TEXT = 1 << 12,
    CP_REFERS_ZONE = 1 << 13, /* supplier.region.zone alone */
    CP_REFERS_HOLDER = CP_REFERS_PERSON | CP_REFERS_TEAM | CP_REFERS_OR_TEXT,
    /* What the portfolio file declares. */
    CP_REFERS_DECLARED =
        CP_REFERS_PERSON | CP_REFERS_TEAM | CP_REFERS_SUPPLIER | CP_REFERS_REGION | CP_REFERS_ZONE
};

enum cp_field_flags {
    CP_FIELD_DATED = 1 << 0,        /* stands in a dated record: who has left may stand here */
    CP_FIELD_DECLARES = 1 << 1,     /* an id that must be given once among its siblings */
    CP_FIELD_MAY_BE_EMPTY = 1 << 2, /* a list whose `[]` says something (a step's `after`) */
    CP_FIELD_CODE = 1 << 3,         /* to be pasted, not read: words in it mean nothing */
    CP_FIELD_ORDERED = 1 << 4,      /* a list whose order says something: first choice first */
    CP_FIELD_NAMES_PLAN = 1 << 5,   /* what a plan is called: shown to every audience */
    /* Which way the plan gets weaker: with a longer time, a later day, wider hours, a later word
     * of `choices`, `yes` rather than `no`, one more item; or the other way about. A row with
     * neither has no direction: what it says is chosen, measured or recorded, not promised. */
    CP_FIELD_MORE_IS_WEAKER = 1 << 6,
    CP_FIELD_LESS_IS_WEAKER = 1 << 7,
    CP_FIELD_PROMISE = 1 << 8, /* with one of these two: no longer to state it is weaker, too */
    CP_FIELD_PATH = 1 << 9     /* a path relative to the file it stands in, or an address */
};

/* What decoding and walks look at stands first, within one line of the cache. */
struct cp_field {
    const char *key;
    uint8_t key_length; /* of a row in a table */
    bool is_list;       /* of what the type says */
    enum cp_type_id type;
    uint32_t offset;
    unsigned flags;             /* enum cp_field_flags */
    unsigned refers;            /* enum cp_refers */
    enum cp_audience audience;  /* of values that state none, where it is not the section's */
    const struct cp_object *of; /* the table of an object or of a list's items */
    const char *const *choices; /* words, NULL-terminated */
    const char *merge_key; /* how lists merge with defaults: key(s) of an item, blank-separated,
                              the first that is given counts; NULL: replaced */
    /* Where the order of `choices` is not it, and of settings: values from the strongest to the
     * weakest, NULL-terminated. A choice that is absent is the first of them; a setting that is
     * absent may be any. */
    const char *const *by_strength;
    int64_t least;   /* of lengths of time: the fewest seconds that can be meant */
    const char *doc; /* one or two sentences for the manual and editors */
    const char *example;
};

struct cp_object {
    const char *name; /* "objective": what messages and the manual call it */
    const struct cp_field *fields;
    size_t count;
    size_t size;           /* of the struct */
    const char *shorthand; /* key that a plain scalar in its place stands for, or NULL */
    const char *identity;  /* keys, blank-separated, that together tell one from its like where a
                              list of them has no merge key; NULL: none do */
    bool takes_audience;   /* `audience` may stand on it */
    const char *doc;
};

/* For `least`: 6m, written for six months, is six minutes. */
enum { CP_AN_HOUR = 60 * 60, CP_A_DAY = 24 * CP_AN_HOUR };

/* The rows' macros: member and key are separate since `for` and `return` are keywords. A member of
 * another type than the row's does not compile. */
#define CP_OFFSET(S, member, T) _Generic(&((S *)0)->member, T * : offsetof(S, member))
#define CP_ITEMS_OFFSET(S, member, T) _Generic(((S *)0)->member.items, T * : offsetof(S, member))

#define CP_FIELD(S, T, id, member, key_, doc_, ...)                                                \
    {                                                                                              \
        .key = key_, .key_length = sizeof(key_) - 1, .type = id,                                   \
        .offset = CP_OFFSET(S, member, T), .doc = doc_, __VA_ARGS__                                \
    }
#define CP_FIELD_ITEMS(S, T, id, member, key_, doc_, ...)                                          \
    {                                                                                              \
        .key = key_, .key_length = sizeof(key_) - 1, .type = id, .is_list = true,                  \
        .offset = CP_ITEMS_OFFSET(S, member, T), .doc = doc_, __VA_ARGS__                          \
    }

#define CP_TEXT(S, member, key, ...)                                                               \
    CP_FIELD(S, struct cp_text, CP_TYPE_TEXT, member, key, __VA_ARGS__)
#define CP_PROSE(S, member, key, ...)                                                              \
    CP_FIELD(S, struct cp_text, CP_TYPE_PROSE, member, key, __VA_ARGS__)
#define CP_ID(S, member, key, ...) CP_FIELD(S, struct cp_text, CP_TYPE_ID, member, key, __VA_ARGS__)
#define CP_REFERENCE(S, member, key, ...)                                                          \
    CP_FIELD(S, struct cp_text, CP_TYPE_REFERENCE, member, key, __VA_ARGS__)
#define CP_URL(S, member, key, ...)                                                                \
    CP_FIELD(S, struct cp_text, CP_TYPE_URL, member, key, __VA_ARGS__)
#define CP_EMAIL(S, member, key, ...)                                                              \
    CP_FIELD(S, struct cp_text, CP_TYPE_EMAIL, member, key, __VA_ARGS__)
#define CP_PHONE(S, member, key, ...)                                                              \
    CP_FIELD(S, struct cp_text, CP_TYPE_PHONE, member, key, __VA_ARGS__)
#define CP_DURATION(S, member, key, ...)                                                           \
    CP_FIELD(S, struct cp_length, CP_TYPE_DURATION, member, key, __VA_ARGS__)
#define CP_PERIOD(S, member, key, ...)                                                             \
    CP_FIELD(S, struct cp_length, CP_TYPE_PERIOD, member, key, __VA_ARGS__)
#define CP_INTERVAL(S, member, key, ...)                                                           \
    CP_FIELD(S, struct cp_length, CP_TYPE_INTERVAL, member, key, __VA_ARGS__)
#define CP_DATE(S, member, key, ...)                                                               \
    CP_FIELD(S, struct cp_day, CP_TYPE_DATE, member, key, __VA_ARGS__)
#define CP_HOURS(S, member, key, ...)                                                              \
    CP_FIELD(S, struct cp_opening, CP_TYPE_HOURS, member, key, __VA_ARGS__)
#define CP_YES_NO(S, member, key, ...)                                                             \
    CP_FIELD(S, struct cp_flag, CP_TYPE_YES_NO, member, key, __VA_ARGS__)
#define CP_NUMBER(S, member, key, ...)                                                             \
    CP_FIELD(S, struct cp_number, CP_TYPE_NUMBER, member, key, __VA_ARGS__)
#define CP_PERCENT(S, member, key, ...)                                                            \
    CP_FIELD(S, struct cp_number, CP_TYPE_PERCENT, member, key, __VA_ARGS__)
#define CP_CHOICE(S, member, key, ...)                                                             \
    CP_FIELD(S, struct cp_choice, CP_TYPE_CHOICE, member, key, __VA_ARGS__)
#define CP_OBJECT(S, T, member, key, ...) CP_FIELD(S, T, CP_TYPE_OBJECT, member, key, __VA_ARGS__)
#define CP_ANY(S, member, key, ...)                                                                \
    CP_FIELD(S, struct cp_leaf, CP_TYPE_ANY, member, key, __VA_ARGS__)
#define CP_SETTINGS(S, member, key_, ...)                                                          \
    {                                                                                              \
        .key = key_, .key_length = sizeof(key_) - 1, .type = CP_TYPE_SETTINGS,                     \
        .offset = CP_ITEMS_OFFSET(S, member, struct cp_text), .doc = __VA_ARGS__                   \
    }
#define CP_OBJECTS(S, T, member, key, ...)                                                         \
    CP_FIELD_ITEMS(S, T, CP_TYPE_OBJECT, member, key, __VA_ARGS__)
#define CP_TEXTS(S, member, key, ...)                                                              \
    CP_FIELD_ITEMS(S, struct cp_text, CP_TYPE_TEXT, member, key, __VA_ARGS__)
#define CP_IDS(S, member, key, ...)                                                                \
    CP_FIELD_ITEMS(S, struct cp_text, CP_TYPE_ID, member, key, __VA_ARGS__)
#define CP_REFERENCES(S, member, key, ...)                                                         \
    CP_FIELD_ITEMS(S, struct cp_text, CP_TYPE_REFERENCE, member, key, __VA_ARGS__)
#define CP_URLS(S, member, key, ...)                                                               \
    CP_FIELD_ITEMS(S, struct cp_text, CP_TYPE_URL, member, key, __VA_ARGS__)
#define CP_DATES(S, member, key, ...)                                                              \
    CP_FIELD_ITEMS(S, struct cp_day, CP_TYPE_DATE, member, key, __VA_ARGS__)
#define CP_CHOICES(S, member, key, ...)                                                            \
    CP_FIELD_ITEMS(S, struct cp_choice, CP_TYPE_CHOICE, member, key, __VA_ARGS__)

#define CP_WORDS(...)                                                                              \
    .choices = (const char *const[])                                                               \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }
#define CP_BY_STRENGTH(...)                                                                        \
    .by_strength = (const char *const[])                                                           \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* The table of struct T from an array of rows. */
#define CP_TABLE(T, name_, rows, ...)                                                              \
    {                                                                                              \
        .name = name_, .fields = rows, .count = sizeof(rows) / sizeof((rows)[0]),                  \
        .size = sizeof(T), __VA_ARGS__                                                             \
    }

/* ---- types --------------------------------------------------------------------------------- */

/* What the manual and the messages say of a type. */
struct cp_type {
    const char *name;  /* "duration" */
    size_t size;       /* of its struct; 0 for objects, whose table says */
    const char *write; /* what to write: "a length of time such as 4h, 90m or 5wd" */
};

const struct cp_type *cp_type_get(enum cp_type_id id);
/* Whether the text can be an id: [a-z0-9][a-z0-9._-]{0,63}. */
bool cp_id_is_valid(struct cp_str text);

/* ---- decoding ------------------------------------------------------------------------------ */

/* Rules of this layer. */
extern const struct cp_rule cp_rule_unknown_key;
extern const struct cp_rule cp_rule_wrong_type;
extern const struct cp_rule cp_rule_duplicate_id;
extern const struct cp_rule cp_rule_bad_choice;
extern const struct cp_rule cp_rule_bad_date;
extern const struct cp_rule cp_rule_bad_duration;
extern const struct cp_rule cp_rule_bad_value;
extern const struct cp_rule cp_rule_empty_value;
extern const struct cp_rule cp_rule_placeholder_value;
extern const struct cp_rule cp_rule_vague_value;
extern const struct cp_rule cp_rule_unknown_incomplete;

/* A value by itself, no list and no mapping: one that was given, or in its place or that of a list
 * or mapping an exemption. */
struct cp_stated {
    const struct cp_field *field; /* of an item of a list, the list's */
    struct cp_leaf *leaf;
    bool is_exempt; /* unknown, or not applicable */
};

/* In the order of the tables. */
struct cp_stated_values {
    struct cp_stated *items;
    size_t count;
    size_t room;
};

struct cp_decoder {
    struct cp_arena *arena;
    struct cp_diags *diags;
    /* What was decoded is added here, for those who go through all of it: but settings, and what
     * was broken before it was read. Starts zeroed, owned by the arena; NULL: nobody asks. */
    struct cp_stated_values *stated;
};

/* Fills the struct at `out` (object->size bytes, zeroed by this call) from the mapping `own`, field
 * by field merged with the mapping `inherited`; either may be NULL. Never fails: defects of `own`
 * are findings, those of `inherited` are silent, since they are reported where it is read for
 * itself. Lists and texts are owned by the decoder's arena. */
void cp_decode(struct cp_decoder *decoder, const struct cp_object *object, void *out,
               struct cp_node *own, struct cp_node *inherited);

/* Of settings that were decoded into `settings`: leaves those whose keys are not in the table
 * `object`, and decodes the others into the struct at `out`, as cp_decode() does. */
void cp_settings_pick(struct cp_decoder *decoder, const struct cp_object *object, void *out,
                      struct cp_values *settings);

/* What hangs on `unknown`. */
extern const struct cp_object cp_object_unknown;
/* Reads what hangs on a value whose state is CP_UNKNOWN or CP_NOT_APPLICABLE; silent. */
void cp_unknown_decode(struct cp_unknown *out, const struct cp_leaf *leaf, struct cp_arena *arena);
void cp_not_applicable_decode(struct cp_not_applicable *out, const struct cp_leaf *leaf,
                              struct cp_arena *arena);

/* ---- tables and values --------------------------------------------------------------------- */

/* Whether `key` is that of a row. */
static inline bool cp_field_is(const struct cp_field *field, struct cp_str key)
{
    return cp_str_is_equal(key, (struct cp_str){field->key, field->key_length});
}

/* The row of `key`, or NULL. */
const struct cp_field *cp_field_find(const struct cp_object *object, struct cp_str key);
/* The keys of which the first that is given names an item of the list, blank-separated: its merge
 * key, or the row that declares an id (people, teams and suppliers have no merge key). NULL where
 * no one key does; `identity` of the items may. */
const char *cp_field_keys(const struct cp_field *list);
/* The value of a row in the struct at `object_value`. */
struct cp_leaf *cp_field_get(const struct cp_field *field, const void *object_value);
/* Size of one value (a list row: of one item). */
size_t cp_field_size(const struct cp_field *field);
/* The word a choice stands for. */
const char *cp_choice_word(const struct cp_field *field, const struct cp_choice *choice);
/* Whether a value stands there: neither absent, unknown, not applicable nor broken. */
bool cp_leaf_is_set(const struct cp_leaf *leaf);

/* The value at a dotted path (`disaster_recovery.objectives`), with its row in `*field` where that
 * is not NULL; NULL where the table has no such path. Lists are not entered. */
struct cp_leaf *cp_value_find(const struct cp_object *object, const void *object_value,
                              const char *path, const struct cp_field **field);

/* Calls `visit` for every value that is not absent, in table order, parents before children: the
 * objects, the lists, each item of a list (with the list's row and `is_item`), the scalars. What
 * lies below is visited where it returns true. */
struct cp_visit {
    const struct cp_field *field;
    struct cp_leaf *leaf;
    bool is_item;
    const struct cp_leaf *object;  /* the object it stands in */
    const struct cp_leaf *section; /* the outermost object above it but the root, or NULL */
};
void cp_value_walk(const struct cp_object *object, const void *object_value,
                   bool (*visit)(void *context, const struct cp_visit *at), void *context);

/* ---- placeholders and vague words ---------------------------------------------------------- */

/* The first placeholder word in plain text (no code, no URL in it): TBC TBD TODO FIXME as whole
 * upper-case words; "to be confirmed/added/decided" (and their like) at the end of the text or of
 * a sentence. Empty where there is none; else borrowed from `text`. */
struct cp_str cp_placeholder_find(struct cp_str text);
/* The same for markup: `<DIAGRAM>`, `<img src="">`, `[insert …]`, lorem ipsum. */
struct cp_str cp_placeholder_markup_find(struct cp_str text);
/* The first quantity that says nothing ("a number of days", "6 months - 1 year"), or empty. */
struct cp_str cp_vague_find(struct cp_str text);

/* ---- the manual ---------------------------------------------------------------------------- */

/* Puts the reference of an object and, in order of first mention, of every object below it, as
 * mdoc(7) source: a heading an object, an entry a field. What is below `elsewhere` (NULL: nothing)
 * stands on the same page already: it is referred to and not repeated. */
void cp_schema_put_manual(struct cp_buf *out, const struct cp_object *object,
                          const struct cp_object *elsewhere);

/* ---- JSON Schema ----------------------------------------------------------------------------- */

/* Puts the JSON Schema (draft-07) of a file whose outermost mapping is `object`: one document that
 * refers to no other. It tells what decoding reports of shapes: unknown keys, a list or a mapping
 * where something else is due, words that a choice does not take, and an `unknown` without its
 * parts. A single value may be a string, a number, a boolean or null, since YAML editors type what
 * stands there. What a field means is its description. */
void cp_schema_put_json(struct cp_buf *out, const struct cp_object *object, const char *title);

#endif
