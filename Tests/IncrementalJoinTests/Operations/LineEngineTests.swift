import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing

@Suite("The engine in memory does what every engine does")
struct LineEngineTests {
  @Test(arguments: Conformance<StoredLines>.engine)
  func memory(_ conformance: Conformance<StoredLines>) async throws {
    let storage = MemoryStorage()
    @Sendable func lines(_ path: String) -> [String] {
      (storage.text(of: path) ?? "").exact.parts(separatedBy: "\n").map(\.text)
    }
    try await conformance.check(
      StoredLines(
        LineEngine(over: storage), in: "/w",
        write: { storage.write($0.map { $0 + "\n" }.joined(), to: $1) }, makeFolder: { _ in },
        files: { folder in
          storage.texts(below: Location(folder)).keys.map { Location(folder).file($0) }
        }, read: lines))
  }
}
