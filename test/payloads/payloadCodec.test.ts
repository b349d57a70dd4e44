import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { payloadCodec, readPayloadKeys } from '../../domain/payloads/payloadCodec.ts'

const OLD = `2025:${Buffer.alloc(32, 1).toString('base64')}`
const NEW = `2026:${Buffer.alloc(32, 2).toString('base64')}`
const codecOf = (text: string) => {
  const keys = readPayloadKeys(text)
  if (keys === null) throw new Error('no keys')
  return payloadCodec(keys)
}
const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const PAYLOAD = { metadata: { encoding: bytes('json/plain') }, data: bytes('"Anna"') }

test('whatever a payload is, it comes back as it was, and two that are the same look different', async () => {
  const codec = codecOf(NEW)
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array()),
      fc.uint8Array({ maxLength: 2_000 }),
      async (metadata, data) => {
        const [one, other] = await codec.encode([
          { metadata, data },
          { metadata, data },
        ])
        expect(one?.data).not.toEqual(other?.data)
        const [back] = await codec.decode(one === undefined ? [] : [one])
        expect(Object.entries(back?.metadata ?? {})).toEqual(Object.entries(metadata))
        expect(Buffer.from(back?.data ?? [])).toEqual(Buffer.from(data))
      },
    ),
    { numRuns: 50 },
  )
})

test('bytes that are not there are none, however the SDK says so', async () => {
  const codec = codecOf(NEW)
  const empty = [{ metadata: PAYLOAD.metadata, data: [] as unknown as Uint8Array }, { metadata: PAYLOAD.metadata }, {}]
  const back = await codec.decode(await codec.encode(empty))
  expect(back.map(({ data }) => Buffer.from(data ?? [1]).length)).toEqual([0, 0, 0])
})

test('after a change of keys the older one still reads, and what was in the clear is read as it is', async () => {
  const before = await codecOf(OLD).encode([PAYLOAD])
  expect(await codecOf(`${NEW},${OLD}`).decode([...before, PAYLOAD])).toEqual([PAYLOAD, PAYLOAD])
  const [now] = await codecOf(`${NEW},${OLD}`).encode([PAYLOAD])
  expect(Buffer.from(now?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('2026')
  await expect(codecOf(OLD).decode(now === undefined ? [] : [now])).rejects.toThrow(/no key "2026"/)
})

test('a payload that was changed on its way is refused, also when it claims another key', async () => {
  const codec = codecOf(`${NEW},${OLD}`)
  const [sealed] = await codec.encode([PAYLOAD])
  const data = Buffer.from(sealed?.data ?? [])
  for (const place of [0, 13, data.length - 1]) {
    const changed = Buffer.from(data)
    changed[place] = (changed[place] ?? 0) ^ 1
    await expect(codec.decode([{ ...sealed, data: changed }])).rejects.toThrow()
  }
  const metadata = { ...sealed?.metadata, 'encryption-key-id': bytes('2025') }
  await expect(codec.decode([{ metadata, data }])).rejects.toThrow()
})

test('keys that are not right are refused by their place, and never shown', () => {
  expect(readPayloadKeys(undefined)).toBeNull()
  expect(readPayloadKeys(' ')).toBeNull()
  const short = `a:${Buffer.alloc(16, 7).toString('base64')}`
  for (const [text, entry] of [
    [short, 1],
    [`${NEW},${short}`, 2],
    [`${NEW},${NEW}`, 2],
    [`${NEW},`, 2],
    [`:${'A'.repeat(43)}=`, 1],
  ] as const) {
    expect(() => readPayloadKeys(text)).toThrow(new RegExp(`entry ${entry}: allowed is NAME:KEY`))
    expect(() => readPayloadKeys(text)).not.toThrow(/BwcHBw|AgIC|AAAA/)
  }
})
