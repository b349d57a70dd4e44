import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { csvLine } from '../../domain/csv/csvLine.ts'
import { ownReason } from '../../domain/deliveries/ownReasons.ts'
import { REASON_WORDS, reasonInWords } from '../../domain/deliveries/reasonWords.ts'
import { loadCatalogue } from '../../ui/messages/index.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { campaignTo, insertCustomers } from '../support/sending.ts'

/** A reader of RFC 4180, written from its grammar. */
function readCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (let at = 0; at < text.length; ) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') cell += text[at]
        else if (text[at + 1] === '"') cell += text[at++]
        else break
      }
      at++
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') cell += text[at++]
    }
    line.push(cell)
    if (text[at] === ',') at++
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n')
      at += 2
      lines.push(line)
      line = []
    }
  }
  return lines
}

describe('a line', () => {
  test('gives every text back, but for an apostrophe before what would be a formula', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', "'", 'a') }),
    )
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (cells) => {
        const [read, ...others] = readCsv(csvLine(cells))
        expect(others).toEqual([])
        expect(read?.map((cell, index) => (cell === `'${cells[index]}` ? cells[index] : cell))).toEqual(cells)
        for (const cell of read ?? []) expect(cell.trimStart()).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
      }),
    )
  })

  test.each([
    ['=HYPERLINK("http://evil.test","x")', `"'=HYPERLINK(""http://evil.test"",""x"")"\r\n`],
    ['+49 170 1', "'+49 170 1\r\n"],
    ['-2+3', "'-2+3\r\n"],
    ['@SUM(A1)', "'@SUM(A1)\r\n"],
    ['\t=1', "'\t=1\r\n"],
    [' =1', "' =1\r\n"],
    ['＝1', "'＝1\r\n"],
    [-2, '-2\r\n'],
    [null, '\r\n'],
    ['a\nb', '"a\nb"\r\n'],
    ['plain', 'plain\r\n'],
  ])('%j', (cell, expected) => expect(csvLine([cell])).toBe(expected))
})

describe('a reason', () => {
  test.each(['en', 'de', 'fr', 'it'] as const)('has the words of the pages in an export: %s', async (language) => {
    const { texts } = await loadCatalogue(language)
    const said = Object.entries(texts).flatMap(([id, text]) => (id.startsWith('reason.') ? [[id.slice(7), text]] : []))
    expect(REASON_WORDS[language]).toEqual(Object.fromEntries(said))
  })

  test('says what is ours in the language, and what a server said as it said it', () => {
    const words = '550 5.1.1 <c7@mail.test>: no such user'
    expect(reasonInWords(words, 'de')).toBe(words)
    expect(reasonInWords('no_address', 'it')).toBe(REASON_WORDS.it.no_address)
    expect(reasonInWords(ownReason('handed_over', 'Timeout'), 'fr')).toBe(
      'la connexion a été perdue après la remise du message: Timeout',
    )
    expect(reasonInWords(ownReason('interrupted'), 'en')).toBe(REASON_WORDS.en.interrupted)
    for (const strange of ['constructor', '__proto__', 'toString: x', '']) {
      expect(reasonInWords(strange, 'en')).toBe(strange)
    }
  })
})

describe('the export', () => {
  const COUNT = 2_345
  let database: TestDatabase
  let api: TestApi
  beforeAll(async () => {
    database = await createTestDatabase()
    const { db } = database
    const now = new Date('2026-06-15T22:30:00Z')
    api = await startApi(db, undefined, () => now)
    await api.call('put', '/settings', { time_zone: 'Europe/Berlin', language: 'de' })
    const ids = await insertCustomers(db, COUNT)
    await db('customers').where({ external_id: 'c7' }).update({ first_name: '=cmd|x', last_name: 'Übel, "Q"' })
    const campaign = await campaignTo(db, { customers: ids }, now)
    await db.raw(
      `INSERT INTO deliveries (campaign_id, customer_id, channel, address, state, reason, due_at, queued_at, sent_at)
       SELECT ?, id, 'email', email, 'bounced', '550 5.1.1 no, "such" user', ?, ?, ? FROM customers`,
      [campaign, now, now, now],
    )
  }, 60_000)
  afterAll(async () => {
    await api?.close()
    await database?.drop()
  })

  const download = async (query = '') =>
    fetch(`${api.url}/api/v1/deliveries/export${query}`, { headers: { authorization: `Bearer ${api.key}` } })

  test('has a line for every message, in the business’s language and time zone', async () => {
    const response = await download()
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="nachrichten-2026-06-15.csv"')
    const [head, ...lines] = readCsv(await response.text())
    expect(head?.slice(0, 3)).toEqual(['Nachricht', 'Eingereiht (Europe/Berlin)', 'Gesendet (Europe/Berlin)'])
    expect(lines).toHaveLength(COUNT)
    expect(new Set(lines.map(([id]) => id)).size).toBe(COUNT)
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([head?.length]))
    const evil = lines.find((line) => line.includes('c7'))
    expect(evil).toEqual(expect.arrayContaining([`'=cmd|x Übel, "Q"`, 'unzustellbar', '550 5.1.1 no, "such" user']))
    expect(evil?.[1]).toBe('2026-06-16 00:30:00')
  })

  test('is narrowed by the filter, in the asked language, with a mark for spreadsheets if asked', async () => {
    const bytes = new Uint8Array(await (await download('?text=c7&language=it&bom=true')).arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = readCsv(new TextDecoder().decode(bytes))
    expect(lines[0]?.slice(7, 9)).toEqual(['Stato', 'Motivo'])
    // c7, and those that begin so
    expect(lines).toHaveLength(1 + 1 + 10 + 100)
    expect(await (await download('?state=sent&language=fr')).text()).toMatch(/^Message,[^\n]*\r\n$/)
  })

  test('wants somebody signed in, and is closed quietly when its reader goes', async () => {
    expect((await fetch(`${api.url}/api/v1/deliveries/export`)).status).toBe(401)
    const left = new AbortController()
    const response = await fetch(`${api.url}/api/v1/deliveries/export`, {
      headers: { authorization: `Bearer ${api.key}` },
      signal: left.signal,
    })
    left.abort()
    await expect(response.text()).rejects.toThrow()
    expect((await download('?text=c7')).status).toBe(200)
  })
})
