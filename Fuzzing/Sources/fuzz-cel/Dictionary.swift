@testable import CEL

extension Modes {
  /// The language's tokens, macros, functions and the worlds' names, as libFuzzer's `-dict` wants them.
  static func printDictionary() {
    var words: Set<String> = [
      "&&", "||", "==", "!=", "<=", ">=", " in ", "?", ":", "[?", ".?", "{?", "r'", "b'", "'''", "0x", "1u", "1e3",
      "true", "false", "null", "-9223372036854775808", "18446744073709551615u", "(", ")", "[]", "{}", "[", "]", "dyn(",
      "type(", "int", "uint", "double", "string", "bytes", "list", "map", "'2024-02-29'", "'1y6m'", "'90m'",
      "'2024-02-29T12:00:00Z'", "'Europe/London'", "\\u00e9", "'%d %s %.2f'", "system", "dataset", "flow", "low", "hub",
    ]
    for macro in MacroSignature.all { words.insert(macro.hasReceiver ? ".\(macro.name)(" : "\(macro.name)(") }
    for (name, function) in Function.library where !name.contains("_") && !name.contains("@") {
      if function.overloads.contains(where: \.isMember) { words.insert(".\(name)(") }
      if function.overloads.contains(where: { !$0.isMember }) { words.insert("\(name)(") }
    }
    for world in [World.typed(isPlain: false), World.open(isPlain: false)] {
      words.formUnion(world.environment.variables.keys)
      words.formUnion(world.environment.functions.keys.map { "\($0)(" })
    }
    let host = SmallHost()
    for kind in 0..<host.kindCount { words.formUnion(host.fieldNames(ofKind: kind).map { ".\($0)" }) }
    for word in words.sorted() {
      print("\"" + word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"")
    }
  }
}
