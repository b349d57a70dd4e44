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
