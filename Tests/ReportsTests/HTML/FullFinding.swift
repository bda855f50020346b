import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance
@testable import Reports

/// A finding that has everything, and the words by which each of its parts is known in an output.
enum FullFinding {
  /// What a finding can carry, as docs/formats.md calls it, and a text that is nowhere else.
  static let parts: [(name: String, mark: String)] = [
    ("what is wrong", "message-mark"), ("its id, for `explain`", finding.shortName), ("severity", "blocker"),
    ("rule", "data-inherits"), ("the rule's title", "A system is classified as high as its data"),
    ("why the rule exists", "Controls follow the classification."), ("clause", "Clause-mark"),
    ("the clause's requirement", "Classify."),
    ("remedy", "remedy-mark"), ("file and line", "place-mark.yaml"), ("the line itself", "snippet-mark"),
    ("related places", "related-mark"), ("path", "hop-mark"), ("facts not recorded", "missing-mark"),
    ("defaults that were read", "default-mark"), ("notes", "remark-mark"), ("measure", "7654321"),
    ("who answers for it", "owner-mark"),
    ("its initiative, and since when", "2029-09-09"), ("what it was before", "before-mark"),
    ("other initiatives with it", "other-mark"), ("a waiver that counts once merged", "merged-mark"),
  ]

  private static let source = SourceText(name: "catalogue/place-mark.yaml", text: "a: 1\nid: snippet-mark\n")

  static let finding: Finding = {
    let range = SourceRange(source, 9..<21)
    let hop = Finding.Hop(from: "system:hop-mark", relation: "calls", carrier: nil, range: range, to: "system:b")
    return Finding(
      rule: "data-inherits", outcome: .failed, severity: .blocker, target: "system:full", key: ["system:full"],
      identity: "data-inherits|system:full", message: "message-mark", place: Place(range: range, isAbsent: false),
      field: "classification", label: "this", related: [Diagnostic.Related("related-mark", at: range)], paths: [[hop]],
      clause: Finding.Clause(id: "data/3", level: "must", title: "Clause-mark"), remedy: "remedy-mark",
      measure: 7_654_321, missing: [Finding.MissingFact(name: "system:missing-mark.rto", range: range)],
      defaults: ["system:default-mark.tier"], inView: inView("initiative:annexe", "2029-09-09", before: "before-mark"),
      remarks: ["remark-mark"], onceMerged: .waived(by: "waiver:merged-mark", until: .never))
  }()

  private static func inView(_ initiative: String, _ date: String, before: String? = nil) -> Finding.InView {
    Finding.InView(
      initiative: initiative, stage: "design", isIdea: false, date: CivilDate(date) ?? .never, comparison: .introduced,
      before: before)
  }

  /// A report with it, and with it once more by another initiative, and nothing else.
  static func report() async throws -> CheckReport {
    let owned = (
      name: "catalogue/owned.yaml",
      text: "{kind: system, id: full, name: Full, classification: public, owner: somebody}\n---\n"
        + "{kind: organisation, id: somebody, name: owner-mark}\n"
    )
    let owner = "    relations:\n      owner: {to: organisation, role: owner}\n"
    let text = metamodel.text.replacing("    relations:\n", with: owner).replacing(
      "  system:\n", with: "  organisation: {plural: organisations, role: organisation}\n  system:\n")
    var report = await reportWithInitiative([owned], vocabulary: (metamodel.name, text))
    var other = finding
    other.inView = inView("initiative:other-mark", "2029-10-10")
    report.findings = [finding, other]
    return report
  }
}
