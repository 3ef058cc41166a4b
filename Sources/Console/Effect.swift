public import IncrementalJoin
public import Operations
public import PartitionPredicate

/// Work that the console asks the executable to do off its thread; the answer is a ``Message``.
public enum Effect: Hashable, Sendable {
  /// Read dovetail.yaml anew if it has changed, and the status of all jobs; answered by `definitionRead` if so, or by
  /// `definitionFailed` when the file has a mistake, then by `savedPredicates` and by `loaded` or `loadFailed`.
  case load
  /// Do the work off the terminal's thread; the answer is its ``Computation/answer()``.
  case compute(Computation)
  /// Make a plan without running it; answered by `planned` or `planFailed`.
  case plan(job: String, RunRequest)
  /// Read sample rows of a partition of ``Model/plan``; answered by `previewed` or `previewFailed`.
  case preview(job: String, Partition)
  /// Run; `expectedPlan` is always the plan that the operator saw. Answered by `runEvent`s, then by `runEnded` or
  /// `runFailed`.
  case run(job: String, RunRequest)
  /// Read a report; answered by `reported` or `reportFailed`.
  case report(job: String, ReportRequest)
  /// Read a report for the detail pane, one at a time; answered by `detailed` or `detailFailed`.
  case detail(DetailRequest)
  /// Read how the rows met in what a job has published; answered by `matched` or `matchesFailed`.
  case matches(job: String, load: Int)
  /// Stop reading a report or preview that nobody waits for any more.
  case cancelReport
  /// Look up partitions; answered by `chosen` or `reportFailed`.
  case choosePartitions(job: String, PartitionChoice)
  /// Find out what an operation would do; answered by `operationPreviewed` or `operationFailed`.
  case previewOperation(job: String, JobOperation)
  /// Perform an operation as it was previewed; answered by `performed` or `operationFailed`.
  case perform(job: String, JobOperation, expected: String?, note: String?)
  /// Cancel the current run.
  case cancelRun
  /// Play the demo's next step; answered by `demoStepDone` and `demoStep`, or `demoFailed`.
  case demoNext
  /// Save a predicate under a name; answered by `predicateSaved` or `predicateFailed`. It may overwrite what was saved
  /// under that name only when it `replaces`.
  case savePredicate(name: String, text: String, replaces: Bool)
  /// Find out which lines would declare tables of the Glue Data Catalog in dovetail.yaml; answered by `tablesPreviewed` or
  /// `tablesFailed`.
  case previewTables([String])
  /// Add to dovetail.yaml what was previewed; answered by `tablesAdded` or `tablesFailed`.
  case addTables(expected: String)
  /// Let the operator edit a text in `$VISUAL` or `$EDITOR`; answered by `edited` or `programFailed`.
  case edit(EditedText)
  /// Show a text in `$PAGER`; answered by `programFailed` when it cannot be shown.
  case page(String)
  /// Save a table as a file, off the terminal's thread; answered by `exported` or `saveFailed`.
  case export(Export)
  /// Put text on the clipboard; answered by `copied`.
  case copy(String)
  /// Save a picture of the screen; answered by `saved` or `saveFailed`.
  case saveScreen
  /// Send the whole screen again, whatever it shows.
  case repaint
  /// Stop the process until the shell continues it.
  case suspend
  /// Quit the console.
  case quit
}
