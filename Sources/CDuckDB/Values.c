#include "CDuckDB.h"

#include <stddef.h>

_Static_assert(sizeof(duckdb_result) == 6 * sizeof(void *), "duckdb_result is six words");
_Static_assert(sizeof(duckdb_string_t) == 16, "duckdb_string_t is 16 bytes");

bool cduckdb_is_valid(duckdb_vector vector, idx_t row) {
  uint64_t *validity = duckdb_vector_get_validity(vector);
  return validity == NULL || duckdb_validity_row_is_valid(validity, row);
}

const char *cduckdb_string(duckdb_vector vector, idx_t row, uint32_t *out_length) {
  duckdb_string_t *string = (duckdb_string_t *)duckdb_vector_get_data(vector) + row;
  *out_length = duckdb_string_t_length(*string);
  return duckdb_string_t_data(string);
}

int64_t cduckdb_bigint(duckdb_vector vector, idx_t row) {
  return ((const int64_t *)duckdb_vector_get_data(vector))[row];
}

uint64_t cduckdb_ubigint(duckdb_vector vector, idx_t row) {
  return ((const uint64_t *)duckdb_vector_get_data(vector))[row];
}

bool cduckdb_boolean(duckdb_vector vector, idx_t row) {
  return ((const bool *)duckdb_vector_get_data(vector))[row];
}
