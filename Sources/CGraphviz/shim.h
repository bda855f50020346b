#ifndef TRIGLYPH_CGRAPHVIZ_SHIM_H
#define TRIGLYPH_CGRAPHVIZ_SHIM_H

#include <fcntl.h>
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <graphviz/types.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
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

/// The drawing's size after a layout, in points, with the pad around it that Graphviz draws.
static inline void triglyph_drawing_size(Agraph_t *graph, double *width, double *height, double *pad) {
  char *text = agget(graph, (char *)"pad");
  *pad = text && *text ? atof(text) * 72 : 4;
  *width = GD_bb(graph).UR.x - GD_bb(graph).LL.x + 2 * *pad;
  *height = GD_bb(graph).UR.y - GD_bb(graph).LL.y + 2 * *pad;
}

/// Has the drawing, after its layout, stand scaled in the middle of a sheet: `viewport` is read when a picture is made. No margin beyond it.
static inline void triglyph_set_sheet(Agraph_t *graph, char *viewport) {
  agsafeset(graph, (char *)"viewport", viewport, (char *)"");
  agsafeset(graph, (char *)"margin", (char *)"0", (char *)"");
}

/// A name in which all but ASCII letters, digits and the underscore are a percent sign and two digits.
static inline void triglyph_write_name(const char *name, FILE *out) {
  for (const unsigned char *byte = (const unsigned char *)name; *byte; byte++) {
    int plain = (*byte >= '0' && *byte <= '9') || (*byte >= 'A' && *byte <= 'Z') || (*byte >= 'a' && *byte <= 'z') || *byte == '_';
    fprintf(out, plain ? "%c" : "%%%02X", *byte);
  }
}

/// Hundredths of a point, from the top left corner of the picture.
typedef struct triglyph_corner {
  double left, top;
} triglyph_corner;

static inline void triglyph_write_point(pointf point, triglyph_corner corner, FILE *out) {
  fprintf(out, " %.0f %.0f", (point.x - corner.left) * 100, (corner.top - point.y) * 100);
}

static inline void triglyph_write_box(const char *what, const char *name, boxf box, triglyph_corner corner, FILE *out) {
  pointf top_left = {box.LL.x, box.UR.y};
  fprintf(out, "%s ", what);
  triglyph_write_name(name, out);
  triglyph_write_point(top_left, corner, out);
  fprintf(out, " %.0f %.0f\n", (box.UR.x - box.LL.x) * 100, (box.UR.y - box.LL.y) * 100);
}

static inline void triglyph_write_frames(Agraph_t *graph, triglyph_corner corner, FILE *out) {
  for (int index = 1; index <= GD_n_cluster(graph); index++) {
    Agraph_t *cluster = GD_clust(graph)[index];
    triglyph_write_box("frame", agnameof(cluster), GD_bb(cluster), corner, out);
    triglyph_write_frames(cluster, corner, out);
  }
}

/// Writes where all stands after a layout, a line each: `picture WIDTH HEIGHT`, `box NAME X Y WIDTH HEIGHT`, the same of a `frame`, and
/// `line TAIL HEAD KIND X Y …` where `curve` begins a chain of Bezier curves and `tail` or `head` is the tip of an arrow; x and y are of
/// the upper left corner. A line without a place is left out.
static inline void triglyph_write_places(Agraph_t *graph, FILE *out) {
  double width, height, pad;
  triglyph_drawing_size(graph, &width, &height, &pad);
  triglyph_corner corner = {GD_bb(graph).LL.x - pad, GD_bb(graph).UR.y + pad};
  fprintf(out, "picture %.0f %.0f\n", width * 100, height * 100);
  triglyph_write_frames(graph, corner, out);
  for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
    pointf centre = ND_coord(node);
    boxf box = {{centre.x - ND_lw(node), centre.y - ND_ht(node) / 2}, {centre.x + ND_rw(node), centre.y + ND_ht(node) / 2}};
    triglyph_write_box("box", agnameof(node), box, corner, out);
  }
  for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
    for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge)) {
      if (!ED_spl(edge)) continue;
      fprintf(out, "line ");
      triglyph_write_name(agnameof(agtail(edge)), out);
      fputc(' ', out);
      triglyph_write_name(agnameof(aghead(edge)), out);
      for (int piece = 0; piece < ED_spl(edge)->size; piece++) {
        bezier curve = ED_spl(edge)->list[piece];
        if (curve.sflag) {
          fprintf(out, " tail");
          triglyph_write_point(curve.sp, corner, out);
        }
        fprintf(out, " curve");
        for (int index = 0; index < curve.size; index++) triglyph_write_point(curve.list[index], corner, out);
        if (curve.eflag) {
          fprintf(out, " head");
          triglyph_write_point(curve.ep, corner, out);
        }
      }
      fputc('\n', out);
    }
  }
}

#endif
