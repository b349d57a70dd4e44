import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { readBackup } from '../../scripts/backup/readBackup.ts'
import { writeBackup } from '../../scripts/backup/writeBackup.ts'
import { automationOf, templateOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { campaignTo, frozenCampaign, insertCustomers } from '../support/sending.ts'

const NOW = new Date('2026-11-30T10:00:00Z')

let source: TestDatabase
let target: TestDatabase
let folder: string
beforeAll(async () => {
  source = await createTestDatabase()
  target = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'perennial-backup-'))
  const { db } = source
  await insertCustomers(db, 3)
  await execute(db, 'UPDATE customers SET first_name = ? WHERE external_id = ?', ["O'Neil \\ ␤ \n 👩‍👧", 'c0'])
  await templateOf(db, 'hello', NOW)
  await automationOf(
    db,
    { scope: 'business', when: { on: 'event', name: 'go' }, again: 'each', then: [{ id: 'day', wait: { days: 1 } }] },
    NOW,
    'going',
  )
  await frozenCampaign(db, { customers: ['c0', 'c1'] })
  await campaignTo(db, { customers: ['c2'] })
})
afterAll(async () => {
  await source.drop()
  await target.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Everything there is, but for what restoring changes. */
async function contents({ db }: TestDatabase): Promise<Record<string, unknown[]>> {
  const tables = (await rows<Record<string, string>>(db, 'SHOW TABLES')).flatMap(Object.values) as string[]
  const found: Record<string, unknown[]> = {}
  for (const table of tables) {
    if (['campaigns', 'automations', 'campaign_acts'].includes(table)) continue
    found[table] = (await rows(db, `SELECT * FROM ${table}`)).map((row) => JSON.stringify(row)).sort()
  }
  return found
}

const empty = async ({ db }: TestDatabase) => {
  const tables = (await rows<Record<string, string>>(db, 'SHOW TABLES')).flatMap(Object.values) as string[]
  const trx = await db.transaction()
  await trx.raw('SET foreign_key_checks = 0')
  for (const table of tables) await trx.raw(`DROP TABLE ${table}`)
  await trx.raw('SET foreign_key_checks = 1')
  await trx.commit()
}

test('what is backed up is there again, and nothing goes on sending by itself', async () => {
  const file = join(folder, 'one.sql.gz')
  expect(await writeBackup(source.url, file)).toBe((await stat(file)).size)
  expect(await readdir(folder)).toEqual(['one.sql.gz'])

  await expect(readBackup(target.url, file)).rejects.toThrow('not empty')
  await empty(target)
  const held = await readBackup(target.url, file)
  expect([held.automations.length, held.campaigns.length]).toEqual([1, 2])
  expect(await contents(target)).toEqual(await contents(source))
  const states = await rows<{ state: string }>(
    target.db,
    'SELECT state FROM campaigns UNION ALL SELECT state FROM automations',
  )
  expect(states.map(({ state }) => state)).toEqual(['paused', 'paused', 'paused'])
  // what only the server holds came along, too
  await expect(execute(target.db, 'DELETE FROM ledger_entries WHERE id = 0')).resolves.toBe(0)
  const triggers = ({ db }: TestDatabase) =>
    rows(db, 'SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1')
  expect(await triggers(target)).toEqual(await triggers(source))
})

test('half a file is not taken for a whole one, and a backup that fails leaves none', async () => {
  const file = join(folder, 'half.sql.gz')
  await writeBackup(source.url, file)
  await truncate(file, Math.floor((await stat(file)).size / 2))
  await empty(target)
  await expect(readBackup(target.url, file)).rejects.toThrow(/could not be re/)

  const nothing = join(folder, 'nothing.sql.gz')
  await expect(writeBackup(`${source.url}_missing`, nothing)).rejects.toThrow('not complete')
  await writeFile(join(folder, 'text'), 'no SQL')
  await expect(readBackup(target.url, join(folder, 'text'))).rejects.toThrow()
  expect((await readdir(folder)).sort()).toEqual(['half.sql.gz', 'one.sql.gz', 'text'])
})
