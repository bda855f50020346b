public import CEL
import Foundation

/// One line of the input: an expression, and the variables that it may read.
public struct Request {
  public let name: String
  public let expression: String
  public let environment: Environment
  /// The variables' values, by slot.
  public let slots: [Value]
  /// The value that it must have, where the line tells one.
  public let expected: Value?

  public enum Mistake: Error {
    case notAnObject
    case unreadable(String)
  }

  /// Reads `{"name":…, "expr":…, "bindings":{…}, "types":{…}, "expect":v}`. A line without `bindings` keeps those of
  /// the line before; a variable without a type has that of its value.
  public init(line: String, after previous: Request?) throws {
    guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let expression = object["expr"] as? String
    else { throw Mistake.notAnObject }
    self.expression = expression
    name = object["name"] as? String ?? ""
    if let written = object["expect"] {
      guard let value = ValueNotation.value(written) else { throw Mistake.unreadable("expect") }
      expected = value
    } else {
      expected = nil
    }
    guard let bindings = object["bindings"] as? [String: Any] else {
      environment = previous?.environment ?? Environment(allowsDyn: true)
      slots = previous?.slots ?? []
      return
    }
    let types = object["types"] as? [String: Any] ?? [:]
    var environment = Environment(allowsDyn: true)
    var slots: [Value] = []
    for (name, written) in bindings.sorted(by: { $0.key < $1.key }) {
      guard let value = ValueNotation.value(written) else { throw Mistake.unreadable(name) }
      var type = TypeNotation.type(of: value)
      if let declared = types[name] {
        guard let read = TypeNotation.type(declared) else { throw Mistake.unreadable(name) }
        type = read
      }
      environment.variables[name] = .slot(slots.count, type)
      slots.append(value)
    }
    environment.firstFreeSlot = slots.count
    self.environment = environment
    self.slots = slots
  }

  /// A frame that holds the variables.
  public func frame() -> Frame {
    var frame = Frame(graph: .empty, slotCount: slots.count)
    for (slot, value) in slots.enumerated() { frame.slots[slot] = value }
    return frame
  }
}
