/// Comparisons and arithmetic on cells: whole numbers that stand for values, without making the values.
extension Compiler {
  mutating func compileCells(_ name: String, _ arguments: [ExprID]) -> Frame.Code? {
    guard mayRepeat, checked.type(of: arguments[0]) == checked.type(of: arguments[1]) || bothEntities(arguments),
      case .function(let function)? = Function.library[name].map({ Resolution.function($0) }),
      let left = cell(arguments[0]), let right = cell(arguments[1])
    else { return nil }
    let slow = Self.call(function, [compile(arguments[0]).code, compile(arguments[1]).code], [false, false])
    // One closure for each operator: a call through another would cost as much as the comparison.
    @Sendable func isCell(_ a: Int64, _ b: Int64) -> Bool { a != Self.noCell && b != Self.noCell }
    switch name {
    case "_==_":
      return Frame.Code { frame in
        let (a, b) = (left(&frame), right(&frame))
        return isCell(a, b) ? .bool(a == b) : slow(&frame)
      }
    case "_!=_":
      return Frame.Code { frame in
        let (a, b) = (left(&frame), right(&frame))
        return isCell(a, b) ? .bool(a != b) : slow(&frame)
      }
    case "_<_":
      return Frame.Code { frame in
        let (a, b) = (left(&frame), right(&frame))
        return isCell(a, b) ? .bool(a < b) : slow(&frame)
      }
    case "_<=_":
      return Frame.Code { frame in
        let (a, b) = (left(&frame), right(&frame))
        return isCell(a, b) ? .bool(a <= b) : slow(&frame)
      }
    case "_>_":
      return Frame.Code { frame in
        let (a, b) = (left(&frame), right(&frame))
        return isCell(a, b) ? .bool(a > b) : slow(&frame)
      }
    default:
      return Frame.Code { frame in
        let (a, b) = (left(&frame), right(&frame))
        return isCell(a, b) ? .bool(a >= b) : slow(&frame)
      }
    }
  }

  /// A string compared with a constant.
  mutating func compileTextComparison(_ name: String, _ arguments: [ExprID]) -> Frame.Code? {
    guard name == "_==_" || name == "_!=_", checked.type(of: arguments[0]) == .string,
      checked.type(of: arguments[1]) == .string, let function = Function.library[name]
    else { return nil }
    for (constantSide, other) in [(arguments[1], arguments[0]), (arguments[0], arguments[1])] {
      guard case .string(let text)? = constant(constantSide) else { continue }
      let code = compile(other).code
      let slow = Self.call(function, [code, Frame.Code { _ in .string(text) }], [false, false])
      let wanted = name == "_==_"
      return Frame.Code { frame in
        let value = code(&frame)
        guard case .string(let found) = value else { return value.isErrorOrUnknown ? value : slow(&frame) }
        return .bool(found.hasSameBytes(as: text) == wanted)
      }
    }
    return nil
  }

  /// Sums, differences and products of ints: the slow code is asked only where a part is no number or the result is out
  /// of range.
  mutating func compileArithmetic(_ id: ExprID, _ name: String, _ arguments: [ExprID]) -> Frame.Code? {
    guard mayRepeat, arguments.count == 2, checked.type(of: id) == .int, let fast = cell(id),
      let function = Function.library[name]
    else { return nil }
    let slow = Self.call(function, [compile(arguments[0]).code, compile(arguments[1]).code], [false, false])
    return Frame.Code { frame in
      let number = fast(&frame)
      return number != Self.noCell ? .int(number) : slow(&frame)
    }
  }

  /// A cell of the sum, difference or product of two.
  func arithmeticCell(_ name: String, _ left: @escaping Cell, _ right: @escaping Cell) -> Cell? {
    @Sendable func checked(_ a: Int64, _ b: Int64, _ result: (partialValue: Int64, overflow: Bool)) -> Int64 {
      a == Self.noCell || b == Self.noCell || result.overflow ? Self.noCell : result.partialValue
    }
    switch name {
    case "_+_":
      return { frame in
        let (a, b) = (left(&frame), right(&frame))
        return checked(a, b, a.addingReportingOverflow(b))
      }
    case "_-_":
      return { frame in
        let (a, b) = (left(&frame), right(&frame))
        return checked(a, b, a.subtractingReportingOverflow(b))
      }
    case "_*_":
      return { frame in
        let (a, b) = (left(&frame), right(&frame))
        return checked(a, b, a.multipliedReportingOverflow(by: b))
      }
    default: return nil
    }
  }

  private func bothEntities(_ arguments: [ExprID]) -> Bool { isEntity(arguments[0]) && isEntity(arguments[1]) }

  /// A cell in a list of constants, or an entity in a list of entities: no value is made for each element.
  mutating func compileMembership(_ arguments: [ExprID]) -> Frame.Code? {
    if let code = compileConstantMembership(arguments) { return code }
    guard isEntity(arguments[0]), case .entity? = checked.type(of: arguments[1]).elementType,
      let function = Function.library["@in"]
    else { return nil }
    let left = compile(arguments[0]).code
    let right = compile(arguments[1]).code
    let slow: Frame.Code = Self.call(function, [left, right], [false, false])
    return Frame.Code { frame in
      guard case .entity(let row) = left(&frame), let view = right(&frame).listView, view.isDefinite,
        let isThere = view.containsRow(row)
      else { return slow(&frame) }
      return .bool(isThere)
    }
  }

  private mutating func compileConstantMembership(_ arguments: [ExprID]) -> Frame.Code? {
    guard mayRepeat, case .list(let items) = tree[arguments[1]], !items.isEmpty, items.allSatisfy({ !$0.isOptional }),
      case .list(checked.type(of: arguments[0])) = checked.type(of: arguments[1]),
      let element = cell(arguments[0]), let function = Function.library["@in"]
    else { return nil }
    var numbers: [Int64] = []
    for item in items {
      guard let constant = constant(item.value), Self.number(constant) != Self.noCell else { return nil }
      numbers.append(Self.number(constant))
    }
    let slow = Self.call(function, [compile(arguments[0]).code, compile(arguments[1]).code], [false, false])
    if numbers.count <= 8 {
      let few = numbers
      return Frame.Code { frame in
        let number = element(&frame)
        return number != Self.noCell ? .bool(few.contains(number)) : slow(&frame)
      }
    }
    let many = Set(numbers)
    return Frame.Code { frame in
      let number = element(&frame)
      return number != Self.noCell ? .bool(many.contains(number)) : slow(&frame)
    }
  }
}
