import Foundation
import TestSupport
import Testing
import Workspace

@Suite("Saved predicates")
struct SavedPredicateTests {
  let folder: TemporaryFolder
  let predicates: SavedPredicates

  init() throws {
    folder = try TemporaryFolder()
    predicates = try folder.load(
      "tables:\n  a: { location: a, partitions: { k: int } }\njobs: {}\n"
    ).predicates
  }

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)".replacing(folder.path, with: "WS")
    }
  }

  @Test("a saved predicate is a file that people can read, and comes back as it was")
  func roundTrip() throws {
    #expect(try predicates.names() == [])
    let text = "month = 2\n  AND name = 'O\\'Hara' -- the airport"
    try predicates.save(text, as: "late-days", replacing: true)
    try predicates.save("FALSE", as: "B_2", replacing: true)
    #expect(try predicates.names() == ["B_2", "late-days"])
    #expect(try predicates.text(of: "late-days") == text)
    #expect(
      try String(contentsOfFile: "\(folder.path)/predicates/late-days.sql", encoding: .utf8)
        == text + "\n")
  }

  @Test("saving again replaces it, and a file that an editor wrote is one too")
  func replaced() throws {
    try predicates.save("month = 1", as: "days", replacing: false)
    #expect(
      message { try predicates.save("month = 2", as: "days", replacing: false) }
        == "There is a saved predicate \"days\" already, WS/predicates/days.sql. Choose another name, "
        + "or replace it with --replace.")
    #expect(try predicates.text(of: "days") == "month = 1")
    try predicates.save("month = 2", as: "days", replacing: true)
    #expect(try predicates.text(of: "days") == "month = 2")
    try folder.write("month = 3", to: "predicates/own.sql")
    try folder.write("not one", to: "predicates/read me.txt")
    #expect(try predicates.names() == ["days", "own"])
    #expect(try predicates.text(of: "own") == "month = 3")
  }

  @Test("an unknown name suggests the nearest")
  func unknown() throws {
    #expect(
      message { _ = try predicates.text(of: "days") }
        == "There is no saved predicate \"days\". None is saved; `dovetail predicate save NAME "
        + "TEXT` saves one.")
    try predicates.save("TRUE", as: "late-days", replacing: true)
    #expect(
      message { _ = try predicates.text(of: "late-dais") }
        == "There is no saved predicate \"late-dais\". Did you mean \"late-days\"? `dovetail predicate saved` "
        + "lists the saved predicates.")
    #expect(
      message { _ = try predicates.text(of: "x") }
        == "There is no saved predicate \"x\". The saved predicates are late-days.")
  }

  @Test(
    "a name cannot leave the folder", arguments: ["", "a/b", "../x", ".hidden", "a b", "-x", "ä"])
  func names(name: String) throws {
    let sentence = message { try predicates.save("TRUE", as: name, replacing: true) }
    #expect(
      sentence == "A predicate cannot be saved as \"\(name)\": a name has letters, digits, _ and - "
        + "only, at most 100.")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/predicates"))
  }

  @Test("what is not text, or cannot be written, is said with its path")
  func unreadable() throws {
    try folder.makeFolder("predicates")
    try Data([0x66, 0xFF]).write(to: URL(filePath: "\(folder.path)/predicates/raw.sql"))
    #expect(
      message { _ = try predicates.text(of: "raw") }
        == "WS/predicates/raw.sql cannot be read: it is not UTF-8.")
    try folder.makeFolder("predicates/taken.sql")
    #expect(
      message { try predicates.save("TRUE", as: "taken", replacing: true) }
        == "WS/predicates/taken.sql cannot be written: the predicate was not saved.")
  }
}
