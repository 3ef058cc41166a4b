public import Foundation
public import IncrementalJoin

/// The runs of a job as a picture shows them: rows, time and match rate side by side.
public struct RunHistory: Hashable, Sendable {
  /// One run that built partitions.
  public struct Point: Hashable, Sendable {
    /// The run's number.
    public let run: RunID
    /// What started it.
    public let kind: RunKind
    /// How it ended.
    public let state: RunState
    /// When it began.
    public let startedAt: Date
    /// How long it took, including listing and planning; nil for one that has not ended.
    public let took: Duration?
    /// Where the time went.
    public let timings: RunTimings
    /// The number of partitions that were committed.
    public let committed: Int
    /// The number of partitions that failed.
    public let failed: Int
    /// Rows written.
    public let rows: Int64
    /// The size of the files that were read, in bytes.
    public let bytesRead: Int64
    /// The share, from 0 to 1, of the first input's rows that met a row of another input, over all partitions of the
    /// run and all pairs of inputs; nil where nothing was counted.
    public let matchRate: Double?
  }

  /// The runs that build, oldest first.
  public let points: [Point]

  /// Combines runs with how their rows met.
  ///
  /// - Parameters:
  ///   - runs: Of one job, in any order; runs that only moved positions are left out.
  ///   - matches: The match ledger, or the part of it about these runs.
  ///   - rates: The match rates of runs that are not in it.
  public init(_ runs: [RunRecord], matches: [MatchRecord], rates: [RunID: Double] = [:]) {
    var counts: [RunID: (matched: Int64, rows: Int64)] = [:]
    for record in matches {
      counts[record.run, default: (0, 0)].matched += record.match.leftMatched
      counts[record.run, default: (0, 0)].rows += record.match.leftRows
    }
    points = runs.filter(\.kind.isBuild).sorted { $0.id < $1.id }.map { run in
      Point(
        run: run.id, kind: run.kind, state: run.state, startedAt: run.startedAt, took: run.took,
        timings: run.timings, committed: run.committed, failed: run.failed, rows: run.rows,
        bytesRead: run.bytesRead,
        matchRate: counts[run.id].flatMap {
          $0.rows == 0 ? nil : Double($0.matched) / Double($0.rows)
        } ?? rates[run.id])
    }
  }
}

/// Values as a row of bars, one character each.
public struct Sparkline: Hashable, Sendable {
  /// One for each value, from 0 to 1; nil for a value that is not known.
  public let shares: [Double?]

  /// Scales values.
  ///
  /// - Parameters:
  ///   - values: Oldest first; nil for one that is not known.
  ///   - range: What an empty and a full bar stand for; nil for 0 and the largest value.
  public init(_ values: [Double?], in range: ClosedRange<Double>? = nil) {
    let top = range?.upperBound ?? values.compactMap(\.self).max() ?? 0
    let bottom = range?.lowerBound ?? 0
    shares = values.map { value in
      value.map { top > bottom ? min(1, max(0, ($0 - bottom) / (top - bottom))) : 0 }
    }
  }

  /// The bars as text, limited to the newest values that fit; blanks where nothing is known.
  public func text(columns: Int, unicode: Bool) -> String {
    let bars = unicode ? "▁▂▃▄▅▆▇█" : "_.-:=+*#"
    let glyphs = Array(bars.unicodeScalars)
    return shares.suffix(columns).map { share in
      guard let share else { return " " }
      let place = Int((share * Double(glyphs.count - 1)).rounded())
      return String(glyphs[min(glyphs.count - 1, max(0, place))])
    }.joined()
  }
}
