import Foundation
import IncrementalJoin
import Workspace

/// What the newest plans pinned, so that a run can say how its inputs have changed since.
///
/// A plan that is not stored here is still recognized by its id.
struct SavedPlans {
  private static let limit = 50
  private let folder: URL
  private let isReadOnly: Bool

  init(_ session: Session) {
    isReadOnly = session.isReadOnly
    folder = URL(filePath: session.workspace.stateFolder).appending(path: "plans")
  }

  /// Stores what a plan pins; where nothing can be written, the plan is valid without it.
  func save(_ plan: Plan) {
    let files = FileManager.default
    guard !isReadOnly, let data = try? JSONEncoder().encode(PlanPins(plan)) else { return }
    try? files.createDirectory(at: folder, withIntermediateDirectories: true)
    try? data.write(to: file(plan.id), options: .atomic)
    let key = URLResourceKey.contentModificationDateKey
    let saved =
      (try? files.contentsOfDirectory(at: folder, includingPropertiesForKeys: [key])) ?? []
    let newest = saved.map { file in
      (file, (try? file.resourceValues(forKeys: [key]).contentModificationDate) ?? .distantPast)
    }.sorted { $0.1 > $1.1 }
    for (file, _) in newest.dropFirst(Self.limit) { try? files.removeItem(at: file) }
  }

  /// What a plan pinned; only its id when nothing else is known.
  func pins(of id: String) -> PlanPins {
    guard id.allSatisfy(\.isHexDigit), let data = try? Data(contentsOf: file(id)),
      let pins = try? JSONDecoder().decode(PlanPins.self, from: data), pins.id == id
    else { return PlanPins(id: id) }
    return pins
  }

  private func file(_ id: String) -> URL { folder.appending(path: "\(id).json") }
}
