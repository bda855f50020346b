#ifndef TRIGLYPH_CRE2_H
#define TRIGLYPH_CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled regular expression. It never changes, so any number of threads may search with it at once.
typedef struct cre2_pattern cre2_pattern;

/// Where a group matched, in bytes of the text; both are -1 where it took no part.
typedef struct cre2_span {
  int64_t start;
  int64_t end;
} cre2_span;

/// Compiles `length` bytes of UTF-8, which may hold NUL. The automata never take more than about `max_memory` bytes.
///
/// NULL if the pattern is no regular expression, is too large for that memory, or there is no memory left: then up to
/// `message_capacity` bytes of RE2's own words stand in `message`, and `message_length` tells how many.
cre2_pattern *cre2_compile(const char *pattern, size_t length, int64_t max_memory, char *message,
                           size_t message_capacity, size_t *message_length);

void cre2_free(cre2_pattern *pattern);

/// How many capturing groups there are, the whole match not counted.
int cre2_group_count(const cre2_pattern *pattern);

/// How many instructions it was compiled to: what compiling it has cost.
int cre2_program_size(const cre2_pattern *pattern);

/// 1 if some part of the text matches, 0 if none does, -1 if the search failed.
int cre2_matches(const cre2_pattern *pattern, const char *text, size_t length);

/// The leftmost match that starts at `from` or after it, in a text that begins before it: `^` is the text's beginning,
/// not `from`. Fills `count` spans, the first of them the whole match. 1, 0 or -1 as `cre2_matches`.
int cre2_find(const cre2_pattern *pattern, const char *text, size_t length, size_t from, cre2_span *spans, int count);

#ifdef __cplusplus
}
#endif

#endif
