#include "cre2.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Until 2023 RE2 had a string view of its own; since then its name stands for Abseil's.
#if __has_include(<re2/stringpiece.h>)
#include <re2/stringpiece.h>
using View = re2::StringPiece;
#else
using View = absl::string_view;
#endif

struct cre2_pattern {
  RE2 regex;

  cre2_pattern(const std::string &text, const RE2::Options &options) : regex(text, options) {}
};

namespace {

// RE2 counts in ints here and there.
constexpr size_t most_text = std::numeric_limits<int>::max();

void say(std::string_view text, char *message, size_t capacity, size_t *length) noexcept {
  *length = std::min(text.size(), capacity);
  if (*length > 0) std::memcpy(message, text.data(), *length);
}

}  // namespace

extern "C" cre2_pattern *cre2_compile(const char *pattern, size_t length, int64_t max_memory, char *message,
                                      size_t message_capacity, size_t *message_length) {
  *message_length = 0;
  try {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_memory);
    auto result = std::make_unique<cre2_pattern>(std::string(pattern, length), options);
    if (result->regex.ok()) return result.release();
    say(result->regex.error(), message, message_capacity, message_length);
  } catch (...) {
    say("out of memory", message, message_capacity, message_length);
  }
  return nullptr;
}

extern "C" void cre2_free(cre2_pattern *pattern) { delete pattern; }

extern "C" int cre2_group_count(const cre2_pattern *pattern) { return pattern->regex.NumberOfCapturingGroups(); }

extern "C" int cre2_program_size(const cre2_pattern *pattern) { return pattern->regex.ProgramSize(); }

extern "C" int cre2_matches(const cre2_pattern *pattern, const char *text, size_t length) {
  return cre2_find(pattern, text, length, 0, nullptr, 0);
}

extern "C" int cre2_find(const cre2_pattern *pattern, const char *text, size_t length, size_t from, cre2_span *spans,
                         int count) {
  if (length > most_text || from > length || count < 0) return -1;
  try {
    std::vector<View> parts(static_cast<size_t>(count));
    // An empty view has no place to measure from.
    const char *base = text == nullptr ? "" : text;
    if (!pattern->regex.Match(View(base, length), from, length, RE2::UNANCHORED, parts.data(), count)) return 0;
    for (int index = 0; index < count; index++) {
      const View &part = parts[static_cast<size_t>(index)];
      if (part.data() == nullptr) {
        spans[index] = cre2_span{-1, -1};
      } else {
        const int64_t start = part.data() - base;
        spans[index] = cre2_span{start, start + static_cast<int64_t>(part.size())};
      }
    }
    return 1;
  } catch (...) {
    return -1;
  }
}
