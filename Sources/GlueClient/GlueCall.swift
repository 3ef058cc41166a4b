import Foundation
import GlueCatalog
import IncrementalJoin

/// One call of Glue's API before it is signed.
struct GlueCall: Sendable {
  /// As the API names it: `GetTable`.
  let name: String
  /// What it is about, for people: `market.quotes`.
  let subject: Subject
  /// The body, without `CatalogId`.
  var fields: CatalogFields
  /// Whether carrying it out twice is the same as once, so that it may be sent again when its answer was lost.
  var isRepeatable = true
  /// When it is signed; nil for when it is sent.
  var date: Date?

  /// What a call is about.
  enum Subject: Sendable {
    case catalog
    case database(String)
    case table(CatalogName)
    case job(String)
  }

  init(_ name: String, _ subject: Subject, _ fields: CatalogFields = [:]) {
    self.name = name
    self.subject = subject
    self.fields = fields
  }

  /// A call about a table, with the table's name in a field.
  init(
    _ name: String, of table: CatalogName, nameIn field: String = "TableName",
    _ fields: CatalogFields = [:]
  ) {
    self.init(name, .table(table), fields)
    self.fields["DatabaseName"] = .text(table.database)
    self.fields[field] = .text(table.table)
  }

  /// The call as permissions name it.
  var permission: String { "glue:\(name)" }

  /// The account whose catalog is asked; nil for the one of the settings.
  var catalog: String? { if case .table(let name) = subject { name.catalog } else { nil } }
}

extension GlueCall.Subject: CustomStringConvertible {
  var description: String {
    switch self {
    case .catalog: "the catalog"
    case .database(let name): "the database \(name)"
    case .table(let name): "\(name)"
    case .job(let name): "the job \(name)"
    }
  }
}
