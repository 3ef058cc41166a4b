import Cells
import IncrementalJoin
import PartitionPredicate

/// One screen: its list and filter, what its commands do, and its drawing.
///
/// Everything that differs between screens is asked of the component. It holds nothing: what changes is a
/// part of the ``Model``, so that the model stays one value. Only drawing and the list are required; the
/// other answers are those of a screen to which the question does not apply.
protocol ScreenComponent {
  /// Draws the screen, and only what is visible.
  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect)

  // MARK: The list

  /// The list that the moving keys move.
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState>
  /// The rows of that list.
  static func rowCount(_ model: Model) -> Int
  /// Where the list is drawn within the screen's content.
  static func listArea(_ model: Model, in content: Rect) -> Rect
  /// How partitions' names are drawn in that many columns; nil where the list has none.
  static func nameColumn(_ model: Model, columns: Int) -> NameColumn?
  /// The operator moves within the list: what followed something by itself stays where it is.
  static func willMove(_ model: inout Model)
  /// The operator has selected another row.
  static func didMove(_ model: inout Model)

  // MARK: Filter, order and search

  /// The list that is filtered and sorted; nil where the list is not.
  static func rowList(_ model: Model) -> RowList?
  /// The rows of that list without a filter.
  static func ownCount(_ model: Model) -> Int
  /// Which state of the rows this is.
  static func rowVersion(_ model: Model) -> RowVersion
  /// What the list is of.
  static func rowSource(_ model: Model) -> RowSource?
  /// The row of the source under the cursor.
  static func selectedRow(_ model: Model) -> Int?
  /// The place of a row of the source in the list.
  static func place(of row: Int, _ model: Model) -> Int?
  /// The list shows other rows than before: the selection stays on its row, if it is still shown.
  static func didChangeRows(_ model: inout Model, keeping row: Int?)

  // MARK: What is selected

  /// What is copied, and its name.
  static func copied(_ model: Model) -> (what: String, text: String)?
  /// The output partition under the cursor.
  static func partition(_ model: Model) -> Partition?
  /// The run that commands are about.
  static func run(_ model: Model) -> RunRecord?
  /// The output partitions that the list shows, as indices of the page; nil for a list of something else.
  static func shown(_ model: Model, _ page: JobPage) -> [Int]?
  /// Whether actions may be meant for the selected partition only.
  static var selectsPartitions: Bool { get }
  /// Why what is selected cannot be marked; nil when it can.
  static func whyNotMarked(_ model: Model) -> String?
  /// Marks what is selected, or unmarks it.
  static func mark(_ model: inout Model)

  // MARK: What the list is of

  /// Why all cannot be shown, or only some of it; nil when it can.
  static func whyNotAll(_ model: Model) -> String?
  /// Shows all of what the list is of, or only some of it.
  static func switchAll(_ model: inout Model)
  /// Why there is no other view; nil when there is one.
  static func whyNoOtherView(_ model: Model) -> String?
  /// Shows the same in its other view.
  static func switchView(_ model: inout Model)

  // MARK: Going in, sideways and back

  /// The screen is shown, or everything was loaded while it is.
  static func appear(_ model: inout Model) -> [Effect]
  /// Brings what is derived lazily up to date, after every message.
  static func settle(_ model: inout Model)
  /// Enter: goes into the selected row.
  static func open(_ model: inout Model) -> [Effect]
  /// Left (-1) and Right (1).
  static func move(_ model: inout Model, sideways offset: Int) -> [Effect]
  /// Goes back by one thing of the screen; false when there is nothing to go back to.
  static func goBack(_ model: inout Model) -> Bool
  /// Makes what the screen shows anew; nil when that is what was loaded.
  static func refresh(_ model: inout Model) -> [Effect]?
  /// Whether footer and help offer a command now.
  static func offers(_ command: Command, _ model: Model) -> Bool
}

extension ScreenComponent {
  static func nameColumn(_ model: Model, columns: Int) -> NameColumn? { nil }
  static func willMove(_ model: inout Model) {}
  static func didMove(_ model: inout Model) {}
  static func rowCount(_ model: Model) -> Int {
    rowList(model).flatMap { model.shownRows($0, rowVersion(model)) }?.count ?? ownCount(model)
  }
  static func selectedRow(_ model: Model) -> Int? {
    model.sourceRow(Self.self, at: model[keyPath: list(model)].index)
  }
  static func place(of row: Int, _ model: Model) -> Int? { model.place(Self.self, of: row) }
  static func didChangeRows(_ model: inout Model, keeping row: Int?) {
    let place = row.flatMap { Self.place(of: $0, model) }
    let path = list(model)
    let height = model.listHeight(on: model.screen)
    model[keyPath: path].select(
      place ?? 0, count: rowCount(model), height: height)
    didMove(&model)
  }
  static func copied(_ model: Model) -> (what: String, text: String)? { nil }
  static func partition(_ model: Model) -> Partition? { nil }
  static func run(_ model: Model) -> RunRecord? { model.selectedInHistory }
  static func shown(_ model: Model, _ page: JobPage) -> [Int]? { nil }
  static var selectsPartitions: Bool { false }
  static func whyNotMarked(_ model: Model) -> String? { nil }
  static func mark(_ model: inout Model) {}
  static func whyNotAll(_ model: Model) -> String? { nil }
  static func switchAll(_ model: inout Model) {}
  static func whyNoOtherView(_ model: Model) -> String? { nil }
  static func switchView(_ model: inout Model) {}
  static func appear(_ model: inout Model) -> [Effect] { [] }
  static func settle(_ model: inout Model) {}
  static func open(_ model: inout Model) -> [Effect] { [] }
  static func move(_ model: inout Model, sideways offset: Int) -> [Effect] { [] }
  static func goBack(_ model: inout Model) -> Bool { false }
  static func refresh(_ model: inout Model) -> [Effect]? { nil }
  static func offers(_ command: Command, _ model: Model) -> Bool { true }
}

extension Screen {
  /// What is asked about everything that differs by screen.
  var component: any ScreenComponent.Type {
    switch self {
    case .overview: OverviewScreen.self
    case .catalog: CatalogScreen.self
    case .bookmarks: BookmarksScreen.self
    case .pending: PendingScreen.self
    case .predicate: PredicateScreen.self
    case .preview: PreviewScreen.self
    case .run: RunScreen.self
    case .calendar: CalendarScreen.self
    }
  }

  /// The screen so many tabs further to the right, around the end.
  func neighbor(_ offset: Int) -> Screen {
    let all = Screen.allCases
    return all[(rawValue - 1 + offset + all.count) % all.count]
  }
}

extension Model {
  /// The screen that is shown.
  var component: any ScreenComponent.Type { screen.component }
}
