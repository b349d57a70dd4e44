import { expect, test } from '@jest/globals'
import { codeAt, makeSecret, matchingStep, STEP_SECONDS, stepAt, totpUri } from '../../domain/access/totp.ts'
import { withoutSecrets } from '../../domain/audit/record.ts'

// RFC 6238, appendix B, for SHA-1; its eight digits end in our six. The secret is the ASCII 12345678901234567890.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at %i seconds the code is %s', (seconds, code) => {
  expect(codeAt(SECRET, Math.floor(seconds / STEP_SECONDS))).toBe(code)
})

test('the code of the step before and after is taken, further ones and one that was taken are not', () => {
  const now = new Date('2026-11-30T12:00:10Z')
  const step = stepAt(now)
  expect([-2, -1, 0, 1, 2].map((off) => matchingStep(SECRET, codeAt(SECRET, step + off), now, 0))).toEqual([
    null,
    step - 1,
    step,
    step + 1,
    null,
  ])
  expect(matchingStep(SECRET, codeAt(SECRET, step), now, step)).toBeNull()
  expect(matchingStep(SECRET, codeAt(SECRET, step - 1), now, step)).toBeNull()
  for (const bad of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
    expect(matchingStep(SECRET, bad, now, 0)).toBeNull()
})

test('a secret has 160 bits and goes into a QR code as apps read it', () => {
  const secret = makeSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(makeSecret()).not.toBe(secret)
  expect(totpUri('AB', 'a@b.test', 'Café & Co')).toBe(
    'otpauth://totp/Caf%C3%A9%20%26%20Co:a%40b.test?secret=AB&issuer=Caf%C3%A9%20%26%20Co&algorithm=SHA1&digits=6&period=30',
  )
})

test('what is secret is never written down, wherever it stands', () => {
  const value = {
    name: 'x',
    password: 'p',
    deep: [{ token: 't', client_secret: 's', key: 'k', at: new Date(0) }],
    send: { webhook_secret: 'w', url: 'u' },
    secret: null,
  }
  expect(withoutSecrets(value)).toEqual({
    name: 'x',
    password: '•••',
    deep: [{ token: '•••', client_secret: '•••', key: '•••', at: '1970-01-01T00:00:00.000Z' }],
    send: { webhook_secret: '•••', url: 'u' },
    secret: null,
  })
})
