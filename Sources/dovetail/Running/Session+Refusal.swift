import IncrementalJoin
import Operations

extension Session {
  /// Ends with an error when an input could not be listed: what was printed may then be too little.
  ///
  /// Problems that only leave files out are said on standard error.
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
