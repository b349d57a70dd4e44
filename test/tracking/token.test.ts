import { randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readToken, verifyToken, writeToken } from '../../domain/tracking/token.ts'

const key = randomBytes(32)
const URL_ = 'https://studio.test/plan'

describe('tokens of links in mails', () => {
  test('say what they were written for, and nothing else verifies', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 0, max: 65_535 }),
        (delivery, link) => {
          for (const thing of [
            { kind: 'open', delivery },
            { kind: 'unsubscribe', delivery },
            { kind: 'click', delivery, link },
          ] as const) {
            const token = writeToken(key, thing, URL_)
            expect(token).toMatch(/^[\w-]{36}$/)
            expect(readToken(token)).toEqual(thing)
            expect(verifyToken([key], token, URL_)).toBe(true)
            expect(verifyToken([key], token, `${URL_}s`)).toBe(false)
            expect(verifyToken([randomBytes(32)], token, URL_)).toBe(false)
          }
        },
      ),
    )
  })

  test('what an older key has signed verifies while that key is kept', () => {
    const newer = randomBytes(32)
    const token = writeToken(key, { kind: 'click', delivery: 7, link: 1 }, URL_)
    expect(verifyToken([newer, key], token, URL_)).toBe(true)
    expect(verifyToken([newer], token, URL_)).toBe(false)
  })

  test('one changed character anywhere is enough', () => {
    const token = writeToken(key, { kind: 'click', delivery: 7, link: 1 }, URL_)
    for (let place = 0; place < token.length; place++) {
      const other = token[place] === 'A' ? 'B' : 'A'
      const changed = token.slice(0, place) + other + token.slice(place + 1)
      expect(readToken(changed) !== null && verifyToken([key], changed, URL_)).toBe(false)
    }
  })

  test.each([
    '',
    'x',
    'A'.repeat(36),
    'A'.repeat(35),
    '_'.repeat(36),
    `${'A'.repeat(35)}=`,
    'ä'.repeat(36),
    'A'.repeat(10_000),
  ])('%j is none', (token) => {
    expect(readToken(token) !== null && verifyToken([key], token)).toBe(false)
  })
})
