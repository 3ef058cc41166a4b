public import IncrementalJoin
import PartitionPredicate
import Wording

extension TextReport {
  /// When the inputs landed in each partition, and how late they usually are.
  public static func arrivals(_ skew: ArrivalSkew, of job: String) -> TextReport {
    var report = TextReport(title: "Arrivals of \(job)")
    report.add("An input lands with its earliest file. A delay counts from the first input.", .dim)
    report.add(skew.delays, drawn: true)
    report.add(missing: skew)
    guard !skew.partitions.isEmpty else {
      report.add("No input has a file yet.")
      return report
    }
    report.add()
    report.add(
      [Column("Partition")] + skew.delays.map { Column("\($0.input) landed (UTC)") },
      skew.partitions.map { partition in
        Row(
          [partition.partition.path.text] + partition.arrivals.map(cell),
          partition.missing.contains { $0.isLate == true }
            ? .bad : partition.missing.isEmpty ? .plain : .warning)
      })
    return report
  }

  /// Adds how late each input usually is; drawn, with a bar up to its 95th percentile.
  mutating func add(_ delays: [InputDelays], drawn isDrawn: Bool = false) {
    let longest = delays.compactMap(\.p95).max() ?? .zero
    add()
    add(
      [
        Column("Input"), .number("Median delay"), .number("95th percentile"), .number("Partitions"),
      ],
      delays.map { delay in
        Row(
          [
            delay.input, delay.median.map(Quantity.span) ?? "-",
            delay.p95.map(Quantity.span) ?? "-", Quantity.number(delay.partitions),
          ], bar: isDrawn && longest >= .seconds(1) ? delay.p95.map { 0...($0 / longest) } : nil)
      })
  }

  /// Adds the partitions for which an input is missing.
  mutating func add(missing skew: ArrivalSkew) {
    let missing = skew.partitions.filter { !$0.missing.isEmpty }
    guard !missing.isEmpty else { return }
    add()
    add(
      "\(Quantity.count(missing.count, "partition")) "
        + "\(missing.count == 1 ? "waits" : "wait") for an input:", .strong)
    let hasDeadline = missing.contains { $0.deadline != nil }
    let hasWindow = missing.contains { $0.missing.contains { $0.presence != nil } }
    var columns = [
      Column("Partition"), Column("Missing"), .number("For"), Column("Compared with before"),
    ]
    if hasDeadline { columns.append(Column("Deadline (UTC)")) }
    if hasWindow { columns.append(Column("Absent (UTC)")) }
    add(
      columns,
      missing.flatMap { partition in
        partition.missing.map { arrival in
          let (word, tone): (String, Tone) =
            switch arrival.isLate {
            case true?: ("late: longer than the 95th percentile", .bad)
            case false?: ("not late yet", .plain)
            case nil: ("no history", .dim)
            }
          let parts =
            arrival.presence.map { ": \($0.missing) of \($0.expected) \($0.unit)" } ?? ""
          var cells = [
            partition.partition.path.text, arrival.input + parts,
            arrival.missingFor.map(Quantity.span) ?? "-", word,
          ]
          if hasDeadline {
            let deadline = partition.deadline.map(Quantity.instant) ?? ""
            cells.append(partition.isOverdue ? "\(deadline), passed" : deadline)
          }
          if hasWindow { cells.append(arrival.presence?.absence ?? "") }
          return Row(cells, tone)
        }
      }, indent: 2)
  }

  private static func cell(_ arrival: ArrivalSkew.Arrival) -> String {
    guard let landed = arrival.landed else {
      if arrival.isDeleted { return "deleted" }
      if arrival.missingFor == nil { return "not awaited" }
      return arrival.presence?.description ?? "missing"
    }
    let delay = arrival.delay ?? .zero
    return Quantity.instant(landed) + (delay >= .seconds(1) ? " +\(Quantity.span(delay))" : "")
  }
}
