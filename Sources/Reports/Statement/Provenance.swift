/// What a statement speaks of: which state of the catalogue.
public enum Provenance: Sendable, Equatable {
  /// The first digits of a commit's name.
  case revision(String)
  /// Of the commit that the working tree was made of and differs from.
  case changed(since: String)
  /// Why there is no revision.
  case none(reason: String)

  /// `as declared in the catalogue at revision 0123456789 on 2026-12-01`.
  func words(on date: String) -> String {
    switch self {
    case .revision(let commit): "as declared in the catalogue at revision \(commit) on \(date)"
    case .changed(let commit):
      "as declared in the catalogue at revision \(commit), with changes that are not committed, on \(date)"
    case .none(let reason): "as declared in the catalogue on \(date), at no revision: \(reason)"
    }
  }

  /// For one cell.
  var short: String {
    switch self {
    case .revision(let commit): commit
    case .changed(let commit): "\(commit) with changes"
    case .none: ""
    }
  }
}
