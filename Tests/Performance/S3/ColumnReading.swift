import Foundation

/// Two of ten columns of large objects: by whole downloads, as a run reads them, and by httpfs, which asks for ranges.
struct ColumnReading {
  /// How many objects of how many megabytes.
  struct Objects: Hashable {
    let count: Int
    let megabytes: Double

    var title: String { "\(count) objects of \(megabytes.formatted()) MB" }
    var prefix: String { "bench/wide-\(megabytes)" }
  }

  static let sizes = [
    Objects(count: 120, megabytes: 0.2), Objects(count: 60, megabytes: 2),
    Objects(count: 12, megabytes: 20), Objects(count: 3, megabytes: 100),
  ]

  let objects: Objects
  /// What each request takes in addition.
  let delay: Int
  private var downloaded: [Double] = []
  private var read: [Double] = []
  private let counts: RequestCounts

  /// Reads the objects with each request delayed by some milliseconds; the first time is counted and warms up.
  init(
    _ objects: Objects, delay: Int, at endpoint: String, of store: S3Store, repetitions: Int
  ) throws {
    self.objects = objects
    self.delay = delay
    _ = try store.counts(at: endpoint)
    _ = try Self.seconds(objects, endpoint, store)
    counts = try store.counts(at: endpoint)
    for _ in 0..<repetitions {
      let seconds = try Self.seconds(objects, endpoint, store)
      downloaded.append(seconds.downloaded)
      read.append(seconds.read)
    }
  }

  private static func seconds(
    _ objects: Objects, _ endpoint: String, _ store: S3Store
  ) throws -> (downloaded: Double, read: Double) {
    let output = try store.script("columns", endpoint, objects.prefix).output
    let words = output.split(whereSeparator: \.isWhitespace)
    guard words.count == 3, let downloaded = Double(words[0]), let read = Double(words[1]),
      Int(words[2]) == objects.count
    else { throw BenchError("s3.py said: \(output)") }
    return (downloaded, read)
  }

  /// The heading of a table.
  static let heading = """
    | two of ten columns | each request takes | downloaded whole | by httpfs | requests of httpfs |
    |---|--:|--:|--:|--:|
    """

  /// A line of the table.
  var line: String {
    // A download is one of them for each object.
    let requests = counts["HEAD"] + counts["GET"] - objects.count
    return "| \(objects.title) | \(delay == 0 ? "nothing" : "\(delay) ms") more "
      + "| \(text(downloaded.median)) s | \(text(read.median)) s | \(requests) |"
  }

  private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
