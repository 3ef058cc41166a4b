#include "CDuckDB.h"

#include <stdatomic.h>
#include <stdlib.h>

/* A join that is told which rows meet counts in its one pass what a second query would count in another.

   The function gets the numbers of two rows, one of each side, for every row of the join, and is always
   true. DuckDB calls it from several threads. A number beyond the rows that were announced is passed over, so
   that a call from elsewhere does no harm. */
struct cduckdb_marks {
  uint64_t left_rows;
  uint64_t right_rows;
  /* How many rows of the right side each row of the left side met; UINT16_MAX for more. */
  _Atomic uint16_t *left;
  /* A bit a row of the right side. */
  _Atomic uint8_t *right;
};

static void mark(cduckdb_marks *marks, uint32_t left, uint32_t right) {
  if (left >= marks->left_rows || right >= marks->right_rows) return;
  uint16_t count = atomic_load_explicit(&marks->left[left], memory_order_relaxed);
  while (count < UINT16_MAX &&
         !atomic_compare_exchange_weak_explicit(&marks->left[left], &count, count + 1,
                                                memory_order_relaxed, memory_order_relaxed)) {
  }
  uint8_t bit = 1u << (right & 7);
  _Atomic uint8_t *bits = &marks->right[right >> 3];
  if (!(atomic_load_explicit(bits, memory_order_relaxed) & bit))
    atomic_fetch_or_explicit(bits, bit, memory_order_relaxed);
}

static void mark_chunk(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
  cduckdb_marks *marks = duckdb_scalar_function_get_extra_info(info);
  idx_t size = duckdb_data_chunk_get_size(input);
  duckdb_vector left = duckdb_data_chunk_get_vector(input, 0);
  duckdb_vector right = duckdb_data_chunk_get_vector(input, 1);
  const uint32_t *lefts = duckdb_vector_get_data(left);
  const uint32_t *rights = duckdb_vector_get_data(right);
  bool *results = duckdb_vector_get_data(output);
  for (idx_t row = 0; row < size; row++) {
    /* A row without a partner has no number of the other side. */
    if (cduckdb_is_valid(left, row) && cduckdb_is_valid(right, row))
      mark(marks, lefts[row], rights[row]);
    results[row] = true;
  }
}

static void destroy(void *data) {
  cduckdb_end_marks(data);
  free(data);
}

cduckdb_marks *cduckdb_register_marks(duckdb_connection connection, const char *name) {
  cduckdb_marks *marks = calloc(1, sizeof *marks);
  if (!marks) return NULL;
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_logical_type number = duckdb_create_logical_type(CDUCKDB_TYPE_UINTEGER);
  duckdb_logical_type flag = duckdb_create_logical_type(CDUCKDB_TYPE_BOOLEAN);
  duckdb_scalar_function_set_name(function, name);
  duckdb_scalar_function_set_volatile(function);
  duckdb_scalar_function_set_special_handling(function);
  duckdb_scalar_function_add_parameter(function, number);
  duckdb_scalar_function_add_parameter(function, number);
  duckdb_scalar_function_set_return_type(function, flag);
  duckdb_scalar_function_set_extra_info(function, marks, destroy);
  duckdb_scalar_function_set_function(function, mark_chunk);
  duckdb_state state = duckdb_register_scalar_function(connection, function);
  duckdb_destroy_logical_type(&flag);
  duckdb_destroy_logical_type(&number);
  duckdb_destroy_scalar_function(&function);
  return state == DuckDBSuccess ? marks : NULL;
}

bool cduckdb_begin_marks(cduckdb_marks *marks, uint64_t left_rows, uint64_t right_rows) {
  cduckdb_end_marks(marks);
  marks->left = calloc(left_rows + 1, sizeof *marks->left);
  marks->right = calloc(right_rows / 8 + 1, sizeof *marks->right);
  if (!marks->left || !marks->right) {
    cduckdb_end_marks(marks);
    return false;
  }
  marks->left_rows = left_rows;
  marks->right_rows = right_rows;
  return true;
}

bool cduckdb_count_marks(const cduckdb_marks *marks, uint64_t left_from, uint64_t left_to,
                         uint64_t right_from, uint64_t right_to,
                         cduckdb_mark_counts *out_counts) {
  cduckdb_mark_counts counts = {0};
  for (uint64_t row = left_from; row < left_to; row++) {
    uint16_t met = atomic_load_explicit(&marks->left[row], memory_order_relaxed);
    if (met == UINT16_MAX) return false;
    counts.left_matched += met > 0;
    counts.pairs += met;
    if (met > counts.fan_out) counts.fan_out = met;
  }
  for (uint64_t row = right_from; row < right_to; row++) {
    uint8_t bits = atomic_load_explicit(&marks->right[row >> 3], memory_order_relaxed);
    counts.right_matched += bits >> (row & 7) & 1;
  }
  *out_counts = counts;
  return true;
}

void cduckdb_end_marks(cduckdb_marks *marks) {
  marks->left_rows = marks->right_rows = 0;
  free((void *)marks->left);
  free((void *)marks->right);
  marks->left = NULL;
  marks->right = NULL;
}
