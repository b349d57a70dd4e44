import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { asProblem } from '../../api/server/problems.ts'
import { openDatabase } from '../../domain/database.ts'
import { freePort } from '../../scripts/parts/ports.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const errorOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => null,
    (error: unknown) => error,
  )
const TRY_AGAIN = { code: 'unavailable', extra: { retry_after: 1 } }

test('a database that is not there is no mistake of ours: it may be asked again', async () => {
  const db = openDatabase(`mysql://root@127.0.0.1:${await freePort()}/nothing`, 1)
  expect(asProblem(await errorOf(db.raw('SELECT 1')))).toMatchObject(TRY_AGAIN)
  await db.destroy()
})

test('nor is a connection that breaks in the middle', async () => {
  const db = openDatabase(database.url, 1)
  const trx = await db.transaction()
  const [[{ id }]] = (await trx.raw('SELECT CONNECTION_ID() AS id')) as [[{ id: number }]]
  await database.db.raw('KILL ?', [id])
  expect(asProblem(await errorOf(Promise.resolve(trx.raw('SELECT 1'))))).toMatchObject(TRY_AGAIN)
  await errorOf(trx.rollback())
  await db.destroy()
})

test('nor two transactions that wait for each other; a statement that is wrong is', async () => {
  const { db } = database
  await db.raw('CREATE TABLE one (id INT PRIMARY KEY, n INT)')
  await db.raw('INSERT INTO one VALUES (1, 0), (2, 0)')
  const [first, second] = [await db.transaction(), await db.transaction()]
  const add = (trx: typeof first, id: number) =>
    errorOf(Promise.resolve(trx.raw('UPDATE one SET n = n + 1 WHERE id = ?', [id])))
  await add(first, 1)
  await add(second, 2)
  const errors = await Promise.all([add(first, 2), add(second, 1)])
  expect(errors.filter((error) => error !== null).map(asProblem)).toMatchObject([TRY_AGAIN])
  await Promise.all([first, second].map((trx) => errorOf(trx.rollback())))
  expect(asProblem(await errorOf(Promise.resolve(db.raw('SELECT nothing FROM one'))))).toMatchObject({
    code: 'internal',
  })
})
