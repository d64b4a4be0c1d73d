/*
 * What the parts of the generator share: chance, the pieces of text a document is made of, and the
 * two documents.
 */
#ifndef CONTPLAN_BENCH_GENERATE_H
#define CONTPLAN_BENCH_GENERATE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { PEOPLE = 60, TEAMS = 12, SUPPLIERS = 8 };

struct gen {
    FILE *out;
    uint64_t state; /* of chance */
    unsigned index; /* of the plan */
};

/* A piece of a document that stands in `percent` of them. In its text `$` and a letter are filled
 * in: s a sentence, c a clause, n the plan's number, h and i the numbers of two earlier plans,
 * p and q two different people, t a team, d a day of a month, m a number of minutes. A text that
 * starts with `^` stands only where there are earlier plans. */
struct piece {
    unsigned percent;
    const char *text;
};

void put(struct gen *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts one piece's text. */
void put_text(struct gen *g, const char *text);
void put_pieces(struct gen *g, const struct piece *pieces, size_t count);

/* The portfolio file, and the plan with number `g->index`. */
void put_portfolio(struct gen *g);
void put_plan(struct gen *g);

#endif
