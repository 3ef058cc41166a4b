import IncrementalJoin
import Ledger
import Testing

/// What is said of a ledger that is kept in a store.
struct StoreErrorTests {
  private static let place = "s3://lake/ledger"

  @Test(
    "what happened, what state it left, and what to do",
    arguments: [
      (
        LedgerError.overtaken(place: place),
        """
        Another run has committed to the ledger s3://lake/ledger since this one looked. Nothing was recorded; run again: \
        a run begins with what the other one has recorded.
        """
      ),
      (
        .unreachable(place: place, reason: "The bucket is gone."),
        "The ledger s3://lake/ledger cannot be reached, and nothing was recorded: The bucket is gone."
      ),
      (
        .uncertain(place: place, reason: "the connection was closed"),
        """
        The ledger s3://lake/ledger may or may not have recorded the last commit. Run again: a run begins with looking. \
        The reason: the connection was closed
        """
      ),
      (
        .broken(place: place, reason: "change 3 is missing"),
        """
        The ledger s3://lake/ledger is damaged: change 3 is missing. Restore the objects below it from another version or \
        a backup; nothing was changed.
        """
      ),
      (
        .gone(place: place, copy: ".dovetail/copy.sqlite"),
        """
        There is no ledger s3://lake/ledger any more, though there was one when it was copied to .dovetail/copy.sqlite. \
        Restore the objects below it. If they are lost, move the copy away and upload it.
        """
      ),
      (
        .notUploaded(place: place, path: ".dovetail/ledger.sqlite"),
        """
        There is no ledger s3://lake/ledger yet, and there is one here, .dovetail/ledger.sqlite. Upload it, so that what \
        was read already is not read again (dovetail upload-ledger); or move it away, and everything will count as pending.
        """
      ),
      (
        .occupied(place: place),
        """
        There is a ledger s3://lake/ledger already, and it is left as it is. Nothing was uploaded; name a place below \
        which there is nothing.
        """
      ),
    ])
  func sentence(_ error: LedgerError, _ sentence: String) {
    #expect(error.description == sentence)
  }
}
