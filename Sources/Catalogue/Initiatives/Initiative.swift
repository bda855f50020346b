public import CEL

/// An initiative of a catalogue: a proposal to change it, and how far it has come.
public struct Initiative: Sendable {
  /// The latest decision that names it, as far as it bears on the base of others.
  public enum Ruling: String, Sendable {
    case none, deferred, approved, rejected
  }

  /// Its own row.
  public let row: Int32
  public let id: String
  /// The position of its stage; nil: not recorded.
  public let stage: Int32?
  public let goLive: CivilDate?
  public let ruling: Ruling
  /// When it was ruled upon.
  public let ruled: CivilDate?
  /// Whether its stage is one before `live`.
  public let isBeforeLive: Bool
  /// What it adds, ascending; empty where it is not open.
  public internal(set) var added: [Int32] = []
  /// What it changes, by the day on which it comes into effect, then as it is written; empty where it is not open.
  public internal(set) var changes: [Change] = []

  /// What it adds, changes or retires, ascending; empty where it is not open.
  public var reached: [Int32] { Set(added + changes.map(\.entity)).sorted() }

  /// Whether it has a view of its own: neither live nor turned down.
  public var isOpen: Bool { isBeforeLive && ruling != .rejected }
  /// Whether others find what it does in their base: approved, and not live yet.
  public var isCommitted: Bool { isOpen && ruling == .approved }

  /// The order in which initiatives are applied.
  static func precedes(_ a: Initiative, _ b: Initiative) -> Bool {
    let (x, y) = (a.goLive ?? .never, b.goLive ?? .never)
    return x != y ? x < y : a.row < b.row
  }
}
