import Foundation

/// An instant in nanoseconds since 1970-01-01 UTC, to the second: `2013-01-31T05:00:00Z`.
func timestamp(_ nanoseconds: Int64) -> String {
  Date(timeIntervalSince1970: Double(nanoseconds) / 1e9).formatted(.iso8601)
}
