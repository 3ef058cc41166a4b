public import IncrementalJoin
public import PartitionPredicate

extension TextReport {
  /// Why an output partition is or is not pending: the whole why-tree.
  ///
  /// - Parameters:
  ///   - account: What is known of the partition.
  ///   - isConsole: Whether it names the console's keys instead of commands.
  /// - Returns: The report.
  public static func why(_ account: PartitionAccount, isConsole: Bool = false) -> TextReport {
    var lines = account.lines.map { Line($0, tone(of: $0)) }
    if !lines.isEmpty { lines[0] = Line(lines[0].text, tone(of: account.status)) }
    if account.failure != nil, lines.count > 1 { lines[1] = Line(lines[1].text, .bad) }
    if isConsole, case .held(let hold) = account.status {
      lines[0] = Line(
        "Partition \(account.partition.path) of job \(account.job) is pending, but "
          + "\(hold.consoleSentence).", tone(of: account.status))
    }
    return TextReport(title: whyTitle(of: account.partition, job: account.job), lines: lines)
  }

  /// What the report is called, before it is read as well.
  public static func whyTitle(of partition: Partition, job: String) -> String {
    "Why \(partition.path) of \(job)"
  }

  private static func tone(of status: PartitionAccount.Status) -> Tone {
    switch status {
    case .settled: .good
    case .pending, .held: .warning
    case .unknown: .bad
    }
  }

  /// The tone that follows from the first word of a changed file's line.
  private static func tone(of line: String) -> Tone {
    let word = line.split(separator: " ").first.map(String.init) ?? ""
    switch ChangeKind(rawValue: word) {
    case .added?: return .good
    case .rewritten?: return .warning
    case .removed?: return .bad
    case nil: return line.hasPrefix(" ") ? .plain : .strong
    }
  }
}
