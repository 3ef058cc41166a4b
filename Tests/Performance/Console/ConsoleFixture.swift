import Foundation

/// A workspace with one input of many partitions, and the same names as lines of a file for the peers.
struct ConsoleFixture {
  let folder: String
  let partitions: Int

  /// The folder of `dovetail.yaml`.
  var workspace: String { "\(folder)/workspace" }
  /// A line a partition.
  var list: String { "\(folder)/partitions.csv" }

  /// Makes the partitions: of each region a run of hours.
  ///
  /// All files are one file with many names.
  func build() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: workspace, withIntermediateDirectories: true)
    try definition.write(toFile: "\(workspace)/dovetail.yaml", atomically: true, encoding: .utf8)
    let origin = "\(folder)/rows.csv"
    try "id,value\n1,1.5\n".write(toFile: origin, atomically: true, encoding: .utf8)
    var lines = "partition,number\n"
    let regions = max(1, min(50, partitions / 100))
    var name = origin
    var names = 0
    for number in 0..<partitions {
      let hour = number / regions
      let region = String(format: "region-%02d", number % regions)
      let day = Self.day(hour / 24)
      let path = "region=\(region)/day=\(day)/hour=\(hour % 24)"
      let place = "\(workspace)/data/readings/\(path)"
      try files.createDirectory(atPath: place, withIntermediateDirectories: true)
      // A file has at most some 65,000 names in common file systems.
      if names == 60_000 {
        name = "\(folder)/rows-\(number).csv"
        try files.copyItem(atPath: origin, toPath: name)
        names = 0
      }
      guard link(name, "\(place)/rows.csv") == 0 else {
        throw BenchError("\(place): \(String(cString: strerror(errno))).")
      }
      names += 1
      lines += "\(path),\(number)\n"
    }
    try lines.write(toFile: list, atomically: true, encoding: .utf8)
  }

  /// A day by its number.
  private static func day(_ number: Int) -> String {
    Date(timeIntervalSince1970: Double(19_000 + number) * 86_400)
      .formatted(.iso8601.year().month().day())
  }

  private var definition: String {
    """
    tables:
      readings:
        location: data/readings
        format: csv
        partitions: { region: string, day: date, hour: int }
    jobs:
      copied:
        inputs: [readings]
        sql: SELECT * FROM readings
        output: { location: out/copied, partitions: [region, day, hour] }

    """
  }
}
