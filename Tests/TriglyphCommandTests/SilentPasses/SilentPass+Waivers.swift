/// What somebody permitted hides more, or longer, than was permitted.
extension SilentPass {
  /// A waiver of the rule of `base` for the hub, and its decision.
  static func waiver(
    targets: String = "'system:hub'", from: String = "2025-12-01", until: String = "2026-03-01",
    outcome: String = "approved",
    more: String = ""
  ) -> String {
    """
    {kind: waiver, id: w, name: W, rule: sec-mfa, targets: [\(targets)], reason: Later, from: \(from), until: \(until), decision: board\(more)}
    ---
    {kind: decision, id: board, name: Board, date: 2025-11-01, outcome: \(outcome), targets: ['waiver:w']}

    """
  }

  private static func waived(_ text: String) -> [String: String] { [systems: failing, "catalogue/waiver.yaml": text] }

  private static let crowd = (1...6).map { "{kind: system, id: s\($0), name: S\($0), mfa: false}" }.joined(
    separator: "\n---\n")

  static let waivers = Class(
    "A waiver hides more, or longer, than was permitted",
    SilentPass(
      "a waiver that holds", waived(waiver()), says: "0 major, 0 minor, 0 advisory, 1 waived", status: 0),
    SilentPass(
      "it has expired", waived(waiver(until: "2025-12-31")),
      says: "waived until 2025-12-31 by waiver:w, which has expired", status: 1),
    SilentPass(
      "it ends soon", waived(waiver(until: "2026-01-10")), says: "waiver:w ends on 2026-01-10",
      as: "waiver-expires-soon", status: 0),
    SilentPass(
      "it lasts for years", waived(waiver(until: "2029-01-01")), says: "a major is waived for 365d at most",
      as: "waiver-too-long", status: 1),
    SilentPass(
      "it hides nothing", ["catalogue/waiver.yaml": waiver()], says: "waiver:w hides nothing", as: "waiver-unused",
      status: 0),
    SilentPass(
      "it covers six systems",
      [
        systems: crowd,
        "catalogue/waiver.yaml": waiver(targets: (1...6).map { "'system:s\($0)'" }.joined(separator: ", ")),
      ], says: "waiver:w covers 6", as: "waiver-too-broad", status: 0),
    SilentPass(
      "it names `system:*`", waived(waiver(targets: "'system:*'")), says: "there is no system `*`",
      as: "dangling-reference", status: 1),
    SilentPass(
      "it names a rule that is not there", waived(waiver().replacing("rule: sec-mfa", with: "rule: sec-mffa")),
      says: "there is no rule `sec-mffa`", as: "dangling-reference", status: 1),
    SilentPass(
      "the decision did not approve it", waived(waiver(outcome: "rejected")),
      says: "waiver:w does not hold: decision:board, on which it rests, does not approve", as: "waiver-not-approved",
      status: 1),
    SilentPass(
      "its rule cannot be waived",
      waived(waiver()).merging(rule("unwaivable: true\nrequire: self.mfa")) { $1 },
      says: "waiver:w is of sec-mfa, which cannot be waived", as: "waiver-of-unwaivable", status: 1),
    SilentPass(
      "an entry of the baseline is found no more",
      [
        "baseline.yaml":
          "format: 1\ntaken: 2025-12-01\nfindings:\n  - {finding: 'sec-mfa|system:hub', severity: major}\n"
      ],
      says: "the baseline holds sec-mfa|system:hub, which is not found any more", as: "baseline-stale", status: 0),
    SilentPass(
      "what the baseline hides",
      [
        "baseline.yaml":
          "format: 1\ntaken: 2025-12-01\nfindings:\n  - {finding: 'sec-mfa|system:hub', severity: major}\n",
        systems: failing,
      ],
      says: "0 advisory, 1 baselined", status: 0))
}
