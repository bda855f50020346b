internal import Diagnostics
internal import YAMLTree

/// Why something cannot be written, and where.
struct MergeProblem: Error {
  var diagnostic: Diagnostic

  init(_ summary: String, at range: SourceRange?, related: [Diagnostic.Related] = []) {
    diagnostic = Diagnostic("not-merged", .error, summary, at: range, related: related)
  }

  init(_ summary: String, at node: YAMLNode) { self.init(summary, at: node.range) }

  static func alias(at node: YAMLNode) -> MergeProblem {
    MergeProblem("an alias stands in the way of a change here; write what it stands for in its place", at: node)
  }

  static func comment(at range: SourceRange) -> MergeProblem {
    MergeProblem("a comment stands inside what would be replaced here; move it to a line of its own before", at: range)
  }

  static func form(at node: YAMLNode) -> MergeProblem {
    MergeProblem("this is written in a form that cannot be changed safely; change it by hand", at: node)
  }
}
