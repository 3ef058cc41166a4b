import IncrementalJoin
import Operations

extension Session {
  /// Ends with an error when an input could not be listed, because what was printed may be incomplete.
  ///
  /// Problems that only leave files out are written to standard error.
  func refuseUnseen(_ reports: [PendingReport]) throws {
    for problem in Set(reports.flatMap(\.problems)).sorted(by: { $0.path < $1.path })
    where problem.severity != .incomplete {
      StandardError.write("dovetail: \(problem)")
    }
    if let failure = reports.flatMap(\.snapshots).compactMap(\.failure).first {
      throw PlanError.listing(failure)
    }
  }
}
