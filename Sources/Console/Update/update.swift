import Cells
import Foundation
import IncrementalJoin
import Reports

/// Applies a message to the model and returns what has to be done about it.
///
/// Pure: no clock, no input, no output. It takes time proportional to what the message changes; a key that moves the
/// selection touches no list.
public func update(_ model: inout Model, _ message: Message) -> [Effect] {
  let effects = model.take(message)
  model.settle()
  defer { model.wanted = [] }
  return effects + model.wanted
}

extension Model {
  fileprivate mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .input(let event): return take(event)
    case .loadedPages(let jobs, let instant): return take(jobs.pages, at: instant)
    case .refreshDue: return isLoading || isRunning || operation != nil ? [] : reload()
    case .computed(let computed):
      take(computed)
      return []
    case .loadFailed(let sentence):
      isLoading = false
      loadFailure = sentence
      notice = Notice(kind: .failure, text: sentence)
      return reloadIfWanted()
    case .plannedPage(let page): return take(page)
    case .news(let news, let instant): return take(news, at: instant)
    case .planFailed(let sentence): return takePlanFailure(sentence)
    case .previewed(let partition, let sample):
      // A plan made in the meantime has other samples.
      if preview.samples[partition] != nil {
        preview.samples[partition] = .rows(SampleTable(sample))
      }
      return []
    case .previewFailed(let partition, let sentence):
      if preview.samples[partition] != nil { preview.samples[partition] = .failed(sentence) }
      return []
    case .runEvent(let event, let instant):
      takeRunEvent(event, at: instant)
      return []
    case .runFailed(let sentence): return endRun(failure: sentence)
    case .runEnded: return endRun(failure: nil)
    case .reported(let report, let request, let repairs):
      take(report, for: request, repairs: repairs)
      return []
    case .reportFailed(let sentence):
      takeReportFailure(sentence)
      return []
    case .detailed(let report, let request):
      let found = withRepairs(report, for: request.report, of: request.job)
      detail.take(.report(found), for: request, load: load)
      return []
    case .detailFailed(let sentence, let request):
      detail.take(.failed(sentence), for: request, load: load)
      return []
    case .matched(let records, let job, let load):
      take(records, of: job, load: load)
      return []
    case .matchesFailed(let sentence):
      notice = Notice(kind: .warning, text: "The match ledger could not be read: \(sentence)")
      return []
    case .chosen(let partitions, let choice): return take(partitions, for: choice)
    case .operationPreviewed(let preview, let operation):
      take(preview, of: operation)
      return []
    case .performed(let sentence): return endOperation(sentence, isFailure: false)
    case .operationFailed(let sentence): return takeOperationFailure(sentence)
    case .hookFailed(let sentence):
      notice = Notice(
        kind: .warning, text: "\(sentence.prefix(1).uppercased() + sentence.dropFirst()).")
      return []
    case .demoStep(let next):
      nextDemoStep = next
      return []
    case .demoStepDone(let title, let explanation):
      isDemoStepRunning = false
      notice = Notice(kind: .information, text: "Demo: \(title)")
      tell(title, explanation)
      return reload()
    case .demoFailed(let sentence):
      isDemoStepRunning = false
      notice = Notice(kind: .failure, text: sentence)
      tell("The step could not be played", sentence)
      return []
    case .savedPredicates(let saved, let failures):
      takeSaved(saved, failures: failures)
      return []
    case .predicateSaved(let name, let text):
      takeSaved(text, as: name)
      return []
    case .predicateFailed(let sentence):
      notice = Notice(kind: .failure, text: sentence)
      return []
    case .tablesPreviewed(let preview, let tables):
      take(preview, of: tables)
      return []
    case .tablesAdded(let sentence): return takeAddedTables(sentence)
    case .tablesFailed(let sentence):
      takeTablesFailure(sentence)
      return []
    case .saved(let path):
      notice = Notice(kind: .information, text: "Saved the screen as \(path)")
      return []
    case .saveFailed(let sentence):
      say(sentence, .failure)
      return []
    case .edited(let text): return take(text)
    case .unedited:
      say("Nothing was changed in the editor.")
      return []
    case .programFailed(let sentence):
      say(sentence, .failure)
      return []
    case .definitionRead:
      hasReadDefinition = true
      return []
    case .definitionFailed(let sentences):
      takeDefinitionFailure(sentences)
      return []
    case .exported(let path):
      say("Saved as \(path)")
      return []
    case .copied(let how):
      let what = notice?.kind == .information ? notice?.text ?? "Copied" : "Copied"
      notice = Notice(kind: .information, text: "\(what) (\(how))")
      return []
    }
  }

  /// Brings lazily derived state up to date.
  fileprivate mutating func settle() {
    component.settle(&self)
    settleCall()
    settleRows()
    settleReport()
    settlePane()
  }
}
