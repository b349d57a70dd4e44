import { createHash, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import type { Envelope } from '../../domain/deliveries/channels/channel.ts'
import { readAddress } from '../../domain/deliveries/mime/address.ts'
import { composeMail } from '../../domain/deliveries/mime/composeMail.ts'
import { dkimHeader } from '../../domain/deliveries/mime/dkim.ts'
import { whole } from '../../domain/messages/pieces.ts'

const NOW = new Date('2026-03-01T10:00:00Z')
const ENVELOPE: Envelope = {
  to: 'anna@mail.test',
  from: { name: 'Studio', address: 'hello@studio.test' },
  returnPath: 'back@studio.test',
  messageId: '7.abc@studio.test',
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: { 'List-Unsubscribe': '<https://studio.test/u/abc>' },
}

const source = (envelope: Partial<Envelope>): string => {
  const { head, body } = composeMail({ ...ENVELOPE, ...envelope }, NOW)
  return `${head}\r\n${body}`
}
const parse = (envelope: Partial<Envelope>) =>
  simpleParser(source(envelope), { skipTextToHtml: true, skipImageLinks: true })
const lines = (text: string) => text.split('\r\n')

describe('a mail on the wire', () => {
  test('whatever is written comes out as it was, and every line is short and of 7 bits', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 400 })
      .map((written) => written.toWellFormed().replace(/[\0\r]/g, ''))
    const subject = fc.string({ unit: 'grapheme', maxLength: 300 })
    await fc.assert(
      fc.asyncProperty(text, text, subject, async (html, plain, title) => {
        const mail = source({ html: `<p>${html}</p>`, text: plain, subject: title })
        expect(/^[\t\r\n\x20-\x7e]*$/.test(mail)).toBe(true)
        expect(Math.max(...lines(mail).map((line) => line.length))).toBeLessThanOrEqual(78)
        expect(mail.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        const parsed = await simpleParser(mail, { skipTextToHtml: true, skipImageLinks: true })
        expect(parsed.html).toBe(`<p>${html}</p>`)
        expect((parsed.text ?? '').replace(/\n$/, '')).toBe(plain.replace(/\n$/, ''))
      }),
      { numRuns: 300 },
    )
  })

  test('text in pieces, shared by copies or not, comes out as the whole', async () => {
    const piece = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom(
          '',
          '.',
          '. \n.',
          '=',
          ' ',
          '\t',
          '\n',
          'x'.repeat(75),
          `${'y'.repeat(120)} `,
          `${'.'.repeat(200)}`,
        ),
      )
      .map((text) => text.toWellFormed().replace(/[\0\r]/g, ''))
    const pieces = fc.array(
      fc.oneof(
        piece,
        piece.map((shared) => ({ shared })),
      ),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(pieces, async (html) => {
        // twice: the second copy finds the shared pieces encoded
        for (const mail of [source({ html }), source({ html })]) {
          expect(mail.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
          expect(lines(mail).filter((line) => line.startsWith('.') || /[ \t]$/.test(line))).toEqual([])
          expect(Math.max(...lines(mail).map((line) => line.length))).toBeLessThanOrEqual(76)
          const parsed = await simpleParser(mail, { skipTextToHtml: true, skipImageLinks: true })
          expect(parsed.html || '').toBe(whole(html))
        }
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['of 300 characters', 'x'.repeat(300)],
    [
      'of 300 words',
      Array.from({ length: 300 }, (_, index) => `w${index}`)
        .join(' ')
        .slice(0, 900),
    ],
    ['in emoji', '👩‍👩‍👧‍👦'.repeat(40)],
    ['from right to left', 'شكراً لزيارتكم — نراكم قريباً في الاستوديو '.repeat(7).trim()],
    ['in Hebrew and Latin', 'שלום Anna, מה שלומך?'],
    ['that looks encoded', '=?UTF-8?B?SGk=?= is not a greeting'],
    ['with a quote', 'She said "yes" \\ no'],
  ])('a subject %s arrives as it is', async (_, subject) => {
    expect((await parse({ subject })).subject).toBe(subject)
    const head = source({ subject }).split('\r\n\r\n', 1)[0] ?? ''
    expect(Math.max(...lines(head).map((line) => line.length))).toBeLessThanOrEqual(subject.includes('xxx') ? 330 : 78)
  })

  test('text from right to left comes through both parts', async () => {
    const html = '<p dir="rtl">مرحباً يا ليلى، <b>نشتاق إليك</b> ‎(studio) ‏</p>'
    const text = 'مرحباً يا ليلى، نشتاق إليك ‎(studio) ‏'
    const parsed = await parse({ html, text })
    expect(parsed.html).toBe(html)
    expect(parsed.text?.trimEnd()).toBe(text)
  })

  test.each([
    ['subject', { subject: 'Hi\r\nBcc: spy@mail.test' }],
    ['sender’s name', { from: { name: 'Eve\r\nBcc: spy@mail.test\r\n\r\nhello', address: 'hello@studio.test' } }],
    ['other headers', { headers: { 'X-Note': 'a\r\nBcc: spy@mail.test' } }],
  ])('nothing in the %s adds a header', async (_, envelope) => {
    const parsed = await parse(envelope)
    expect(parsed.bcc).toBeUndefined()
    expect([...parsed.headers.keys()].filter((name) => name === 'bcc')).toEqual([])
    expect(parsed.html).toBe('<p>Hello</p>')
  })

  test.each([
    'anna@mail.test\r\nRCPT TO:<spy@mail.test>',
    'anna@mail.test, spy@mail.test',
    'Anna <anna@mail.test>',
    'anna@mail.test>',
    'anna',
    '@mail.test',
    'a b@mail.test',
    'anna@mail..test',
    `${'a'.repeat(65)}@mail.test`,
    '',
  ])('%j is no address', (address) => {
    expect(readAddress(address)).toBeNull()
  })

  test.each([
    ['anna+tag@mail.test', 'anna+tag@mail.test'],
    ["o'hara.{x}|y@mail.test", "o'hara.{x}|y@mail.test"],
    ['"anna berta"@mail.test', '"anna berta"@mail.test'],
    ['"a\\"b@c,d"@mail.test', '"a\\"b@c,d"@mail.test'],
    ['anna..b@mail.test', '"anna..b"@mail.test'],
    ['anna.@docomo.test', '"anna."@docomo.test'],
    ['anna@MÜNCHEN.test', 'anna@xn--mnchen-3ya.test'],
    ['anna@例え.テスト', 'anna@xn--r8jz45g.xn--zckzah'],
    ['anna@[192.0.2.7]', 'anna@[192.0.2.7]'],
    ['anna@[IPv6:2001:db8::1]', 'anna@[IPv6:2001:db8::1]'],
    ['jürgen@mail.test', 'jürgen@mail.test'],
    ['用户@例え.テスト', '用户@xn--r8jz45g.xn--zckzah'],
    [`${'a'.repeat(64)}@mail.test`, `${'a'.repeat(64)}@mail.test`],
  ])('%s is one address', (written, address) => {
    expect(readAddress(written)).toEqual({ address, utf8: /[^\x20-\x7e]/.test(address) })
    expect(composeMail({ ...ENVELOPE, to: written }, NOW).to).toBe(address)
  })
})

/** RFC 6376, read on its own: a verifier that trusts nothing of ours. */
function verify(mail: string, key: KeyObject): boolean {
  const [head = '', ...rest] = mail.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n').replace(/(\r\n)*$/, '\r\n')
  const fields = head.split(/\r\n(?![ \t])/)
  const own = fields.find((field) => /^dkim-signature:/i.test(field)) ?? ''
  const tags = new Map(
    own
      .slice(own.indexOf(':') + 1)
      .split(';')
      .map(
        (tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')] as const,
      ),
  )
  const canonical = (field: string) => {
    const [name = '', ...value] = field.split(':')
    return `${name.trim().toLowerCase()}:${value
      .join(':')
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`
  }
  if (createHash('sha256').update(body).digest('base64') !== tags.get('bh')) return false
  const waiting = fields.filter((field) => field !== own)
  let signed = ''
  for (const name of (tags.get('h') ?? '').split(':')) {
    const at = waiting.findLastIndex((field) => field.toLowerCase().startsWith(`${name}:`))
    if (at !== -1) signed += `${canonical(waiting.splice(at, 1)[0] ?? '')}\r\n`
  }
  signed += canonical(own.replace(/(;\s*b=)[\s\S]*$/, '$1'))
  return createVerify('sha256')
    .update(signed)
    .verify(key, tags.get('b') ?? '', 'base64')
}

describe('a signed mail', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const signer = { domain: 'studio.test', selector: 's1', key: privateKey }

  test('is believed as it is, and not when anything of it was changed or added', async () => {
    const { head, body } = composeMail({ ...ENVELOPE, subject: 'Grüße 👋 '.repeat(20), html: '<p>ä</p>\n\n' }, NOW)
    const signature = await dkimHeader(signer, head, body, NOW)
    const mail = `${signature}${head}\r\n${body}`
    expect(Math.max(...lines(mail).map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(verify(mail, publicKey)).toBe(true)
    expect(verify(mail.replace('To: anna', 'To: bert'), publicKey)).toBe(false)
    expect(verify(`${mail}more\r\n`, publicKey)).toBe(false)
    expect(verify(mail.replace('MIME-Version', 'Subject: other\r\nMIME-Version'), publicKey)).toBe(false)
    // what servers do on the way: other white space between the words of a header
    expect(verify(mail.replace('To: anna', 'To:  \r\n anna'), publicKey)).toBe(true)
  })
})
