/* For whom what is shown is meant: the option of every command that shows what plans say. */
#include "commands.h"

#include <string.h>

const char *const audience_words[] = {"public", "internal", "restricted", NULL};

enum cp_audience audience_of(const struct cp_arguments *arguments)
{
    const char *word = cp_argument_find(arguments, CP_OPTION_AUDIENCE);
    size_t index = 0;
    while (word && audience_words[index] && strcmp(audience_words[index], word) != 0) {
        index++;
    }
    return word ? (enum cp_audience)(CP_PUBLIC + index) : CP_INTERNAL;
}
