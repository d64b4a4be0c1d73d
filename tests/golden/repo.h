/*
 * A git repository from a small script, through libgit2 with fixed names and dates. A statement a
 * line, `#` begins a comment:
 *
 *   write PATH            a file; its text are the lines that follow, without their first "| "
 *   copy FOLDER           what a folder of this project holds
 *   plan PATH ID          a complete plan with this id, without a finding
 *   edit PATH OLD => NEW  replaces text in a file, which must be there
 *   link PATH TARGET      a symbolic link
 *   rename PATH PATH, remove PATH
 *   stage PATH, intend PATH, conflict PATH, submodule PATH     what the index holds of it
 *   commit MESSAGE        stages everything and commits it; a day passes
 *   commit-staged MESSAGE   commits the index as it is
 *   merge REV MESSAGE     as commit, with REV as its second parent
 *   author NAME           of what is committed from here on; \e is an escape character
 *   pass DAYS             that many days pass
 *   branch NAME REV, switch NAME
 *   git FILE TEXT         adds a line to a file of the repository itself; \t is a tab
 *   lose REV              takes an object out of the repository
 */
#ifndef CONTPLAN_TESTS_REPO_H
#define CONTPLAN_TESTS_REPO_H

#include <contplan/base.h>

/* Builds it in a folder that is there; fails the test where a statement cannot be done. */
void repo_build(struct cp_str script, const char *folder);

#endif
