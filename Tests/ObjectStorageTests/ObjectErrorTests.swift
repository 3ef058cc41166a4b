import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import Testing

/// What is said of requests that were not carried out.
@Suite("Errors of object stores")
struct ObjectErrorTests {
  @Test("four reasons to be refused are four sentences")
  func sentences() {
    let errors: [ObjectError] = [
      .denied(operation: "list", place: "s3://lake/in", reason: "AccessDenied"),
      .noBucket("lake"), .otherRegion(bucket: "lake", region: "eu-central-1"), .expiredToken,
    ]
    #expect(Set(errors.map(\.description)).count == 4)
  }

  @Test("a full disk is this machine's, not the store's")
  func space() {
    let error = PublishError.noSpace(
      location: Location(scheme: "s3", root: "lake/out"), needed: 20, free: 10)
    #expect(
      error.description
        == "The file system of this machine's .dovetail, before the upload to s3://lake/out, has 10 B free, but the run "
        + "needs about 20 B. Free some space, then run again; nothing was changed.")
  }
}
