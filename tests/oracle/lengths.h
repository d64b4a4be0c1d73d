/*
 * Worlds made over: all lengths changed at once, all hours opened, all limits of capacity lifted.
 */
#ifndef CONTPLAN_ORACLE_LENGTHS_H
#define CONTPLAN_ORACLE_LENGTHS_H

#include "world.h"

/* Everybody is always there for good, and all time is elapsed time. */
void world_open_always(struct world *world);
/* All lengths `factor` times as long. */
void world_stretch(struct world *world, int factor);
/* Nobody but teams that do any number of things at once. */
void world_lift_capacity(struct world *world);
/* Fallbacks last, and there are no workarounds: every outage begins at once. */
void world_begin_at_once(struct world *world);

#endif
