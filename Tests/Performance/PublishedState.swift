import Foundation

/// The ledger and the output of a workspace after its first run, to go back to.
///
/// Published files never change, so that links to them are copies.
struct PublishedState {
  /// The folder of `dovetail.yaml`, with the output in `out`.
  let workspace: String
  /// Where the state is kept.
  let saved: String

  /// Keeps what the workspace has.
  func save() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: saved, withIntermediateDirectories: true)
    try files.copyItem(atPath: "\(workspace)/.dovetail", toPath: "\(saved)/.dovetail")
    try files.linkItem(atPath: "\(workspace)/out", toPath: "\(saved)/out")
  }

  /// Goes back to what was kept.
  func restore() throws {
    let files = FileManager.default
    for name in [".dovetail", "out"] { try files.removeItem(atPath: "\(workspace)/\(name)") }
    try files.copyItem(atPath: "\(saved)/.dovetail", toPath: "\(workspace)/.dovetail")
    try files.linkItem(atPath: "\(saved)/out", toPath: "\(workspace)/out")
  }
}
