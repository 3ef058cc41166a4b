import Cells

/// A cell's place.
///
/// The console never refers to a ledger's position by its type's name.
typealias Position = Cells.Position
