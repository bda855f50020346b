// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: the language mode, explicit existentials, and imports that stay internal.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "triglyph",
  products: [
    .library(name: "CEL", targets: ["CEL"]),
    .executable(name: "triglyph", targets: ["triglyph"]),
    .executable(name: "triglyph-render", targets: ["triglyph-render"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-subprocess", exact: "1.0.2", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CGraphviz", pkgConfig: "libgvc", providers: [.apt(["libgraphviz-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CMimalloc", providers: [.apt(["libmimalloc-dev"])]),
    .target(name: "Diagnostics"),
    .target(name: "YAMLTree", dependencies: ["CLibYAML", "Diagnostics"]),
    // Its texts are literals: of a megabyte as resources the compiler would make arrays of numbers, for minutes.
    .target(name: "Packs", dependencies: ["YAMLTree", "Diagnostics"]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CEL", dependencies: ["CRE2", "Diagnostics"]),
    .target(name: "Catalogue", dependencies: ["YAMLTree", "CEL", "Diagnostics"]),
    .target(
      name: "History",
      dependencies: ["Catalogue", "Diagnostics", .product(name: "Subprocess", package: "swift-subprocess")]),
    .target(name: "Governance", dependencies: ["Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .target(
      name: "Diagrams",
      dependencies: [
        "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(name: "Discovery", dependencies: ["CSQLite", "Governance", "Catalogue", "CEL", "Diagnostics"]),
    .target(name: "Interchange", dependencies: ["Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .target(
      name: "Reports",
      dependencies: [
        "Diagrams", "Discovery", "Interchange", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics",
      ]),
    .target(
      name: "TriglyphCommand",
      dependencies: [
        "Diagrams", "Discovery", "Interchange", "Reports", "History", "Packs", "Governance", "Catalogue", "YAMLTree",
        "CEL", "Diagnostics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The files of a new repository, as bytes in the executable: it needs nothing beside itself.
      resources: [.embedInCode("Starter")]),
    .executableTarget(
      name: "triglyph",
      dependencies: [
        "TriglyphCommand", "CMimalloc", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "triglyph-render", dependencies: ["CGraphviz"]),
    .testTarget(
      name: "TriglyphRenderTests",
      dependencies: ["triglyph-render", .product(name: "Subprocess", package: "swift-subprocess")]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
    .testTarget(name: "YAMLTreeTests", dependencies: ["YAMLTree", "Diagnostics"]),
    .testTarget(
      name: "PacksTests", dependencies: ["Packs", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .testTarget(name: "CELTests", dependencies: ["CEL", "Diagnostics"]),
    .testTarget(name: "CatalogueTests", dependencies: ["Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .testTarget(
      name: "HistoryTests",
      dependencies: ["History", "Diagnostics", .product(name: "Subprocess", package: "swift-subprocess")]),
    .testTarget(name: "GovernanceTests", dependencies: ["Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .testTarget(
      name: "DiagramsTests",
      dependencies: [
        "Diagrams", "Governance", "Catalogue", "CEL", "Diagnostics", "triglyph-render",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: [
        "Landscape/boxes.dot", "Landscape/folded.dot", "Landscape/tones.dot", "Landscape/tones-folded.dot",
        "Views/capabilities.dot", "Views/context.dot", "Views/dataflow.dot",
        "Views/dependencies.dot",
        "Views/finding.dot", "Views/initiative.dot", "Views/initiative-frames.dot", "Views/integration.dot",
        "Views/roadmap.dot",
      ]),
    .testTarget(
      name: "DiscoveryTests", dependencies: ["Discovery", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"],
      exclude: ["Reuse/questions.tsv", "Reuse/fresh-questions.tsv", "Reuse/other-questions.tsv"]),
    .testTarget(
      name: "InterchangeTests",
      dependencies: ["Interchange", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"],
      exclude: ["Snapshots", "Formats/Snapshots"]),
    .testTarget(
      name: "TriglyphCommandTests",
      dependencies: [
        "triglyph", "triglyph-render", .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      exclude: ["OwnVocabulary"]),
  ],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system {
  target.swiftSettings = settings
}
