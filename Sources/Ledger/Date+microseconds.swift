import Foundation

extension Date {
  /// As the ledger keeps an instant: microseconds since 1970-01-01 UTC.
  var microseconds: Int64 { Int64((timeIntervalSince1970 * 1e6).rounded()) }

  init(microseconds: Int64) {
    self.init(timeIntervalSince1970: Double(microseconds) / 1e6)
  }
}
