/*
 * yaml: bytes of one YAML document into a tree of nodes that know their place, its comments, and
 * the way from a place inside a value back to the file. Gives no meaning to any key; YAML's
 * implicit typing is not applied: every scalar is text.
 */
#ifndef CONTPLAN_YAML_H
#define CONTPLAN_YAML_H

#include <contplan/base.h>
#include <contplan/diag.h>

enum cp_node_kind { CP_NODE_SCALAR, CP_NODE_MAPPING, CP_NODE_SEQUENCE };

enum cp_node_style {
    CP_STYLE_PLAIN,
    CP_STYLE_SINGLE,
    CP_STYLE_DOUBLE,
    CP_STYLE_LITERAL,
    CP_STYLE_FOLDED,
    CP_STYLE_BLOCK, /* mappings and sequences */
    CP_STYLE_FLOW
};

/* A value of the document. The children of a mapping are its values in the order of the file; each
 * has its `key`. A value reached through an alias is a copy of the anchored node's record that
 * shares its children, and keeps the anchored node's place. */
struct cp_node {
    struct cp_file *file;
    struct cp_node *parent; /* NULL for the root */
    struct cp_node *key;    /* scalar; NULL in sequences and for the root */
    struct cp_node *first;  /* first child */
    struct cp_node *next;   /* next sibling */
    struct cp_str text;     /* scalars: the value; in the arena or in the file's bytes */
    struct cp_span span;    /* the value as it stands: quotes and block header, not anchor and tag;
                             * a block scalar ends after its last line with text; a block
                             * collection from its first key or dash to the end of its last child */
    uint32_t count;         /* children */
    uint32_t index;         /* place among its siblings */
    uint8_t kind;           /* enum cp_node_kind */
    uint8_t style;          /* enum cp_node_style */
    bool is_broken;         /* a finding was made of it: later phases are silent */
};

struct cp_comment {
    struct cp_span span;    /* from the # to the end of the line */
    struct cp_node *behind; /* the plain value (perhaps empty) that only blanks separate from it on
                             * its line, or NULL */
};

struct cp_tag {
    struct cp_span span;  /* from the ! to the blank behind the tag */
    struct cp_node *node; /* the scalar it stands before */
};

struct cp_yaml {
    struct cp_file *file;
    struct cp_node *root;                /* NULL where the document is empty or does not parse */
    CP_LIST(struct cp_comment) comments; /* in order; owned by the arena; none without a root */
    CP_LIST(struct cp_tag) tags;         /* of scalars, but those of YAML itself; likewise */
    bool is_broken;                      /* a syntax, encoding or limit finding was added */
};

enum {
    CP_YAML_BYTES = 1024 * 1024, /* of a file, and of what aliases bring into it */
    CP_REPLAY_BYTES = 64 * 1024, /* of a value whose words have places of their own */
    CP_YAML_DEPTH = 64,          /* nested collections */
    CP_YAML_NODES = 200 * 1000,  /* aliases counted with all they bring */
    CP_YAML_DIRECTIVES = 8,      /* lines that start with % before the content */
    CP_YAML_ANCHORS = 1000
};

/* Rules of this layer. */
extern const struct cp_rule cp_rule_yaml_syntax;
extern const struct cp_rule cp_rule_yaml_encoding;
extern const struct cp_rule cp_rule_yaml_limit;
extern const struct cp_rule cp_rule_duplicate_key;
extern const struct cp_rule cp_rule_swallowed_text;

/* Reads the loaded `file` into `*out`; nodes and values are owned by `arena` and may point into
 * the file's bytes, which must then stay as long as the nodes. Every defect is a finding in
 * `diags`; one syntax, encoding or limit finding ends the document, and the root is then NULL.
 * Exactly one document is allowed; an empty one is a syntax finding. Merge keys (`<<`) are refused
 * by name. Of keys given twice the first stays in the tree, each later one is reported and left
 * out. Anchors, aliases and tags leave no trace in the tree. */
void cp_yaml_parse(struct cp_yaml *out, struct cp_arena *arena, struct cp_file *file,
                   struct cp_diags *diags);

/* Reports text that YAML takes for a comment (`chat: #permits`, `see ticket #42`): a `#` directly
 * before a letter or digit, behind a plain value or where a value is missing. Marks a value that is
 * empty for this reason as broken. Nothing where the document did not parse; the bytes must still
 * be loaded. (Plain values that start with `@` or a backtick or hold `: ` do not parse at all, and
 * the syntax finding gives the same cure.) */
void cp_yaml_check_swallowed(const struct cp_yaml *yaml, struct cp_diags *diags);

/* The child of a mapping under `key`, or NULL (also where `node` is NULL or no mapping). */
struct cp_node *cp_node_find(const struct cp_node *node, const char *key);
/* Puts the path of a node from its root: `disaster_recovery.objectives[0].rto`; nothing for the
 * root. A key is named like its value; a key over 64 bytes is cut, with an ellipsis. */
void cp_node_path(struct cp_buf *out, const struct cp_node *node);
/* The innermost value that stands at byte `offset` of the file, its key counted with it; the root
 * where none does, NULL where there is no root. */
const struct cp_node *cp_node_at(const struct cp_node *root, size_t offset);
/* Where the value stands. An empty plain value has length 0. */
struct cp_place cp_node_place(const struct cp_node *node);
/* Where the key stands that names the node (or the nearest parent that has one; else the start of
 * the file). */
struct cp_place cp_node_key_place(const struct cp_node *node);
/* Where `length` bytes of a scalar's value from `offset` stand in the file: the value is replayed
 * from its source. The result is on the first source line of that range; the whole value where the
 * file is not loaded, `node` is no scalar, the value is longer than CP_REPLAY_BYTES (each finding
 * in it costs its length), or libyaml read it in a way that is not known. */
struct cp_place cp_node_inner_place(const struct cp_node *node, size_t offset, size_t length);
/* The node at a path as cp_node_path() puts it, or the nearest above that is there; `*is_whole`
 * (may be NULL) tells which. NULL without a root. */
struct cp_node *cp_node_reach(struct cp_node *root, struct cp_str path, bool *is_whole);
/* Adds a finding at the value of `node` with the node's path. As cp_diags_add(); returns NULL and
 * adds nothing where the node is already broken or `diags` is muted; marks the node broken where
 * the rule is of group CP0. */
struct cp_diagnostic *cp_node_report(struct cp_diags *diags, const struct cp_rule *rule,
                                     struct cp_node *node, const char *format, ...)
    __attribute__((cold, format(printf, 4, 5)));
/* The same at another place (a key, a part of a value) of the node. */
struct cp_diagnostic *cp_node_report_at(struct cp_diags *diags, const struct cp_rule *rule,
                                        struct cp_node *node, struct cp_place place,
                                        const char *format, ...)
    __attribute__((cold, format(printf, 5, 6)));

/* ---- fixes ----------------------------------------------------------------------------------- */

/* Gives `found` the fix that the scalar `node` is read as `meant`: written in the quotes that it
 * stands in, in new ones where it needs them. Nothing where it stands on several lines or in a way
 * that the value cannot be exchanged in, or where `meant` holds what cannot stand on a line. */
void cp_node_fix_value(struct cp_diags *diags, struct cp_diagnostic *found,
                       const struct cp_node *node, struct cp_str meant);
/* The same for a plain scalar that goes on, or begins, in what YAML takes for the comment at
 * `comment` on its line: all of it becomes one text in quotes. */
void cp_node_fix_swallowed(struct cp_diags *diags, struct cp_diagnostic *found,
                           const struct cp_node *node, struct cp_span comment);
/* The same of the key of `node`; nothing where a sibling has the key `meant` already. */
void cp_node_fix_key(struct cp_diags *diags, struct cp_diagnostic *found,
                     const struct cp_node *node, struct cp_str meant);

#endif
