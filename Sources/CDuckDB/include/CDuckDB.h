/* The part of DuckDB's stable C API that Dovetail uses, declared from its documentation
   (https://duckdb.org/docs/stable/clients/c/api). The library is linked, its header is not copied. */
#ifndef CDUCKDB_H
#define CDUCKDB_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t idx_t;

typedef struct _duckdb_database *duckdb_database;
typedef struct _duckdb_connection *duckdb_connection;
typedef struct _duckdb_config *duckdb_config;
typedef struct _duckdb_data_chunk *duckdb_data_chunk;
typedef struct _duckdb_vector *duckdb_vector;
typedef struct _duckdb_logical_type *duckdb_logical_type;
typedef struct _duckdb_scalar_function *duckdb_scalar_function;
typedef struct _duckdb_function_info *duckdb_function_info;

typedef enum duckdb_state { DuckDBSuccess = 0, DuckDBError = 1 } duckdb_state;

/* All but `internal_data` is deprecated; the struct is passed by value, so its size matters. */
typedef struct {
  idx_t deprecated_column_count;
  idx_t deprecated_row_count;
  idx_t deprecated_rows_changed;
  void *deprecated_columns;
  char *deprecated_error_message;
  void *internal_data;
} duckdb_result;

/* A string of a vector: up to 12 bytes inline, else a pointer. Both forms are 16 bytes. */
typedef struct {
  union {
    struct {
      uint32_t length;
      char prefix[4];
      char *ptr;
    } pointer;
    struct {
      uint32_t length;
      char inlined[12];
    } inlined;
  } value;
} duckdb_string_t;

typedef struct {
  double percentage;
  uint64_t rows_processed;
  uint64_t total_rows_to_process;
} duckdb_query_progress_type;

/* The rows of a child vector that a list or a map holds. */
typedef struct {
  uint64_t offset;
  uint64_t length;
} duckdb_list_entry;

/* The types of `duckdb_type` whose values are read and written here. */
typedef enum {
  CDUCKDB_TYPE_BOOLEAN = 1,
  CDUCKDB_TYPE_BIGINT = 5,
  CDUCKDB_TYPE_UINTEGER = 8,
  CDUCKDB_TYPE_UBIGINT = 9,
  CDUCKDB_TYPE_VARCHAR = 17,
  CDUCKDB_TYPE_MAP = 26
} cduckdb_type;

const char *duckdb_library_version(void);

duckdb_state duckdb_create_config(duckdb_config *out_config);
duckdb_state duckdb_set_config(duckdb_config config, const char *name, const char *option);
void duckdb_destroy_config(duckdb_config *config);

duckdb_state duckdb_open_ext(const char *path, duckdb_database *out_database, duckdb_config config,
                             char **out_error);
void duckdb_close(duckdb_database *database);
duckdb_state duckdb_connect(duckdb_database database, duckdb_connection *out_connection);
void duckdb_disconnect(duckdb_connection *connection);
void duckdb_interrupt(duckdb_connection connection);
duckdb_query_progress_type duckdb_query_progress(duckdb_connection connection);
void duckdb_free(void *ptr);

duckdb_state duckdb_query(duckdb_connection connection, const char *query,
                          duckdb_result *out_result);
void duckdb_destroy_result(duckdb_result *result);
const char *duckdb_result_error(duckdb_result *result);
idx_t duckdb_column_count(duckdb_result *result);
const char *duckdb_column_name(duckdb_result *result, idx_t column);
uint32_t duckdb_column_type(duckdb_result *result, idx_t column);
duckdb_data_chunk duckdb_fetch_chunk(duckdb_result result);
void duckdb_destroy_data_chunk(duckdb_data_chunk *chunk);
idx_t duckdb_data_chunk_get_size(duckdb_data_chunk chunk);
duckdb_vector duckdb_data_chunk_get_vector(duckdb_data_chunk chunk, idx_t column);
void *duckdb_vector_get_data(duckdb_vector vector);
uint64_t *duckdb_vector_get_validity(duckdb_vector vector);
bool duckdb_validity_row_is_valid(uint64_t *validity, idx_t row);
uint32_t duckdb_string_t_length(duckdb_string_t string);
const char *duckdb_string_t_data(duckdb_string_t *string);
duckdb_vector duckdb_list_vector_get_child(duckdb_vector vector);
duckdb_vector duckdb_struct_vector_get_child(duckdb_vector vector, idx_t index);

duckdb_logical_type duckdb_create_logical_type(uint32_t type);
duckdb_logical_type duckdb_column_logical_type(duckdb_result *result, idx_t column);
duckdb_logical_type duckdb_map_type_value_type(duckdb_logical_type type);
uint32_t duckdb_get_type_id(duckdb_logical_type type);
void duckdb_destroy_logical_type(duckdb_logical_type *type);

typedef void (*duckdb_delete_callback_t)(void *data);
typedef void (*duckdb_scalar_function_t)(duckdb_function_info info, duckdb_data_chunk input,
                                         duckdb_vector output);
duckdb_scalar_function duckdb_create_scalar_function(void);
void duckdb_destroy_scalar_function(duckdb_scalar_function *function);
void duckdb_scalar_function_set_name(duckdb_scalar_function function, const char *name);
void duckdb_scalar_function_set_volatile(duckdb_scalar_function function);
void duckdb_scalar_function_set_special_handling(duckdb_scalar_function function);
void duckdb_scalar_function_add_parameter(duckdb_scalar_function function,
                                          duckdb_logical_type type);
void duckdb_scalar_function_set_return_type(duckdb_scalar_function function,
                                            duckdb_logical_type type);
void duckdb_scalar_function_set_extra_info(duckdb_scalar_function function, void *extra,
                                           duckdb_delete_callback_t destroy);
void duckdb_scalar_function_set_function(duckdb_scalar_function function,
                                         duckdb_scalar_function_t body);
duckdb_state duckdb_register_scalar_function(duckdb_connection connection,
                                             duckdb_scalar_function function);
void *duckdb_scalar_function_get_extra_info(duckdb_function_info info);

/* Whether the row of a vector is not NULL. */
bool cduckdb_is_valid(duckdb_vector vector, idx_t row);
/* The bytes of a VARCHAR; they live as long as the chunk and do not end with a zero. */
const char *cduckdb_string(duckdb_vector vector, idx_t row, uint32_t *out_length);
int64_t cduckdb_bigint(duckdb_vector vector, idx_t row);
uint64_t cduckdb_ubigint(duckdb_vector vector, idx_t row);
bool cduckdb_boolean(duckdb_vector vector, idx_t row);
/* Whether a column of a result is MAP(.., VARCHAR). */
bool cduckdb_is_text_map(duckdb_result *result, idx_t column);
/* The vector with the values of a map and the rows of it that one row holds. */
duckdb_vector cduckdb_map_values(duckdb_vector vector, idx_t row, duckdb_list_entry *out_rows);

/* Which rows of a join's two sides met, as a function of SQL notes it: see Marks.c. */
typedef struct cduckdb_marks cduckdb_marks;
typedef struct {
  uint64_t left_matched;
  uint64_t right_matched;
  uint64_t pairs;
  uint64_t fan_out;
} cduckdb_mark_counts;

/* Registers a function of this name, which lives as long as the database; NULL when DuckDB refuses it. */
cduckdb_marks *cduckdb_register_marks(duckdb_connection connection, const char *name);
/* Begins with no row marked; false without memory for it. No query that marks may be running. */
bool cduckdb_begin_marks(cduckdb_marks *marks, uint64_t left_rows, uint64_t right_rows);
/* What met among some rows of each side; false when one row met too many to be counted. */
bool cduckdb_count_marks(const cduckdb_marks *marks, uint64_t left_from, uint64_t left_to,
                         uint64_t right_from, uint64_t right_to, cduckdb_mark_counts *out_counts);
/* Frees what was marked. No query that marks may be running. */
void cduckdb_end_marks(cduckdb_marks *marks);

/* The memory that the process holds in RAM and shares with no file, in bytes; -1 where the system does not
   tell. */
int64_t cduckdb_resident_memory(void);
/* Gives memory that was freed back to the system, where the allocator keeps some. */
void cduckdb_return_memory(void);

#endif
