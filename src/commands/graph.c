/* contplan graph: who depends on what. */
#include "commands.h"

#include <contplan/output.h>

#include <string.h>

static const char *const to_words[] = {"dot", "mermaid", "svg", "json", NULL};
static const char *const cluster_words[] = {"tier", "owner", "none", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_TO,
     .name = "--to",
     .argument = "FORMAT",
     .words = to_words,
     .doc = "Write dot, mermaid, svg (drawn by 'dot' of Graphviz, where it is installed) or json; "
            "if absent, what the ending of FILE says, else dot."},
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE",
     .doc = "Write into FILE, not on standard output."},
    {.id = CP_OPTION_CLUSTER,
     .name = "--cluster",
     .argument = "BY",
     .words = cluster_words,
     .doc = "Draw plans of one tier (the default) or owner together, or none."},
    {.id = CP_OPTION_FOCUS,
     .name = "--focus",
     .argument = "ID",
     .doc = "Show only this plan or supplier, what it depends on and what depends on it."},
    {.id = CP_OPTION_DEPTH,
     .name = "--depth",
     .argument = "N",
     .doc = "With --focus: show only what is at most N dependencies away from it."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Leave out what is above public, internal (the default) or restricted, and say how "
            "much that was."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "Take the plans as they stand in git at REV: a branch, a tag, a commit, HEAD~1."},
};

struct graphing {
    struct cp_graph graph;
    const char *to, *output, *focus;
    size_t depth;
    int status;
};

/* ---- the command line ------------------------------------------------------------------------ */

static const char *format_of(const char *file)
{
    static const struct {
        const char *ending, *to;
    } endings[] = {{".dot", "dot"},         {".gv", "dot"},  {".mmd", "mermaid"},
                   {".mermaid", "mermaid"}, {".svg", "svg"}, {".json", "json"}};
    for (size_t i = 0; file && i < sizeof endings / sizeof endings[0]; i++) {
        if (cp_str_has_suffix(cp_str_of(file), endings[i].ending)) {
            return endings[i].to;
        }
    }
    return "dot";
}

static int read_depth(size_t *out, const struct cp_arguments *arguments)
{
    const char *depth = cp_argument_find(arguments, CP_OPTION_DEPTH);
    enum { DIGITS = 6 };
    *out = SIZE_MAX;
    if (!depth) {
        return CP_STATUS_CLEAN;
    }
    size_t len = strspn(depth, "0123456789");
    if (len == 0 || len > DIGITS || depth[len] != '\0') {
        return say_usage("--depth takes a number of dependencies, not %s", quoted(depth));
    }
    if (!cp_argument_is_given(arguments, CP_OPTION_FOCUS)) {
        return say_usage("--depth goes with --focus: it counts from there");
    }
    *out = 0;
    for (; *depth; depth++) {
        *out = *out * 10 + (size_t)(*depth - '0');
    }
    return CP_STATUS_CLEAN;
}

static enum cp_graph_cluster cluster_of(const struct cp_arguments *arguments)
{
    const char *word = cp_argument_find(arguments, CP_OPTION_CLUSTER);
    size_t index = 0;
    while (word && cluster_words[index] && strcmp(cluster_words[index], word) != 0) {
        index++;
    }
    return (enum cp_graph_cluster)index;
}

/* ---- the graph ------------------------------------------------------------------------------- */

static bool add_network(void *context, const struct cp_network *network)
{
    struct graphing *in = context;
    for (size_t i = 0; i < network->count; i++) {
        bool is_asked = !network->is_asked || network->is_asked[i];
        if (is_asked && !network->plans[i]->is_parsed) {
            say_unreadable(network->files[i]->path);
            in->status = CP_STATUS_FINDINGS;
        }
    }
    cp_graph_add(&in->graph, network);
    return true;
}

static int focus(struct graphing *in)
{
    struct cp_str meant;
    if (!in->focus || cp_graph_focus(&in->graph, &meant, cp_str_of(in->focus), in->depth)) {
        return CP_STATUS_CLEAN;
    }
    if (meant.len > 0) {
        return say_usage("--focus: there is no plan or supplier %s here; did you mean %s?",
                         quoted(in->focus), quoted(cp_arena_copy(&in->graph.arena, meant).at));
    }
    return say_usage("--focus: there is no plan or supplier %s here", quoted(in->focus));
}

static int write_out(struct graphing *in)
{
    bool is_drawn = strcmp(in->to, "svg") == 0;
    struct cp_buf text, picture;
    cp_buf_init(&text);
    cp_buf_init(&picture);
    cp_graph_format_find(is_drawn ? CP_STR("dot") : cp_str_of(in->to))->write(&text, &in->graph);
    int status = is_drawn ? draw(&picture, cp_buf_str(&text)) : CP_STATUS_CLEAN;
    if (status == CP_STATUS_CLEAN) {
        status = print_into(in->output, cp_buf_str(is_drawn ? &picture : &text));
    }
    if (status == CP_STATUS_CLEAN && in->graph.withheld > 0) {
        say("%zu %s for a narrower audience left out", in->graph.withheld,
            in->graph.withheld == 1 ? "dependency is" : "dependencies are");
    }
    cp_buf_release(&text);
    cp_buf_release(&picture);
    return status;
}

static int graph_all(struct graphing *in, struct run *run)
{
    struct cp_secrets secrets;
    cp_engine_each_network(run->engine, add_network, in);
    bool is_whole = !run_say_failures(run);
    say_flaws(run->engine);
    cp_secrets_init(&secrets);
    cp_engine_add_secrets(run->engine, &secrets);
    cp_engine_add_shared_secrets(run->engine, &secrets);
    cp_secrets_sort(&secrets);
    cp_graph_settle(&in->graph);
    int status = focus(in);
    cp_graph_hide(&in->graph, &secrets);
    cp_secrets_release(&secrets);
    if (status == CP_STATUS_CLEAN) {
        status = write_out(in);
    }
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    return is_whole ? in->status : CP_STATUS_WORLD;
}

static int graph(const struct cp_arguments *arguments)
{
    struct graphing in = {.output = cp_argument_find(arguments, CP_OPTION_OUTPUT),
                          .focus = cp_argument_find(arguments, CP_OPTION_FOCUS)};
    struct run run;
    const char *to = cp_argument_find(arguments, CP_OPTION_TO);
    in.to = to ? to : format_of(in.output);
    int status = read_depth(&in.depth, arguments);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = run_need_portfolio(&run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        cp_graph_init(&in.graph, audience_of(arguments), cluster_of(arguments));
        status = graph_all(&in, &run);
        cp_graph_release(&in.graph);
    }
    run_close(&run);
    return status;
}

const struct cp_command command_graph = {
    .name = "graph",
    .operands = "[PATH ...]",
    .summary = "show who depends on what",
    .doc = "Draws the plans with what they depend on: how hard, what must be up before recovery "
           "starts, and where dependencies go round in a circle.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = graph,
};
