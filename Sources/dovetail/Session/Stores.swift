import Foundation
import GlueCatalog
import IncrementalJoin
import LocalStorage
import ObjectStorage
import PartitionPredicate
import Workspace

/// Where tables and outputs may lie: folders on this machine, and buckets in object stores.
struct Stores: Sendable {
  private let local = LocalStorage()
  private let objects: ObjectFiles
  private let clients: ObjectClients
  private let catalog: CatalogAccess
  private let staging: String

  /// Names the stores of a workspace; none is contacted before something lies in a bucket.
  ///
  /// - Parameters:
  ///   - workspace: The workspace.
  ///   - clients: Sends requests to object stores.
  ///   - catalog: Sends requests to Glue.
  ///   - copies: The folder for copies of objects, which need not exist.
  init(
    of workspace: Workspace, _ clients: ObjectClients, _ catalog: CatalogAccess, copies: String
  ) {
    objects = ObjectFiles(clients.client(of:), scratch: ObjectScratch(folder: copies))
    self.clients = clients
    self.catalog = catalog
    // What a run only stages is compared with what is published by a later process.
    staging = "\(workspace.stateFolder)/staging"
  }

  private func files(at location: Location) -> any FileStore {
    location.scheme == "s3" ? objects : local
  }

  private func outputs(of output: OutputDefinition) throws(PublishError) -> any OutputStore {
    guard output.location.scheme == "s3" else { return local }
    let client: any ObjectClient
    let (duration, delay): (Duration, Duration)
    do throws(ObjectError) {
      client = try clients.client(of: ObjectPlace(folder: output.location).bucket)
      duration = try Self.seconds("DOVETAIL_LEASE_SECONDS", 3...3600) ?? .seconds(60)
      delay = try Self.seconds("DOVETAIL_GLUE_DELAY_SECONDS", 0...300) ?? .seconds(300)
    } catch {
      throw .system(operation: "open", path: "\(output.location)", reason: "\(error)")
    }
    guard let name = output.catalog else {
      return ObjectOutputs(client, scratch: staging, leaseDuration: duration)
    }
    do throws(CatalogError) {
      return GlueOutputs(
        try catalog.client(), client, scratch: staging, leaseDuration: duration,
        takenOverAfter: delay)
    } catch {
      throw .system(operation: "open", path: "\(name)", reason: "\(error)")
    }
  }

  /// Reads from the environment how long a writer that vanished keeps others out.
  private static func seconds(
    _ name: String, _ range: ClosedRange<Int>
  ) throws(ObjectError) -> Duration? {
    guard let text = ProcessInfo.processInfo.environment[name] else { return nil }
    guard let seconds = Int(text), range.contains(seconds) else {
      throw .misconfigured(
        what: "\(name)=\(text)",
        reason: "it is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return .seconds(seconds)
  }
}

extension Stores: FileStore {
  func list<Visitor: FolderVisitor>(
    _ location: Location, _ visitor: inout Visitor
  ) async throws(FileStoreError) {
    try await files(at: location).list(location, &visitor)
  }

  func resolved(_ location: Location) async -> Location {
    await files(at: location).resolved(location)
  }

  func check(_ file: DataFile, in location: Location) async throws(PinError) {
    try await files(at: location).check(file, in: location)
  }

  func digest(of file: DataFile, in location: Location) async throws(PinError) -> String {
    try await files(at: location).digest(of: file, in: location)
  }

  func digests(of files: [DataFile], in location: Location) async -> [String?] {
    await self.files(at: location).digests(of: files, in: location)
  }

  func end(
    of file: DataFile, in location: Location, count: Int
  ) async throws(PinError) -> [UInt8]? {
    try await files(at: location).end(of: file, in: location, count: count)
  }

  func place(of file: DataFile, in location: Location) -> String {
    files(at: location).place(of: file, in: location)
  }

  func fetch(_ files: [DataFile], in location: Location) async throws(PinError) {
    try await self.files(at: location).fetch(files, in: location)
  }

  func release(_ files: [DataFile], in location: Location) async {
    await self.files(at: location).release(files, in: location)
  }

  func readable(_ sentence: String) -> String { objects.readable(sentence) }
}

extension Stores: OutputStore {
  func holder(of output: OutputDefinition) async -> LockHolder? {
    await (try? outputs(of: output))?.holder(of: output)
  }

  func owner(of output: OutputDefinition) async throws(PublishError) -> OutputOwner? {
    try await outputs(of: output).owner(of: output)
  }

  /// Workspaces are folders on this machine, wherever their outputs lie.
  func isOtherFolder(_ path: String, than other: String) -> Bool {
    local.isOtherFolder(path, than: other)
  }

  func files(
    published partition: Partition, of output: OutputDefinition
  ) async throws(PublishError) -> [DataFile] {
    try await outputs(of: output).files(published: partition, of: output)
  }

  func hindrance(toReplacing files: [DataFile], of output: OutputDefinition) -> String? {
    (try? outputs(of: output))?.hindrance(toReplacing: files, of: output)
  }

  func stagedFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) async throws(PublishError) -> [String] {
    try await outputs(of: output).stagedFiles(of: output, run: run, partition: partition)
  }

  func kept(of output: OutputDefinition) async throws(PublishError) -> [KeptRun] {
    try await outputs(of: output).kept(of: output)
  }

  func keptFiles(
    of output: OutputDefinition, run: RunID, partition: Partition
  ) async throws(PublishError) -> KeptFiles? {
    try await outputs(of: output).keptFiles(of: output, run: run, partition: partition)
  }

  /// Also answers when the catalog cannot be reached.
  func isNamed(_ output: OutputDefinition) async -> Bool {
    guard let outputs = try? outputs(of: output) else { return output.catalog != nil }
    return await outputs.isNamed(output)
  }

  func open(
    _ output: OutputDefinition, as holder: LockHolder
  ) async throws(PublishError) -> any OutputLease {
    try await outputs(of: output).open(output, as: holder)
  }
}
