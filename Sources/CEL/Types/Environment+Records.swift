extension Environment {
  /// The names of the fields of a record with parameters (`group`, `count`), in their order; nil where there is none of
  /// that name.
  public func fieldNames(ofRecord name: String) -> [String]? { record(named: name)?.fields.map(\.name) }
}
