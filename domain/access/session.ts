/** A session ends after so many days without a call. */
export const SESSION_DAYS = 14
/** However busy a session is, its owner signs in again after so many days. */
export const SESSION_MAX_DAYS = 90
