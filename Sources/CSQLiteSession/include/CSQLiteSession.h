#ifndef CSQLITESESSION_H
#define CSQLITESESSION_H

// SQLite's session extension: what a connection changes, as bytes that do the same to a copy of the database.
// The library has it, and its header shows it only to those who ask by a macro, so that GRDB's module does not.
// Every function returns a result code of SQLite; a connection is GRDB's own.

struct sqlite3;
struct sqlite3_session;

// Records from now on what the connection changes in tables with a primary key. To be ended before the connection is.
int session_begin(struct sqlite3 *database, struct sqlite3_session **session);
// What was recorded, net: to be freed, and of length 0 where nothing changed.
int session_changes(struct sqlite3_session *session, void **bytes, int *count);
void session_end(struct sqlite3_session *session);
void session_free(void *bytes);

// Does to the database what was recorded: all of it, or nothing and SQLITE_ABORT where a row is not what it was.
int session_apply(struct sqlite3 *database, const void *bytes, int count);

#endif
