import Foundation
import TypedNotation

// Answers a line of JSON with nanoseconds for each line of JSON with an expression.

let bench = Bench()
var previous: Request?
while let line = readLine() {
  do {
    let request = try Request(line: line, after: previous)
    previous = request
    print(bench.answer(request))
  } catch {
    print("{\"failure\":\(JSONText.string("\(error)"))}")
  }
  fflush(nil)
}
