/*
 * What the files that build the tree share while one document is read: the builder.
 * Private to this layer; nothing of it outlives cp_yaml_parse().
 */
#ifndef CONTPLAN_YAML_BUILD_H
#define CONTPLAN_YAML_BUILD_H

#include "place.h"

#include <contplan/yaml.h>

#include <yaml.h>

/* What an anchor names. All but the node is known once that is complete. */
struct cp_yaml_anchor {
    struct cp_node *node;
    uint32_t size;    /* nodes that an alias of it brings */
    uint32_t height;  /* levels of collections in it */
    uint32_t brought; /* bytes that aliases in it bring */
    bool is_open;     /* still being read: an alias now would contain itself */
};

/* A collection that is still being read. */
struct cp_yaml_frame {
    struct cp_node *node;
    struct cp_node **tail; /* where the next child is linked */
    struct cp_node *key;   /* of a mapping: the key whose value comes next */
    struct cp_yaml_anchor *anchor;
    uint32_t nodes_before;   /* nodes of the document when it began */
    uint32_t brought_before; /* the same for bytes that aliases bring */
    uint32_t height;         /* of the highest child */
    uint32_t column;         /* of a block collection: where its keys or dashes stand, from 0 */
};

struct cp_yaml_builder {
    struct cp_arena *arena;
    struct cp_diags *diags;
    struct cp_file *file;
    struct cp_str bytes;
    yaml_parser_t parser;
    struct cp_yaml_cursor cursor;
    struct cp_node *root;
    struct cp_yaml_frame *frames; /* room for CP_YAML_DEPTH */
    struct cp_yaml_frame *top;    /* the innermost one, NULL at the root */
    uint32_t depth;
    uint32_t nodes;   /* aliases counted with all they bring */
    uint32_t brought; /* bytes of the file that aliases stand for */
    uint32_t anchor_count;
    struct cp_map anchors;               /* name -> struct cp_yaml_anchor */
    CP_LIST(struct cp_comment) comments; /* on the heap while it grows */
    CP_LIST(struct cp_tag) tags;
    struct cp_node *previous; /* the scalar read last, unless an alias followed */
    uint32_t gap;             /* end of that scalar or alias: what follows may be a comment */
    uint32_t end;             /* end of the last value read */
    uint32_t hash;            /* the first # behind the comment taken last, or one before `gap` */
};

static inline struct cp_place cp_yaml_place(const struct cp_yaml_builder *b, uint32_t from,
                                            uint32_t end)
{
    return (struct cp_place){b->file, {from, end - from}};
}

/* All of these answer false where they made the finding that ends the document. */

/* anchor.c
 * Enters the anchor `name` of `node`; `*out` is the record that a collection completes at its end.
 */
bool cp_yaml_anchor_add(struct cp_yaml_builder *b, struct cp_yaml_anchor **out, const char *name,
                        struct cp_node *node);
/* A copy of what the alias `name` at [from, end) names, counted with all it brings. */
bool cp_yaml_alias_build(struct cp_yaml_builder *b, struct cp_node **out, const char *name,
                         uint32_t from, uint32_t end);
bool cp_yaml_refuse_count(struct cp_yaml_builder *b, uint32_t from, uint32_t end);

/* Counts `count` more nodes; the finding of too many stands at [from, end). */
static inline bool cp_yaml_count(struct cp_yaml_builder *b, uint32_t count, uint32_t from,
                                 uint32_t end)
{
    b->nodes += count; /* both are at most CP_YAML_NODES */
    return b->nodes <= CP_YAML_NODES || cp_yaml_refuse_count(b, from, end);
}

/* comment.c
 * Takes the comments between the last scalar and `until`. */
bool cp_yaml_look_for_comments(struct cp_yaml_builder *b, uint32_t until);

static inline bool cp_yaml_take_comments(struct cp_yaml_builder *b, uint32_t until)
{
    return b->hash >= until || cp_yaml_look_for_comments(b, until);
}

/* Whether a comment before `until` hides the bracket that closes what is open: then it makes the
 * finding, and nothing else is wrong. */
bool cp_yaml_report_hidden_bracket(struct cp_yaml_builder *b, uint32_t until);
/* Takes the comment behind the header of a block scalar that starts at `at`. */
bool cp_yaml_take_header_comment(struct cp_yaml_builder *b, uint32_t at);

/* layout.c: what YAML forbids and libyaml lets pass
 * Lines of a flow collection or quoted scalar at [from, end) must stand deeper than what holds it.
 */
bool cp_yaml_check_lines(struct cp_yaml_builder *b, uint32_t from, uint32_t end, bool is_flow);
/* A block scalar without text whose blank lines stand deeper than the text that was meant. */
bool cp_yaml_check_blank_lines(struct cp_yaml_builder *b, uint32_t from, uint32_t end);
/* A `-` alone is no value in a flow collection. */
bool cp_yaml_check_dash(struct cp_yaml_builder *b, const struct cp_node *node);
/* Keys of a complete mapping differ; the later one of two is reported and left out. Never ends the
 * document. */
void cp_yaml_drop_duplicates(struct cp_yaml_builder *b, struct cp_node *mapping);

/* problem.c
 * The finding for the problem that libyaml stopped at. */
void cp_yaml_report_problem(struct cp_yaml_builder *b);
/* The finding for a tab at `at` where only spaces may indent. */
void cp_yaml_report_tab(struct cp_yaml_builder *b, uint32_t at);
/* Ends the program as base does when memory runs out: libyaml has its own allocator. */
void cp_yaml_run_out(void);

#endif
