public import IncrementalJoin
public import PartitionPredicate
import Testing

/// A file store, and a place in it that a test may fill.
public struct StoredFiles: Sendable {
  let store: any FileStore
  let location: Location
  let write: @Sendable (_ text: String, _ path: ExactText) throws -> Void
  let remove: @Sendable (_ path: ExactText) throws -> Void

  /// Names a store and an empty folder of it that exists; `write` makes the folders above a file.
  public init(
    _ store: any FileStore, at location: Location,
    write: @escaping @Sendable (_ text: String, _ path: ExactText) throws -> Void,
    remove: @escaping @Sendable (_ path: ExactText) throws -> Void
  ) {
    self.store = store
    self.location = location
    self.write = write
    self.remove = remove
  }

  func list(entering folders: Set<ExactText>? = nil) async throws -> Walk {
    var walk = Walk(folders: folders)
    try await store.list(location, &walk)
    return walk
  }

  func file(_ path: ExactText) async throws -> DataFile {
    let files = try await list().files
    return try #require(files.first { $0.path == path })
  }
}

/// A visitor that takes note of everything.
struct Walk: FolderVisitor {
  /// The folders that are entered; nil for all.
  let folders: Set<ExactText>?
  private(set) var seen: [ExactText] = []
  private(set) var files: [DataFile] = []

  var prunes: Bool { folders != nil }

  init(folders: Set<ExactText>?) { self.folders = folders }

  mutating func visit(
    _ entry: FolderEntry, look: () throws(FileStoreError) -> FolderEntry.Target
  ) -> Bool {
    seen.append(entry.path)
    switch try? look() {
    case .file(let file):
      #expect(entry.kind != .folder && file.path == entry.path)
      files.append(file)
      return false
    case .folder:
      #expect(entry.kind != .file)
      return folders?.contains(entry.path) ?? true
    case let other:
      Issue.record("\(entry) is \(String(describing: other))")
      return false
    }
  }

  mutating func fail(_ folder: ExactText, _ error: FileStoreError) {
    Issue.record("\(folder): \(error)")
  }
}

extension Conformance<StoredFiles> {
  /// What every file store does.
  public static var fileStore: [Conformance] {
    [
      Conformance(
        "lists every folder and file below a location, and what lies in a folder follows it"
      ) { files in
        for path in ["b/c/1", "b/2", "b-c/3", "a", "é/4"] as [ExactText] {
          try files.write("x", path)
        }
        let walk = try await files.list()
        #expect(
          walk.seen.sorted() == ["a", "b", "b-c", "b-c/3", "b/2", "b/c", "b/c/1", "é", "é/4"])
        for (index, folder) in walk.seen.enumerated()
        where walk.seen.contains(where: { $0.begins(with: "\(folder)/") }) {
          let inner = walk.seen.indices.filter { walk.seen[$0].begins(with: "\(folder)/") }
          #expect(inner == Array(index + 1..<index + 1 + inner.count), "\(walk.seen)")
        }
      },
      Conformance("enters only the folders that are wanted") { files in
        for path in ["a/1", "b/2", "b/c/3"] as [ExactText] { try files.write("x", path) }
        #expect(try await files.list(entering: ["b"]).seen.sorted() == ["a", "b", "b/2", "b/c"])
        #expect(try await files.list(entering: []).seen.sorted() == ["a", "b"])
      },
      Conformance(
        "tells a file's size in bytes, and another tag or time once its content is another"
      ) { files in
        try files.write("one", "a")
        try files.write("four", "b")
        let before = try await files.list().files.sorted { $0.path < $1.path }
        #expect(before.map(\.size) == [3, 4])
        let again = try await files.list().files.sorted { $0.path < $1.path }
        #expect(zip(again, before).allSatisfy { $0.hasSameStamps(as: $1) })
        try files.write("two", "a")
        let after = try await files.list().files.sorted { $0.path < $1.path }
        #expect(!after[0].hasSameStamps(as: before[0]))
        #expect(after[1].hasSameStamps(as: before[1]))
        let versions = [before, after].map { PartitionVersion(files: $0) }
        #expect(VersionReference(versions[0]) != VersionReference(versions[1]))
      },
      Conformance(
        "an empty location has nothing, one that does not exist is absent, and a file is none"
      ) { files in
        #expect(try await files.list().seen == [])
        try files.write("x", "a")
        for (name, expected) in [
          ("none", FileStoreError.absent), ("a", .notAFolder), ("a/b", .notAFolder),
        ] as [(ExactText, FileStoreError)] {
          var walk = Walk(folders: nil)
          let location = files.location.folder(name)
          let store = files.store
          let error = await #expect(throws: FileStoreError.self) {
            try await store.list(location, &walk)
          }
          // A store without folders cannot tell the last two apart.
          #expect(error == expected || expected == .notAFolder && error == .absent, "\(name)")
        }
      },
      Conformance("the end of a file is read alone, of the pinned file only, or not at all") {
        files in
        try files.write("0123456789", "b/a")
        let file = try await files.file("b/a")
        let (store, location) = (files.store, files.location)
        let end = try await store.end(of: file, in: location, count: 3)
        guard end != nil else { return }
        #expect(end == Array("789".utf8))
        let whole = try await store.end(of: file, in: location, count: 1_000)
        #expect(whole == Array("0123456789".utf8))
        try files.write("other", "b/a")
        await #expect(throws: PinError.changed(path: location.file("b/a"))) {
          _ = try await store.end(of: file, in: location, count: 3)
        }
        try files.remove("b/a")
        await #expect(throws: PinError.vanished(path: location.file("b/a"))) {
          _ = try await store.end(of: file, in: location, count: 3)
        }
      },
      Conformance("digests are the SHA-256 of the content") { files in
        try files.write("content é\n", "b/a")
        let file = try await files.file("b/a")
        #expect(
          try await files.store.digest(of: file, in: files.location) == SHA256.hash("content é\n"))
      },
      Conformance(
        "a pinned file passes while it is as it was listed, and one that is not final by its digest"
      ) { files in
        try files.write("x", "b/a")
        var file = try await files.file("b/a")
        if !file.isFinal { file.digest = SHA256.hash("x") }
        try await files.store.check(file, in: files.location)
        let path = files.location.file("b/a")
        let (store, location) = (files.store, files.location)
        let doubtful = DataFile(
          path: file.path, size: file.size, modified: file.modified, tag: file.tag,
          stamp: file.stamp, digest: SHA256.hash("y"), isFinal: false)
        await #expect(throws: PinError.changed(path: path)) {
          try await store.check(doubtful, in: location)
        }
        let pinned = file
        try files.write("longer", "b/a")
        await #expect(throws: PinError.changed(path: path)) {
          try await store.check(pinned, in: location)
        }
        try files.remove("b/a")
        await #expect(throws: PinError.vanished(path: path)) {
          try await store.check(pinned, in: location)
        }
        await #expect(throws: PinError.vanished(path: path)) {
          _ = try await store.digest(of: pinned, in: location)
        }
      },
      Conformance("a location is resolved to one that lists the same") { files in
        try files.write("x", "a/b")
        let resolved = await files.store.resolved(files.location)
        #expect(await files.store.resolved(resolved) == resolved)
        var walk = Walk(folders: nil)
        try await files.store.list(resolved, &walk)
        #expect(walk.seen.sorted() == ["a", "a/b"])
      },
    ]
  }
}
