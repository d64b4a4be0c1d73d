/*
 * Chance of its own for the generator: the same seed gives the same numbers everywhere. Knows only
 * numbers.
 */
#ifndef CONTPLAN_ORACLE_CHANCE_H
#define CONTPLAN_ORACLE_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

struct chance chance_of(uint64_t seed);
/* 0 .. count - 1. */
int pick(struct chance *chance, int count);
/* from .. to. */
int between(struct chance *chance, int from, int to);
/* True in `percent` of the cases. */
bool maybe(struct chance *chance, int percent);

#endif
