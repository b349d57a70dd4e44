import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Database, openDatabase, rows } from '../../domain/database.ts'
import { migrate } from '../../migrations/run.ts'

const name = `test_${randomBytes(6).toString('hex')}`
const server = (process.env.PERENNIAL_TEST_DATABASE_SERVER ?? '').replace(/\/$/, '')
let db: Database

const textOf = (migration: string): string => readFileSync(`migrations/${migration.replace(/\.ts$/, '')}.ts`, 'utf8')

/**
 * Undoes the last thing that a migration did: the table it made last, the key it added, or the last column of the table
 * it changed.
 *
 * @returns whether it is there again
 */
async function undoLast(migration: string): Promise<() => Promise<boolean>> {
  const made = [...textOf(migration).matchAll(/CREATE TABLE (\w+)/g)].at(-1)?.[1]
  if (made !== undefined) {
    await db.raw(`DROP TABLE ${made}`)
    return () => db.schema.hasTable(made)
  }
  const key = [...textOf(migration).matchAll(/\bKEY (\w+) \(/g)].at(-1)?.[1]
  if (key !== undefined) {
    const [found] = await rows<{ name: string }>(
      db,
      'SELECT table_name AS name FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = ?',
      [key],
    )
    const table = found?.name ?? ''
    await db.raw(`ALTER TABLE ${table} DROP KEY ${key}`)
    return async () => (await rows(db, `SHOW KEYS FROM ${table} WHERE Key_name = ?`, [key])).length > 0
  }
  const changed = [...textOf(migration).matchAll(/ALTER TABLE (\w+)/g)].at(-1)?.[1] ?? ''
  const [last] = await rows<{ name: string }>(
    db,
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position DESC LIMIT 1`,
    [changed],
  )
  await db.raw(`ALTER TABLE ${changed} DROP COLUMN ${last?.name}`)
  return () => db.schema.hasColumn(changed, last?.name ?? '')
}

beforeAll(async () => {
  const administration = openDatabase(`${server}/`, 1)
  await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  await administration.destroy()
  db = openDatabase(`${server}/${name}`)
})
afterAll(async () => {
  await db.raw(`DROP DATABASE ${name}`)
  await db.destroy()
})

test('two processes that migrate an empty database at once run each migration once', async () => {
  const other = openDatabase(`${server}/${name}`)
  const [one, two] = await Promise.all([migrate(db), migrate(other)])
  await other.destroy()
  expect([one.length, two.length].sort()).toEqual([0, Math.max(one.length, two.length)])
  expect(one.length + two.length).toBeGreaterThan(3)
})

test('a migration that was killed half-way is made again', async () => {
  // as a process leaves it that is killed inside the newest migration: noted, half of its tables, knex's lock still set
  const [newest] = await rows<{ name: string }>(db, 'SELECT name FROM knex_migrations ORDER BY id DESC LIMIT 1')
  await db('knex_migration_in_hand').insert({ name: newest?.name.replace(/\.ts$/, '') })
  await db('knex_migrations')
    .where(newest ?? {})
    .delete()
  await db('knex_migrations_lock').update({ is_locked: 1 })
  const isBack = await undoLast(newest?.name ?? '')

  expect(await migrate(db)).toEqual([newest?.name])
  expect(await isBack()).toBe(true)
  expect(await migrate(db)).toEqual([])
})
