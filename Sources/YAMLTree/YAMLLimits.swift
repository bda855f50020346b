/// How much a file may ask for before reading it stops with a diagnostic.
public struct YAMLLimits: Sendable, Hashable {
  /// Mappings and sequences inside one another; libyaml itself has no limit and takes minutes over 200 kB of `[`.
  public var maximumDepth: Int
  public var maximumFileBytes: Int
  /// Nodes that the aliases of one document repeat, counted each time.
  public var maximumAliasExpansion: Int
  /// Diagnostics of one file; reading stops at this many.
  public var maximumDiagnostics: Int

  public init(
    maximumDepth: Int = 100, maximumFileBytes: Int = 16 << 20, maximumAliasExpansion: Int = 100_000,
    maximumDiagnostics: Int = 1_000
  ) {
    self.maximumDepth = maximumDepth
    self.maximumFileBytes = maximumFileBytes
    self.maximumAliasExpansion = maximumAliasExpansion
    self.maximumDiagnostics = maximumDiagnostics
  }
}
