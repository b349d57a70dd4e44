import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { z } from 'zod'
import { endpoint } from '../../api/contract/endpoint.ts'
import { addressOf } from '../../ui/client/address.ts'
import { call } from '../../ui/client/call.ts'
import { problemFrom } from '../../ui/client/problem.ts'
import { onSessionEnd } from '../../ui/client/sessionEnd.ts'

const change = endpoint({
  method: 'patch',
  path: '/things/{id}',
  permission: 'signed_in',
  summary: '',
  params: z.object({ id: z.string() }),
  body: z.object({ name: z.string() }),
  answer: z.object({ name: z.string() }),
})
const list = endpoint({
  method: 'get',
  path: '/things',
  permission: 'signed_in',
  summary: '',
  answer: z.object({ items: z.array(z.string()) }),
})

const realFetch = globalThis.fetch
afterEach(() => {
  globalThis.fetch = realFetch
})

/** Lets every request be answered like this; returns the requests. */
function answerWith(answer: () => Response): Array<{ address: string; request: RequestInit }> {
  const seen: Array<{ address: string; request: RequestInit }> = []
  globalThis.fetch = async (address, request = {}) => {
    seen.push({ address: String(address), request })
    return answer()
  }
  return seen
}

describe('an address', () => {
  test('escapes what is filled into the path', () => {
    expect(addressOf('/customers/{id}', { id: 'a/b c' })).toBe('/api/v1/customers/a%2Fb%20c')
  })

  test('repeats lists and leaves out what is not given', () => {
    expect(addressOf('/customers', {}, { gender: ['female', 'male'], text: undefined, limit: 50, group: [] })).toBe(
      '/api/v1/customers?gender=female&gender=male&limit=50',
    )
  })
})

describe('a call', () => {
  test('sends its parts and answers with the body', async () => {
    const seen = answerWith(() => Response.json({ name: 'new' }))
    await expect(call(change, { params: { id: '7' }, body: { name: 'new' }, idempotencyKey: 'k' })).resolves.toEqual({
      name: 'new',
    })
    expect(seen[0]?.address).toBe('/api/v1/things/7')
    expect(seen[0]?.request).toMatchObject({
      method: 'PATCH',
      body: '{"name":"new"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    })
  })

  test('has an idempotency key of its own each time when it changes something, and none when it reads', async () => {
    const seen = answerWith(() => Response.json({ name: 'x', items: [] }))
    await call(change, { params: { id: '1' }, body: { name: 'x' } })
    await call(change, { params: { id: '1' }, body: { name: 'x' } })
    await call(list)
    const keys = seen.map(({ request }) => (request.headers as Record<string, string>)['idempotency-key'])
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[1]).not.toBe(keys[0])
    expect(keys[2]).toBeUndefined()
  })

  test('that is refused throws the problem with its mistakes', async () => {
    answerWith(() =>
      Response.json(
        { type: '/problems/invalid', detail: 'Wrong', errors: [{ path: '/name', message: 'too long' }] },
        { status: 400 },
      ),
    )
    await expect(call(list)).rejects.toMatchObject({
      code: 'invalid',
      status: 400,
      detail: 'Wrong',
      mistakes: [{ path: '/name', message: 'too long' }],
    })
  })

  test('tells that the session ended, but not that a password was wrong', async () => {
    const ended = jest.fn()
    const stop = onSessionEnd(ended)
    answerWith(() => Response.json({ type: 'wrong_credentials' }, { status: 401 }))
    await expect(call(list)).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(ended).not.toHaveBeenCalled()
    answerWith(() => Response.json({ type: 'unauthenticated' }, { status: 401 }))
    await expect(call(list)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(ended).toHaveBeenCalledTimes(1)
    stop()
  })

  test('to a server that is away is a problem too, and one that was stopped is not', async () => {
    globalThis.fetch = async () => {
      throw new TypeError('fetch failed')
    }
    await expect(call(list)).rejects.toMatchObject({ code: 'unreachable' })
    globalThis.fetch = async () => {
      throw new DOMException('stopped', 'AbortError')
    }
    await expect(call(list)).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a problem document', () => {
  test.each([
    [409, { type: 'https://perennial.test/problems/conflict' }, 'conflict'],
    [401, { type: 'urn:problem:wrong-credentials' }, 'wrong_credentials'],
    [404, { type: 'about:blank' }, 'not_found'],
    [502, '<html>Bad gateway</html>', 'unavailable'],
    [500, undefined, 'internal'],
    [418, null, 'internal'],
  ])('of status %i and body %j is “%s”', (status, body, code) => {
    expect(problemFrom(status, body).code).toBe(code)
  })
})
