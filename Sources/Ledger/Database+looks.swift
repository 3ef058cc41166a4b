import Foundation
import GRDB

extension Database {
  /// When all of a table was last looked at; nil when it never was.
  func lastLook(table: String) throws -> Date? {
    try number(Self.lastLook, [table]).map { Date(microseconds: $0) }
  }

  static let lastLook = "SELECT looked_at FROM look WHERE table_name = ?"

  /// Records that all of a table was looked at, unless a later look is known.
  func noteLook(table: String, at instant: Date) throws {
    try run(
      """
      INSERT INTO look (table_name, looked_at) VALUES (?, ?)
      ON CONFLICT (table_name) DO UPDATE SET looked_at = max(looked_at, excluded.looked_at)
      """, [table, instant.microseconds])
  }
}
