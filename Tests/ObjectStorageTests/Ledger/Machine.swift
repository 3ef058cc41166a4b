import Foundation
import GRDB
import IncrementalJoin
import Ledger
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// A machine with a disk of its own, which keeps its ledger in a store.
struct Machine {
  static let place = ObjectPlace(bucket: "lake", key: "team/ledger")

  let folder: TemporaryFolder
  let remote: RemoteLedger

  init(_ store: any ObjectClient, place: ObjectPlace = Self.place) throws {
    folder = try TemporaryFolder()
    remote = try RemoteLedger(place, client: store, cache: "\(folder.path)/cache")
  }

  /// Every row of every table, but for what only this copy knows.
  func rows() throws -> [String] { try Self.rows(of: remote.path) }

  /// Every row of every table of a database.
  static func rows(of path: String) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { database in
      let tables = try String.fetchAll(
        database,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      return try tables.flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map { "\(table) \($0)" }
          .sorted()
      }
    }
  }
}

/// Checks that a machine without a copy reads the same as this one.
func expectSameElsewhere(_ machine: Machine, _ store: any ObjectClient) throws {
  let other = try Machine(store)
  #expect(try other.remote.refresh())
  #expect(try other.rows() == machine.rows())
}
