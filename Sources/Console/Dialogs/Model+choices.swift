import IncrementalJoin
import Operations
import PartitionPredicate
import Reports
import Wording

extension Model {
  /// Lists the ways to move the bookmark.
  mutating func chooseBookmarkChange() {
    guard let page else { return }
    let inputs = page.status.job.inputs.map(\.name)
    let marked = marks.sorted()
    let scopes: [(name: String, input: String?, partitions: [Partition]?)] =
      [("all inputs", nil, nil)]
      + (inputs.count > 1 ? inputs.map { ("input \($0)", $0, nil) } : [])
      + (marked.isEmpty
        ? [] : [(Quantity.count(marked.count, "marked partition"), nil, marked)])
    var ways: [(word: String, kind: BookmarkChange.Kind, detail: String)] = [
      ("Set to now", .set, "the current files count as consumed, without a run"),
      ("Reset", .reset, "nothing counts as consumed: everything is rebuilt"),
    ]
    if let run = selectedRun {
      ways.insert(
        ("Rewind to run \(run.id)", .rewind(to: run.id), "back to where that run left it"), at: 0)
    }
    let items = ways.flatMap { way in
      scopes.map { scope in
        Choice.Item(
          label: "\(way.word): \(scope.name)", detail: way.detail,
          action: .operate(
            .bookmark(
              BookmarkChange(way.kind, input: scope.input, partitions: scope.partitions))))
      }
    }
    dialog = .choice(Choice(title: "Move the bookmark of \(page.name)", items: items))
  }

  /// Lists the parts of a staged run to choose from; with one partition there is nothing to choose.
  mutating func chooseStaged(
    _ verb: String, _ staged: [Partition], _ make: (RunID, [Partition]?) -> JobOperation
  ) -> [Effect] {
    guard let run = selectedRun else { return [] }
    let all = staged.count == stagedPartitions(of: run.id).count ? nil : staged
    guard staged.count > 1 else { return begin(make(run.id, all)) }
    let marked = staged.filter(marks.contains)
    var items = [
      Choice.Item(
        label: "All \(Quantity.number(staged.count))", detail: "",
        action: .operate(make(run.id, all)))
    ]
    if !marked.isEmpty {
      items.append(
        Choice.Item(
          label: "\(Quantity.count(marked.count, "marked partition"))", detail: "",
          action: .operate(make(run.id, marked))))
    }
    items += staged.map {
      Choice.Item(
        label: $0.path.text, detail: "only this one", action: .operate(make(run.id, [$0])))
    }
    dialog = .choice(Choice(title: "\(verb) what run \(run.id) staged", items: items))
    return []
  }

  /// Lists the ways to verify the output.
  mutating func chooseVerification() {
    guard let page else { return }
    var items = [
      Choice.Item(
        label: "Compare the files", detail: "what others changed in the output",
        action: .report(.drift)),
      Choice.Item(
        label: "Recompute 5 at random", detail: "and compare the rows",
        action: .report(.verifySample(5))),
      Choice.Item(
        label: "Recompute all", detail: "and compare the rows; takes as long as building them",
        action: .report(.verify(nil))),
    ]
    if component.selectsPartitions {
      let scopes = partitionScopes.filter { $0.count > 0 }.map { scope in
        Choice.Item(
          label: "Recompute \(scope.label.lowercased())", detail: scope.detail,
          action: .report(.verify(scope.partitions)))
      }
      items.insert(contentsOf: scopes, at: 0)
    }
    let wrong = partitionsToRepair(of: page.name)
    if !wrong.isEmpty {
      items.append(
        Choice.Item(
          label: "Rebuild what was found (\(Quantity.number(wrong.count)))",
          detail: ActionScope.names(wrong),
          action: .plan(PlanRequest(job: page.name, run: RunRequest(partitions: wrong)))))
    }
    dialog = .choice(Choice(title: "Verify the output of \(page.name)", items: items))
  }
}
