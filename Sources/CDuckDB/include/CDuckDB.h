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

/* The types of `duckdb_type` whose values are read here. */
typedef enum {
  CDUCKDB_TYPE_BOOLEAN = 1,
  CDUCKDB_TYPE_BIGINT = 5,
  CDUCKDB_TYPE_UBIGINT = 9,
  CDUCKDB_TYPE_VARCHAR = 17
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

/* Whether the row of a vector is not NULL. */
bool cduckdb_is_valid(duckdb_vector vector, idx_t row);
/* The bytes of a VARCHAR; they live as long as the chunk and do not end with a zero. */
const char *cduckdb_string(duckdb_vector vector, idx_t row, uint32_t *out_length);
int64_t cduckdb_bigint(duckdb_vector vector, idx_t row);
uint64_t cduckdb_ubigint(duckdb_vector vector, idx_t row);
bool cduckdb_boolean(duckdb_vector vector, idx_t row);

/* The memory that the process holds in RAM and shares with no file, in bytes; -1 where the system does not
   tell. */
int64_t cduckdb_resident_memory(void);
/* Gives memory that was freed back to the system, where the allocator keeps some. */
void cduckdb_return_memory(void);

#endif
