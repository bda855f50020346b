#ifndef TRIGLYPH_CLIBYAML_SHIM_H
#define TRIGLYPH_CLIBYAML_SHIM_H

#include <stddef.h>
#include <stdlib.h>
#include <yaml.h>

/// A parser over `count` bytes that are read as UTF-8 whatever byte-order mark they open with, or NULL when there is no memory.
///
/// It stands on the heap because libyaml keeps pointers into it: a `yaml_parser_t` that moves is a broken one. The bytes are borrowed until
/// `triglyph_yaml_parser_free`.
static inline yaml_parser_t *triglyph_yaml_parser_new(const unsigned char *bytes, size_t count) {
  yaml_parser_t *parser = (yaml_parser_t *)malloc(sizeof(yaml_parser_t));
  if (parser == NULL) return NULL;
  if (!yaml_parser_initialize(parser)) {
    free(parser);
    return NULL;
  }
  yaml_parser_set_input_string(parser, bytes, count);
  yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
  return parser;
}

static inline void triglyph_yaml_parser_free(yaml_parser_t *parser) {
  if (parser == NULL) return;
  yaml_parser_delete(parser);
  free(parser);
}

#endif
