import Foundation
public import IncrementalJoin
public import PartitionPredicate
import Synchronization

/// Tables and outputs in memory, for as many writers as want one.
public final class MemoryStorage: FileStore, OutputStore {
  struct State {
    var files: MemoryFiles
    /// The content of files that were written as text, by full path.
    var texts: [ExactText: String] = [:]
    /// What the folders of partitions are called, by full path.
    var tokens: [ExactText: StoreToken] = [:]
    /// The folders of partitions, by full path, that were staged and are not sealed: their files have no tags yet.
    var unsealed: Set<ExactText> = []
    var owners: [Location: OutputOwner] = [:]
    var holders: [Location: (lease: Int, holder: LockHolder)] = [:]
    var count = 0
    /// How many steps of publishes are done until the process counts as killed.
    var stepsToLive = Int.max

    /// Another number at each call.
    mutating func next() -> Int {
      count += 1
      return count
    }

    func files(below folder: Location) -> [DataFile] { files.files(in: folder) }

    /// Lets the folder of a partition be another one's.
    mutating func move(_ from: Location, to: Location) throws(PublishError) {
      guard stepsToLive > 0 else {
        throw .system(operation: "go on at", path: to.description, reason: "the process was killed")
      }
      stepsToLive -= 1
      remove(to)
      for file in files(below: from) {
        let (old, new) = (from.file(file.path).exact, to.file(file.path).exact)
        texts[new] = texts.removeValue(forKey: old)
      }
      files.move(from, to: to)
      tokens[to.description.exact] = tokens.removeValue(forKey: from.description.exact)
    }

    mutating func remove(_ folder: Location) {
      for file in files(below: folder) {
        files.remove(file.path, in: folder)
        texts[folder.file(file.path).exact] = nil
      }
      for path in tokens.keys
      where path == folder.description.exact || folder.path(to: Location(path.text)) != nil {
        tokens[path] = nil
      }
    }
  }

  let state: Mutex<State>
  /// What was asked, and what is to fail.
  public let faults: Faults

  /// Starts with some files.
  public init(_ files: MemoryFiles = MemoryFiles()) {
    state = Mutex(State(files: files))
    faults = files.faults
  }

  /// As jobs are told it.
  public var reader: StorageReader {
    StorageReader(tables: HiveTables(over: self), files: self, outputs: self)
  }

  /// Writes a text file, at a time of its own.
  public func write(_ text: String, to path: String) {
    state.withLock { state in
      let number = Int64(state.next())
      let place = Location(path)
      state.texts[path.exact] = text
      state.files.put(
        DataFile(
          path: place.name, size: Int64(text.utf8.count), modified: number * 1_000_000_000,
          tag: "\(number)"), digest: SHA256.hash(text), in: place.parent)
    }
  }

  /// The content of a file; nil when there is none.
  public func text(of path: String) -> String? { state.withLock { $0.texts[path.exact] } }

  /// The contents of the files below a location, by their paths relative to it.
  public func texts(below location: Location) -> [ExactText: String] {
    state.withLock { state in
      var texts: [ExactText: String] = [:]
      for (path, text) in state.texts {
        if let path = location.path(to: Location(path.text)) { texts[path] = text }
      }
      return texts
    }
  }

  /// Changes the files.
  public func change(_ change: (inout MemoryFiles) -> Void) {
    state.withLock { change(&$0.files) }
  }

  /// Puts a file `data.parquet` in the place of a published partition, as somebody else would, or nothing.
  public func replace(_ folder: Location, by text: String?) {
    state.withLock { state in
      state.remove(folder)
      guard text != nil else { return }
      let number = state.next()
      state.tokens[folder.description.exact] = StoreToken("memory \(number)")
    }
    if let text { write(text, to: folder.file("data.parquet")) }
  }

  /// Ends the process that holds outputs as a crash does.
  public func kill() {
    state.withLock {
      $0.holders = [:]; $0.stepsToLive = .max
    }
  }

  /// Lets the process die after some steps of publishes.
  public func kill(afterSteps count: Int) { state.withLock { $0.stepsToLive = count } }

  /// Shows a visitor all names in the order of their bytes; throws when it is told to fail, and for a location without any.
  public func list<Visitor: FolderVisitor>(
    _ location: Location, _ visitor: inout Visitor
  ) throws(FileStoreError) {
    try state.withLock { $0.files }.list(location, &visitor)
  }

  /// The location itself.
  public func resolved(_ location: Location) -> Location { location }

  /// Checks that a file is still the one that was listed; throws `PinError` when it is not.
  public func check(_ file: DataFile, in location: Location) throws(PinError) {
    try state.withLock { $0.files }.check(file, in: location)
  }

  /// The digest that the file was put with; throws `PinError` when it has none.
  public func digest(of file: DataFile, in location: Location) throws(PinError) -> String {
    try state.withLock { $0.files }.digest(of: file, in: location)
  }

  /// Who holds the output.
  public func holder(of output: OutputDefinition) -> LockHolder? {
    state.withLock { $0.holders[output.location]?.holder }
  }

  /// Whose the output is; throws when it is told to fail.
  public func owner(of output: OutputDefinition) throws(PublishError) -> OutputOwner? {
    try fault("owner", output.location)
    return state.withLock { $0.owners[output.location] }
  }

  /// Whether the paths differ and there are files below the first.
  public func isOtherFolder(_ path: String, than other: String) -> Bool {
    path.exact != other.exact && state.withLock { !$0.files.files(in: Location(path)).isEmpty }
  }

  /// The published files of a partition; throws when it is told to fail.
  public func files(
    published partition: Partition, of output: OutputDefinition
  ) throws(PublishError) -> [DataFile] {
    try fault("files", output.location)
    return MemoryLocations(output).files(of: partition, in: MemoryLocations(output).location, state)
  }

  /// The full paths of what a run has staged; throws when it is told to fail.
  public func stagedFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) throws(PublishError) -> [String] {
    try fault("stagedFiles", output.location)
    let folder = MemoryLocations(output).staged(run)
    return MemoryLocations(output).files(of: partition, in: folder, state)
      .map { folder.file($0.path) }
  }

  /// What is kept for undo; throws when it is told to fail.
  public func kept(of output: OutputDefinition) throws(PublishError) -> [KeptRun] {
    try fault("kept", output.location)
    return MemoryLocations(output).keptRuns(state)
  }

  /// What a run has kept of a partition; throws when it is told to fail.
  public func keptFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) throws(PublishError) -> KeptFiles? {
    try fault("keptFiles", output.location)
    let kept = MemoryLocations(output).kept(run)
    let files = MemoryLocations(output).files(of: partition, in: kept, state)
    return files.isEmpty ? nil : KeptFiles(location: kept, files: files)
  }

  /// Gives one writer the output; throws `PublishError.locked`, and when it is told to fail.
  public func open(
    _ output: OutputDefinition, as holder: LockHolder
  ) throws(PublishError) -> any OutputLease {
    try fault("open", output.location)
    let number = try state.withLock { state throws(PublishError) in
      if let other = state.holders[output.location] {
        throw .locked(location: output.location, by: other.holder)
      }
      let number = state.next()
      state.holders[output.location] = (number, holder)
      return number
    }
    return MemoryLease(storage: self, output: output, number: number)
  }

  func fault(_ call: String, _ about: some CustomStringConvertible) throws(PublishError) {
    guard faults.fails(call, about) else { return }
    throw .system(operation: call, path: "\(about)", reason: "it is told to fail")
  }
}

/// The places of one output.
struct MemoryLocations {
  let location: Location
  let hidden: Location

  init(_ output: OutputDefinition) {
    location = output.location
    hidden = output.location.hiddenFolder
  }

  func staged(_ run: RunID) -> Location { hidden.folder("staging/\(run)") }
  func kept(_ run: RunID) -> Location { hidden.folder("kept/\(run)") }

  /// The Parquet files of a partition in a folder of partitions, by the paths that they have below it.
  func files(
    of partition: Partition, in folder: Location, _ state: borrowing Mutex<MemoryStorage.State>
  ) -> [DataFile] {
    let inner = folder.folder(partition.path)
    let files = state.withLock { $0.files(below: inner) }
    return files.filter {
      !HivePath.isHidden($0.path) && DataFormat.parquet.matches(fileName: $0.path.text)
    }.map { file in
      DataFile(
        path: partition.keys.isEmpty ? file.path : "\(partition.path)/\(file.path)",
        size: file.size, modified: file.modified, tag: file.tag, stamp: file.stamp)
    }
  }

  func keptRuns(_ state: borrowing Mutex<MemoryStorage.State>) -> [KeptRun] {
    let kept = hidden.folder("kept")
    return state.withLock { state in
      var runs: [RunID: (partitions: Set<ExactText>, bytes: Int64)] = [:]
      for file in state.files(below: kept) {
        let names = file.path.parts(separatedBy: "/")
        guard let run = Int64(names[0].text).map(RunID.init) else { continue }
        runs[run, default: ([], 0)].partitions.insert(names.dropLast().joined(separator: "/"))
        runs[run]?.bytes += file.size
      }
      return runs.map { KeptRun(run: $0, partitions: $1.partitions.count, bytes: $1.bytes) }
    }.sorted { $0.run > $1.run }
  }
}
