#ifndef TRIGLYPH_CGRAPHVIZ_SHIM_H
#define TRIGLYPH_CGRAPHVIZ_SHIM_H

#include <fcntl.h>
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Forks; the child is killed when its parent ends, so that whoever kills the parent for taking too long also stops the drawing.
static inline int triglyph_fork_tied(void) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(3);
  }
  return (int)child;
}

/// A file that has no name and lives in memory, or -1.
static inline int triglyph_memory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 0u);
}

/// Marks that stand before each message of Graphviz's in the log, so that it can be told from what its libraries print.
#define TRIGLYPH_MARK_ERROR '\001'
#define TRIGLYPH_MARK_WARNING '\002'
#define TRIGLYPH_MARK_CONTINUED '\003'

/// Graphviz 2.43 hands a message over in pieces: the level's word, then ": ", then the text; a continuation is its text alone.
static inline int triglyph_log_piece(char *piece) {
  static int level = TRIGLYPH_MARK_CONTINUED;
  if (strcmp(piece, "Error") == 0) {
    level = TRIGLYPH_MARK_ERROR;
  } else if (strcmp(piece, "Warning") == 0) {
    level = TRIGLYPH_MARK_WARNING;
  } else if (strcmp(piece, ": ") != 0) {
    fputc(level, stderr);
    fputs(piece, stderr);
    level = TRIGLYPH_MARK_CONTINUED;
  }
  return 0;
}

/// Sends warnings and errors, marked, to the standard error stream of the process.
static inline void triglyph_log_messages(void) {
  agseterr(AGWARN);
  agseterrf(triglyph_log_piece);
}

/// Graphviz's own global, which no public header declares; a version that hides it leaves this NULL.
extern char *HTTPServerEnVar __attribute__((weak));

/// Keeps Graphviz from opening what the DOT names (images, shape files), as it does under a web server: its only switch for that. The
/// environment's SERVER_NAME, which is meant to set it, is looked at by the command-line parser alone. Returns whether it could be set.
static inline int triglyph_open_no_files(void) {
  if (&HTTPServerEnVar == NULL) return 0;
  HTTPServerEnVar = (char *)"triglyph-render";
  return 1;
}

/// The graphs in a stream, one a call; NULL at its end and after an error.
static inline Agraph_t *triglyph_read_graph(FILE *stream) { return agread(stream, NULL); }

#endif
