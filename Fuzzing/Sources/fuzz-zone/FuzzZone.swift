public import FuzzDriver

@testable import CEL

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>)
  -> Int32
{
  FuzzDriver.begin(count, arguments) { FuzzZone.check($0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 { FuzzDriver.take(data, size) }

/// Reads bytes as a time zone's file, or as a regular expression with texts. The first byte chooses.
enum FuzzZone {
  static func check(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    if first == UInt8(ascii: "T") { checkZone(bytes) }
    if first == UInt8(ascii: "P") { checkRule(bytes.dropFirst()) }
    if first == UInt8(ascii: "R") { checkRegex(bytes.dropFirst()) }
  }

  // MARK: Time zones

  private static let moments: [Int64] =
    [.min, .max, .min + 1, 0, -62_135_596_800, 253_402_300_799, 1_780_000_000, 951_782_400, 4_107_542_400]
    + stride(from: Int64(1_767_225_600), to: 1_798_761_600, by: 1_209_600)

  private static func checkZone(_ bytes: [UInt8]) {
    guard let zone = TimeZone(tzif: bytes) else { return }
    let changes = zone.moments.prefix(50).flatMap { [$0 &- 1, $0, $0 &+ 1] }
    for moment in moments + changes { check(zone.offset(at: moment), at: moment) }
    for (moment, offset) in zip(zone.moments, zone.offsets) where moment != zone.moments.last {
      FuzzDriver.require(zone.offset(at: moment) == offset, "the change at \(moment) is passed over")
    }
  }

  private static func checkRule(_ text: ArraySlice<UInt8>) {
    guard let rule = TimeZoneRule(posix: text) else { return }
    for moment in moments { check(rule.offset(at: moment), at: moment) }
    // It is the one or the other, always.
    for moment in stride(from: Int64(1_767_225_600), to: 1_798_761_600, by: 40_000) {
      let offset = rule.offset(at: moment)
      FuzzDriver.require(
        offset == rule.standard || offset == rule.daylight?.offset, "\(offset) is no offset of the rule")
    }
  }

  private static func check(_ offset: Int32, at moment: Int64) {
    FuzzDriver.require(offset.magnitude <= 100_000, "\(offset) seconds at \(moment)")
  }

  // MARK: Regular expressions

  /// The pattern, the text and the replacement stand between zero bytes.
  private static func checkRegex(_ bytes: ArraySlice<UInt8>) {
    let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
      .map { Value.string(String(decoding: $0, as: UTF8.self)) }
    let pattern = parts[0]
    let text = parts.count > 1 ? parts[1] : .string("aé漢 b")
    let replacement = parts.count > 2 ? parts[2] : .string("<\\0>")
    let results = [
      call("matches", [text, pattern]), call("regex.replace", [text, pattern, replacement]),
      call("regex.replace", [text, pattern, replacement, .int(2)]), call("regex.extract", [text, pattern]),
      call("regex.extractAll", [text, pattern]),
    ]
    for result in results {
      FuzzDriver.require(result.description == result.again, "\(result.description), and then \(result.again)")
    }
    // A pattern is one for all functions or for none.
    if case .bool(let isFound) = results[0].value, !isFound {
      if case .string(let found) = results[1].value, case .string(let given) = text {
        FuzzDriver.require(found.utf8.elementsEqual(given.utf8), "nothing matches, and yet something is replaced")
      }
      if let list = results[4].value.listView {
        FuzzDriver.require(list.count == 0, "nothing matches, yet \(list.count)")
      }
    }
  }

  private struct Result {
    var value: Value
    var description: String
    var again: String
  }

  private static func call(_ name: String, _ arguments: [Value]) -> Result {
    guard let function = Function.library[name] else { preconditionFailure("there is no function \(name)") }
    var frame = Frame(graph: .empty, slotCount: 0, costLimit: 1_000_000)
    func value() -> Value {
      switch function.body {
      case .unary(let body): body(arguments[0])
      case .binary(let body): body(arguments[0], arguments[1])
      case .variadic(let body): body(arguments)
      case .contextual(let body): body(&frame, arguments)
      case .deferred: .null
      }
    }
    let first = value()
    frame.cost = 0
    return Result(value: first, description: first.fuzzText, again: value().fuzzText)
  }
}

extension Value {
  fileprivate var fuzzText: String {
    switch self {
    case .string(let text): return "'\(Array(text.utf8))'"
    case .error(let error): return error.message
    default:
      guard let view = listView else { return "\(self)" }
      return (0..<view.count).map { view[$0].fuzzText }.joined(separator: ",")
    }
  }
}
