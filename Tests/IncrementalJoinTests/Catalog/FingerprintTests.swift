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

    var fingerprint: String {
      let first = TableDefinition(
        name: "flights", location: "/data/flights", format: .parquet, keys: [month])
      let second = TableDefinition(
        name: table, location: Location(location), format: format, keys: keys, columns: columns,
        minimumAge: minimumAge)
      return JobDefinition(
        name: job, inputs: zip(inputs, [first, second]).map { JobInput(name: $0, table: $1) },
        transformation: transformation, output: output, limits: limits
      ).fingerprint
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
}
