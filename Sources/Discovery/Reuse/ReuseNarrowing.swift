public import CEL

/// What somebody who asks needs of whatever there is; nil: it does not matter.
public struct ReuseNarrowing: Sendable {
  /// The classification of what it is to handle, as the metamodel's enumeration has it.
  public var classification: String?
  /// From where it has to be reached.
  public var exposure: String?
  /// The day from which on it is needed.
  public var goLive: CivilDate?

  public init(classification: String? = nil, exposure: String? = nil, goLive: CivilDate? = nil) {
    self.classification = classification
    self.exposure = exposure
    self.goLive = goLive
  }
}
