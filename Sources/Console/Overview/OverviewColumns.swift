import Charts
import IncrementalJoin
import Wording

/// The widths of the overview's columns: as their contents need, and where there is too little room, the last run gives way
/// before the jobs' names.
struct OverviewColumns {
  /// How many of the last runs are shown as bars.
  static let spark = 10
  /// Narrower than this, the last run says nothing.
  private static let leastLast = 8

  let name: Int
  let state: Int
  let pending: Int
  let held: Int
  let failed: Int
  /// The columns of the bars of the last runs, with a blank each; 0 where there is no room for them.
  let bars: Int
  /// What is left for the last run; 0 where that is too little.
  let last: Int

  init(_ model: Model, columns: Int, unicode: Bool) {
    let jobs = model.jobs
    func digits(_ title: String, _ count: (JobPage) -> Int) -> Int {
      // The sum is at least as wide as its parts.
      max(title.columns, Quantity.number(jobs.reduce(0) { $0 + count($1) }).columns)
    }
    state = jobs.reduce(Self.titles[1].columns) { width, page in
      let (glyph, word, _) = OverviewScreen.state(of: page, model, unicode: unicode)
      return max(width, glyph.columns + 1 + word.columns)
    }
    pending = digits(Self.titles[2], model.pendingCount(of:))
    held = digits(Self.titles[3], \.heldCount)
    failed = digits(Self.titles[4]) { OverviewScreen.lastRun(of: $0, model)?.failed ?? 0 }
    bars = columns >= Model.detailWidth ? Self.sparks.count * (Self.spark + 1) : 0
    let label = jobs.count > 1 ? OverviewScreen.totalsLabel(jobs).columns : Self.titles[0].columns
    let longest = max(label, NameColumn.longest(jobs.lazy.map(\.name)))
    let others = [state, pending, held, failed].reduce(bars) { $0 + $1 + 1 }
    name = min(longest, max(12, columns - others))
    let rest = columns - others - name - 1
    last = rest < Self.leastLast ? 0 : rest
  }

  private static let sparks = ["Runs: rows", "time", "met"]
  private static let titles = ["Job", "State", "Pending", "Held", "Failed"]

  /// The headings.
  var heading: Line {
    var line = Line().column(Self.titles[0], name, .header).column(Self.titles[1], state, .header)
    for (title, width) in zip(Self.titles.dropFirst(2), [pending, held, failed]) {
      line = line.column(title, width, .header, right: true)
    }
    if bars > 0 {
      for title in Self.sparks { line = line.column(title, Self.spark, .header) }
    }
    return last > 0 ? line.adding("Last run", .header) : line
  }
}
