import GRDB

extension Configuration {
  /// How every connection to a ledger is opened. Foreign keys are on by default.
  static var ledger: Configuration {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.busyMode = .timeout(10)
    return configuration
  }
}
