import ArgumentParser

/// `dovetail tables`: shows the catalog and the types of pinned columns, and declares tables.
struct TablesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables",
    abstract:
      "List the tables, or their columns; add tables of Glue; give a pinned column a wider type.",
    discussion: """
      Example: dovetail tables
      or: dovetail tables orders --columns

      Without a subcommand it lists. A table whose name is that of a subcommand is listed by \
      `dovetail tables list NAME`.
      """,
    subcommands: [ListTables.self, AddTables.self, WidenColumn.self],
    defaultSubcommand: ListTables.self)
}
