import TestSupport

extension TemporaryFolder {
  /// The path of the ledger of a workspace in this folder.
  var ledger: String { path + "/.dovetail/ledger.sqlite" }
}
