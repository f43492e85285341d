/* The least that running processes takes: starts the commands of a file by posix_spawn, so many at a time, and waits for them.
 *
 *   floor run MOST FILE   one command a line, its words separated by single spaces
 *   floor stat FILE       one path a line: asks for each when it was changed, and does no more
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

extern char **environ;

static void start(char *line)
{
    char *words[64];
    int count = 0;
    for (char *word = strtok(line, " "); word && count < 63; word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
    pid_t pid;
    if (posix_spawnp(&pid, words[0], NULL, NULL, words, environ) != 0) {
        perror(words[0]);
        exit(1);
    }
}

static void finish(void)
{
    int status;
    if (wait(&status) < 0 || status != 0) {
        fputs("a command failed\n", stderr);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    int is_run = argc == 4 && strcmp(argv[1], "run") == 0;
    if (!is_run && !(argc == 3 && strcmp(argv[1], "stat") == 0)) {
        fputs("usage: floor run MOST FILE | floor stat FILE\n", stderr);
        return 2;
    }

    FILE *file = fopen(argv[argc - 1], "r");
    if (!file) {
        perror(argv[argc - 1]);
        return 1;
    }

    int most = is_run ? atoi(argv[2]) : 0, running = 0;
    char line[65536];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        struct stat seen;
        if (!is_run) {
            if (stat(line, &seen) != 0) {
                perror(line);
                return 1;
            }
            continue;
        }
        if (running == most) {
            finish();
            running--;
        }
        start(line);
        running++;
    }
    while (running-- > 0)
        finish();
    return 0;
}
