import IncrementalJoin
public import Operations

extension TextReport {
  /// What an operation would do, in the words of the command line or of the console.
  public static func operation(_ plan: OperationPlan, isConsole: Bool = false) -> TextReport {
    switch plan {
    case .bookmark(let preview): .bookmarkChange(preview)
    case .undo(let plan): .undo(plan)
    case .publish(let run, let job, let differences):
      .staged(by: run, of: job.name, differences: differences, isConsole: isConsole)
    case .discard(let run, let job, let partitions):
      .discard(partitions, stagedBy: run, of: job.name)
    case .collectGarbage(let versions): .keptVersions(versions)
    case .adoption(let plan): .adoption(plan, isConsole: isConsole)
    }
  }
}
