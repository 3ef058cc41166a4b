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
}
