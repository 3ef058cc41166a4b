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

bool cduckdb_is_text_map(duckdb_result *result, idx_t column) {
  duckdb_logical_type type = duckdb_column_logical_type(result, column);
  bool is_text_map = false;
  if (duckdb_get_type_id(type) == CDUCKDB_TYPE_MAP) {
    duckdb_logical_type value = duckdb_map_type_value_type(type);
    is_text_map = duckdb_get_type_id(value) == CDUCKDB_TYPE_VARCHAR;
    duckdb_destroy_logical_type(&value);
  }
  duckdb_destroy_logical_type(&type);
  return is_text_map;
}

duckdb_vector cduckdb_map_values(duckdb_vector vector, idx_t row, duckdb_list_entry *out_rows) {
  *out_rows = ((const duckdb_list_entry *)duckdb_vector_get_data(vector))[row];
  return duckdb_struct_vector_get_child(duckdb_list_vector_get_child(vector), 1);
}
