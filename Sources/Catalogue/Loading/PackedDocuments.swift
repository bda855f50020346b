public import Diagnostics
internal import YAMLTree

/// Puts an authority's own documents beside those of the packs that it uses.
///
/// One id is one document: of two packs that define it neither is preferred, and an own one takes a pack's place only where
/// it says so.
public enum PackedDocuments {
  /// The kinds that packs hold.
  public static let kinds = ["functions", "metamodel", "rule", "standard"]

  /// The documents that stand; without a pack all of them. Linear in the documents.
  static func standing(_ documents: [YAMLNode], _ diagnostics: inout [Diagnostic]) -> [YAMLNode] {
    var packs: Set<String> = []
    var packed: [String: YAMLNode] = [:]
    var result: [YAMLNode] = []
    for document in documents {
      guard let pack = document.source.pack else { continue }
      packs.insert(pack)
      guard let name = name(document) else { continue }
      if let first = packed[name], let other = first.source.pack, other != pack {
        diagnostics.append(meeting(name, document, pack, first, other))
      } else {
        packed[name] = document
      }
    }
    var replaced: Set<String> = []
    for document in documents where document.source.pack == nil {
      guard let name = name(document) else {
        result.append(document)
        continue
      }
      let theirs = packed[name]
      if let node = document.first("overrides"), node.isScalar, !node.isReported {
        if let mistake = mistake(in: node, name, theirs, packs, packed) {
          diagnostics.append(mistake)
          if theirs != nil { continue }
        } else {
          replaced.insert(name)
        }
      } else if let theirs, let pack = theirs.source.pack {
        diagnostics.append(taken(name, document, theirs, pack))
        continue
      }
      result.append(document)
    }
    // Of what two packs define the first stands: what names it is not told to lead nowhere.
    return result
      + documents.filter { document in
        guard document.source.pack != nil else { return false }
        guard let name = Self.name(document) else { return true }
        return !replaced.contains(name) && packed[name]?.source.pack == document.source.pack
      }
  }

  /// `rule:data-one-master`; nil for what is of no kind that packs hold, or has no id.
  private static func name(_ document: YAMLNode) -> String? {
    guard document.isMapping, let kind = document.first("kind"), kinds.contains(where: kind.textEquals),
      let id = document.first("id"), id.isScalar
    else { return nil }
    return "\(kind.text):\(id.text)"
  }

  private static func mistake(
    in node: YAMLNode, _ name: String, _ theirs: YAMLNode?, _ packs: Set<String>, _ packed: [String: YAMLNode]
  ) -> Diagnostic? {
    let pack = node.text
    guard packs.contains(pack) else {
      let near = suggestion(for: pack, among: packs.sorted())
      let uses = packs.isEmpty ? "none is in use" : "in use: \(packs.sorted().joined(separator: ", "))"
      return Diagnostic(
        "pack-mistake", .error, "`overrides` names a pack that triglyph.yaml uses, and `\(pack)` is none",
        at: node.range,
        notes: [near ?? uses])
    }
    guard theirs?.source.pack == pack else {
      let prefix = name.prefix { $0 != ":" } + ":"
      let known = packed.filter { $0.key.hasPrefix(prefix) && $0.value.source.pack == pack }.keys.sorted()
      return Diagnostic(
        "pack-mistake", .error, "it overrides nothing: \(pack) has no \(name)", at: node.range,
        notes: [suggestion(for: name, among: known)].compactMap { $0 })
    }
    return nil
  }

  private static func taken(_ name: String, _ own: YAMLNode, _ theirs: YAMLNode, _ pack: String) -> Diagnostic {
    let id = own.first("id") ?? own
    return Diagnostic(
      "pack-mistake", .error, "\(pack) has \(name) already", at: id.range,
      related: [Diagnostic.Related("the pack's", at: (theirs.first("id") ?? theirs).range)],
      notes: ["another id stands beside the pack's; with `overrides: \(pack)` this one stands in its place"])
  }

  private static func meeting(
    _ name: String, _ document: YAMLNode, _ pack: String, _ first: YAMLNode, _ other: String
  ) -> Diagnostic {
    Diagnostic(
      "pack-mistake", .error, "\(other) and \(pack) both have \(name): they cannot be used together",
      at: (document.first("id") ?? document).range,
      related: [Diagnostic.Related("that of \(other)", at: (first.first("id") ?? first).range)])
  }

  /// What stands for the mistakes of a repository one of whose packs is not there.
  public static func incomplete(_ diagnostics: [Diagnostic]) -> Diagnostic {
    let count = diagnostics.count { $0.severity == .error }
    let more =
      count == 1
      ? "one further error may come of it and is not shown" : "\(count) further errors may come of it and are not shown"
    return Diagnostic(
      "incomplete-vocabulary", .error, "`use` of triglyph.yaml has a mistake\(count == 0 ? "" : "; \(more)")", at: nil,
      notes: ["put it right first, then check again"])
  }

  /// What `use:` of triglyph.yaml can report, with a sentence for each id.
  public static let registry: [(id: String, explanation: String)] = [
    (
      "unknown-pack",
      "`use:` of triglyph.yaml names a pack that this triglyph does not have; `triglyph packs` lists them."
    )
  ]
}
