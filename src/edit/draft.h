/*
 * Private to edit: a plan in the making, a tree of keys and texts by the field tables, with the
 * comments that go beside them; and its writing as YAML.
 */
#ifndef EDIT_DRAFT_H
#define EDIT_DRAFT_H

#include <contplan/base.h>
#include <contplan/model.h>

enum draft_kind { DRAFT_TEXT, DRAFT_MAPPING, DRAFT_LIST };

/* A value. Everything is owned by the arena it was made in. */
struct draft {
    enum draft_kind kind;
    struct cp_str key;              /* in a mapping */
    const struct cp_field *field;   /* its row; of an item, the list's; NULL where there is none */
    const struct cp_object *object; /* of a mapping: the table its keys are ordered by, or NULL */
    struct cp_str text;
    size_t room;          /* behind the text, where it was appended to */
    struct cp_str beside; /* a comment behind the text */
    struct draft_note *above;
    struct draft *first, *last, *next;
    size_t count;
};

/* A comment on lines of its own. */
struct draft_note {
    struct cp_str text;
    struct draft_note *next;
};

/* An empty mapping with the keys of `object` (NULL: any, in the order they are put). */
struct draft *draft_new(struct cp_arena *arena, const struct cp_object *object);
/* The value under `key`, or NULL. */
struct draft *draft_find(const struct draft *mapping, const char *key);
/* The value at a dotted path, or NULL. */
struct draft *draft_reach(struct draft *root, const char *path);
/* The value at a dotted path of the tables, made where it is missing: a list, a mapping, or a text
 * that is still empty. Only the last part may be a list. */
struct draft *draft_at(struct cp_arena *arena, struct draft *mapping, const char *path);
/* A new item of a list: a mapping where its row is an object's, else a text. */
struct draft *draft_add(struct cp_arena *arena, struct draft *list);
/* The same, as a text whatever the row says. */
struct draft *draft_add_text(struct cp_arena *arena, struct draft *list, struct cp_str text);
/* Puts a text under a key of the mapping's table (or any where it has none) and returns it. */
struct draft *draft_set(struct cp_arena *arena, struct draft *mapping, const char *key,
                        struct cp_str text);
/* Adds Markdown to a text, an empty line between. */
void draft_append(struct cp_arena *arena, struct draft *draft, struct cp_str text);
/* Puts `{unknown: {reason}}` under a key, with a comment inside. */
void draft_set_unknown(struct cp_arena *arena, struct draft *mapping, const char *key,
                       struct cp_str reason, struct cp_str note);
/* Adds a comment above the value. */
void draft_note(struct cp_arena *arena, struct draft *draft, struct cp_str text);
/* Moves the items of `from` to the end of `list`. */
void draft_move_items(struct draft *list, struct draft *from);
/* Moves an item that is a mapping from one list to the end of another; false, and nothing changed,
 * where the table of that has not all of its keys. */
bool draft_move_item(struct draft *list, struct draft *from, struct draft *item);
/* Moves the keys of the mapping `from` to an empty one of the same table. */
void draft_adopt(struct draft *mapping, struct draft *from);
/* Takes the last item out of a list. */
void draft_drop_last(struct draft *list);
/* Takes the value under `key` out of a mapping. */
void draft_remove(struct draft *mapping, const char *key);

/* Takes out mappings and lists with nothing in them; their comments go to what they stood in. */
void draft_prune(struct cp_arena *arena, struct draft *draft);

/* In texts of one line, names above all, makes blanks of the no-break spaces that nobody sees. */
void draft_settle_blanks(struct cp_arena *arena, struct draft *draft);

/* Puts the mapping as YAML, an empty line before each section. */
void draft_put(struct cp_buf *out, const struct draft *root);
/* Whether YAML that was read says what the draft does, text for text. */
bool draft_is_same(const struct draft *draft, const struct cp_node *node);

#endif
