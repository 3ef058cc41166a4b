public import IncrementalJoin
import Wording

extension Remedy {
  /// The keys that do it, with the screen where they work.
  public var keys: String {
    switch self {
    case .jobs: "1"
    case .tables: "2"
    case .runs: "3"
    case .pending: "4"
    case .partitions: "4, then ."
    case .savedPredicates: "o on 5"
    case .savePredicate: "W on 5"
    case .catalog: "A on 2"
    case .plan: "r on 6"
    case .run: "R"
    case .rerun: "R on 4 with it marked"
    case .rerunAdopting: "Alt-a on 1, then R on 4 with it marked,"
    case .stageAndCompare: "R on 4 with it marked, % before it runs, and then d on 3"
    case .stage: "% on 6, before the run,"
    case .stageOption: "%"
    case .discard: "X on 3"
    case .undo(let run): "U on run \(run) on 3"
    case .verify, .drift: "V"
    case .repair: "R in the report of V"
    case .adopt: "Alt-a on 1"
    case .buildAdopted: "R after that"
    case .release: "L on 4"
    case .allowRemovals: "the next run after L on 4"
    case .skip: "I on 4"
    case .lookEverywhere: "w"
    case .setBookmarks: "B on 3"
    case .reset: "B on 3"
    case .consent: "R and x, which take typing the job's name"
    case .bounds: "# on 6"
    case .byteBound(let bytes): "the bound of \(Quantity.count(bytes, "byte"))"
    case .choice: "marks on 4"
    case .restrictions: "marks, a filter or bounds"
    case .wait: ""
    }
  }

  /// The keys in the console, otherwise the command.
  func words(isConsole: Bool) -> String { isConsole ? keys : command }
}

extension Advising {
  /// The sentences with keys.
  public var consoleSentence: String { sentence(\.keys) }
}

extension Error {
  /// What happened and what helps, in the words of the console.
  public var consoleMessage: String { (self as? any Advising)?.consoleSentence ?? "\(self)" }
}
