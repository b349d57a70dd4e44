import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { routes } from '../../api/routes.ts'
import { execute } from '../../domain/database.ts'
import {
  ALL_PERMISSIONS,
  hasPermission,
  PERMISSIONS,
  ROLES,
  type Role,
  roleMay,
  rolesWith,
} from '../../rules/access/permissions.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'

let database: TestDatabase
let api: TestApi
const called = new Map<Role, Awaited<ReturnType<typeof callAs>>>()

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  const now = new Date('2026-11-30T12:00:00Z')
  const provider =
    "INSERT INTO providers (external_id, name, known, created_at, updated_at) VALUES ('ben', 'Ben', 1, ?, ?)"
  await execute(db, provider, [now, now])
  api = await startApi(db, undefined, () => now)
  for (const role of ROLES) {
    await addPerson(db, `${role}@studio.test`, role, role === 'provider' ? 1 : null)
    called.set(role, await callAs(api, `${role}@studio.test`))
  }
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

test('admins may do everything, and looking never asks for more than changing the same', () => {
  for (const [permission, roles] of Object.entries(PERMISSIONS) as [string, readonly Role[]][]) {
    expect(roles).toContain('admin')
    const read = permission.replace(/\.\w+$/, '.read') as keyof typeof PERMISSIONS
    if (read in PERMISSIONS)
      for (const role of roles) expect([permission, role, roleMay(role, read)]).toEqual([permission, role, true])
    if (/\.(write|send|approve|resend|redeem|decide)$/.test(permission)) expect(roles).not.toContain('read_only')
  }
})

test('a key has its scopes and no more; one of a provider at most what providers may', () => {
  const key = (scopes: readonly string[] | null, ofProvider: boolean) => ({ scopes, ofProvider })
  expect(hasPermission(key(['customers.read'], false), 'customers.read')).toBe(true)
  expect(hasPermission(key(['customers.read'], false), 'customers.write')).toBe(false)
  expect(hasPermission(key([], false), 'customers.read')).toBe(false)
  expect(hasPermission(key(null, false), 'users.write')).toBe(true)
  expect(hasPermission(key(null, true), 'users.write')).toBe(false)
  expect(hasPermission(key(['users.write', 'rewards.write'], true), 'users.write')).toBe(false)
  expect(hasPermission(key(['users.write', 'rewards.write'], true), 'rewards.write')).toBe(true)
})

test('a key with one scope makes the calls of that scope, and no others', async () => {
  const routesOf = (permission: string) => routes.filter(({ endpoint }) => endpoint.permission === permission)
  for (const [index, permission] of ALL_PERMISSIONS.entries()) {
    const { body } = await api.call<{ key: string }>('post', '/api-keys', { name: permission, scopes: [permission] })
    // those whose names are alike, and some that go round the table: all of them with all would be thousands of calls
    const area = permission.split('.')[0]
    const next = [...ALL_PERMISSIONS, ...ALL_PERMISSIONS].slice(index + 1, index + 6)
    const others = ALL_PERMISSIONS.filter((other) => other.split('.')[0] === area || next.includes(other))
    const asked = others.flatMap((other) => routesOf(other).slice(0, 1))
    for (const { endpoint } of [...routesOf(permission), ...asked]) {
      const reply = await api.call(endpoint.method, address(endpoint.path), undefined, {
        authorization: `Bearer ${body.key}`,
      })
      const refused = reply.status === 403 && reply.body?.permission === endpoint.permission
      expect([permission, endpoint.path, refused]).toEqual([
        permission,
        endpoint.path,
        endpoint.permission !== permission,
      ])
    }
  }
})

/** Any id: whether somebody may ask at all is answered before it is looked for. */
const address = (path: string) => path.replaceAll(/\{\w+\}/g, '999999')

test('every call is open to the roles that the table says, and says who may when it refuses', async () => {
  // signing out and in would end the sessions that this walk needs
  for (const { endpoint } of routes) {
    const { method, permission } = endpoint
    if (permission === 'open') continue
    for (const role of ROLES) {
      const reply = await called.get(role)?.(method, address(endpoint.path))
      const may = permission === 'signed_in' || roleMay(role, permission)
      const refused = reply?.status === 403 && reply.body?.permission === permission
      expect([method, endpoint.path, role, refused]).toEqual([method, endpoint.path, role, !may])
      expect([method, endpoint.path, role, reply?.status]).not.toEqual([method, endpoint.path, role, 500])
      if (permission !== 'signed_in' && !may) expect(reply?.body.roles).toEqual(rolesWith(permission))
    }
    const nobody = await api.call(method, address(endpoint.path), undefined, { authorization: '' })
    expect([method, endpoint.path, nobody.status]).toEqual([method, endpoint.path, 401])
  }
})
