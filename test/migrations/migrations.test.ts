import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { migrate } from '../../migrations/run.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a migrated database has nothing left to migrate', async () => {
  expect(await migrate(database.db)).toEqual([])
})

test('every table is InnoDB with a collation that MySQL and MariaDB share', async () => {
  const tables = await rows<{ name: string; engine: string; collation: string }>(
    database.db,
    `SELECT table_name AS name, engine AS engine, table_collation AS collation FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_name NOT LIKE 'knex%'`,
  )
  expect(tables.length).toBeGreaterThan(25)
  for (const table of tables) {
    expect(table).toMatchObject({ engine: 'InnoDB', collation: 'utf8mb4_unicode_520_ci' })
  }
})

/** Words that MySQL 8 and 9 reserve and MariaDB does not: unquoted, they are no names there. */
const RESERVED =
  `cube cume_dist dense_rank empty except external first_value function generated get group grouping groups
  intersect io_after_gtids io_before_gtids json_table lag last_value lateral lead library manual master_bind nth_value ntile of
  optimizer_costs parallel percent_rank qualify rank row_number stored system tablesample virtual window`.split(/\s+/)
/** The columns that have such a name; whoever names them quotes it. */
const QUOTED = ['import_problems.stored']

test('no further table or column is called by a word of MySQL’s', async () => {
  const columns = await rows<{ name: string }>(
    database.db,
    `SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND (table_name IN (?) OR column_name IN (?))`,
    [RESERVED, RESERVED],
  )
  expect(columns.map(({ name }) => name)).toEqual(QUOTED)
})
