/// Comparisons with the view's date: what they give can change only where the date passes the other side.
extension Compiler {
  mutating func compileDateComparison(_ name: String, _ arguments: [ExprID]) -> Frame.Code? {
    guard let function = Function.library[name], arguments.count == 2 else { return nil }
    let isLeft = isViewDate(arguments[0])
    guard isLeft != isViewDate(arguments[1]), checked.type(of: arguments[isLeft ? 1 : 0]) == .date else { return nil }
    footprint.readsDate = true
    dependence.readsGraph = true
    let other = compile(arguments[isLeft ? 1 : 0]).code
    let today = Frame.Code { .date($0.date) }
    let noting = Frame.Code { frame in
      let value = other(&frame)
      if frame.isTimed, case .date(let date) = value {
        frame.noteChange(on: date.days)
        frame.noteChange(on: date.days &+ 1)
      }
      return value
    }
    return Self.call(function, isLeft ? [today, noting] : [noting, today], [false, false])
  }

  private func isViewDate(_ id: ExprID) -> Bool {
    if case .variable(.viewDate) = checked.resolution(of: id) { true } else { false }
  }
}

extension Frame {
  /// Notes that something which was read can be otherwise from a day on.
  public mutating func noteChange(on day: Int32) {
    if day > date.days, day < nextChange { nextChange = day }
  }

  /// Whether anybody asks when the value can change next.
  public var asksForChanges: Bool { isTimed }
}
