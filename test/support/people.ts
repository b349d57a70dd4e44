import { hashPassword } from '../../domain/access/password.ts'
import type { User } from '../../domain/access/users.ts'
import { type Database, execute } from '../../domain/database.ts'
import type { TestApi } from './api.ts'

const PASSWORD = 'a long enough sentence'

/** Somebody who may sign in, with the password of the admin; for tests in which more than one person acts. */
export async function addPerson(
  db: Database,
  email: string,
  role: User['role'] = 'manager',
  providerId: number | null = null,
): Promise<void> {
  const sql =
    'INSERT INTO users (email, name, password_hash, role, provider_id, created_at) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3))'
  await execute(db, sql, [email, email.replace(/@.*/, ''), await hashPassword(PASSWORD), role, providerId])
}

/** Signs somebody in; returns what calls the API as that person. */
export async function callAs(api: TestApi, email: string) {
  const address = (path: string) => `${api.url}/api/v1${path}`
  const json = { 'content-type': 'application/json' }
  const credentials = { method: 'POST', headers: json, body: JSON.stringify({ email, password: PASSWORD }) }
  const cookie = (await fetch(address('/session'), credentials)).headers.get('set-cookie')?.replace(/;.*/, '') ?? ''
  return async <Body = Record<string, unknown>>(method: string, path: string, body?: unknown) => {
    const request = { method: method.toUpperCase(), headers: { ...json, cookie } }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(address(path), { ...request, ...sent })
    const text = await answer.text()
    const parses = text !== '' && (answer.headers.get('content-type') ?? '').includes('json')
    return { status: answer.status, body: (parses ? JSON.parse(text) : text || undefined) as Body }
  }
}
