import Foundation
import PartitionPredicate

/// The bookmark of a Glue job, decoded.
public struct GlueBookmark: Hashable, Sendable {
  /// What Glue said, with the job's counters.
  public let entry: JobBookmarkEntry
  /// By name.
  public let contexts: [GlueContext]

  /// Decodes a bookmark.
  ///
  /// - Throws: `GlueBookmarkError` for whatever is not of the form that is known: what nobody can read says nothing of
  ///   what was consumed.
  public init(_ entry: JobBookmarkEntry) throws(GlueBookmarkError) {
    self.entry = entry
    // characters: the contexts of one job differ in more than their spelling
    typealias States = [String: ContextState]
    let states: States
    do {
      states = try JSONDecoder().decode(States.self, from: Data(entry.bookmark.utf8))
    } catch {
      throw .unreadable(job: entry.job, reason: Self.reason(of: error))
    }
    var contexts: [GlueContext] = []
    for (name, state) in states.sorted(by: { $0.key.exact < $1.key.exact }) {
      contexts.append(try GlueContext(name, state, job: entry.job))
    }
    self.contexts = contexts
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "\(place(context.codingPath)) has no \(key.stringValue)"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(place(context.codingPath)) is of another type than expected"
    default: "it is not a JSON object"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "it" : path.map(\.stringValue).joined(separator: ".")
  }
}

/// What a Glue bookmark has of one transformation_ctx, as Glue writes it: every value is text.
struct ContextState: Decodable {
  let jsonClass: String
  let timestamps: [String: String]  // characters: Glue's names are ASCII
}

/// What one transformation_ctx of a Glue job has consumed.
public struct GlueContext: Hashable, Sendable {
  /// The transformation_ctx.
  public let name: String
  /// The number of the run that wrote it.
  public let run: Int
  /// When that run began, in milliseconds since 1970-01-01 UTC.
  public let startedAt: Int64
  /// How long before it files may have come that a listing did not show, in milliseconds.
  public let band: Int64
  /// The files of the band that were consumed.
  public let listed: [ListedFile]

  /// A file as a bookmark names it.
  public struct ListedFile: Hashable, Sendable {
    /// MD5 of its full path and its modification time.
    public let version: String
    /// MD5 of its full path.
    public let path: String
  }

  init(_ name: String, _ state: ContextState, job: String) throws(GlueBookmarkError) {
    guard state.jsonClass == "HadoopDataSourceJobBookmarkState" else {
      throw .otherClass(job: job, context: name, class: state.jsonClass)
    }
    func value(_ key: String) throws(GlueBookmarkError) -> String {
      guard let text = state.timestamps[key] else {
        throw .malformed(job: job, context: name, key: key, value: nil)
      }
      return text
    }
    func number(_ key: String) throws(GlueBookmarkError) -> Int64 {
      let text = try value(key)
      guard let number = Int64(text), number >= 0 else {
        throw .malformed(job: job, context: name, key: key, value: text)
      }
      return number
    }
    // What a value of these would mean is not known.
    if let text = state.timestamps["CURR_LATEST_PARTITIONS"], !text.isEmpty {
      throw .malformed(job: job, context: name, key: "CURR_LATEST_PARTITIONS", value: text)
    }
    let start = try value("CURR_RUN_START_TIME")
    let list = try value("INCLUDE_LIST")
    guard let startedAt = Self.milliseconds(start) else {
      throw .malformed(job: job, context: name, key: "CURR_RUN_START_TIME", value: start)
    }
    guard let listed = Self.listedFiles(list) else {
      throw .malformed(job: job, context: name, key: "INCLUDE_LIST", value: list)
    }
    self.name = name
    run = Int(try number("RUN"))
    self.startedAt = startedAt
    band = try number("HIGH_BAND")
    self.listed = listed
  }

  private static func milliseconds(_ text: String) -> Int64? {
    let styles = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    return styles.lazy.compactMap { try? $0.parse(text) }.first
      .map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }
  }

  /// Pairs of digests, each without the zeros in front.
  private static func listedFiles(_ text: String) -> [ListedFile]? {
    guard !text.isEmpty else { return [] }
    let parts = text.exact.parts(separatedBy: ",", omittingEmpty: false)
    let words = parts.compactMap(digest)
    guard words.count == parts.count, words.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: words.count, by: 2).map {
      ListedFile(version: words[$0], path: words[$0 + 1])
    }
  }

  private static func digest(_ word: ExactText) -> String? {
    let digits = word.lowercased.text
    let isHexadecimal = digits.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 || (UInt8(ascii: "a")...UInt8(ascii: "f")) ~= $0
    }
    guard isHexadecimal, (1...32).contains(digits.utf8.count) else { return nil }
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }
}
