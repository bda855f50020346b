// swift-tools-version: 6.2
import PackageDescription

/// The product's own settings.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The product's modules are compiled here again, through the link `Product`: so that they are watched by the fuzzer, and
/// so that what they open to their own package is open to the targets.
let package = Package(
  name: "triglyph-fuzzing",
  targets: [
    .systemLibrary(
      name: "CLibYAML", path: "Product/CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "Diagnostics", path: "Product/Diagnostics"),
    .target(name: "YAMLTree", dependencies: ["CLibYAML", "Diagnostics"], path: "Product/YAMLTree"),
    .target(name: "CRE2", path: "Product/CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CEL", dependencies: ["CRE2", "Diagnostics"], path: "Product/CEL"),
    .target(name: "Catalogue", dependencies: ["YAMLTree", "CEL", "Diagnostics"], path: "Product/Catalogue"),
    .target(
      name: "Governance", dependencies: ["Catalogue", "YAMLTree", "CEL", "Diagnostics"], path: "Product/Governance"),
    .target(
      name: "Interchange", dependencies: ["Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"],
      path: "Product/Interchange"),
    .target(name: "FuzzDriver", dependencies: ["CEL", "Diagnostics"]),
    .executableTarget(name: "fuzz-cel", dependencies: ["FuzzDriver", "CEL", "YAMLTree", "Diagnostics"]),
    .executableTarget(name: "fuzz-yaml", dependencies: ["FuzzDriver", "YAMLTree", "Diagnostics"]),
    .executableTarget(
      name: "fuzz-repository",
      dependencies: ["FuzzDriver", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .executableTarget(
      name: "fuzz-csv", dependencies: ["FuzzDriver", "Interchange", "Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .executableTarget(name: "fuzz-zone", dependencies: ["FuzzDriver", "CEL"]),
  ],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system {
  target.swiftSettings = settings
  // libFuzzer has the `main` of its targets, so that no file of theirs is one.
  if target.type == .executable { target.swiftSettings?.append(.unsafeFlags(["-parse-as-library"])) }
}
