extension Function {
  /// `text.format([…])` of cel-go's extension of strings, without locales.
  static let formatFunction = Function(
    "format", [Overload([.string, .list(.dyn)], .string, isMember: true)],
    .contextual { frame, values in
      guard values.count == 2, case .string(let text) = values[0], let view = values[1].listView else {
        return noOverload("format")
      }
      let y = values[1]
      // The digits of a double are worked out exactly, all of them.
      guard frame.spend(values[0].weight + y.weight + 32 * view.count) else { return frame.costError }
      // What a value is written as depends on everything in it.
      if let reasons = y.undecided { return .unknown(reasons) }
      do {
        var writer = FormatWriter()
        var index = 0
        for piece in try TextFormat(text).pieces {
          switch piece {
          case .text(let bytes): try writer.append(bytes)
          case .clause(let clause):
            guard index < view.count else {
              return .error(.invalidArgument, "`format` has \(view.count) values and a clause for one more")
            }
            try writer.append(view[index], as: clause)
            index += 1
          }
        }
        guard frame.pay(writer.bytes.count / 16) else { return frame.costError }
        return .string(String(decoding: writer.bytes, as: UTF8.self))
      } catch let mistake as TextFormat.Mistake {
        return .error(.invalidArgument, mistake.message)
      } catch {
        return tooLong
      }
    })
}
