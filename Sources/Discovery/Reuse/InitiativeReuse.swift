internal import CEL
public import Catalogue
public import Governance

/// What there is already of what an initiative needs and adds, beside what it says that it considered.
public struct InitiativeReuse: Sendable {
  /// An entry of `reuseConsidered`.
  public struct Considered: Sendable {
    public let candidate: String
    public let verdict: String
    public let reason: String
    /// Whether both are there: what is written as unknown is not.
    public var isFilledIn: Bool { verdict != InitiativeReuse.gap && reason != InitiativeReuse.gap }
  }

  private static let gap = "unknown"

  /// Something that could be taken.
  public struct Candidate: Sendable {
    public internal(set) var offer: Offer
    /// What the initiative says of it.
    public let considered: Considered?
  }

  /// A capability that it needs, or that something it adds provides.
  public struct Need: Sendable {
    public let capability: Int32
    /// What it adds that provides it; empty: it needs it itself.
    public let addedBy: [Int32]
    /// What an initiative has to weigh: of what is common the designated providers only.
    public internal(set) var candidates: [Candidate]
  }

  public let initiative: Int32
  /// Its view at its go-live, or the estate where it has no view of its own.
  public let estate: Estate
  /// Whether it is open and has a view of its own.
  public let isOpen: Bool
  public internal(set) var needs: [Need]
  /// Capabilities that what it adds reads like, and that it neither needs nor adds; by what is added.
  public let similar: [(added: Int32, hits: [ReuseAnswer.Hit])]
  /// What it says already.
  public let considered: [Considered]

  private static let similarLimit = 3

  /// What the texts of what an initiative adds find, in its view.
  public struct Searches: Sendable {
    fileprivate var all: [(added: Int32, search: ReuseSearch)] = []

    /// - Parameter catalogue: in which `ReuseRoles.searched` can be read.
    public init(_ initiative: Int32, in catalogue: Estate, _ roles: ReuseRoles) throws(ReuseFailure) {
      let (view, estate) = InitiativeReuse.seen(initiative, catalogue)
      var reader = GraphReader(estate)
      // One index for all of them.
      var index: CapabilitySearch?
      for row in InitiativeReuse.added(by: view, estate, roles) {
        let text = estate.name(row) + " " + reader.text("summary", of: row)
        all.append((row, try ReuseSearch(text, in: estate, roles, &index)))
      }
    }
  }

  /// - Parameters:
  ///   - catalogue: with the derived fields that `ReuseRoles.reads` names.
  ///   - searches: what was found already for the same initiative in the same catalogue; nil: it is searched here.
  public init(
    _ initiative: Int32, in catalogue: Estate, _ roles: ReuseRoles, _ searches: Searches? = nil
  ) throws(ReuseFailure) {
    self.initiative = initiative
    let (view, estate) = Self.seen(initiative, catalogue)
    isOpen = view != nil
    self.estate = estate
    var reader = GraphReader(estate)
    var offers = OfferReader(estate, ReuseNarrowing())
    let entries = Self.entries(initiative, &reader)
    considered = entries
    let added = Self.added(by: view, estate, roles)
    let own = Set(added + Self.ended(by: view?.initiative, estate))
    func need(_ capability: Int32, addedBy: [Int32]) -> Need {
      let all = offers.offers(of: capability).filter { $0.isSettled && !own.contains($0.row) }
      let designated = all.filter(\.isDesignated)
      let isCommon = offers.common(capability) == capability
      let candidates = (isCommon && !designated.isEmpty ? designated : all).map { offer in
        let names = [estate.identity(offer.row), estate.entity(offer.row).id]
        return Candidate(offer: offer, considered: entries.first { names.contains($0.candidate) })
      }
      return Need(capability: capability, addedBy: addedBy, candidates: candidates)
    }
    let needed = reader.targets(.needs, of: initiative)
    var provided: [Int32: [Int32]] = [:]
    for row in added {
      for capability in reader.targets(.provides, of: row) { provided[capability, default: []].append(row) }
    }
    needs =
      needed.map { need($0, addedBy: []) }
      + provided.keys.filter { !needed.contains($0) }.sorted().map { need($0, addedBy: provided[$0] ?? []) }
    let known = Set(needed).union(provided.keys)
    let weighed = Set(entries.map(\.candidate))
    func isLeft(_ offer: Offer) -> Bool {
      offer.fit != .no && !own.contains(offer.row)
        && weighed.isDisjoint(with: [estate.identity(offer.row), estate.entity(offer.row).id])
    }
    var similar: [(Int32, [ReuseAnswer.Hit])] = []
    let found = if let searches { searches } else { try Searches(initiative, in: catalogue, roles) }
    for (row, search) in found.all {
      let answer = ReuseAnswer(search, ReuseNarrowing(), in: estate, roles, limit: Self.similarLimit + known.count)
      let hits = answer.hits.filter { !known.contains($0.capability) }.compactMap { hit -> ReuseAnswer.Hit? in
        var hit = hit
        hit.offers.removeAll { !isLeft($0) }
        return hit.offers.isEmpty ? nil : hit
      }
      if !hits.isEmpty { similar.append((row, Array(hits.prefix(Self.similarLimit)))) }
    }
    self.similar = similar
  }

  /// Everything that could be taken, each once, ascending.
  public var offered: [Int32] { Set(needs.flatMap { $0.candidates.map(\.offer.row) }).sorted() }

  /// What nothing is said of, each once, in the order of needs: with the capabilities that it is for.
  public var unanswered: [(offer: Offer, capabilities: [Int32])] {
    var result: [(offer: Offer, capabilities: [Int32])] = []
    for need in needs {
      for candidate in need.candidates where candidate.considered == nil {
        if let place = result.firstIndex(where: { $0.offer.row == candidate.offer.row }) {
          result[place].capabilities.append(need.capability)
        } else {
          result.append((candidate.offer, [need.capability]))
        }
      }
    }
    return result
  }

  /// The same with what rules find of what is offered.
  public func with(_ findings: [Int32: [Finding]]) -> InitiativeReuse {
    var result = self
    for need in result.needs.indices {
      for place in result.needs[need].candidates.indices {
        let row = result.needs[need].candidates[place].offer.row
        result.needs[need].candidates[place].offer.findings = findings[row] ?? []
      }
    }
    return result
  }

  /// An initiative's view, where it is open, and what is looked at: the estate in that view at its go-live.
  private static func seen(_ initiative: Int32, _ catalogue: Estate) -> (view: InitiativeView?, estate: Estate) {
    let view = catalogue.initiativeViews().first { $0.initiative.row == initiative }
    return (view, view.map { catalogue.seen(in: $0.view, at: $0.date) } ?? catalogue)
  }

  /// What it adds that could provide something.
  private static func added(by view: InitiativeView?, _ estate: Estate, _ roles: ReuseRoles) -> [Int32] {
    (view?.initiative.added ?? []).filter { roles.providers.contains(estate.entity($0).kind) }
  }

  private static func entries(_ initiative: Int32, _ reader: inout GraphReader) -> [Considered] {
    guard let view = reader.value("reuseConsidered", of: initiative).listView else { return [] }
    return (0..<view.count).compactMap { place in
      guard case .record(let box) = view[place], box.fields.count >= 3 else { return nil }
      let texts = box.fields.map { field -> String in
        if case .unknown = field { return gap }
        return ValueText.exact(field, reader.estate)
      }
      return Considered(candidate: texts[0], verdict: texts[1], reason: texts[2])
    }
  }

  /// What an initiative gives a last day.
  private static func ended(by initiative: Initiative?, _ estate: Estate) -> [Int32] {
    guard let initiative, let last = estate.metamodel.finalPhase else { return [] }
    let path = "lifecycle.\(estate.metamodel.phases[last])"
    return initiative.changes.filter { estate.metamodel.fields[Int($0.field)].path == path }.map(\.entity)
  }
}
