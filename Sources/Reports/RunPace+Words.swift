public import IncrementalJoin
import Wording

extension RunPace {
  /// How long a plan may take, how many runs the estimate rests on, and how fast they were: `about 40 s, from the last
  /// 5 runs (1,200 rows/s)`; without the speed where they wrote no rows, as when all of them were unchanged.
  public func text(for plan: Plan) -> String {
    let from = runs == 1 ? "the last run" : "the last \(Quantity.number(runs)) runs"
    let time = expected(plan)
    let text =
      time < .milliseconds(100) ? "less than 0.1 s" : "about \(Quantity.elapsed(time))"
    let speed = Quantity.rate(rowsPerSecond).map { " (\($0))" } ?? ""
    return "\(text), from \(from)\(speed)"
  }
}

extension RunMeter {
  /// How fast the run goes and how long it may still take: `1,200 rows/s, about 20 s left`; nil before anything is
  /// known.
  public var text: String? {
    let parts = [
      rowsPerSecond.flatMap(Quantity.rate), remaining.map { "about \(Quantity.span($0)) left" },
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
