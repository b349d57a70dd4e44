import { randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { complaintsAddress, readReturnPath, readReturnToken, returnPath } from '../../domain/deliveries/returnPath.ts'
import { writeToken } from '../../domain/tracking/token.ts'

const DOMAIN = 'bounces.studio.test'
const key = randomBytes(32)
const SENDER = 'hello@studio.test'
const pathOf = (delivery: number, bounceDomain: string | null = DOMAIN) =>
  returnPath({ senderEmail: SENDER, bounceDomain }, { delivery, key })
const read = (address: string, keys: readonly Buffer[] = [key]) => readReturnPath(keys, address, DOMAIN)

describe('addresses that what comes back is sent to', () => {
  test('name their delivery, whatever mail servers make of capitals, and fit into a local part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (delivery) => {
        const address = pathOf(delivery)
        expect(address).toMatch(/^bounce\+[a-z2-7]{32}@bounces\.studio\.test$/)
        expect(read(address)).toEqual({ kind: 'bounce', delivery })
        expect(read(address.toUpperCase())).toEqual({ kind: 'bounce', delivery })
        expect(read(address, [randomBytes(32), key])).toEqual({ kind: 'bounce', delivery })
        expect(read(address, [randomBytes(32)])).toBeNull()
      }),
    )
  })

  test('without a domain for it, and for what is no delivery, the sender gets it', () => {
    expect(pathOf(1, null)).toBe(SENDER)
    expect(returnPath({ senderEmail: SENDER, bounceDomain: DOMAIN }, null)).toBe(SENDER)
  })

  test('one changed letter anywhere is enough', () => {
    const address = pathOf(77)
    const [, token = ''] = /\+(.*)@/.exec(address) ?? []
    for (let place = 0; place < token.length; place++) {
      const changed = token.slice(0, place) + (token[place] === 'a' ? 'b' : 'a') + token.slice(place + 1)
      expect(readReturnToken([key], changed)).toBeNull()
    }
  })

  test('complaints have an address of their own that is no good for bounces', () => {
    const address = complaintsAddress(key, DOMAIN)
    expect(read(address)).toEqual({ kind: 'complaints' })
    expect(read(address.replace('complaints', 'bounce'))).toBeNull()
    expect(read(pathOf(1).replace('bounce+', 'complaints+'))).toBeNull()
  })

  test.each([
    '',
    '@',
    `bounce@${DOMAIN}`,
    `bounce+@${DOMAIN}`,
    `bounce+${'a'.repeat(32)}@${DOMAIN}`,
    `bounce+${'0'.repeat(32)}@${DOMAIN}`,
    `bounce+${'a'.repeat(100_000)}@${DOMAIN}`,
    `postmaster@${DOMAIN}`,
    `${pathOf(1)}.evil.test`,
    pathOf(1, 'other.test'),
    `bounce+${writeToken(key, { kind: 'open', delivery: 1 }).toLowerCase().slice(0, 32)}@${DOMAIN}`,
  ])('%j is none of ours', (address) => {
    expect(read(address)).toBeNull()
  })
})
