import { afterAll, beforeAll } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { startApi, type TestApi } from './api.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const NOW = new Date('2026-11-30T12:00:00Z')

/** A business with the provider anna and an API, in which customers are merged. */
export function mergeBusiness() {
  let database: TestDatabase
  let api: TestApi
  beforeAll(async () => {
    database = await createTestDatabase()
    api = await startApi(database.db, undefined, () => NOW)
    await api.call('post', '/ingest', { providers: [{ id: 'anna' }] })
  })
  afterAll(async () => {
    await api?.close()
    await database?.drop()
  })

  return {
    get database(): TestDatabase {
      return database
    },
    get api(): TestApi {
      return api
    },
    /** Our id of a customer; 0 when there is none. */
    async idOf(id: string): Promise<number> {
      const sql = 'SELECT id FROM customers WHERE external_id = ?'
      return (await rows<{ id: number }>(database.db, sql, [id]))[0]?.id ?? 0
    },
    /** How many rows of a table are a customer's, by our id. */
    async countOf(table: string, id: number): Promise<number> {
      const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE customer_id = ?`
      return (await rows<{ n: number }>(database.db, sql, [id]))[0]?.n ?? 0
    },
    merge: (stays: string, other: string, fields?: Record<string, string>) =>
      api.call('post', `/customers/${stays}/merge`, { other, ...(fields === undefined ? {} : { fields }) }),
  }
}
