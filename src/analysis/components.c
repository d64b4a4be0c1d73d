/*
 * Circles: the strongly connected components of a graph (R. Tarjan, "Depth-first search and linear
 * graph algorithms", 1972), with a stack of its own in the place of recursion. Knows no plan but
 * through the edges of a network.
 */
#include <contplan/analysis.h>

enum { UNSEEN = 0 };

struct tarjan {
    const uint32_t *first, *heads;
    uint32_t *seen;  /* by node: 1 + when it was first seen */
    uint32_t *low;   /* by node: the earliest on the stack that it leads to */
    uint32_t *next;  /* by node: its edge that is looked at next */
    uint32_t *path;  /* nodes that are being looked at, each led to by the one before */
    uint32_t *stack; /* nodes whose component is not known yet */
    uint32_t *of, *sizes;
    bool *is_placed, *is_circular;
    size_t depth, height, count;
    uint32_t time;
};

static void enter(struct tarjan *in, uint32_t node)
{
    in->seen[node] = in->low[node] = ++in->time;
    in->next[node] = in->first[node];
    in->path[in->depth++] = node;
    in->stack[in->height++] = node;
}

static void lower(struct tarjan *in, uint32_t node, uint32_t to)
{
    in->low[node] = to < in->low[node] ? to : in->low[node];
}

/* Goes along the next edge; false where there is none. */
static bool advance(struct tarjan *in, uint32_t node)
{
    if (in->next[node] == in->first[node + 1]) {
        return false;
    }
    uint32_t head = in->heads[in->next[node]++];
    if (in->seen[head] == UNSEEN) {
        enter(in, head);
    } else if (!in->is_placed[head]) {
        lower(in, node, in->seen[head]);
    }
    return true;
}

/* Whether an edge leads from the node to itself. */
static bool is_own_head(const struct tarjan *in, uint32_t node)
{
    for (uint32_t i = in->first[node]; i < in->first[node + 1]; i++) {
        if (in->heads[i] == node) {
            return true;
        }
    }
    return false;
}

/* All of the node's edges were looked at: it is the first of its component, or belongs to one that
 * began before. */
static void leave(struct tarjan *in, uint32_t node)
{
    in->depth--;
    if (in->depth > 0) {
        lower(in, in->path[in->depth - 1], in->low[node]);
    }
    if (in->low[node] != in->seen[node]) {
        return;
    }
    uint32_t member;
    do {
        member = in->stack[--in->height];
        in->of[member] = (uint32_t)in->count;
        in->is_placed[member] = true;
        in->sizes[in->count]++;
    } while (member != node);
    in->is_circular[in->count] = in->sizes[in->count] > 1 || is_own_head(in, node);
    in->count++;
}

void cp_components_init(struct cp_components *out, const uint32_t *first, const uint32_t *heads,
                        size_t count, struct cp_arena *arena)
{
    size_t numbers = (count + 1) * sizeof(uint32_t);
    struct tarjan in = {.first = first, .heads = heads};
    in.seen = cp_arena_alloc(arena, numbers);
    in.low = cp_arena_alloc(arena, numbers);
    in.next = cp_arena_alloc(arena, numbers);
    in.path = cp_arena_alloc(arena, numbers);
    in.stack = cp_arena_alloc(arena, numbers);
    in.of = cp_arena_alloc(arena, numbers);
    in.sizes = cp_arena_alloc(arena, numbers);
    in.is_placed = cp_arena_alloc(arena, count + 1);
    in.is_circular = cp_arena_alloc(arena, count + 1);
    for (uint32_t start = 0; start < count; start++) {
        if (in.seen[start] == UNSEEN) {
            enter(&in, start);
        }
        while (in.depth > 0) {
            uint32_t node = in.path[in.depth - 1];
            if (!advance(&in, node)) {
                leave(&in, node);
            }
        }
    }
    *out = (struct cp_components){in.of, in.sizes, in.is_circular, in.count};
}

void cp_components_of(struct cp_components *out, const struct cp_network *network,
                      bool (*is_wanted)(const struct cp_edge *edge), struct cp_arena *arena)
{
    size_t edges = network->first[network->count];
    uint32_t *first = cp_arena_alloc(arena, (network->count + 1) * sizeof(*first));
    uint32_t *heads = cp_arena_alloc(arena, (edges + 1) * sizeof(*heads));
    uint32_t kept = 0;
    for (size_t i = 0; i < network->count; i++) {
        first[i] = kept;
        for (uint32_t j = network->first[i]; j < network->first[i + 1]; j++) {
            if (is_wanted(&network->edges[j])) {
                heads[kept++] = network->edges[j].to;
            }
        }
    }
    first[network->count] = kept;
    cp_components_init(out, first, heads, network->count, arena);
}
