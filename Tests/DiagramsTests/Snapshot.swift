import Glibc
import Testing

/// Compares a text with the file of that name beside the test. A missing or different file fails with the first lines
/// that differ; the new text is left in the temporary folder, for a person to look at and copy, and never recorded.
func expectSnapshot(
  _ text: String, _ name: String, beside file: StaticString = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = "\(file)"
  let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
  let recorded = contents(of: "\(folder)/\(name)")
  if recorded == text { return }
  let place = "/tmp/triglyph-snapshot-\(name)"
  if let stream = fopen(place, "w") {
    fputs(text, stream)
    fclose(stream)
  }
  guard let recorded else {
    Issue.record("there is no \(name); what it would hold is in \(place)", sourceLocation: sourceLocation)
    return
  }
  let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let difference = new.difference(from: old).prefix(12).map { change in
    switch change {
    case .remove(let offset, let element, _): "\(offset + 1) - \(element)"
    case .insert(let offset, let element, _): "\(offset + 1) + \(element)"
    }
  }
  Issue.record(
    "\(name) differs (the new text is in \(place)):\n\(difference.joined(separator: "\n"))",
    sourceLocation: sourceLocation)
}

private func contents(of path: String) -> String? {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &block, block.count)
    if count <= 0 { break }
    bytes += block[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
