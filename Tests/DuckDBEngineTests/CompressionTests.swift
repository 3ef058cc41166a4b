import Foundation
import IncrementalJoin
import TestSupport
import Testing

@testable import DuckDBEngine

@Suite("Compressed text files")
struct CompressionTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// How a table's files are compressed.
  struct Kind: Sendable, CustomTestStringConvertible {
    let format: DataFormat
    let ending: String
    let compression: String
    var testDescription: String { "\(format.rawValue)\(ending)" }

    static let all = [DataFormat.csv, .json].flatMap { format in
      [(".gz", "gzip"), (".zst", "zstd")].map {
        Kind(format: format, ending: $0, compression: $1)
      }
    }

    /// The sentence for a file that was cut.
    func cutOff(after count: Int) -> String {
      "the \(compression) data ends too early, after \(count) bytes; it is truncated or still being "
        + "written"
    }
  }

  /// The bytes of a file of rows with an id, one member or frame.
  private func part(_ kind: Kind, _ ids: Range<Int>, header: Bool = true) async throws -> Data {
    let path = try bench.file("part-\(UUID().uuidString)")
    let options = kind.format == .csv ? "FORMAT csv, HEADER \(header)" : "FORMAT json"
    try await bench.sql(
      """
      COPY (SELECT range AS id FROM range(\(ids.lowerBound), \(ids.upperBound))) \
      TO \(path.sqlLiteral) (\(options), COMPRESSION \(kind.compression))
      """)
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func write(_ name: String, _ bytes: Data) throws -> String {
    let path = try bench.file(name)
    try bytes.write(to: URL(fileURLWithPath: path))
    return path
  }

  private func rows(of file: String, _ format: DataFormat) -> JoinUnit {
    .join(on: [], [.named("t", "id BIGINT", format: format, files: [file])])
  }

  /// Why a file cannot be staged.
  private func reason(_ file: String, _ format: DataFormat) async -> String? {
    let failure = await bench.failure(rows(of: file, format))
    guard case .unreadableFile(file, let reason) = failure else {
      return failure.map { "\($0)" }
    }
    return reason
  }

  private static let checkedFrame = Data([
    0x28, 0xB5, 0x2F, 0xFD, 0x04, 0x58, 0x39, 0x00, 0x00, 0x69, 0x64, 0x0A, 0x31, 0x0A, 0x32, 0x0A,
    0xE9, 0xCD, 0x53, 0x57,
  ])

  private static func skippable(_ count: UInt8) -> Data {
    Data([0x50, 0x2A, 0x4D, 0x18, count, 0, 0, 0]) + Data(count: Int(count))
  }

  @Test("a file of several members or frames is read to its end", arguments: Kind.all)
  func parts(_ kind: Kind) async throws {
    var bytes = try await part(kind, 0..<3)
    if kind.compression == "zstd" { bytes += Self.skippable(0) + Self.skippable(200) }
    // More than the buffers hold, compressed and not.
    bytes += try await part(kind, 3..<200_000, header: false)
    bytes += try await part(kind, 200_000..<200_001, header: false)
    let file = try write("a.\(kind.format.rawValue)\(kind.ending)", bytes)
    let staged = try await bench.engine.stage(
      rows(of: file, kind.format), into: try bench.file("out/x").replacing("/x", with: ""),
      countsMatches: false
    ) { _ in }
    #expect(staged.rows == 200_001)
  }

  @Test("a file cut at any byte fails, but for the end of a member or frame", arguments: Kind.all)
  func cuts(_ kind: Kind) async throws {
    let first = try await part(kind, 0..<4)
    let bytes = try await first + part(kind, 4..<9, header: false)
    for count in 0...bytes.count {
      let file = try write(
        "\(count).\(kind.format.rawValue)\(kind.ending)", bytes.prefix(count))
      let table = TableDefinition(name: "t", location: "/", format: kind.format, keys: [])
      if count == first.count || count == bytes.count {
        #expect(
          try await bench.engine.columns(ofFiles: [file], of: table).columns.map(\.name) == ["id"])
        #expect(
          try await bench.staged(rows(of: file, kind.format)).rows.count
            == (count == first.count ? 4 : 9))
      } else {
        await #expect(
          throws: EngineError.unreadableFile(path: file, reason: kind.cutOff(after: count))
        ) { try await bench.engine.columns(ofFiles: [file], of: table) }
      }
    }
  }

  @Test("a large file that is cut publishes nothing", arguments: Kind.all)
  func largeCut(_ kind: Kind) async throws {
    let bytes = try await part(kind, 0..<300_000)
    for count in [bytes.count / 2, bytes.count - 1] {
      let file = try write("a.\(kind.format.rawValue)\(kind.ending)", bytes.prefix(count))
      #expect(await reason(file, kind.format) == kind.cutOff(after: count))
    }
  }

  @Test("a wrong checksum and a wrong length are damage")
  func checksums() async throws {
    for kind in Kind.all where kind.compression == "gzip" {
      let bytes = try await part(kind, 0..<4)
      for (back, sentence) in [
        (8, "the checksum of the gzip data is wrong: the file is damaged"),
        (4, "the length at the end of the gzip data is wrong: the file is damaged"),
      ] {
        var damaged = bytes
        damaged[bytes.count - back] ^= 1
        let file = try write("a.\(kind.format.rawValue).gz", damaged)
        #expect(await reason(file, kind.format) == sentence)
      }
    }
    let file = try write("a.csv.zst", Self.checkedFrame)
    #expect(try await bench.staged(rows(of: file, .csv)).rows == [["1"], ["2"]])
    var damaged = Self.checkedFrame
    damaged[damaged.count - 1] ^= 1
    #expect(
      await reason(try write("b.csv.zst", damaged), .csv)
        == "the checksum of the zstd data is wrong: the file is damaged")
  }

  @Test("any changed byte of a gzip file is noticed, or changes nothing")
  func changedBytes() async throws {
    let bytes = try await part(Kind.all[0], 0..<4)
    var refused = 0
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x55
      let unit = rows(of: try write("\(index).csv.gz", changed), .csv)
      do {
        #expect(try await bench.staged(unit).rows == [["0"], ["1"], ["2"], ["3"]])
      } catch is EngineError {
        refused += 1
      }
    }
    // The header's time, flags and system, seven bytes, say nothing of the content.
    #expect(refused >= bytes.count - 7)
  }

  @Test("something else behind the data is refused, zeros too, which DuckDB does not read")
  func trailing() async throws {
    for kind in Kind.all {
      let bytes = try await part(kind, 0..<4)
      for tail in [Data(count: 1), Data(count: 512), Data("x".utf8), Data("id\n5\n".utf8)] {
        let file = try write("a.\(kind.format.rawValue)\(kind.ending)", bytes + tail)
        #expect(
          await reason(file, kind.format)
            == "the \(kind.compression) data ends after \(bytes.count) bytes, and something else follows"
        )
      }
    }
  }

  @Test("a file that is not compressed is refused by its name")
  func foreign() async throws {
    for kind in Kind.all {
      for text in ["id\n1\n", "(\n", "\u{1F}x", "P"] {
        let file = try write("a.\(kind.format.rawValue)\(kind.ending)", Data(text.utf8))
        let reason = await reason(file, kind.format)
        // One byte can be the beginning.
        let isBeginning = kind.compression == "zstd" && text == "P"
        #expect(
          reason
            == (isBeginning
              ? kind.cutOff(after: 1)
              : "it is not \(kind.compression) data, although its name says so"))
      }
    }
  }

  @Test("damage is told in the library's words")
  func damaged() async throws {
    // A header, and a last block of the kind 3, which there is not.
    let gzip = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 0b111, 0, 0])
    #expect(
      await reason(try write("a.csv.gz", gzip), .csv)
        == "the gzip data cannot be decoded: invalid block type")
    // A header of the largest window, and a last block without content.
    let window = Data([0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA0, 1, 0, 0])
    #expect(
      await reason(try write("a.csv.zst", window), .csv)
        == "the zstd data needs more than 128 MiB of memory to be read; compress it without --long")
    var block = Self.checkedFrame
    block[6] |= 0b110
    // Its words differ between versions of libzstd.
    let told = await reason(try write("b.csv.zst", block), .csv)
    #expect(told?.hasPrefix("the zstd data cannot be decoded: ") == true)
  }

  @Test("a file that is not there, and a folder in its place")
  func notThere() async throws {
    #expect(
      await reason("\(bench.folder)/none.csv.gz", .csv) == "it does not exist any more")
    let folder = try bench.file("folder.csv.gz/x").replacing("/x", with: "")
    #expect(await reason(folder, .csv) == "Is a directory")
  }

  @Test("a file that was whole is looked at again when it was rewritten")
  func rewritten() async throws {
    let bytes = try await part(Kind.all[0], 0..<4)
    let file = try write("a.csv.gz", bytes)
    for _ in 0..<2 { #expect(try await bench.staged(rows(of: file, .csv)).rows.count == 4) }
    _ = try write("a.csv.gz", bytes.dropLast())
    #expect(await reason(file, .csv) == Kind.all[0].cutOff(after: bytes.count - 1))
    _ = try write("a.csv.gz", bytes)
    #expect(try await bench.staged(rows(of: file, .csv)).rows.count == 4)
  }

  @Test("columns are guessed from the files that are whole")
  func guess() async throws {
    for kind in Kind.all {
      let bytes = try await part(kind, 0..<4)
      let ending = "\(kind.format.rawValue)\(kind.ending)"
      let files = [
        try write("cut.\(ending)", bytes.dropLast()), try write("whole.\(ending)", bytes),
      ]
      let seen = try await bench.engine.columns(
        ofFiles: files,
        of: TableDefinition(name: "t", location: "/", format: kind.format, keys: []))
      #expect(seen.columns == [SeenColumn(name: "id", type: "BIGINT")])
      #expect(seen.files == [files[1]])
    }
  }

  @Test("a name decides in any case, below a folder of any name")
  func names() async throws {
    for kind in Kind.all {
      let bytes = try await part(kind, 0..<4)
      let ending = "\(kind.format.rawValue)\(kind.ending)"
      for name in ["A.\(ending.uppercased())", "why?/a.\(ending)"] {
        let file = try write(name, bytes)
        #expect(try await bench.staged(rows(of: file, kind.format)).rows.count == 4)
        _ = try write(name, bytes.dropLast())
        #expect(await reason(file, kind.format) == kind.cutOff(after: bytes.count - 1))
      }
    }
    for name in ["a.gz?/a.csv", "gz.csv"] {
      let file = try bench.text(name, "id\n1\n")
      #expect(try await bench.staged(rows(of: file, .csv)).rows == [["1"]])
    }
  }

  @Test("a check stops when its task is cancelled", arguments: Kind.all)
  func cancelled(_ kind: Kind) async throws {
    let file = try write(
      "a.\(kind.format.rawValue)\(kind.ending)", try await part(kind, 0..<4))
    let connection = try Connection(to: Database())
    await #expect(throws: CancellationError.self) {
      try await Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await WholeFiles().check(file, on: connection)
      }.value
    }
  }
}
