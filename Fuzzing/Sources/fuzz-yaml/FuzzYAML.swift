import Diagnostics
public import FuzzDriver

@testable import YAMLTree

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>)
  -> Int32
{
  FuzzDriver.begin(count, arguments) { FuzzYAML.check($0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 { FuzzDriver.take(data, size) }

/// Reads bytes as a file of documents.
enum FuzzYAML {
  static func check(_ bytes: [UInt8]) {
    let source = SourceText(name: "input.yaml", bytes: bytes)
    let file = YAMLFile.parse(source)
    FuzzDriver.check(file.diagnostics)
    var end = 0
    for document in file.documents {
      FuzzDriver.require(FuzzDriver.isInside(document.utf8Range, bytes.count), "a document at \(document.utf8Range)")
      FuzzDriver.require(document.utf8Range.lowerBound >= end, "a document begins in the one before")
      end = document.utf8Range.upperBound
      check(document.root, file)
    }
    FuzzDriver.require(
      file.brokenDocuments.isEmpty || file.diagnostics.contains { $0.severity == .error }, "a document is lost silently"
    )
    for broken in file.brokenDocuments {
      FuzzDriver.require(FuzzDriver.isInside(broken.range.utf8Range, bytes.count), "a document at \(broken.range)")
    }
    // Text outside of all documents is white space, comments and markers, or something was reported.
    if file.diagnostics.isEmpty { checkNothingIsBetween(file, bytes) }
    let again = YAMLFile.parse(source)
    FuzzDriver.require(again.diagnostics == file.diagnostics, "read again, it has other diagnostics")
    FuzzDriver.require(again.documents.count == file.documents.count, "read again, it has other documents")
  }

  private static func check(_ node: YAMLNode, _ file: YAMLFile) {
    let range = node.utf8Range
    FuzzDriver.require(FuzzDriver.isInside(range, node.source.bytes.count), "a node at \(range)")
    switch node.kind {
    case .scalar: checkScalar(node)
    case .sequence: for index in 0..<node.count { check(node[item: index], file) }
    case .mapping:
      for index in 0..<node.count {
        let key = node.key(index)
        FuzzDriver.require(key.isScalar && !key.utf8.isEmpty, "a key is no text at \(key.utf8Range)")
        check(key, file)
        check(node.value(index), file)
      }
    }
  }

  private static func checkScalar(_ node: YAMLNode) {
    let count = node.utf8.count
    let value = Array(node.utf8)
    if !node.isReported, count < 4_096 {
      FuzzDriver.require(
        ScalarSpans(of: node).value == value, "read again, the scalar at \(node.utf8Range) has another value")
    }
    var last = node.utf8Range.lowerBound
    for offset in Set([0, 1, count / 2, count - 1, count]).sorted() where offset >= 0 && offset <= count {
      let place = node.sourceOffset(ofValueOffset: offset)
      FuzzDriver.require(place >= last && place <= node.source.bytes.count, "byte \(offset) is at \(place)")
      last = place
    }
    let whole = node.sourceRange(ofValueRange: 0..<count).utf8Range
    FuzzDriver.require(FuzzDriver.isInside(whole, node.source.bytes.count), "a value is at \(whole)")
    if let comment = node.trailingComment {
      FuzzDriver.require(FuzzDriver.isInside(comment, node.source.bytes.count), "a comment is at \(comment)")
    }
  }

  private static func checkNothingIsBetween(_ file: YAMLFile, _ bytes: [UInt8]) {
    var covered = [Bool](repeating: false, count: bytes.count)
    for document in file.documents { for place in document.utf8Range { covered[place] = true } }
    var isComment = false
    for (place, byte) in bytes.enumerated() {
      if byte == 0x0A || byte == 0x0D { isComment = false }
      if byte == UInt8(ascii: "#") && !covered[place] { isComment = true }
      if covered[place] || isComment { continue }
      let isBetween = byte <= 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      let isMark = [0xEF, 0xBB, 0xBF, 0xC2, 0x85].contains(byte)
      FuzzDriver.require(isBetween || isMark, "the byte at \(place) is in no document")
    }
  }
}
