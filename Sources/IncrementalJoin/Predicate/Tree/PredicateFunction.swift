/// The functions that a predicate may call.
public enum PredicateFunction: String, Hashable, Sendable, CaseIterable {
  /// The day on which the predicate was bound, a date.
  case currentDate = "current_date"
  /// `date_add(date, days)`, a date.
  case dateAdd = "date_add"
  /// `date_sub(date, days)`, a date.
  case dateSub = "date_sub"
  /// `date_trunc(unit, timestamp)`, a timestamp; NULL when the unit is none.
  case dateTrunc = "date_trunc"
  /// `day(date)`, an int.
  case day
  /// `month(date)`, an int.
  case month
  /// `year(date)`, an int.
  case year
}
