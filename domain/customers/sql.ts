/** A piece of SQL with the values of its question marks, in their order. */
export type Sql = { sql: string; bindings: (string | number | Date | null)[] }
