internal import CEL
public import Catalogue

/// What can be said of all open initiatives together and of the estate that they change.
public struct PortfolioStatement: Sendable {
  /// One standard, as the estate stands to it today.
  public struct Standard: Sendable {
    /// Nil for what no clause asks for: the catalogue's own consistency, waivers, the baseline.
    public let id: String?
    public let name: String
    public let findings: FindingTally
  }

  /// What one organisation answers for.
  public struct Department: Sendable {
    /// `kind:id`; nil where nobody is recorded.
    public let id: String?
    public let name: String
    /// Ids of its open initiatives.
    public let initiatives: [String]
    /// What its initiatives introduce, worsen or leave undecided.
    public let own: FindingTally
    /// What is found in the estate of which it is the owner.
    public let estate: FindingTally
  }

  /// A waiver, and what has become of it.
  public struct WaiverLine: Sendable {
    public enum State: Sendable, Equatable {
      case inForce
      case notYet
      case ended
      /// Why it does not hold.
      case notApproved(String)
    }

    public let waiver: Waiver
    public let state: State
    /// How many findings it covers.
    public let covered: Int
    public let reason: String
    /// Days from the day of the run until it holds no more; negative where that is past.
    public let daysLeft: Int
  }

  /// In the order of the initiatives' rows.
  public let initiatives: [InitiativeStatement]
  public let standards: [Standard]
  /// By name; what nobody answers for comes last.
  public let departments: [Department]
  /// The one that ends first comes first; those that have ended come last.
  public let waivers: [WaiverLine]
  /// The estate's findings.
  public let estate: FindingTally
  /// What initiatives introduce, worsen or leave undecided.
  public let own: FindingTally

  /// - Parameters:
  ///   - findings: the estate's, with what stands before them.
  ///   - checks: of the open initiatives, likewise.
  ///   - rules: those that ran.
  public init(
    _ findings: [Finding], _ checks: [InitiativeCheck], _ rules: [Rule], _ waivers: WaiverBook, _ estate: Estate
  ) {
    let maker = StatementMaker(rules, estate)
    let statements = checks.map(maker.statement)
    initiatives = statements
    self.estate = FindingTally(findings)
    own = FindingTally(statements.flatMap(\.own))
    standards = Self.standards(findings, rules, estate)
    departments = Self.departments(findings, statements, estate)
    self.waivers = Self.waivers(waivers, findings + statements.flatMap(\.own), estate)
  }

  private static func standards(_ findings: [Finding], _ rules: [Rule], _ estate: Estate) -> [Standard] {
    let homes = Dictionary(
      rules.compactMap { rule in rule.clauses.first.map { (rule.id, estate.entity($0).owner) } },
      uniquingKeysWith: { first, _ in first })
    let grouped = Dictionary(grouping: findings) { homes[$0.rule] ?? -1 }
    return estate.standards.map { row in
      Standard(id: estate.entity(row).id, name: estate.name(row), findings: FindingTally(grouped[row] ?? []))
    } + [Standard(id: nil, name: "the catalogue itself", findings: FindingTally(grouped[-1] ?? []))]
  }

  private static func departments(
    _ findings: [Finding], _ statements: [InitiativeStatement], _ estate: Estate
  ) -> [Department] {
    let nobody: Int32 = -1
    var initiatives: [Int32: [InitiativeStatement]] = [:]
    for statement in statements {
      initiatives[estate.answerable(for: statement.initiative.row).first ?? nobody, default: []].append(statement)
    }
    let found = Dictionary(grouping: findings) { finding -> Int32 in
      guard let target = finding.target, case .found(let row) = estate.find(target) else { return nobody }
      if estate.kind(of: row).role == "organisation" { return row }
      return estate.answerable(for: row).first ?? nobody
    }
    let departments = Set(initiatives.keys).union(found.keys).map { row in
      let statements = initiatives[row] ?? []
      return Department(
        id: row == nobody ? nil : estate.identity(row), name: row == nobody ? "nobody is recorded" : estate.name(row),
        initiatives: statements.map(\.initiative.id), own: FindingTally(statements.flatMap(\.own)),
        estate: FindingTally(found[row] ?? []))
    }
    return departments.sorted { a, b in
      guard let x = a.id, let y = b.id else { return a.id != nil && b.id == nil }
      return (a.name, x) < (b.name, y)
    }
  }

  private static func waivers(_ book: WaiverBook, _ findings: [Finding], _ estate: Estate) -> [WaiverLine] {
    var covered: [String: Set<String>] = [:]
    for finding in findings {
      if case .waived(let by, _) = finding.standing { covered[by, default: []].insert(finding.identity) }
    }
    return book.waivers.map { waiver in
      var state = WaiverLine.State.inForce
      if let objection = waiver.objection {
        state = .notApproved(objection)
      } else if estate.asOf >= waiver.until {
        state = .ended
      } else if estate.asOf < waiver.from {
        state = .notYet
      }
      return WaiverLine(
        waiver: waiver, state: state, covered: covered[waiver.name]?.count ?? 0,
        reason: ValueText.exact(estate.value("reason", of: waiver.row), estate),
        daysLeft: Int(waiver.until.days) - Int(estate.asOf.days))
    }.sorted { a, b in
      let (x, y) = (a.daysLeft <= 0, b.daysLeft <= 0)
      return x != y ? !x : (a.waiver.until, a.waiver.name) < (b.waiver.until, b.waiver.name)
    }
  }
}
