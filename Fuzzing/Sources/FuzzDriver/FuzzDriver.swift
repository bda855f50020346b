internal import Foundation

/// What libFuzzer's two entries of a target do: it has the `main`, and calls them.
///
/// Every input is checked on a thread with a small stack, and counted.
public enum FuzzDriver {
  public typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  // libFuzzer's thread and the one with the small stack take turns, so nothing below is read and written at once.
  nonisolated(unsafe) private static var check: ([UInt8]) -> Void = { _ in }
  nonisolated(unsafe) private static var input: [UInt8] = []
  nonisolated(unsafe) private static var inputs = 0
  nonisolated(unsafe) private static var bytes = 0
  /// Parts of messages of finds that are known and not yet put right: they are counted, and end nothing.
  nonisolated(unsafe) private static var known: [String] = []
  nonisolated(unsafe) private static var knownCounts: [Int: Int] = [:]
  nonisolated(unsafe) private static var finds: [String: Int] = [:]
  private static let goesOn = ProcessInfo.processInfo.environment["FUZZ_GOES_ON"] != nil
  nonisolated(unsafe) private static var byteLimit = Int.max
  private static let begun = DispatchSemaphore(value: 0)
  private static let ended = DispatchSemaphore(value: 0)

  /// What Linux gives every thread, if `FUZZ_STACK_KB` says no other.
  private static let stackSize =
    (ProcessInfo.processInfo.environment["FUZZ_STACK_KB"].flatMap { Int($0) } ?? 8_192) << 10

  /// Reads the arguments that are not libFuzzer's and takes them out: `--bytes=N` ends the run after as many bytes of
  /// input, and a first argument that names a mode runs that with what follows it, instead of libFuzzer.
  public static func begin(
    _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<Arguments>,
    modes: [String: @Sendable ([String]) throws -> Void] = [:], known: [String] = [],
    _ check: @escaping ([UInt8]) -> Void
  ) -> Int32 {
    self.check = check
    self.known = known
    startWorker()
    let all = (0..<Int(count.pointee)).map { arguments.pointee[$0].map { String(cString: $0) } ?? "" }
    if all.count > 1, let mode = modes[all[1]] {
      do {
        try mode(Array(all.dropFirst(2)))
        exit(0)
      } catch {
        print("\(error)")
        exit(2)
      }
    }
    if let place = all.firstIndex(where: { $0.hasPrefix("--bytes=") }) {
      byteLimit = Int(all[place].dropFirst("--bytes=".count)) ?? .max
      for index in place..<all.count { arguments.pointee[index] = arguments.pointee[index + 1] }
      count.pointee -= 1
    }
    atexit { FuzzDriver.report() }
    return 0
  }

  /// Checks one input; the result is what libFuzzer wants.
  public static func take(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    run(Array(UnsafeBufferPointer(start: data, count: size)))
    inputs += 1
    bytes += size
    if bytes >= byteLimit {
      // libFuzzer takes an `exit` of a target for a crash.
      report()
      _exit(0)
    }
    return 0
  }

  /// Checks one input.
  public static func run(_ bytes: [UInt8]) {
    input = bytes
    begun.signal()
    ended.wait()
  }

  private static func report() {
    for (index, find) in known.enumerated() {
      guard let count = knownCounts[index] else { continue }
      FileHandle.standardError.write(Data("known: \(count) times: \(find)\n".utf8))
    }
    FileHandle.standardError.write(Data("fuzzed: \(inputs) inputs, \(bytes) bytes\n".utf8))
  }

  private static func startWorker() {
    let thread = Thread {
      // So that libFuzzer can tell of a stack that overflowed.
      var spare = stack_t(ss_sp: malloc(64 << 10), ss_flags: 0, ss_size: 64 << 10)
      sigaltstack(&spare, nil)
      while true {
        begun.wait()
        check(input)
        ended.signal()
      }
    }
    thread.stackSize = stackSize
    thread.start()
  }

  /// Ends the process where something is not so, which is what libFuzzer takes for a find. With `FUZZ_GOES_ON` set, says
  /// only what was found, the first inputs for each find, so that one does not hide others.
  public static func require(_ isSo: Bool, _ message: @autoclosure () -> String) {
    if !isSo { fail(message()) }
  }

  public static func fail(_ message: String) {
    if let index = known.firstIndex(where: { message.contains($0) }) {
      knownCounts[index, default: 0] += 1
      return
    }
    if goesOn {
      // Numbers and what is quoted differ between inputs of one kind.
      let kind = message.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map(\.element).joined().filter { !$0.isNumber }.prefix(60)
      finds[String(kind), default: 0] += 1
      if finds[String(kind), default: 0] > 3 { return }
    }
    let text = String(decoding: input, as: UTF8.self).debugDescription
    FileHandle.standardError.write(Data("broken: \(message)\n  \(text.prefix(2_000))\n".utf8))
    if !goesOn { abort() }
  }
}
