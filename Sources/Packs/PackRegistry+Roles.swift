extension PackRegistry {
  /// The packs whose vocabulary gives something a role.
  public func packs(givingRole role: String) -> [Pack] {
    packs.filter { pack in
      pack.files.contains { file in
        file.path.hasPrefix("catalogue/metamodel/")
          && String(decoding: file.bytes, as: UTF8.self).hasWords("role: \(role)")
      }
    }
  }
}

extension String {
  /// Whether they stand in it, and no letter goes on behind them.
  fileprivate func hasWords(_ text: String) -> Bool {
    ranges(of: text).contains { $0.upperBound == endIndex || !self[$0.upperBound].isLetter }
  }
}
