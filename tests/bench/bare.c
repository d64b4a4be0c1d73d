/*
 * usage: bare LIST   the yardstick: reads each file named in LIST, a path a line, and runs
 * libyaml's event loop over it, keeping nothing. What contplan costs is told as a multiple of this.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

// The files are far smaller; one that is not is cut, and then does not parse.
static unsigned char bytes[1 << 20];

static size_t read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    setvbuf(file, NULL, _IONBF, 0);
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return len;
}

// Runs the events of one document stream and returns how many there were; 0 on an error.
static unsigned long run_events(size_t len)
{
    yaml_parser_t parser;
    yaml_event_t event;
    unsigned long events = 0;
    bool is_at_end = false;
    if (!yaml_parser_initialize(&parser)) {
        return 0;
    }
    yaml_parser_set_input_string(&parser, bytes, len);
    while (!is_at_end) {
        if (!yaml_parser_parse(&parser, &event)) {
            events = 0;
            break;
        }
        is_at_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
    return events;
}

int main(int argc, char **argv)
{
    FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!list) {
        fputs("usage: bare LIST\n", stderr);
        return 2;
    }
    char path[4096];
    unsigned long events = 0;
    while (fgets(path, sizeof path, list)) {
        path[strcspn(path, "\n")] = '\0';
        unsigned long count = run_events(read_file(path));
        if (count == 0) {
            fprintf(stderr, "bare: %s does not parse\n", path);
            return EXIT_FAILURE;
        }
        events += count;
    }
    fclose(list);
    printf("%lu events\n", events);
    return EXIT_SUCCESS;
}
