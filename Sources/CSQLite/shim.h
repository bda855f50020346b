#ifndef TRIGLYPH_CSQLITE_SHIM_H
#define TRIGLYPH_CSQLITE_SHIM_H

#include <sqlite3.h>

/// Binds bytes that SQLite copies: `SQLITE_TRANSIENT` is a cast of -1 to a function's address, which only C can write.
static inline int triglyph_sqlite_bind_copy(sqlite3_stmt *statement, int index, const char *bytes, int count) {
  return sqlite3_bind_text(statement, index, bytes, count, SQLITE_TRANSIENT);
}

#endif
