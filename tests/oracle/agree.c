/*
 * Answers as text, and the comparison.
 */
#include "agree.h"

#include <stdlib.h>
#include <string.h>

static void write_time(FILE *out, int minute)
{
    if (minute >= NEVER) {
        fputs("unknown", out);
    } else {
        fprintf(out, "%d", minute);
    }
}

static void write_outcome(FILE *out, const struct plan *plan, const struct outcome *outcome)
{
    static const char *const states[] = {"unaffected", "degraded", "down"};
    static const char *const promises[] = {"rto", "rpo", "mtpd"};
    fprintf(out, "%s %s from ", plan->id.text, states[outcome->state]);
    write_time(out, outcome->from);
    fputs(" up at ", out);
    write_time(out, outcome->up_at);
    fputs(" own ", out);
    write_time(out, outcome->own);
    for (int i = 0; i < PROMISES; i++) {
        if (outcome->breaches[i].is_breached) {
            fprintf(out, ", %s %d is ", promises[i], outcome->breaches[i].limit);
            write_time(out, outcome->breaches[i].actual);
        }
    }
    fputc('\n', out);
}

static const char *or_none(const struct name *name)
{
    return name_is_stated(name) ? name->text : "-";
}

void answer_write(FILE *out, const struct world *world, const struct answer *answer)
{
    for (int i = 0; i < world->plan_count; i++) {
        if (answer->outcomes[i].is_present) {
            write_outcome(out, &world->plans[i], &answer->outcomes[i]);
        }
    }
    for (int i = 0; i < answer->work_count; i++) {
        const struct work *work = &answer->works[i];
        fprintf(out, "  %s %s %s: %s ", world->plans[work->plan].id.text, work->runbook.text,
                or_none(&work->step), or_none(&work->holder));
        write_time(out, work->start);
        fputs(" to ", out);
        write_time(out, work->end);
        fputc('\n', out);
    }
    fputs("  lost", out);
    for (int i = 0; i < answer->lost_count; i++) {
        fprintf(out, " %s", answer->lost[i].text);
    }
    fprintf(out, "\n  lower bound %ld s\n", (long)answer->lower_bound);
}

char *answer_text(const struct world *world, const struct answer *answer)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        abort();
    }
    answer_write(out, world, answer);
    fclose(out);
    return text;
}

bool worlds_agree(FILE *out, const struct world *world, int *skipped)
{
    static struct answer own;
    static struct answer theirs;
    static const struct manner plain = {.jobs = 1};
    bool is_odd = false;
    oracle_answer(&own, world, false);
    if (own.is_beyond) {
        *skipped += 1;
        return true;
    }
    contplan_answer(&theirs, &is_odd, world, &plain);
    char *a = answer_text(world, &own);
    char *b = answer_text(world, &theirs);
    bool are_alike = strcmp(a, b) == 0 && !is_odd;
    if (out && !are_alike) {
        fprintf(out, "the oracle says\n%scontplan says%s\n%s", a,
                is_odd ? " (with times that are no whole minutes)" : "", b);
    }
    free(a);
    free(b);
    return are_alike;
}

void world_report(FILE *out, const struct world *world)
{
    int skipped = 0;
    fputs("contplan.yaml\n", out);
    world_write_portfolio(out, world);
    for (int i = 0; i < world->plan_count; i++) {
        fprintf(out, "plans/%s.yaml\n", world->plans[i].id.text);
        world_write_plan(out, world, i);
    }
    world_write_question(out, world);
    worlds_agree(out, world, &skipped);
}
