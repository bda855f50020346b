internal import Packs

/// Where somebody finds a role that their vocabulary does not give.
enum PackedRole {
  /// `; public-sector/1 has it: …`; empty where no pack has it.
  static func note(_ role: String) -> String {
    let packs = PackRegistry.shipped.packs(givingRole: role)
    guard let first = packs.first else { return "" }
    let names = packs.map(\.id).joined(separator: " and ")
    return "; \(names) \(packs.count == 1 ? "has" : "have") it: `use: [\(first.id)]` in triglyph.yaml, or look with "
      + "`triglyph packs show \(first.id)`"
  }
}
