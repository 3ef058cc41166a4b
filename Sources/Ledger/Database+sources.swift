import Foundation
import GRDB
import IncrementalJoin

extension Database {
  /// What every input of a job was when a run last accepted it, by input name.
  func sources(job: String) throws -> [String: SourceDescription] {
    var sources: [String: SourceDescription] = [:]
    try forEachRow(Self.sourcesOfJob, [job]) { row in
      let description: String = try row.value(1, "source.description")
      guard
        let source = try? JSONDecoder().decode(
          SourceDescription.self, from: Data(description.utf8))
      else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "source.description cannot be \(description)")
      }
      sources[try row.value(0, "source.input")] = source
    }
    return sources
  }

  /// Only differences are recorded, so that there are few.
  static let sourcesOfJob = "SELECT input, description FROM source WHERE job = ? ORDER BY id"

  /// Records what inputs are, where that differs from what was recorded last.
  func insertSources(_ sources: [String: SourceDescription], run: RunID, job: String) throws {
    let known = try self.sources(job: job)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (input, source) in sources.sorted(by: { $0.key < $1.key }) where known[input] != source {
      let description = String(decoding: try encoder.encode(source), as: UTF8.self)
      try self.run(
        "INSERT INTO source (job, input, run, description) VALUES (?, ?, ?, ?)",
        [job, input, run, description])
    }
  }
}
