/// Where an authority's repository keeps its documents, on disk and in a Git tree alike.
public enum RepositoryLayout {
  public static let folders = ["catalogue", "standards", "rules"]
  public static let settingsFile = "triglyph.yaml"
  public static let baselineFile = "baseline.yaml"
  /// What these are mistakenly called, and what is said of it.
  public static let wrongFiles = [
    (name: "triglyph.yml", reason: "settings stand in triglyph.yaml"),
    (name: "baseline.yml", reason: "the baseline stands in baseline.yaml"),
  ]
  /// In bytes. The reader refuses a much smaller file by its size; a larger one is not even brought into memory.
  public static let largestFile = 64 << 20

  /// What a folder may be called by somebody who means one of ours, in lower-case letters.
  public static func folder(meantBy name: String) -> String? {
    let name = name.lowercased()
    if ["catalog", "catalogs", "catalogues"].contains(name) { return "catalogue" }
    if let own = folders.first(where: { $0 == name }) { return own }
    return folders.first { $0 == "\(name)s" }
  }

  /// Why a file that is no document by its ending may have been meant for one; nil: it was not.
  public static func doubt(ofFile name: String) -> String? {
    let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).dropFirst()
    guard let ending = parts.last else { return nil }
    let isBehindAnother = parts.dropLast().contains { ["yaml", "yml"].contains($0) }
    let isLike = ["yaml", "yml"].contains { Set($0) == Set(ending.filter(\.isLetter)) }
    guard isBehindAnother || isLike || ["json", "yam", "eyaml"].contains(ending) else { return nil }
    return "documents end with .yaml or .yml"
  }

  /// What an entry of a folder is to the reader, by its name.
  public enum Role: Equatable, Sendable {
    case document
    /// Looks like a document and is not read: nothing may be left out without a word.
    case unread(String)
    case other
  }

  /// - Parameter name: the last part of the path. One that begins with a dot is passed over before this is asked.
  public static func role(ofFile name: String, isLink: Bool = false) -> Role {
    let endings = [".yaml", ".yml"]
    guard endings.contains(where: { name.lowercased().hasSuffix($0) }) else { return .other }
    if isLink { return .unread("it is a link, and links are not followed") }
    if endings.contains(where: name.hasSuffix) { return .document }
    return .unread("its ending is not in lower-case letters; documents end with .yaml or .yml")
  }
}
