/*
 * What a byte is in ASCII, whatever the locale: the tests that only the parsers of this layer need.
 * Knows no character beyond ASCII; utf8.c does.
 */
#ifndef CONTPLAN_SRC_BASE_ASCII_H
#define CONTPLAN_SRC_BASE_ASCII_H

#include <stdbool.h>

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#endif
