public import Catalogue
public import Diagnostics
public import YAMLTree

/// A setting of the vocabulary to which `triglyph.yaml` gives another value than its own.
public struct SettingChange: Sendable {
  public let name: String
  public let value: String
  /// What it is where nobody says anything; nil: nothing.
  public let former: String?
  public let range: SourceRange

  /// In the order of writing. What the vocabulary does not declare is an input error, and no change.
  public static func all(_ given: [(key: YAMLNode, value: YAMLNode)], _ estate: Estate) -> [SettingChange] {
    given.compactMap { key, value in
      guard let setting = estate.metamodel.settings[key.text], value.isScalar, setting.defaultText != value.text else {
        return nil
      }
      return SettingChange(name: key.text, value: value.text, former: setting.defaultText, range: key.range)
    }
  }
}
