public import ArgumentParser
public import CEL
public import Diagrams
public import Governance
public import Reports

extension CivilDate: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Severity: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
  public static var allValueStrings: [String] { allCases.map(\.name) }
}

extension PictureFormat: ExpressibleByArgument {}

extension CapabilityHeat: ExpressibleByArgument {}

extension Theme: ExpressibleByArgument {}

extension SheetFormat: ExpressibleByArgument {}

extension Since.Trust: ExpressibleByArgument {}

extension Trend.Step: ExpressibleByArgument {}
