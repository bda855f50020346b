/// A list in a cell.
enum CellList {
  /// Without spaces around the items, and without empty ones.
  static func items(_ text: String, divider: String) -> [String] {
    let divider = Array(divider.utf8)
    if divider.isEmpty { return [text] }
    var items: [String] = []
    var rest = Array(text.utf8)[...]
    var item: [UInt8] = []
    func close() {
      let text = CSVTable.trimmed(String(decoding: item, as: UTF8.self))
      if !text.isEmpty { items.append(text) }
      item = []
    }
    while let byte = rest.first {
      if rest.starts(with: divider) {
        close()
        rest = rest.dropFirst(divider.count)
      } else {
        item.append(byte)
        rest = rest.dropFirst()
      }
    }
    close()
    return items
  }
}
