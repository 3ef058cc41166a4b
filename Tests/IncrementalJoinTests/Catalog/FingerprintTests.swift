import PartitionPredicate
import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("The fingerprint of a job's definition")
struct FingerprintTests {
  static let month = PartitionKey(name: "month", type: .int)

  /// The parts of a definition, each of which a test changes alone.
  struct Parts {
    var job = "job"
    var inputs = ["flights", "weather"]
    var table = "weather"
    var location = "/data/weather"
    var format = DataFormat.parquet
    var keys = [month]
    var columns: [Column]?
    var minimumAge = Duration.zero
    var transformation = Transformation.join(type: .inner, on: ["origin", "hour"], select: nil)
    var output = OutputDefinition(location: "/out", keys: [month])
    var limits = JobLimits()

    var fingerprint: String { definition.text }

    var definition: DefinitionFingerprint {
      let first = TableDefinition(
        name: "flights", location: "/data/flights", format: .parquet, keys: [month])
      let second = TableDefinition(
        name: table, location: Location(location), format: format, keys: keys, columns: columns,
        minimumAge: minimumAge)
      let job = JobDefinition(
        name: job, inputs: zip(inputs, [first, second]).map { JobInput(name: $0, table: $1) },
        transformation: transformation, output: output, limits: limits)
      return DefinitionFingerprint(job)
    }
  }

  @Test("every part that decides rows changes it, each in its own way")
  func rowDeciding() {
    let changes: [(inout Parts) -> Void] = [
      { _ in },
      { $0.inputs = ["weather", "flights"] },
      { $0.inputs = ["f", "weather"] },
      { $0.table = "clouds" },
      { $0.format = .csv },
      { $0.keys = [PartitionKey(name: "month", type: .bigint)] },
      { $0.keys = [Self.month, PartitionKey(name: "day", type: .int)] },
      { $0.columns = [Column(name: "a", type: "BIGINT")] },
      { $0.columns = [Column(name: "a", type: "INTEGER")] },
      { $0.transformation = .join(type: .left, on: ["origin", "hour"], select: nil) },
      { $0.transformation = .join(type: .inner, on: ["origin"], select: nil) },
      { $0.transformation = .join(type: .inner, on: ["originhour"], select: nil) },
      { $0.transformation = .join(type: .inner, on: ["origin", "hour"], select: ["a"]) },
      { $0.transformation = .join(type: .inner, on: ["origin", "hour"], select: ["a", "b"]) },
      { $0.transformation = .join(type: .inner, on: ["origin"], select: ["hour"]) },
      { $0.transformation = .join(type: .inner, on: ["originonhour"], select: nil) },
      { $0.transformation = .sql("SELECT 1") },
      { $0.transformation = .sql("SELECT 2") },
      { $0.output = OutputDefinition(location: "/out", keys: [.init(name: "m", type: .int)]) },
      { $0.output = OutputDefinition(location: "/out", keys: [.init(name: "month", type: .date)]) },
      { $0.output = OutputDefinition(location: "/out", keys: []) },
    ]
    let fingerprints = changes.map { change in
      var parts = Parts()
      change(&parts)
      return parts.fingerprint
    }
    for (index, fingerprint) in fingerprints.enumerated() {
      #expect(fingerprints.firstIndex(of: fingerprint) == index)
    }
  }

  @Test("locations, limits, ages and the job's name do not change it")
  func indifferent() {
    let changes: [(inout Parts) -> Void] = [
      { $0.location = "/elsewhere" },
      { $0.output = OutputDefinition(location: "/elsewhere", keys: [Self.month]) },
      { $0.limits = JobLimits(removals: 1, keptRuns: 9, memory: 1) },
      { $0.minimumAge = .seconds(60) },
      { $0.job = "renamed" },
      { $0.keys = [PartitionKey(name: "MONTH", type: .int)] },
    ]
    for change in changes {
      var parts = Parts()
      change(&parts)
      #expect(parts.fingerprint == Parts().fingerprint)
    }
  }

  @Test(
    "how a type is spelled does not change it",
    arguments: [
      ("BIGINT", ["bigint", "INT8", "long", " int64 "]),
      ("VARCHAR", ["text", "String", "varchar(9)"]),
      ("DECIMAL(10,2)", ["decimal(10, 2)", "NUMERIC( 10,2 )"]), ("DECIMAL", ["dec(18,3)"]),
      ("STRUCT(a INTEGER, \"B\" TEXT)[]", ["struct( \"a\" int,B varchar ) []"]),
      ("TIMESTAMP WITH TIME ZONE", ["timestamptz", "timestamp  with time zone"]),
      ("MAP(VARCHAR, DOUBLE)", ["map(text,double precision)"]), ("NOTYPE", ["notype"]),
    ])
  func spellings(_ type: String, _ others: [String]) {
    var parts = Parts(columns: [Column(name: "a", type: type)])
    let fingerprint = parts.fingerprint
    for other in others {
      parts.columns = [Column(name: "a", type: other)]
      #expect(parts.fingerprint == fingerprint, "\(other)")
    }
  }

  /// Definitions, with what the first edition recorded of them.
  static let recorded: [(parts: Parts, text: String)] = [
    (Parts(), "6c241ee0ca66f1e6c23cb4aff98fc4af8bdf0cb30602101369e8afc45a784cf1"),
    (
      Parts(columns: [Column(name: "a", type: "BIGINT")]),
      "1e221c4c717b4757caa9b4cccc072b7ce08dc9cdb84e973183b70431543e9655"
    ),
    (
      Parts(columns: [Column(name: "a", type: "bigint")]),
      "32a47e9c363484a27ffb7e79608717e52cadafa542c7fc380a91a7a956c13649"
    ),
    (
      Parts(
        format: .csv,
        columns: [
          Column(name: "A b", type: "decimal( 10 , 2 )"),
          Column(name: "s", type: "STRUCT(x INT8, \"Y z\" text)[]"),
        ], transformation: .sql("SELECT 1")),
      "5d3868e8df7729c55ed5936bc9527bc92dc8a431151f8fc7efea9ea7a1c8bd4d"
    ),
  ]

  @Test(
    "carries a version, and those without one are of the definition put in the first edition's way")
  func versions() {
    for (index, (parts, text)) in Self.recorded.enumerated() {
      #expect(parts.fingerprint.hasPrefix("2:"))
      #expect(parts.fingerprint.count == 66)
      #expect(parts.definition.isSame(as: parts.fingerprint))
      for (other, recorded) in Self.recorded.enumerated() {
        #expect(parts.definition.isSame(as: recorded.text) == (index == other))
      }
      #expect(parts.definition.areSame(text, parts.fingerprint))
      #expect(parts.definition.areSame(parts.fingerprint, text))
      #expect(!parts.definition.areSame(text, "1:\(text)"))
    }
    // Of a definition that is not this one, two versions cannot be compared; equal texts can.
    let (one, bigint) = (Self.recorded[0].parts.definition, Self.recorded[1])
    #expect(!one.areSame(bigint.text, bigint.parts.fingerprint))
    #expect(one.areSame(bigint.text, bigint.text))
    // Where every type is spelled neutrally, both are over the same bytes.
    #expect(bigint.parts.fingerprint == "2:\(bigint.text)")
  }
}
