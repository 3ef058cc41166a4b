import GlueCatalog

/// The answer to a call.
struct GlueAnswer: Sendable {
  let call: GlueCall
  let fields: CatalogFields
}

extension GlueAnswer {
  /// The objects of a list, each read by a function; a list that is missing is empty.
  func list<Entry>(
    _ name: String, _ read: (inout GlueObject) throws(CatalogError) -> Entry
  ) throws(CatalogError) -> [Entry] {
    var object = self.object
    return try object.list(name, read)
  }

  /// The object that the answer is.
  var object: GlueObject { GlueObject(fields, of: call) }

  /// Where the next page begins; nil on the last one.
  var next: String? {
    if case .text(let token)? = fields["NextToken"], !token.isEmpty { token } else { nil }
  }

  /// A page of objects.
  func page<Entry: Sendable>(
    _ name: String, _ read: (inout GlueObject) throws(CatalogError) -> Entry
  ) throws(CatalogError) -> CatalogPage<Entry> {
    CatalogPage(entries: try list(name, read), next: next)
  }

  /// The entries of a batch that were refused; the field that has the values is another one for each call.
  func failures() throws(CatalogError) -> [EntryFailure] {
    try list("Errors") { (entry) throws(CatalogError) -> EntryFailure in
      let (values, ofUpdate) = (
        try entry.texts("PartitionValues"), try entry.texts("PartitionValueList")
      )
      var detail = try entry.object("ErrorDetail")
      return EntryFailure(
        values: values ?? ofUpdate ?? [], code: try detail?.text("ErrorCode") ?? "unknown",
        message: try detail?.text("ErrorMessage") ?? "it says no more")
    }
  }
}

/// An object of an answer whose fields are taken out one by one; what is left is given back in an update.
struct GlueObject {
  private(set) var rest: CatalogFields
  private let call: GlueCall

  init(_ fields: CatalogFields, of call: GlueCall) {
    rest = fields
    self.call = call
  }

  /// Takes a text; nil where there is none.
  mutating func text(_ name: String) throws(CatalogError) -> String? {
    switch rest.removeValue(forKey: name) {
    case nil, .null: nil
    case .text(let text): text
    default: throw unreadable(name, "not a text")
    }
  }

  /// Takes a text that has to be there.
  mutating func neededText(_ name: String) throws(CatalogError) -> String {
    guard let text = try text(name) else { throw unreadable(name, "missing") }
    return text
  }

  /// Takes a whole number that has to be there.
  mutating func neededInteger(_ name: String) throws(CatalogError) -> Int {
    guard case .integer(let number)? = rest.removeValue(forKey: name) else {
      throw unreadable(name, "not a whole number")
    }
    return Int(number)
  }

  /// Takes a flag; false where there is none.
  mutating func flag(_ name: String) -> Bool {
    if case .boolean(let flag)? = rest.removeValue(forKey: name) { flag } else { false }
  }

  /// Takes a list of texts.
  mutating func texts(_ name: String) throws(CatalogError) -> [String]? {
    guard case .list(let list)? = rest.removeValue(forKey: name) else { return nil }
    var texts: [String] = []
    for value in list {
      guard case .text(let text) = value else { throw unreadable(name, "not a list of texts") }
      texts.append(text)
    }
    return texts
  }

  /// Takes texts by name.
  mutating func parameters(_ name: String) throws(CatalogError) -> CatalogParameters {
    guard case .object(let fields)? = rest.removeValue(forKey: name) else { return [:] }
    var texts: [String: String] = [:]  // characters: Glue's names are ASCII
    for (name, value) in fields {
      guard case .text(let text) = value else { throw unreadable(name, "not a text") }
      texts[name] = text
    }
    return texts
  }

  /// Takes an object; nil where there is none.
  mutating func object(_ name: String) throws(CatalogError) -> GlueObject? {
    switch rest.removeValue(forKey: name) {
    case nil, .null: nil
    case .object(let fields): GlueObject(fields, of: call)
    default: throw unreadable(name, "not an object")
    }
  }

  /// Takes a list of objects, each read by a function; none where it is missing.
  mutating func list<Entry>(
    _ name: String, _ read: (inout GlueObject) throws(CatalogError) -> Entry
  ) throws(CatalogError) -> [Entry] {
    let value = rest.removeValue(forKey: name) ?? .list([])
    guard case .list(let list) = value else { throw unreadable(name, "not a list") }
    var entries: [Entry] = []
    for value in list {
      guard case .object(let fields) = value else {
        throw unreadable(name, "not a list of objects")
      }
      var object = GlueObject(fields, of: call)
      entries.append(try read(&object))
    }
    return entries
  }

  /// Puts back what was not all taken.
  mutating func putBack(_ fields: CatalogFields, as name: String) {
    if !fields.isEmpty { rest[name] = .object(fields) }
  }

  private func unreadable(_ name: String, _ reason: String) -> CatalogError {
    .unreadable(call: call.permission, reason: "\(name) is \(reason)")
  }
}
