public import IncrementalJoin
import PartitionPredicate
import Wording

/// What the console's detail pane shows of a partition of a table, and of a unit of a plan.
extension TextReport {
  /// How many files of a partition are listed.
  private static var namedFiles: Int { 12 }

  /// The files of a partition of an input.
  public static func files(_ files: [DataFile], of partition: String, table: String) -> TextReport {
    var report = TextReport(title: "\(table) \(partition)")
    report.add(size(files.count, files.reduce(0) { $0 + $1.size }), .strong)
    report.add(
      [.number("Bytes"), Column("Modified (UTC)"), Column("File")],
      files.prefix(namedFiles).map { file in
        Row([
          Quantity.bytes(file.size), Quantity.instant(nanoseconds: file.modified),
          (file.path.parts(separatedBy: "/").last ?? file.path).text,
        ])
      }, indent: 2)
    let rest = files.count - namedFiles
    if rest > 0 { report.add("  and \(Quantity.number(rest)) more", .dim) }
    return report
  }

  /// What is published of a partition of an output.
  public static func published(
    _ partition: String, table: String, run: RunID?, rows: Int64?, bytes: Int64
  ) -> TextReport {
    var report = TextReport(title: "\(table) \(partition)")
    report.add("Published\(content(run: run, rows: rows, bytes: bytes)).", .strong)
    return report
  }

  /// ` by run 2: 850 rows, 51.0 kB`.
  private static func content(run: RunID?, rows: Int64?, bytes: Int64) -> String {
    "\(run.map { " by run \($0)" } ?? ""): "
      + "\(rows.map { Quantity.count($0, "row") } ?? "rows not counted"), \(Quantity.bytes(bytes))"
  }

  /// `2 files, 22.5 kB`.
  private static func size(_ files: Int, _ bytes: Int64) -> String {
    "\(Quantity.count(files, "file")), \(Quantity.bytes(bytes))"
  }

  /// What a run would do with a unit of a plan, what is published now, and what is read.
  public static func unit(_ unit: WorkUnit) -> TextReport {
    var report = TextReport(title: unit.partition.path.text)
    let published = unit.published.map {
      content(run: $0.run, rows: $0.countedRows, bytes: $0.bytes)
    }
    let (sentence, tone): (String, Tone) =
      switch (unit.isPublished, unit.isSurelyEmpty) {
      case (true, true): ("Removes what is published", .bad)
      case (true, false): ("Overwrites what is published", .warning)
      case (false, true): ("Writes nothing: an input that the join needs has no file", .dim)
      case (false, false): ("Writes a new partition", .good)
      }
    report.add("\(sentence)\(unit.isPublished ? published ?? "" : "").", tone)
    report.add("Reads \(size(unit.fileCount, unit.bytes)):", .strong)
    report.add(
      [Column("Input"), .number("Files"), .number("Bytes")],
      unit.inputs.map { input in
        Row([
          input.input.name, Quantity.number(input.version?.files.count ?? 0),
          Quantity.bytes(input.version?.bytes ?? 0),
        ])
      }, indent: 2)
    return report
  }
}
