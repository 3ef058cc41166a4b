#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#define SQLITE_ENABLE_SESSION 1
#include "CSQLiteSession.h"

#include <sqlite3.h>
#include <stddef.h>

int session_begin(struct sqlite3 *database, struct sqlite3_session **session) {
  int code = sqlite3session_create(database, "main", session);
  if (code != SQLITE_OK) return code;
  code = sqlite3session_attach(*session, NULL);
  if (code != SQLITE_OK) sqlite3session_delete(*session);
  return code;
}

int session_changes(struct sqlite3_session *session, void **bytes, int *count) {
  return sqlite3session_changeset(session, count, bytes);
}

void session_end(struct sqlite3_session *session) { sqlite3session_delete(session); }

void session_free(void *bytes) { sqlite3_free(bytes); }

static int refuse(void *context, int conflict, sqlite3_changeset_iter *change) {
  (void)context, (void)conflict, (void)change;
  return SQLITE_CHANGESET_ABORT;
}

int session_apply(struct sqlite3 *database, const void *bytes, int count) {
  return sqlite3changeset_apply(database, count, (void *)bytes, NULL, refuse, NULL);
}
