public import CEL
public import Catalogue
internal import Diagnostics

/// What stands between each finding and the verdict: the one resolver of waivers and the baseline, for every command.
public struct Standings {
  /// What it comes to.
  public struct Result: Sendable {
    /// The estate's, those about waivers and the baseline with them; sorted for printing.
    public var findings: [Finding]
    public var portfolio: Portfolio?
    /// The waivers that cover something and end soon, by the day.
    public var ending: [(name: String, until: CivilDate)]
  }

  let waivers: WaiverBook
  let baseline: Baseline?
  let estate: Estate
  /// The open initiatives that are applied to the estate: of a roadmap.
  private let applied: Set<String>
  let initiatives: [String: Initiative]
  /// How each waiver stands in the estate, or in its own initiative's view; by name.
  private(set) var conditions: [String: Fulfilment] = [:]
  /// What each waiver covers, by name.
  private(set) var covered: [String: [Finding]] = [:]
  /// What each waiver names and does not cover for its outcome or the view that it is in, by name.
  private(set) var missed: [String: [Finding]] = [:]
  /// Entries of the baseline that were met, by their identity.
  private(set) var met: Set<String> = []

  /// - Parameters:
  ///   - estate: what is looked at.
  ///   - applied: the open initiatives that are applied to it.
  public init(_ waivers: WaiverBook, _ baseline: Baseline?, _ estate: Estate, applied: [Initiative] = []) {
    self.waivers = waivers
    self.baseline = baseline
    self.estate = estate
    self.applied = Set(applied.map { "initiative:\($0.id)" })
    initiatives = Dictionary(
      estate.initiatives.map { ("initiative:\($0.id)", $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Resolves all findings of a run.
  ///
  /// - Parameters:
  ///   - judgesPaper: whether waivers and entries of the baseline are looked at themselves: where the estate was checked,
  ///     and completely, so that what is not found is not there.
  public mutating func resolve(
    _ findings: [Finding], _ portfolio: Portfolio?, judgesPaper: Bool, isComplete: Bool
  ) -> Result {
    var findings = findings.map { resolve($0, on: estate.asOf) }
    var portfolio = portfolio
    for index in (portfolio?.checks ?? []).indices {
      guard let check = portfolio?.checks[index] else { continue }
      let view = check.view
      portfolio?.checks[index].findings = check.findings.map { resolve($0, in: view) }
    }
    let ending = ending()
    if judgesPaper { findings += paper(portfolio, isComplete: isComplete) }
    return Result(findings: Finding.inOrder(findings), portfolio: portfolio, ending: ending)
  }

  // MARK: One finding

  /// A finding of the estate, on a day.
  mutating func resolve(_ finding: Finding, on date: CivilDate) -> Finding {
    guard finding.outcome == .failed || finding.outcome == .undecided else { return finding }
    var finding = finding
    stand(&finding, on: date, waivers.waivers(naming: finding).filter { isOfEstate($0) }) { [estate] in estate }
    guard let entry = baseline?.entry(of: finding) else { return finding }
    met.insert(entry.current)
    if finding.standing != .open { return finding }
    if let remark = entry.remark(on: finding, estate) {
      finding.remarks.append(remark)
    } else {
      finding.standing = .baselined
    }
    return finding
  }

  /// A finding of an initiative's view. What it introduces, worsens or leaves undecided only a waiver of its own covers:
  /// others were granted for what is there without it.
  private mutating func resolve(_ finding: Finding, in view: InitiativeView) -> Finding {
    guard let inView = finding.inView, finding.outcome == .failed || finding.outcome == .undecided else {
      return finding
    }
    var finding = finding
    let all = waivers.waivers(naming: finding)
    if inView.comparison.isOwn {
      stand(&finding, on: view.date, all.filter { $0.initiative == inView.initiative }) { [estate] in
        estate.seen(in: view.view, at: view.date)
      }
      for waiver in all where waiver.initiative != inView.initiative && waiver.covers(finding) {
        missed[waiver.name, default: []].append(finding)
      }
    } else if inView.comparison == .inherited || inView.comparison == .improved {
      let (covered, missed) = (self.covered, self.missed)
      stand(&finding, on: view.date, all.filter { isOfEstate($0) }) { [estate] in estate }
      // What is inherited is hidden in the estate or nowhere.
      (self.covered, self.missed) = (covered, missed)
      finding.remarks = []
      if finding.standing == .open, let entry = baseline?.entry(of: finding), entry.remark(on: finding, estate) == nil {
        finding.standing = .baselined
      }
    }
    return finding
  }

  /// Lets the waivers that name a finding stand before it, or says why they do not.
  private mutating func stand(
    _ finding: inout Finding, on date: CivilDate, _ candidates: [Waiver], _ view: () -> Estate
  ) {
    var holding: [Waiver] = []
    for waiver in candidates {
      guard waiver.expects == finding.outcome else {
        missed[waiver.name, default: []].append(finding)
        continue
      }
      if let remark = remark(waiver, on: date, view) {
        finding.remarks.append(remark)
      } else {
        holding.append(waiver)
      }
    }
    // Of several the one that names least, then the one that holds longest.
    let best = holding.min { a, b in
      if a.parts.count != b.parts.count { return a.parts.count < b.parts.count }
      return a.until != b.until ? a.until > b.until : a.name < b.name
    }
    guard let best else { return }
    finding.remarks = []
    finding.standing = .waived(by: best.name, until: best.until)
    covered[best.name, default: []].append(finding)
  }

  /// Why a waiver does not hold on a day; nil: it does.
  private mutating func remark(_ waiver: Waiver, on date: CivilDate, _ view: () -> Estate) -> String? {
    if waiver.isOfUnwaivable { return "\(waiver.name) names it, but its rule cannot be waived" }
    if let objection = waiver.objection { return "\(waiver.name) does not hold: \(objection)" }
    // What an applied initiative builds is not there before it goes live, whatever the day.
    let goLive = applied.contains(waiver.initiative ?? "") ? initiatives[waiver.initiative ?? ""]?.goLive : nil
    let date = max(date, goLive ?? date)
    if date < waiver.from { return "\(waiver.name) does not hold yet: it begins on \(waiver.from.text)" }
    if date >= waiver.until {
      return estate.asOf >= waiver.until
        ? "waived until \(waiver.until.text) by \(waiver.name), which has expired"
        : "\(waiver.name) does not hold: it ends on \(waiver.until.text), before \(date.text)"
    }
    switch fulfilment(waiver, view) {
    case .met: return nil
    case .notMet(let condition): return "\(waiver.name) does not hold: `\(condition)` is false"
    case .undecided(let condition, _): return "\(waiver.name) does not hold: `\(condition)` is undecided"
    case .failed(let condition, _): return "\(waiver.name) does not hold: `\(condition)` cannot be worked out"
    }
  }

  /// Whether a waiver covers what is found in the estate: its own initiative's, when that is live or applied.
  func isOfEstate(_ waiver: Waiver) -> Bool {
    guard let name = waiver.initiative else { return true }
    guard let initiative = initiatives[name] else { return false }
    return !initiative.isBeforeLive || applied.contains(name)
  }

  // MARK: Conditions

  /// What has become of a waiver's conditions.
  enum Fulfilment {
    case met
    case notMet(String)
    case undecided(String, Unknown)
    case failed(String, String)
  }

  private mutating func fulfilment(_ waiver: Waiver, _ view: () -> Estate) -> Fulfilment {
    if waiver.conditions.isEmpty { return .met }
    if let known = conditions[waiver.name] { return known }
    let result = evaluate(waiver, view())
    conditions[waiver.name] = result
    return result
  }

  /// The first condition that is false, else the first that fails or is undecided.
  private func evaluate(_ waiver: Waiver, _ estate: Estate) -> Fulfilment {
    var result = Fulfilment.met
    for condition in waiver.conditions {
      var frame = Frame(graph: estate.graph, slotCount: max(1, condition.code.slotCount))
      frame.slots[0] = .entity(waiver.row)
      frame.beginTarget()
      let value = condition.code.evaluate(&frame)
      if let error = frame.absorbedError { return .failed(condition.text, error.message) }
      switch value {
      case .bool(true): continue
      case .bool(false): return .notMet(condition.text)
      case .unknown(let reason):
        if case .met = result { result = .undecided(condition.text, reason) }
      case .error(let error): return .failed(condition.text, error.message)
      default: return .failed(condition.text, "it is no boolean")
      }
    }
    return result
  }
}
