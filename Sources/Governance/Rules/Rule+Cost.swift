public import CEL
public import Catalogue

extension Rule {
  /// About how many elements the rule visits in an estate: for each target, and once for all of them.
  public func estimate(in estate: Estate) -> CostEstimate {
    let model = CostModel(estate.graph)
    var result = condition?.estimate(model) ?? CostEstimate()
    var count = 1
    for generator in generators {
      result = result + generator.list.estimate(model).times(count)
      let size = generator.list.estimatedSize(model)
      count = count.multipliedReportingOverflow(by: size).overflow ? .max : count * size
    }
    for last in [requirement, measure] {
      if let last { result = result + last.estimate(model).times(count) }
    }
    return result + CostEstimate(eachTarget: generators.isEmpty ? 0 : count)
  }
}
