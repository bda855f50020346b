/// A change of one mapping, as what it means.
enum TreeChange: Equatable {
  /// The key has this value, whether it was there or not.
  case set(String, PlainTree)
  case remove(String)
  /// The list under the key has one more item at its end; a single value counts as a list of one, no key as none.
  case append(String, PlainTree)
  case removeItem(String, at: Int)

  var key: String {
    switch self {
    case .set(let key, _), .remove(let key), .append(let key, _), .removeItem(let key, _): key
    }
  }

  /// What the mapping says afterwards; nil where the change has no meaning there.
  func applied(to tree: PlainTree) -> PlainTree? {
    guard case .mapping = tree else { return nil }
    var result = tree
    switch self {
    case .set(let key, let value): result[key] = value
    case .remove(let key):
      guard tree[key] != nil else { return nil }
      result[key] = nil
    case .append(let key, let item):
      guard var items = Self.items(tree[key]) else { return nil }
      items.append(item)
      result[key] = .sequence(items)
    case .removeItem(let key, let index):
      guard tree[key] != nil, var items = Self.items(tree[key]), items.indices.contains(index) else { return nil }
      items.remove(at: index)
      result[key] = .sequence(items)
    }
    return result
  }

  private static func items(_ value: PlainTree?) -> [PlainTree]? {
    switch value {
    case nil: []
    case .sequence(let items): items
    case .scalar(_, isGap: false): value.map { [$0] }
    default: nil
    }
  }
}
