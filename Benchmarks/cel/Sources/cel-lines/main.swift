import CEL
import Foundation
import TypedNotation

// Answers a line of JSON for each line of JSON: `{"type":…,"value":…}`, `{"type":…,"error":…}` or `{"checkError":…}`.

func answer(_ request: Request) -> String {
  let checked = Checker.check(Parser.parse(request.expression), in: request.environment)
  guard checked.problems.isEmpty else {
    let messages = checked.problems.map(\.message).joined(separator: "; ")
    return "{\"checkError\":\(JSONText.string(messages))}"
  }
  var frame = request.frame()
  let type = TypeNotation.text(checked.type)
  let value = CompiledExpression(checked, in: request.environment).evaluate(&frame)
  if case .error(let error) = value { return "{\"type\":\(type),\"error\":\(JSONText.string(error.message))}" }
  guard let text = ValueNotation.text(value) else { return "{\"type\":\(type),\"unwritable\":true}" }
  return "{\"type\":\(type),\"value\":\(text)}"
}

var previous: Request?
while let line = readLine() {
  // Whoever asks may wait for this answer before the next question.
  defer { fflush(nil) }
  do {
    let request = try Request(line: line, after: previous)
    previous = request
    print(answer(request))
  } catch {
    print("{\"requestError\":\(JSONText.string("\(error)"))}")
  }
}
