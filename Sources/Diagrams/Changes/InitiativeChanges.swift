internal import CEL
internal import Catalogue
internal import Governance

/// What an initiative does to each row, for any picture that is drawn in its view.
///
/// What it adds stands out as added, with the day from which it lives; what it ends as retired, with that day; all else
/// that it writes as changed, with what was and what is. An entry that comes into effect behind the day of the view bears
/// its own day.
struct InitiativeChanges: Sendable {
  let initiative: Initiative
  /// The day of the view.
  let date: CivilDate
  /// The last day on which an entry comes into effect.
  private(set) var last: CivilDate
  /// What it is compared with.
  let base: View
  private var marks: [Int32: Diagram.Change] = [:]
  /// On which day it ends a row.
  private(set) var ends: [Int32: CivilDate] = [:]
  /// Rows of what a changed relation gained and lost.
  private(set) var links: [Link] = []

  /// A relation that leads elsewhere.
  struct Link: Sendable {
    var from: Int32
    var to: Int32
    /// What people call the relation.
    var relation: String
    var isGained: Bool
    var date: CivilDate
  }

  /// What it does to a row; nil: nothing.
  subscript(row: Int32) -> Diagram.Change? { marks[row] }

  /// All rows that it does something to, ascending.
  var rows: [Int32] { marks.keys.sorted() }

  /// Nil where the estate is not seen in an initiative's view. Linear in what the initiative writes, and in what the views
  /// of the days on which it comes into effect derive.
  init?(_ estate: Estate) {
    guard let place = estate.view.initiative, estate.initiatives.indices.contains(place), let base = estate.view.base
    else { return nil }
    initiative = estate.initiatives[place]
    self.base = base
    date = estate.graph.date
    last = initiative.changes.compactMap(\.date).filter { $0 != .never }.reduce(date) { max($0, $1) }
    var reader = ChangeReader(estate, base)
    for row in initiative.added {
      marks[row] = Diagram.Change(kind: .added, title: reader.addition(row, initiative.goLive))
    }
    var seen: Set<Key> = []
    for change in initiative.changes where marks[change.entity]?.kind != .added {
      let day = max(change.date ?? date, date)
      guard seen.insert(Key(row: change.entity, field: change.field, day: day)).inserted else { continue }
      apply(change, on: day, &reader)
    }
    // A part of something that stays is told by that, too, but for what is drawn as a line.
    for row in marks.keys.sorted() {
      let owner = estate.entity(row).owner
      guard owner >= 0, estate.kind(of: row).role != "integration", let change = marks[row],
        marks[owner]?.kind != .added
      else { continue }
      let text = "\(change.kind.sign) \(estate.kind(of: row).title.lowercased()) \(estate.name(row))"
      marks[owner, default: Diagram.Change(kind: .changed, title: "changed")].details.append(text)
    }
  }

  private struct Key: Hashable {
    var row: Int32
    var field: Int32
    var day: CivilDate
  }

  private mutating func apply(_ change: Change, on day: CivilDate, _ reader: inout ChangeReader) {
    var mark = marks[change.entity] ?? Diagram.Change(kind: .changed, title: "changed")
    let told = reader.told(change, on: day)
    if let end = told.end {
      mark.kind = .retired
      ends[change.entity] = end
      last = max(last, end)
      mark.title = "retired \(end.text)"
    }
    mark.details += told.details.filter { !mark.details.contains($0) }
    links += told.links
    marks[change.entity] = mark
  }
}

/// Reads what one entry of an initiative changes, on the day on which it comes into effect.
private struct ChangeReader {
  private let estate: Estate
  private let base: View
  private var seen: [CivilDate: (before: Estate, after: Estate)] = [:]

  init(_ estate: Estate, _ base: View) {
    self.estate = estate
    self.base = base
  }

  struct Told {
    var details: [String] = []
    var links: [InitiativeChanges.Link] = []
    /// Where it ends what it changes.
    var end: CivilDate?
  }

  /// `added 2027-07-01`, `added 2027-07-01, retired 2027-09-15`.
  func addition(_ row: Int32, _ goLive: CivilDate?) -> String {
    let start = estate.start(ofAdded: row, goLive: goLive).map { " \($0.text)" } ?? ""
    return "added" + start + (estate.end(of: row).map { ", retired \($0.text)" } ?? "")
  }

  mutating func told(_ change: Change, on day: CivilDate) -> Told {
    let metamodel = estate.metamodel
    guard metamodel.fields.indices.contains(Int(change.field)) else { return Told() }
    let field = metamodel.fields[Int(change.field)]
    let (before, after) = sides(on: day)
    guard before.graph.members.contains(change.entity) else {
      return Told(details: ["\(title(field)) is set, and nothing in the base has this id"])
    }
    switch field.shape {
    case .lifecycle, .phaseDate, .phase: return lifecycle(change.entity, before, after)
    default: break
    }
    let suffix = day > estate.graph.date ? " (from \(day.text))" : ""
    let (old, new) = (before.value(field.path, of: change.entity), after.value(field.path, of: change.entity))
    var result = Told()
    if case .relation = field.shape {
      let (was, isNow) = (EstateSight.rows(old), EstateSight.rows(new))
      let gained = isNow.filter { !was.contains($0) }.sorted()
      let lost = was.filter { !isNow.contains($0) }.sorted()
      for (rows, isGained) in [(gained, true), (lost, false)] {
        result.links += rows.map {
          InitiativeChanges.Link(from: change.entity, to: $0, relation: title(field), isGained: isGained, date: day)
        }
      }
      let words = gained.map { "+ \(after.name($0))" } + lost.map { "− \(before.name($0))" }
      if !words.isEmpty {
        result.details = ["\(title(field)): \(words.joined(separator: ", "))\(suffix)"]
        return result
      }
    }
    let texts = (text(old, before), text(new, after))
    result.details =
      texts.0 == texts.1
      ? ["\(title(field)): \(Self.isShort(texts.0) ? "stays \(texts.0)" : "otherwise")\(suffix)"]
      : Self.isShort(texts.0) && Self.isShort(texts.1)
        ? ["\(title(field)): \(texts.0) → \(texts.1)\(suffix)"] : ["\(title(field)): otherwise\(suffix)"]
    return result
  }

  /// The days of a life that are others.
  private func lifecycle(_ row: Int32, _ before: Estate, _ after: Estate) -> Told {
    let metamodel = estate.metamodel
    var result = Told()
    let (isOwn, end) = (estate.kind(of: row).lifecycle == .own, after.end(of: row))
    for (phase, name) in metamodel.phases.enumerated() {
      let (old, new) = (before.day(phase, of: row), after.day(phase, of: row))
      if old == new { continue }
      if phase == metamodel.finalPhase, let new, old.map({ new < $0 }) ?? true {
        result.end = new
        if let old { result.details.append("instead of \(old.text)") }
      } else if new == nil && !isOwn || new != nil && new == end {
        // What follows others has no days of its own, and whatever ends on a day ends all its phases.
        continue
      } else {
        let word = PhaseStyle.readable(name)
        result.details.append("\(word): \(old?.text ?? "no day") → \(new?.text ?? "no day")")
      }
    }
    if result.end == nil, result.details.isEmpty { result.details = ["lifecycle: as it was"] }
    return result
  }

  private mutating func sides(on day: CivilDate) -> (before: Estate, after: Estate) {
    if let known = seen[day] { return known }
    let after = day == estate.graph.date ? estate : estate.seen(in: estate.view, at: day)
    let made = (estate.seen(in: base, at: day), after)
    seen[day] = made
    return made
  }

  private func title(_ field: Field) -> String {
    field.title?.lowercased()
      ?? field.path.split(separator: ".").map { PhaseStyle.readable(String($0)) }
      .joined(separator: " ")
  }

  private func text(_ value: Value, _ estate: Estate) -> String {
    switch value {
    case .unknown: "not recorded"
    case .bool(let flag): flag ? "yes" : "no"
    case .optional(let box) where box.value == nil: "none"
    default: ValueText.message(value, estate)
    }
  }

  private static func isShort(_ text: String) -> Bool { text.unicodeScalars.count <= 60 }
}
