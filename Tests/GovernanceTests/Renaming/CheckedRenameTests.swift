import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

@Suite struct CheckedRenameTests {
  static let vocabulary = """
    kind: metamodel
    id: small
    name: Small
    lifecycle: {phases: [planned, active, retired], live: [active]}
    kinds:
      organisation: {title: Organisation, plural: organisations}
      service:
        title: Service
        plural: services
        relations: {uses: {to: [system, service], many: true, inverse: usedBy}}
      dataset: {title: Dataset, plural: datasets, role: dataset}
      system:
        title: System
        plural: systems
        lifecycle: true
        fields: {mfa: {type: boolean}, label: {type: string}}
        relations:
          owner: {to: organisation, absent: none, inverse: owns, role: owner}
          backup: {to: integration, absent: none, inverse: backs}
        parts:
          integrations: {kind: integration, key: to, inverse: from}
      integration:
        title: Integration
        plural: integrations
        role: integration
        relations:
          to: {to: system, required: true, inverse: calledBy, role: target}
          carries: {to: dataset, many: true, inverse: carriedBy, role: carries}
    """

  static let rules = """
    kind: standard
    id: data
    name: Data
    clauses: [{id: "1", name: One, level: must, requirement: Do it., sources: [{name: us, status: memory}]}]
    ---
    kind: rule
    id: sec-mfa
    name: Factors
    title: Two factors
    clauses: [data/1]
    for: system
    severity: major
    stage: idea
    require: self.mfa
    message: ${self} has one factor
    remedy: Add one, as hub did.
    ---
    kind: rule
    id: calls
    name: Calls
    title: Nobody calls the hub
    clauses: [data/1]
    for: integration
    severity: minor
    stage: idea
    params: {centre: {type: system, default: hub}}
    require: self.to != params.centre
    message: ${self} calls it
    remedy: Do not.
    """

  struct Result {
    var rename: CheckedRename
    /// The files by name, with what was changed.
    var files: [String: String]
    var estate: Estate
  }

  static func rename(
    _ name: String, to id: String, _ files: [String: String], rules: String = rules
  ) async throws -> Result {
    var all = files.mapValues { Array($0.utf8) }
    all["v.yaml"] = Array(vocabulary.utf8)
    all["rules.yaml"] = Array(rules.utf8)
    let sources = all.map { SourceText(name: $0.key, bytes: $0.value) }.sorted { $0.name < $1.name }
    let read = await RepositoryReader.read(sources, asOf: day)
    guard case .found(let row) = read.estate.find(name) else { throw Missing() }
    let diagnostics = read.diagnostics + RuleBook(read.estate).diagnostics
    let rename = await CheckedRename.run(
      row, to: id,
      CheckedMerge.Repository(
        files: sources, estate: read.estate, diagnostics: diagnostics, isVocabularyWhole: read.isVocabularyWhole),
      tasks: 1)
    for change in rename.changes { all[change.name] = change.after }
    return Result(
      rename: rename, files: all.mapValues { String(decoding: $0, as: UTF8.self) }, estate: read.estate)
  }

  struct Missing: Error {}
  static let day = CivilDate("2026-11-22") ?? CivilDate(days: 0)

  @Test func `every way of writing a reference is renamed, and everything else stays`() async throws {
    let text =
      "# hub is old\r\nkind: system\r\nid: hub   # the hub\r\nname: Hub\r\nlabel: hub\r\nintegrations:\r\n  - {to: desk, id: feed}\r\n"
      + "---\r\n{kind: system, id: 'desk', name: Desk, label: \"system:hub\", backup: hub/feed, integrations: [{to: \"hub\"}]}\r\n"
      + "---\r\n- not a document\r\n".replacing(
        "- not a document",
        with: "kind: service\r\nid: s\r\nname: S\r\nuses: ['system:hub', \"system:desk\", hub]\r\n# hub again")
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": text])
    #expect(result.rename.problems.map(\.summary) == [])
    #expect(
      result.files["a.yaml"]
        == "# hub is old\r\nkind: system\r\nid: centre   # the hub\r\nname: Hub\r\naliases: [hub]\r\nlabel: hub\r\nintegrations:\r\n  - {to: desk, id: feed}\r\n"
        + "---\r\n{kind: system, id: 'desk', name: Desk, label: \"system:centre\", backup: centre/feed, integrations: [{to: \"centre\", id: hub}]}\r\n"
        + "---\r\nkind: service\r\nid: s\r\nname: S\r\nuses: ['system:centre', \"system:desk\", centre]\r\n# hub again\r\n"
    )
    #expect(result.rename.referenceCount == 5)
    // The comments, the text of `label`, and the rules, which go on by the alias.
    #expect(
      result.rename.mentions.map { "\($0.source.name):\($0.source.position(at: $0.utf8Range.lowerBound).line)" }
        == ["a.yaml:1", "a.yaml:3", "a.yaml:6", "a.yaml:16", "rules.yaml:16", "rules.yaml:21", "rules.yaml:26"])
    #expect(result.rename.mentions.allSatisfy { $0.text == "hub" })
  }

  @Test func `a paper about what an initiative adds to it is renamed with it, and still waits`() async throws {
    let text = """
      {kind: system, id: hub, name: Hub}
      ---
      {kind: system, id: desk, name: Desk}
      ---
      {kind: initiative, id: i, name: I, stage: design, adds: [{kind: integration, from: hub, id: new, to: desk, carries: []}]}
      ---
      {kind: evidence, id: e, name: E, type: test, date: 2026-01-01, targets: ["integration:hub/new", "system:hub"]}

      """
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": text])
    #expect(result.rename.problems.map(\.summary) == [])
    let after = result.files["a.yaml"] ?? ""
    #expect(after.contains("targets: [\"integration:centre/new\", \"system:centre\"]"), "\(after)")
    #expect(after.contains("from: centre, id: new"))
    let again = try await Self.rename("system:centre", to: "hub", ["a.yaml": after])
    #expect(again.estate.integrity.map(\.diagnostic.summary) == [])
  }

  @Test func `another kind's entity of that name stays what it is`() async throws {
    let text = """
      {kind: system, id: hub, name: Hub}
      ---
      {kind: organisation, id: hub, name: Hub company}
      ---
      {kind: service, id: centre, name: Centre, uses: ["system:hub"]}
      ---
      {kind: system, id: desk, name: Desk, owner: hub, integrations: [{id: a, to: hub}]}
      ---
      {kind: service, id: s, name: S, uses: [hub, desk]}

      """
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": text])
    #expect(result.rename.problems.map(\.summary) == [])
    #expect(
      result.files["a.yaml"] == """
        {kind: system, id: centre, name: Hub, aliases: [hub]}
        ---
        {kind: organisation, id: hub, name: Hub company}
        ---
        {kind: service, id: centre, name: Centre, uses: ["system:centre"]}
        ---
        {kind: system, id: desk, name: Desk, owner: hub, integrations: [{id: a, to: centre}]}
        ---
        {kind: service, id: s, name: S, uses: [system:centre, desk]}

        """)
    let organisation = try await Self.rename("organisation:hub", to: "company", ["a.yaml": text])
    #expect(organisation.files["a.yaml"]?.contains("owner: company, integrations: [{id: a, to: hub}]") == true)
    #expect(organisation.rename.referenceCount == 1)
  }

  @Test func `aliases are added to, and a rename back changes places with one`() async throws {
    for (before, after) in [
      ("aliases: [older]", "aliases: [older, hub]"), ("aliases: older", "aliases: [older, hub]"),
      ("aliases:\n  - older # long ago", "aliases:\n  - older # long ago\n  - hub"),
      ("aliases: [centre, older]", "aliases: [hub, older]"),
      ("aliases: centre", "aliases: hub"),
    ] {
      let result = try await Self.rename(
        "system:hub", to: "centre", ["a.yaml": "kind: system\nid: hub\nname: Hub\n\(before)\nmfa: true\n"])
      #expect(result.rename.problems.map(\.summary) == [])
      #expect(result.files["a.yaml"] == "kind: system\nid: centre\nname: Hub\n\(after)\nmfa: true\n")
    }
  }

  @Test func `a part that stands alone goes with its owner, and its references with it`() async throws {
    let text = """
      {kind: system, id: hub, name: Hub}
      ---
      {kind: integration, from: hub, to: hub}
      ---
      {kind: system, id: desk, name: Desk, backup: hub/hub}

      """
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": text])
    #expect(result.rename.problems.map(\.summary) == [])
    #expect(
      result.files["a.yaml"] == """
        {kind: system, id: centre, name: Hub, aliases: [hub]}
        ---
        {kind: integration, from: centre, to: centre, id: hub}
        ---
        {kind: system, id: desk, name: Desk, backup: centre/hub}

        """)
  }

  static let estate = """
    {kind: system, id: hub, name: Hub, mfa: false}
    ---
    {kind: system, id: desk, name: Desk, mfa: true}

    """

  static let initiative = """
    kind: initiative
    id: plan
    name: Plan
    stage: design
    goLive: 2027-01-01
    reuseConsidered:
      - {candidate: hub, verdict: adopt, reason: hub is there.}
      - {candidate: system:hub, verdict: reject, reason: No.}
    adds:
      - {kind: system, id: new, name: New, mfa: false, integrations: [{to: hub}]}
    changes:
      - {ref: "system:hub", set: {label: hub}}
      - {ref: system:desk, set: {backup: new/hub}}
    retires:
      - {ref: system:hub, date: 2027-06-01}
    """

  @Test func `what an initiative names is renamed`() async throws {
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": Self.estate, "i.yaml": Self.initiative])
    #expect(result.rename.problems.map(\.summary) == [])
    #expect(
      result.files["i.yaml"] == """
        kind: initiative
        id: plan
        name: Plan
        stage: design
        goLive: 2027-01-01
        reuseConsidered:
          - {candidate: centre, verdict: adopt, reason: hub is there.}
          - {candidate: system:centre, verdict: reject, reason: No.}
        adds:
          - {kind: system, id: new, name: New, mfa: false, integrations: [{to: centre, id: hub}]}
        changes:
          - {ref: "system:centre", set: {label: hub}}
          - {ref: system:desk, set: {backup: new/hub}}
        retires:
          - {ref: system:centre, date: 2027-06-01}
        """)
  }

  @Test func `an entry that was approved by its digest stays as it is`() async throws {
    let files = ["a.yaml": Self.estate, "i.yaml": Self.initiative]
    let estate = try await Self.rename("system:desk", to: "table", files).estate
    guard case .found(let row) = estate.find("initiative:plan") else { throw Missing() }
    let edits = estate.edits(ofInitiative: row)
    let retire = try #require(edits.first { $0.operation == .retire })
    let inner = try #require(edits.first { $0.entity == "integration:new/hub" && $0.operation != .add })
    for (edit, kept, words) in [
      (retire, "- {ref: system:hub, date: 2027-06-01}", ""), (inner, "integrations: [{to: hub}]", ""),
      (retire, "- {ref: system:hub, date: 2027-06-01}", "  retire system:hub (from 2027-06-01)"),
    ] {
      let decision =
        "kind: decision\nid: d\nname: D\ndate: 2026-01-01\noutcome: deferred\ntargets: [\"initiative:plan\"]\ndigests: [\"\(edit.digest)\(words)\"]\n"
      let result = try await Self.rename("system:hub", to: "centre", files.merging(["d.yaml": decision]) { $1 })
      #expect(result.rename.problems.map(\.summary) == [])
      #expect(result.files["i.yaml"]?.contains(kept) == true)
      #expect(result.files["i.yaml"]?.contains("ref: \"system:centre\"") == true)
      #expect(result.rename.kept.count == 1)
      #expect(result.files["d.yaml"] == decision)
    }
  }

  @Test func `findings are the same under the new name`() async throws {
    let text = Self.estate + "---\n{kind: system, id: z, name: Z, integrations: [{to: hub}, {to: desk}]}\n"
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": text])
    #expect(result.rename.problems.map(\.summary) == [])
    #expect(result.files["a.yaml"]?.contains("integrations: [{to: centre, id: hub}, {to: desk}]") == true)
  }

  @Test func `what leads nowhere, lacks something or collides stays what it is`() async throws {
    let text =
      Self.estate
      + "---\n{kind: integration, from: hub, id: a}\n---\n{kind: system, id: z, name: Z, backup: hub/none, owner: nobody}\n"
    let plans = """
      kind: initiative
      id: one
      name: One
      stage: design
      goLive: 2027-01-01
      changes: [{ref: "system:hub", set: {label: a}}]
      ---
      kind: initiative
      id: two
      name: Two
      stage: live
      goLive: 2026-01-01
      changes: [{ref: "system:hub", set: {label: b}}]
      ---
      kind: initiative
      id: three
      name: Three
      stage: design
      goLive: 2027-01-01
      changes: [{ref: "system:hub", set: {label: c}}]
      """
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": text, "i.yaml": plans])
    #expect(result.rename.problems.flatMap { [$0.summary] + $0.notes } == [])
    #expect(result.files["a.yaml"]?.contains("backup: centre/none") == true)
    let initiative = try await Self.rename("initiative:one", to: "zero", ["a.yaml": text, "i.yaml": plans])
    #expect(initiative.rename.problems.flatMap { [$0.summary] + $0.notes } == [])
  }

  @Test func `a rule that compares the id as a text stops the rename`() async throws {
    let rule = Self.rules.replacing("require: self.mfa", with: "require: self.id.startsWith(\"hub\") || self.mfa")
    let result = try await Self.rename("system:hub", to: "centre", ["a.yaml": Self.estate], rules: rule)
    #expect(
      result.rename.problems.map(\.summary) == [
        "with system:hub renamed, other things would be found: a rule compares its id as a text"
      ])
    #expect(result.rename.problems.first?.notes == ["sec-mfa|system:centre would be new or another"])
    #expect(result.rename.changes.isEmpty)
    let equal = Self.rules.replacing("require: self.mfa", with: "require: self.id == \"hub\" || self.mfa")
    let named = try await Self.rename("system:hub", to: "centre", ["a.yaml": Self.estate], rules: equal)
    #expect(named.rename.problems.map { "\($0.id) \($0.range?.text ?? "")" } == ["unknown-entity \"hub\""])
    #expect(named.rename.changes.isEmpty)
  }

  @Test func `clauses go with their standard, flows with their dataset, findings with their rule`() async throws {
    let text = """
      {kind: dataset, id: cases, name: Cases}
      ---
      {kind: system, id: hub, name: Hub, integrations: [{to: hub, id: a, carries: [cases]}]}

      """
    let flows = Self.rules.replacing("for: integration", with: "for: flow").replacing(
      "require: self.to != params.centre", with: "require: self.dataset.id == \"\"")
    let standard = try await Self.rename("standard:data", to: "information", ["a.yaml": text], rules: flows)
    #expect(standard.rename.problems.map(\.summary) == [])
    #expect(standard.files["rules.yaml"]?.contains("clauses: [information/1]") == true)
    #expect(standard.rename.referenceCount == 2)
    let dataset = try await Self.rename("dataset:cases", to: "files", ["a.yaml": text], rules: flows)
    #expect(dataset.rename.problems.map(\.summary) == [])
    #expect(dataset.files["a.yaml"]?.contains("carries: [files]") == true)
    let rule = try await Self.rename("rule:sec-mfa", to: "security-mfa", ["a.yaml": text], rules: flows)
    #expect(rule.rename.problems.map(\.summary) == [])
    #expect(rule.rename.changes.map(\.name) == ["rules.yaml"])
  }

  @Test func `what cannot be written safely is a problem, and nothing is changed`() async throws {
    let block = "kind: service\nid: s\nname: S\nuses:\n  - >-\n    hub\n"
    let folded = try await Self.rename("system:hub", to: "centre", ["a.yaml": Self.estate, "b.yaml": block])
    #expect(folded.rename.problems.map(\.id) == ["not-renamed"])
    #expect(folded.rename.changes.isEmpty)
    let broken = try await Self.rename(
      "system:hub", to: "centre", ["a.yaml": Self.estate, "b.yaml": "kind: system\nid: [hub\n"])
    #expect(!broken.rename.problems.isEmpty)
    #expect(broken.rename.changes.isEmpty)
  }

  @Test func `a word that YAML takes for something else is quoted`() async throws {
    let result = try await Self.rename("system:hub", to: "no", ["a.yaml": Self.estate])
    #expect(result.rename.problems.map(\.summary) == [])
    #expect(
      result.files["a.yaml"]?.hasPrefix("{kind: system, id: 'no', name: Hub, mfa: false, aliases: [hub]}") == true)
  }
}
