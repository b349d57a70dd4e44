import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Database, openDatabase, rows } from '../../domain/database.ts'
import { migrate } from '../../migrations/run.ts'

/** The database that was migrated, and the script that makes others like it. */
export type TestSchema = {
  file: string
  /** The name of a database for the demo business, which the first test that wants it makes. */
  demo: string
  drop: () => Promise<void>
}

/**
 * Migrates a database and writes down the statements that make another one like it: its tables with their keys, the rows
 * that migrations insert, its triggers. Each test file gets a database by this script.
 *
 * @param server URL of a database server without a schema in its path
 * @param file where the script goes
 */
export async function writeSchema(server: string, file: string): Promise<TestSchema> {
  const name = `test_template_${randomBytes(4).toString('hex')}`
  const administration = openDatabase(`${server}/`, 1)
  await administration.raw(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`)
  const db = openDatabase(`${server}/${name}`)
  await migrate(db)
  writeFileSync(file, (await statements(db, name)).join(';\n'))
  await db.destroy()
  const demo = `${name}_demo`
  const drop = async () => {
    await administration.raw(`DROP DATABASE IF EXISTS ${name}`)
    await administration.raw(`DROP DATABASE IF EXISTS ${demo}`)
    await administration.destroy()
  }
  return { file, demo, drop }
}

async function statements(db: Database, name: string): Promise<string[]> {
  const script = ['SET foreign_key_checks = 0']
  const tables = await rows<{ name: string }>(
    db,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [name],
  )
  for (const { name: table } of tables) {
    const [created] = await rows<Record<'Create Table', string>>(db, 'SHOW CREATE TABLE ??', [table])
    script.push(created?.['Create Table'] ?? '')
    const [some] = await rows(db, 'SELECT 1 FROM ?? LIMIT 1', [table])
    if (some !== undefined) script.push(`INSERT INTO ${table} SELECT * FROM ${name}.${table}`)
  }
  type Trigger = Record<'Trigger' | 'Timing' | 'Event' | 'Table' | 'Statement', string>
  for (const one of await rows<Trigger>(db, 'SHOW TRIGGERS FROM ??', [name])) {
    script.push(
      `CREATE TRIGGER ${one.Trigger} ${one.Timing} ${one.Event} ON ${one.Table} FOR EACH ROW ${one.Statement}`,
    )
  }
  return script
}
