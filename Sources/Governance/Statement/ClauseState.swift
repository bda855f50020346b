/// How one initiative stands to one clause. In the order in which one decides: of several that apply to a clause the first is
/// told.
public enum ClauseState: String, Sendable, CaseIterable {
  /// A rule fails for what the initiative does, and nothing stands before that.
  case fails
  /// A rule cannot be decided, or could not be evaluated.
  case undecided
  /// Somebody vouched for it once; that holds no more.
  case lapsed
  /// A person has to vouch for it, and nobody has.
  case unattested
  /// A rule fails, or is undecided, and a waiver stands before that.
  case waived
  /// What the initiative touches falls short, or is undecided, already without it.
  case inherited
  /// Its rules bind from a later stage on.
  case notYetDue
  /// A person vouches for it, and no rule says otherwise.
  case attested
  /// Rules looked at what the initiative does, and all passed.
  case conforms
  /// Its rules look at nothing of what the initiative does.
  case notApplicable
  /// No rule checks it, and nobody is asked to vouch for it.
  case unchecked
}
