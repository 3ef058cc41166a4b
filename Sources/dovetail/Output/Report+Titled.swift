import Reports

extension Report {
  /// Prints a report for people under its title.
  static func titled(_ report: TextReport) {
    line("\(report.title):")
    text(report)
  }
}
