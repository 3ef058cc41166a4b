import IncrementalJoin
import PartitionPredicate
import TestSupport

extension FlightsAndWeather {
  static let output = "flights_weather"

  /// A partition of the job's output.
  func day(_ day: Int) throws -> Partition {
    try Partition(path: "month=1/day=\(day)", keys: outputKeys)
  }

  /// Pretends that what was built of a day was published as these files, and that the files were recorded.
  mutating func publish(_ day: Int, files names: [String] = ["p.parquet"]) throws {
    let path: ExactText = "month=1/day=\(day)"
    for name in names {
      put(Self.output, "\(path)/\(name)", modified: 1_000_000_000_000_000_000)
    }
    let version = PartitionVersion(
      files: names.compactMap { files.file("\(path)/\($0)", in: job.output.location) })
    let reference = VersionReference(version)
    ledger.versions[reference] = version.files
    guard let built = ledger.built[path] else { return }
    ledger.built[path] = Lineage(
      run: built.run, definition: built.definition, inputs: built.inputs, rows: built.rows,
      bytes: built.bytes, content: reference)
  }

  /// Three days, built by run 1 and published as one file each.
  static func published() async throws -> FlightsAndWeather {
    var tables = FlightsAndWeather(days: 1...3)
    try await tables.commit()
    for day in 1...3 { try tables.publish(day) }
    return tables
  }
}
