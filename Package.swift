// swift-tools-version: 6.2
import PackageDescription

/// Where libduckdb lives: `DUCKDB_PREFIX` (its `lib` folder) wins over what `make deps` put into `.deps`.
let duckDBPrefix =
  Context.environment["DUCKDB_PREFIX"] ?? "\(Context.packageDirectory)/.deps/duckdb"

/// The settings of every hand-written Swift target.
let strict: [SwiftSetting] =
  [
    "ExistentialAny",  // SE-0335
    "InternalImportsByDefault",  // SE-0409
    "MemberImportVisibility",  // SE-0444
    "NonisolatedNonsendingByDefault",  // SE-0461
  ].map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

/// Linking against libduckdb, also at run time, without environment variables.
let linkDuckDB: [LinkerSetting] = [
  .unsafeFlags(["-L\(duckDBPrefix)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(duckDBPrefix)/lib"])
]

let package = Package(
  name: "dovetail",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "dovetail", targets: ["dovetail"]),
    .library(name: "IncrementalJoin", targets: ["IncrementalJoin"]),
    .library(name: "PartitionPredicate", targets: ["PartitionPredicate"]),
  ],
  traits: [
    .trait(
      name: "S3",
      description: "Tables, outputs and ledgers in object stores; brings SwiftNIO and BoringSSL."),
    .default(enabledTraits: ["S3"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/CoreOffice/XMLCoder", from: "0.18.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
  ],
  targets: [
    .executableTarget(
      name: "dovetail",
      dependencies: [
        "CPOSIX", "Cells", "Charts", "Console", "DuckDBEngine", "GlueCatalog", "IncrementalJoin",
        "Ledger", "LocalStorage", "ObjectStorage", "Operations", "PartitionPredicate", "Reports",
        "Terminal", "Wording", "Workspace",
        .target(name: "GlueClient", condition: .when(traits: ["S3"])),
        .target(name: "S3Client", condition: .when(traits: ["S3"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      linkerSettings: linkDuckDB),

    .target(name: "Wording", swiftSettings: strict),
    .target(name: "PartitionPredicate", dependencies: ["Wording"], swiftSettings: strict),
    .target(
      name: "IncrementalJoin", dependencies: ["PartitionPredicate", "Wording"],
      swiftSettings: strict),
    .target(
      name: "Workspace",
      dependencies: [
        "IncrementalJoin", "PartitionPredicate", "Wording",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "Ledger",
      dependencies: [
        "CSQLiteSession", "IncrementalJoin", "PartitionPredicate",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "LocalStorage", dependencies: ["CPOSIX", "IncrementalJoin", "PartitionPredicate"],
      swiftSettings: strict),
    .target(
      name: "ObjectStorage", dependencies: ["IncrementalJoin", "Ledger", "PartitionPredicate"],
      swiftSettings: strict),
    .target(
      name: "GlueCatalog",
      dependencies: ["IncrementalJoin", "ObjectStorage", "PartitionPredicate", "Wording"],
      swiftSettings: strict),
    .target(
      name: "AWSAccess",
      dependencies: [
        "PartitionPredicate",
        .product(
          name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["S3"])),
        .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["S3"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["S3"])),
        .product(name: "XMLCoder", package: "XMLCoder", condition: .when(traits: ["S3"])),
      ],
      swiftSettings: strict),
    .target(
      name: "S3Client",
      dependencies: [
        "ObjectStorage", "PartitionPredicate",
        .target(name: "AWSAccess", condition: .when(traits: ["S3"])),
        .product(
          name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["S3"])),
        .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["S3"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "XMLCoder", package: "XMLCoder", condition: .when(traits: ["S3"])),
      ],
      swiftSettings: strict),
    .target(
      name: "GlueClient",
      dependencies: [
        "GlueCatalog", "IncrementalJoin", "PartitionPredicate",
        .target(name: "AWSAccess", condition: .when(traits: ["S3"])),
        .product(
          name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["S3"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["S3"])),
      ],
      swiftSettings: strict),
    .target(
      name: "DuckDBEngine",
      dependencies: [
        "CCompression", "CDuckDB", "IncrementalJoin", "PartitionPredicate", "Wording",
      ],
      swiftSettings: strict),
    .target(
      name: "Operations", dependencies: ["IncrementalJoin", "PartitionPredicate", "Workspace"],
      swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: ["IncrementalJoin", "Operations", "PartitionPredicate", "Wording"],
      swiftSettings: strict),
    .target(
      name: "Charts",
      dependencies: [
        "IncrementalJoin", "Operations", "PartitionPredicate", "Wording", "Workspace",
      ],
      swiftSettings: strict),
    .target(name: "Cells", dependencies: ["Wording"], swiftSettings: strict),
    .target(
      name: "Console",
      dependencies: [
        "Cells", "Charts", "IncrementalJoin", "Operations", "PartitionPredicate", "Reports",
        "Wording",
      ],
      swiftSettings: strict),
    .target(
      name: "Terminal", dependencies: ["CNcurses", "Cells", "Wording"], swiftSettings: strict),

    .target(
      name: "CCompression",
      linkerSettings: [.linkedLibrary("z"), .linkedLibrary("zstd")]),
    .target(name: "CDuckDB"),
    .target(
      name: "CNcurses",
      linkerSettings: [
        .linkedLibrary("ncursesw", .when(platforms: [.linux])),
        .linkedLibrary("ncurses", .when(platforms: [.macOS])),
      ]),
    .target(name: "CPOSIX"),
    .target(name: "CSQLiteSession", linkerSettings: [.linkedLibrary("sqlite3")]),

    .target(
      name: "TestSupport",
      dependencies: ["GlueCatalog", "IncrementalJoin", "ObjectStorage", "PartitionPredicate"],
      path: "Tests/TestSupport", exclude: ["ObjectStores/glue.py", "ObjectStores/peer.py"],
      swiftSettings: strict),
    .testTarget(
      name: "PartitionPredicateTests", dependencies: ["PartitionPredicate", "TestSupport"],
      exclude: ["Evaluate/Goldens"], swiftSettings: strict),
    .testTarget(
      name: "IncrementalJoinTests",
      dependencies: ["IncrementalJoin", "LocalStorage", "PartitionPredicate", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "WorkspaceTests",
      dependencies: ["IncrementalJoin", "PartitionPredicate", "TestSupport", "Workspace"],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["IncrementalJoin", "Ledger", "PartitionPredicate", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LocalStorageTests",
      dependencies: [
        "CPOSIX", "IncrementalJoin", "LocalStorage", "PartitionPredicate", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ObjectStorageTests",
      dependencies: [
        "IncrementalJoin", "Ledger", "ObjectStorage", "PartitionPredicate", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GlueCatalogTests",
      dependencies: [
        "GlueCatalog", "IncrementalJoin", "ObjectStorage", "PartitionPredicate", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AWSAccessTests",
      dependencies: [
        "PartitionPredicate", "TestSupport",
        .target(name: "AWSAccess", condition: .when(traits: ["S3"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["S3"])),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "S3ClientTests",
      dependencies: [
        "IncrementalJoin", "ObjectStorage", "PartitionPredicate", "TestSupport",
        .target(name: "AWSAccess", condition: .when(traits: ["S3"])),
        .target(name: "S3Client", condition: .when(traits: ["S3"])),
        .product(
          name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["S3"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["S3"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["S3"])),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GlueClientTests",
      dependencies: [
        "GlueCatalog", "IncrementalJoin", "ObjectStorage", "PartitionPredicate", "TestSupport",
        .target(name: "AWSAccess", condition: .when(traits: ["S3"])),
        .target(name: "GlueClient", condition: .when(traits: ["S3"])),
        .target(name: "S3Client", condition: .when(traits: ["S3"])),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DuckDBEngineTests",
      dependencies: ["DuckDBEngine", "IncrementalJoin", "PartitionPredicate", "TestSupport"],
      swiftSettings: strict,
      linkerSettings: linkDuckDB),
    .testTarget(
      name: "ChartsTests",
      dependencies: ["Charts", "IncrementalJoin", "PartitionPredicate", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "Cells", "Charts", "Console", "IncrementalJoin", "Operations", "PartitionPredicate",
        "Reports", "TestSupport", "Wording",
      ],
      exclude: ["Goldens"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalTests", dependencies: ["Cells", "Terminal", "TestSupport", "Wording"],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "DuckDBEngine", "GlueCatalog", "IncrementalJoin", "Ledger", "LocalStorage",
        "ObjectStorage", "PartitionPredicate", "TestSupport", "Workspace", "dovetail",
        .target(name: "AWSAccess", condition: .when(traits: ["S3"])),
        .target(name: "GlueClient", condition: .when(traits: ["S3"])),
        .target(name: "S3Client", condition: .when(traits: ["S3"])),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Tests/EndToEnd", exclude: ["ObjectStore/demo.sh", "screenshots.sh"],
      swiftSettings: strict,
      linkerSettings: linkDuckDB),
    .executableTarget(
      name: "dovetail-bench",
      dependencies: ["DuckDBEngine", "IncrementalJoin", "PartitionPredicate"],
      path: "Tests/Performance", exclude: ["S3/s3.py"], swiftSettings: strict,
      linkerSettings: linkDuckDB),
  ],
  swiftLanguageModes: [.v6]
)
