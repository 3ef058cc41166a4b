import Foundation

extension RunRecord {
  /// How long the run took, listing and planning included, as its summary said; nil for one that has not ended.
  ///
  /// A run that waited between staging and publishing took what its phases took.
  public var took: Duration? {
    guard let finishedAt else { return nil }
    let phases = timings.plan + timings.stage + timings.publish + timings.commit
    if stagesOnly, state != .staged, phases > .zero { return phases }
    return timings.plan + .seconds(max(0, finishedAt.timeIntervalSince(startedAt)))
  }
}
