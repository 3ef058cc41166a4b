import Foundation
import Operations
import PartitionPredicate
import Reports
import TestSupport
import Testing

@testable import Console
@testable import IncrementalJoin

@Suite("Adopting an output from the console")
struct AdoptionTests {
  private let world = World.control()
  private let job = "flights_weather"

  private func preview(_ contents: [AdoptedContent]) -> OperationPreview {
    let plan = OperationPlan.adoption(
      AdoptionPlan(
        job: world.jobs[0], id: "0204193d7b54", listedAt: Date(timeIntervalSince1970: 0),
        contents: contents, fixed: [], obstacles: [], takesOver: nil, lost: [], problems: []))
    return OperationPreview(report: .operation(plan), expected: plan.id, isEmpty: plan.isEmpty)
  }

  @Test("shows what becomes known, and takes a reason and the job's name")
  func adopt() async throws {
    var session = try await Session(world)
    session.press("3", "Alt-a")
    #expect(session.take() == [.previewOperation(job: job, .adopt)])
    let content = PartitionVersion(
      files: [DataFile(path: "month=2/day=28/part-0.parquet", size: 2048, modified: 0)])
    let found = preview([AdoptedContent(partition: World.partition(2, 28), content: content)])
    #expect(found.expected == "0204193d7b54" && !found.isEmpty)
    session.send(.operationPreviewed(found, of: .adopt))
    #expect(session.text.contains("Adopt the output?"))
    #expect(session.text.contains("1 partition with 1 file"))
    #expect(session.text.contains("Name of the job:"))
    session.type("built by Spark")
    session.press("Enter")
    session.type(job)
    session.press("Enter")
    #expect(
      session.take() == [
        .perform(job: job, .adopt, expected: "0204193d7b54", note: "built by Spark")
      ])
    #expect(session.text.contains("Working: adopt the output."))
    session.send(.performed("Run 7: 1 partition adopted."))
    #expect(session.text.contains("Run 7: 1 partition adopted."))
    #expect(session.take() == [.load])
  }

  @Test("says so where everything is known, and asks for nothing")
  func nothing() async throws {
    var session = try await Session(world)
    session.press("Alt-a", "Enter")
    #expect(session.take() == [.previewOperation(job: job, .adopt)])
    session.send(.operationPreviewed(preview([]), of: .adopt))
    #expect(session.text.contains("Everything in "))
    #expect(!session.text.contains("Name of the job:"))
    session.press("Esc")
    #expect(session.take() == [])
  }

  @Test("says afterwards what was adopted, or that only the place is this workspace's now")
  func sentences() {
    var summary = RunSummary(job: job, run: 7, plan: "")
    summary.adopted = 2
    #expect(JobOperation.adopt.sentence(about: summary) == "Run 7: 2 partitions adopted.")
    #expect(
      JobOperation.adopt.sentence(about: RunSummary(job: job, run: nil, plan: ""))
        == "The output belongs to this workspace now; nothing in it was unknown.")
    #expect(
      JobOperation.collectGarbage.sentence(about: RunSummary(job: job, run: nil, plan: ""))
        == "There was nothing to do.")
  }
}
