internal import CEL

/// The canonical form of an edit, and its digest: the first 32 hexadecimal digits of the SHA-256 of the form.
///
/// 128 bits, because a digest is what a board approves: with 64 a proposer could make two entries of one digest in an
/// afternoon. The form is a list of byte strings, each with its length before it, so that no two forms read alike:
/// a version, the operation, the entity, the field, the date or nothing, `known` or `unknown`, then the values; for an
/// `add` the digests of what it holds, sorted, without those of immaterial fields.
enum EntryForm {
  static let version = "1"
  static let digitCount = 32

  static func digest(_ edit: InitiativeEdit, contents: [String] = []) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    append(version, &bytes)
    append(edit.operation.rawValue, &bytes)
    append(edit.entity, &bytes)
    append(edit.field, &bytes)
    append(edit.date.map { $0 == .never ? "never" : $0.text } ?? "", &bytes)
    append(edit.isUnknown ? "unknown" : "known", &bytes)
    for value in edit.values { append(value, &bytes) }
    for digest in contents.sorted() { append(digest, &bytes) }
    return SHA256.hex(bytes, digitCount: digitCount)
  }

  private static func append(_ text: String, _ bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(text.utf8.count).utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: text.utf8)
  }
}
