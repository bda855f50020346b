/// A picture, and what its reader should know of how it came about.
public struct Picture: Sendable {
  public let format: PictureFormat
  public let bytes: [UInt8]
  /// One sentence each, for standard error; empty when all went as meant.
  public let warnings: [String]
}
