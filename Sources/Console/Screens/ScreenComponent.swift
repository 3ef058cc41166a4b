import Cells
import IncrementalJoin
import PartitionPredicate

/// One screen: its list and filter, what its commands do, and its drawing.
///
/// Everything that differs between screens is asked of the component. It holds no state: what changes is part of the
/// ``Model``, so that the model stays a single value. Only drawing and the list are required; the defaults of the
/// others suit a screen to which the question does not apply.
protocol ScreenComponent {
  /// Draws the screen, and only what is visible.
  static func draw(_ model: Model, on canvas: inout Canvas, in rect: Rect)

  // MARK: The list

  /// The list that the movement keys act on.
  static func list(_ model: Model) -> WritableKeyPath<Model, ListState>
  /// The number of rows in that list.
  static func rowCount(_ model: Model) -> Int
  /// Where the list is drawn within the screen's content.
  static func listArea(_ model: Model, in content: Rect) -> Rect
  /// How partition names are drawn in that many columns; nil where the list has none.
  static func nameColumn(_ model: Model, columns: Int) -> NameColumn?
  /// The operator is about to move within the list, so it must stop following anything by itself.
  static func willMove(_ model: inout Model)
  /// The operator has selected another row.
  static func didMove(_ model: inout Model)

  // MARK: Filter, order and search

  /// The list that is filtered and sorted; nil where it cannot be.
  static func rowList(_ model: Model) -> RowList?
  /// The number of rows in that list without a filter.
  static func ownCount(_ model: Model) -> Int
  /// The version of the rows.
  static func rowVersion(_ model: Model) -> RowVersion
  /// What the list is made from.
  static func rowSource(_ model: Model) -> RowSource?
  /// The row of the source under the cursor.
  static func selectedRow(_ model: Model) -> Int?
  /// The place of a source row in the list.
  static func place(of row: Int, _ model: Model) -> Int?
  /// The list shows different rows; the selection stays on its row if that is still shown.
  static func didChangeRows(_ model: inout Model, keeping row: Int?)

  // MARK: What is selected

  /// What is copied, and its name.
  static func copied(_ model: Model) -> (what: String, text: String)?
  /// The output partition under the cursor.
  static func partition(_ model: Model) -> Partition?
  /// The run that commands apply to.
  static func run(_ model: Model) -> RunRecord?
  /// The output partitions that the list shows, as indices of the page; nil for a list of something else.
  static func shown(_ model: Model, _ page: JobPage) -> [Int]?
  /// Whether actions may apply to the selected partition alone.
  static var selectsPartitions: Bool { get }
  /// The output partitions that the rows are about, so that they can be marked; nil for rows of something else.
  static func markable(_ model: Model) -> MarkableRows?
  /// Why what is selected cannot be marked; nil when it can.
  static func whyNotMarked(_ model: Model) -> String?
  /// Marks what is selected, or unmarks it.
  static func mark(_ model: inout Model)

  /// Where the detail pane is drawn; nil if there is none.
  static func detailArea(_ model: Model, in content: Rect) -> Rect?
  /// What it shows of the selected row; nil if nothing is selected.
  static func detail(_ model: Model) -> RowDetail?

  // MARK: What the list is of

  /// Why the list cannot be switched between all rows and some of them; nil when it can.
  static func whyNotAll(_ model: Model) -> String?
  /// Switches between showing everything and only some of it.
  static func switchAll(_ model: inout Model)
  /// Why there is no other view; nil when there is one.
  static func whyNoOtherView(_ model: Model) -> String?
  /// Switches to the other view of the same things.
  static func switchView(_ model: inout Model)

  // MARK: Going in, sideways and back

  /// The screen is shown, or everything was loaded while it was.
  static func appear(_ model: inout Model) -> [Effect]
  /// Brings lazily derived state up to date, after every message.
  static func settle(_ model: inout Model)
  /// Enter: goes into the selected row.
  static func open(_ model: inout Model) -> [Effect]
  /// Left (-1) and Right (1).
  static func move(_ model: inout Model, sideways offset: Int) -> [Effect]
  /// Goes back one step within the screen; false when there is nothing to go back to.
  static func goBack(_ model: inout Model) -> Bool
  /// Makes what the screen shows again; nil when it shows what was loaded.
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
  static func shown(_ model: Model, _ page: JobPage) -> [Int]? {
    markable(model).map { rows in
      Set(rows.partitions(nil).compactMap { $0.flatMap(page.index(of:)) }).sorted()
    }
  }
  static var selectsPartitions: Bool { false }
  static func markable(_ model: Model) -> MarkableRows? { nil }
  static func whyNotMarked(_ model: Model) -> String? {
    markable(model)?.selected.isEmpty == false ? nil : "no partition of the output is selected"
  }
  static func mark(_ model: inout Model) {
    model.toggleMark()
    model.selectRow(model.list.index + 1)
  }
  static func detailArea(_ model: Model, in content: Rect) -> Rect? { nil }
  static func detail(_ model: Model) -> RowDetail? { nil }
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
  /// The component that answers everything that differs by screen.
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

  /// The screen `offset` tabs to the right, wrapping around at the end.
  func neighbor(_ offset: Int) -> Screen {
    let all = Screen.allCases
    return all[(rawValue - 1 + offset + all.count) % all.count]
  }
}

extension Model {
  /// The screen that is shown.
  var component: any ScreenComponent.Type { screen.component }
}
