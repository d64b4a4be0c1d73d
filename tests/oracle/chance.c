/*
 * Chance: Steele, Lea and Flood's SplitMix64 (OOPSLA 2014). Knows only numbers.
 */
#include "chance.h"

static uint64_t next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

int pick(struct chance *chance, int count)
{
    return (int)(next(chance) % (uint64_t)count);
}

int between(struct chance *chance, int from, int to)
{
    return from + pick(chance, to - from + 1);
}

bool maybe(struct chance *chance, int percent)
{
    return pick(chance, 100) < percent;
}

/* The seed is stirred once, so that neighbours have nothing in common. */
struct chance chance_of(uint64_t seed)
{
    struct chance chance = {seed};
    chance.state = next(&chance);
    return chance;
}
