/*
 * A plan as one long row of words in the order of its file, in which every value, list and titled
 * text is a stretch; words are used up one by one, so that each stands for one of the document
 * only. Knows no document.
 */
#include "proof.h"

/* ---- reading it ------------------------------------------------------------------------------ */

static uint32_t word_count(const struct proof_plan *plan)
{
    return (uint32_t)plan->words.count;
}

/* Comments up to a byte of the file stand before the word that comes next. */
static void take_comments(struct proof_plan *plan, size_t before)
{
    for (; plan->comment_count < plan->yaml.comments.count; plan->comment_count++) {
        const struct cp_comment *comment = &plan->yaml.comments.items[plan->comment_count];
        if (comment->span.offset >= before) {
            return;
        }
        *(struct proof_remark *)cp_list_push(&plan->remarks, sizeof(struct proof_remark)) =
            (struct proof_remark){
                cp_str_slice(plan->file.bytes, comment->span.offset, comment->span.length),
                word_count(plan)};
    }
}

static bool is_markdown(const struct cp_field *field)
{
    return !field || field->type == CP_TYPE_PROSE || field->type == CP_TYPE_TEXT ||
           field->type == CP_TYPE_OBJECT;
}

static void add_link(struct proof_plan *plan, struct cp_str target, uint32_t at, bool is_image)
{
    *(struct proof_link *)cp_list_push(&plan->links, sizeof(struct proof_link)) =
        (struct proof_link){target, at, is_image};
}

/* The index of the first of the words from `first` on that stands at or behind a byte. */
static uint32_t word_at(const struct proof_plan *plan, uint32_t first, uint32_t at)
{
    while (first < plan->words.count && plan->words.items[first].at < at) {
        first++;
    }
    return first;
}

/* The headings of a text, each with the words up to the next. */
static void take_headings(struct proof_plan *plan, struct cp_str text, uint32_t first)
{
    struct proof_lines lines = {0};
    size_t open = SIZE_MAX;
    uint32_t end = word_count(plan);
    proof_lines_read(&lines, text);
    for (size_t i = 0; i < lines.count; i++) {
        const struct proof_line *line = &lines.items[i];
        if (line->kind != PROOF_HEADING && line->kind != PROOF_STRONG) {
            continue;
        }
        first = word_at(plan, first, line->from);
        if (open != SIZE_MAX) {
            plan->carriers.items[open].range.to = first;
        }
        open = plan->carriers.count;
        uint32_t behind = word_at(plan, first, line->to);
        *(struct proof_carrier *)cp_list_push(&plan->carriers, sizeof(struct proof_carrier)) =
            (struct proof_carrier){line->title, {first, behind}, {behind, end}};
        first = behind;
    }
    cp_list_release(&lines);
}

static void take_markdown(struct proof_plan *plan, struct cp_str text)
{
    uint32_t first = word_count(plan);
    uint32_t at = first;
    struct proof_targets targets = {0};
    proof_text_read(&plan->words, &targets, text);
    for (size_t i = 0; i < targets.count; i++) {
        const struct proof_target *target = &targets.items[i];
        at = word_at(plan, at, target->at);
        add_link(plan, target->text, at, target->is_image);
    }
    cp_list_release(&targets);
    take_headings(plan, text, first);
}

/* Values that count as a whole: figures of a date mean one day only, and an id repeats the words of
 * a name. */
static bool is_whole(const struct cp_field *field)
{
    static const enum cp_type_id types[] = {CP_TYPE_ID,     CP_TYPE_URL,      CP_TYPE_DURATION,
                                            CP_TYPE_PERIOD, CP_TYPE_INTERVAL, CP_TYPE_DATE,
                                            CP_TYPE_YES_NO, CP_TYPE_CHOICE};
    for (size_t i = 0; field && i < sizeof types / sizeof *types; i++) {
        if (field->type == types[i]) {
            return true;
        }
    }
    return false;
}

static void take_scalar(struct proof_plan *plan, const struct cp_node *node,
                        const struct cp_field *field)
{
    struct proof_word word;
    uint32_t first = word_count(plan);
    if (node->text.len > 0 && is_markdown(field)) {
        take_markdown(plan, node->text);
    } else if (!is_whole(field)) {
        for (size_t at = 0; proof_word_next(&word, node->text, &at);) {
            *(struct proof_word *)cp_list_push(&plan->words, sizeof word) = word;
        }
    }
    bool is_image = node->key && cp_str_is(node->key->text, "src");
    add_link(plan, node->text, first, is_image);
    struct proof_value value = {node, field, {first, word_count(plan)}};
    *(struct proof_value *)cp_list_push(&plan->values, sizeof value) = value;
    if (is_whole(field) || (field && field->type == CP_TYPE_REFERENCE)) {
        *(struct proof_value *)cp_list_push(&plan->typed, sizeof value) = value;
    }
}

static const struct cp_field *field_of(const struct cp_node *node, const struct cp_field *list,
                                       const struct cp_object *object)
{
    if (!node->key) {
        return list;
    }
    return object ? cp_field_find(object, node->key->text) : NULL;
}

/* As deep as YAML may be. `field` is the row of what `node` stands in. */
static void take_node(struct proof_plan *plan, const struct cp_node *node,
                      const struct cp_field *field, const struct cp_object *object)
{
    size_t start = node->key ? node->key->span.offset : node->span.offset;
    take_comments(plan, start);
    if (node->kind == CP_NODE_SCALAR) {
        take_scalar(plan, node, field);
        return;
    }
    size_t branch = plan->branches.count;
    *(struct proof_branch *)cp_list_push(&plan->branches, sizeof(struct proof_branch)) =
        (struct proof_branch){node, {word_count(plan), 0}};
    struct proof_range words = {0, 0};
    const struct cp_node *title = cp_node_find(node, "title");
    for (const struct cp_node *child = node->first; child; child = child->next) {
        const struct cp_field *own = field_of(child, field, object);
        uint32_t before = word_count(plan);
        take_node(plan, child, own, own ? own->of : NULL);
        words = child == title ? (struct proof_range){before, word_count(plan)} : words;
    }
    plan->branches.items[branch].range.to = word_count(plan);
    if (title && title->kind == CP_NODE_SCALAR) {
        *(struct proof_carrier *)cp_list_push(&plan->carriers, sizeof(struct proof_carrier)) =
            (struct proof_carrier){title->text, words, {words.to, word_count(plan)}};
    }
}

/* ---- the index ------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    const struct proof_entry *left = a;
    const struct proof_entry *right = b;
    int order = cp_str_compare(left->text, right->text);
    return order != 0 ? order : left->index < right->index ? -1 : left->index > right->index;
}

static void index_words(struct proof_plan *plan)
{
    uint32_t count = word_count(plan);
    plan->index = cp_alloc((count + 1) * sizeof *plan->index);
    plan->next_free = cp_alloc((count + 1) * sizeof *plan->next_free);
    for (uint32_t i = 0; i < count; i++) {
        plan->index[i] = (struct proof_entry){plan->words.items[i].text, i};
        plan->next_free[i] = i;
    }
    plan->next_free[count] = count;
    qsort(plan->index, count, sizeof *plan->index, by_text);
}

bool proof_plan_open(struct proof_plan *plan, struct cp_str bytes)
{
    *plan = (struct proof_plan){0};
    cp_arena_init(&plan->arena);
    cp_diags_init(&plan->diags);
    cp_file_init(&plan->file, "plan");
    cp_file_set(&plan->file, bytes);
    cp_yaml_parse(&plan->yaml, &plan->arena, &plan->file, &plan->diags);
    bool is_read = plan->yaml.root && plan->yaml.root->kind == CP_NODE_MAPPING;
    if (is_read) {
        take_node(plan, plan->yaml.root, NULL, &cp_object_plan);
        take_comments(plan, SIZE_MAX);
    }
    index_words(plan);
    proof_labels_open(plan);
    return is_read;
}

void proof_plan_close(struct proof_plan *plan)
{
    free(plan->index);
    free(plan->next_free);
    cp_list_release(&plan->words);
    cp_list_release(&plan->values);
    cp_list_release(&plan->typed);
    cp_list_release(&plan->wordings);
    cp_list_release(&plan->carriers);
    cp_list_release(&plan->branches);
    cp_list_release(&plan->links);
    cp_list_release(&plan->remarks);
    cp_file_drop(&plan->file);
    cp_diags_release(&plan->diags);
    cp_arena_release(&plan->arena);
}

/* ---- asking it ------------------------------------------------------------------------------- */

static struct proof_range range_of(const struct proof_plan *plan, const struct cp_node *node)
{
    for (size_t i = 0; i < plan->branches.count; i++) {
        if (plan->branches.items[i].node == node) {
            return plan->branches.items[i].range;
        }
    }
    for (size_t i = 0; i < plan->values.count; i++) {
        if (plan->values.items[i].node == node) {
            return plan->values.items[i].range;
        }
    }
    return (struct proof_range){0, 0};
}

struct proof_range proof_plan_reach(const struct proof_plan *plan, const char *path)
{
    const struct cp_node *node = plan->yaml.root;
    const struct cp_node *found = NULL;
    while (node && *path != '\0') {
        char key[64];
        size_t length = strcspn(path, ".");
        if (length >= sizeof key) {
            break;
        }
        memcpy(key, path, length);
        key[length] = '\0';
        path += length + (path[length] == '.');
        node = cp_node_find(node, key);
        found = node ? node : found;
    }
    return found ? range_of(plan, found) : (struct proof_range){0, 0};
}

/* The first place in the index of the word at or behind a word of the plan. */
static uint32_t lower_bound(const struct proof_plan *plan, struct cp_str word, uint32_t from)
{
    struct proof_entry wanted = {word, from};
    uint32_t low = 0;
    uint32_t high = word_count(plan);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (by_text(&plan->index[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_at(const struct proof_plan *plan, uint32_t place, struct cp_str word,
                  struct proof_range range)
{
    return place < word_count(plan) && plan->index[place].index < range.to &&
           cp_str_is_equal(plan->index[place].text, word);
}

bool proof_plan_take(struct proof_plan *plan, struct cp_str word, struct proof_range range)
{
    uint32_t place = lower_bound(plan, word, range.from);
    uint32_t free_place = place;
    while (plan->next_free[free_place] != free_place) {
        free_place = plan->next_free[free_place];
    }
    while (plan->next_free[place] != place) {
        uint32_t next = plan->next_free[place];
        plan->next_free[place] = free_place;
        place = next;
    }
    if (!is_at(plan, free_place, word, range)) {
        return false;
    }
    plan->next_free[free_place] = free_place + 1;
    return true;
}

bool proof_plan_has(const struct proof_plan *plan, struct cp_str word, struct proof_range range,
                    uint32_t *at)
{
    uint32_t place = lower_bound(plan, word, range.from);
    bool is_there = is_at(plan, place, word, range);
    if (is_there && at) {
        *at = plan->index[place].index;
    }
    return is_there;
}

bool proof_plan_has_as_often(const struct proof_plan *plan, struct cp_str word, size_t times,
                             struct proof_range range)
{
    size_t place = lower_bound(plan, word, range.from) + times - 1;
    return place < word_count(plan) && is_at(plan, (uint32_t)place, word, range);
}

bool proof_plan_has_remark(const struct proof_plan *plan, struct cp_str word,
                           struct proof_range range)
{
    struct proof_word found;
    for (size_t i = 0; i < plan->remarks.count; i++) {
        const struct proof_remark *remark = &plan->remarks.items[i];
        for (size_t at = 0; remark->at >= range.from && remark->at <= range.to &&
                            proof_word_next(&found, remark->text, &at);) {
            if (cp_str_is_equal(found.text, word)) {
                return true;
            }
        }
    }
    return false;
}
