import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { IMPORT_FIELDS } from '../../api/contract/imports.ts'
import { ingestedBooking, ingestedCustomer, ingestedMembership, ingestedPayment } from '../../api/contract/ingest.ts'
import { FIELDS, IMPORT_KINDS } from '../../domain/imports/fields.ts'
import { guessAttributeType, guessChoices, guessMapping, hasTitles } from '../../domain/imports/guess.ts'
import { DEFAULT_CHOICES, type Target } from '../../domain/imports/import.ts'
import { REASONS, reasonSentence } from '../../domain/imports/reasons.ts'
import { type RowWays, readRow } from '../../domain/imports/rowItem.ts'
import { readDay, readInstant, readTime } from '../../domain/imports/values/dates.ts'
import { readMinutes, readMoney } from '../../domain/imports/values/numbers.ts'
import { cellText, readCell } from '../../domain/imports/values/readCell.ts'
import { plainWord } from '../../domain/imports/values/words.ts'

const calendar = { order: 'dmy', timeZone: 'Europe/Zurich', today: '2026-11-30' } as const
const ways = { ...calendar, decimal: '.', digits: 2 } as const

test.each([
  ['2026-11-30', '2026-11-30'],
  ['30.11.2026', '2026-11-30'],
  ['3/4/2026', '2026-04-03'],
  ['29.02.1984', '1984-02-29'],
  ['29.02.1985', null],
  ['31.4.2026', null],
  ['1.1.71', '1971-01-01'],
  ['1.1.46', '2046-01-01'],
  ['30. November 2026', '2026-11-30'],
  ['1er août 1990', '1990-08-01'],
  ['12 dic. 1985', '1985-12-12'],
  ['March 5, 2001', '2001-03-05'],
  ['1984-02-29T00:00:00', '1984-02-29'],
  ['0000-00-00', null],
  ['yesterday', null],
  ['12', null],
])('the day %s is %s', (text, day) => expect(readDay(text, calendar)).toBe(day))

test('where the month comes first, it does', () => {
  expect(readDay('3/4/2026', { ...calendar, order: 'mdy' })).toBe('2026-03-04')
  expect(readDay('13/4/2026', { ...calendar, order: 'mdy' })).toBeNull()
})

test.each([
  ['30.11.2026 18:00', '2026-11-30T17:00:00.000Z'],
  ['2026-07-01T18:00:00', '2026-07-01T16:00:00.000Z'],
  ['2026-07-01 18:00:00 UTC', '2026-07-01T18:00:00.000Z'],
  ['2026-07-01T18:00:00+05:30', '2026-07-01T12:30:00.000Z'],
  ['1 July 2026, 6:30 pm', '2026-07-01T16:30:00.000Z'],
  ['01.07.2026 um 18 Uhr', '2026-07-01T16:00:00.000Z'],
  ['01/07/2026 18h30', '2026-07-01T16:30:00.000Z'],
  ['30.11.2026', '2026-11-29T23:00:00.000Z'],
  // the clocks go forward at two: there is no half past two
  ['29.03.2026 02:30', '2026-03-29T01:30:00.000Z'],
  ['30.11.2026 25:00', null],
  ['soon', null],
])('the instant %s is %s', (text, instant) => expect(readInstant(text, calendar)).toBe(instant))

test.each([
  ['18:00', '18:00:00'],
  ['6.05 pm', '18:05:00'],
  ['12 am', '00:00:00'],
  ['7h', '07:00:00'],
  ['18', null],
  ['24:00', null],
])('the time %s is %s', (text, time) => expect(readTime(text)).toBe(time))

test.each([
  ['1234.5', 123450],
  ['1.234,50 €', 123450],
  ["CHF 1'234.50", 123450],
  ['1 234,50', 123450],
  ['-12', -1200],
  ['(12.00)', -1200],
  ['12.–', 1200],
  ['1.234', 123400 / 100],
  ['12.345', null],
  ['12.340', 1234],
  ['1,2,3', null],
  ['free', null],
])('the amount %s is %s', (text, amount) => {
  // 1.234 is ambiguous: with a point for decimals it has one too many
  expect(readMoney(text, '.', 2)).toBe(text === '1.234' ? null : amount)
})

test('what stands for thousands follows from the file where a number alone does not tell', () => {
  expect(readMoney('1.234', ',', 2)).toBe(123400)
  expect(readMoney('1500', '.', 0)).toBe(1500)
  expect(readMoney('0.5', '.', 0)).toBeNull()
})

test.each([
  ['75', 75],
  ['75 min', 75],
  ['1:15', 75],
  ['1 h 15', 75],
  ['99999', null],
])('a length of %s is %s minutes', (text, minutes) => expect(readMinutes(text)).toBe(minutes))

test('words of four languages mean the same', () => {
  const all = (type: Parameters<typeof readCell>[1]['type'], texts: string[]) => {
    const read = texts.map((text) => readCell(text, { type }, ways))
    expect(new Set(read.map((one) => JSON.stringify(one))).size).toBe(1)
    return read[0]
  }
  expect(all('gender', ['Female', 'weiblich', 'Frau', 'Mme', 'Femminile'])).toEqual({ value: 'female' })
  expect(all('language', ['de', 'German', 'Deutsch', 'allemand', 'tedesco'])).toEqual({ value: 'de' })
  expect(all('country', ['CH', 'Switzerland', 'Schweiz', 'Suisse', 'Svizzera'])).toEqual({ value: 'CH' })
  expect(all('yes_no', ['yes', 'Ja', 'OUI', 'Sì', '1', 'x', '✓', 'subscribed'])).toEqual({ value: true })
  expect(all('booking_state', ['cancelled', 'Storniert', 'annulée', 'annullato'])).toEqual({ value: 'cancelled' })
  expect(readCell('Dr.', { type: 'gender' }, ways)).toEqual({ problem: 'not_a_gender' })
  expect(readCell('#DIV/0!', { type: 'text', length: 10 }, ways)).toEqual({ problem: 'formula_error' })
})

test('what stands for nothing is nothing, and the apostrophe before a formula is not part of the text', () => {
  for (const nothing of ['', '  ', '-', 'n/a', 'NULL', '\uFEFF']) expect(cellText(nothing)).toBeNull()
  expect(cellText("'+41 79 1")).toBe('+41 79 1')
  expect(cellText("'s Heeren")).toBe("'s Heeren")
  expect(cellText('a\0b')).toBe('ab')
})

const row = (number: number, ...cells: string[]) => ({ number, cells })

test('columns are known by their titles in four languages', () => {
  const guess = (...titles: string[]) =>
    guessMapping('customers', titles, []).map((target) => (target !== null && 'field' in target ? target.field : null))
  expect(guess('Customer ID', 'First Name', 'Last Name', 'Email Address', 'Mobile Phone')).toEqual([
    ...['id', 'first_name', 'last_name', 'email', 'phone'],
  ])
  expect(guess('Kundennr.', 'Vorname', 'Name', 'E-Mail', 'Geburtsdatum', 'Kunde seit')).toEqual([
    ...['id', 'first_name', 'last_name', 'email', 'birthdate', 'joined_at'],
  ])
  expect(guess('N° client', 'Prénom', 'Nom', 'Adresse e-mail', 'Téléphone portable', 'Civilité')).toEqual([
    ...['id', 'first_name', 'last_name', 'email', 'phone', 'gender'],
  ])
  expect(guess('Codice cliente', 'Nome', 'Cognome', 'Indirizzo e-mail', 'Data di nascita')).toEqual([
    ...['id', 'first_name', 'last_name', 'email', 'birthdate'],
  ])
  expect(guess('Name', 'E-Mail', 'E-Mail', 'Colour')).toEqual(['full_name', 'email', null, null])
})

test('the pages offer the fields that there are', () => {
  for (const kind of IMPORT_KINDS) expect(FIELDS[kind].map(({ name }) => name)).toEqual([...IMPORT_FIELDS[kind]])
})

test('every title of the table is in the form in which titles are compared, and means one field', () => {
  for (const kind of IMPORT_KINDS) {
    const titles = FIELDS[kind].flatMap(({ titles }) => titles.split('|'))
    for (const title of titles) expect(plainWord(title)).toBe(title)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  }
})

test('columns without a known title are known by what stands in them', () => {
  const rows = [row(1, 'a@mail.test', '+41 79 123 45 67'), row(2, 'b@mail.test', '')]
  expect(guessMapping('customers', ['', ''], rows)).toEqual([{ field: 'email' }, { field: 'phone' }])
  expect(hasTitles('customers', [row(1, 'a@mail.test', 'x'), row(2, 'b@mail.test', 'y')], '2026-11-30')).toBe(false)
  expect(hasTitles('customers', [row(1, 'Farbe', 'Grösse'), row(2, 'rot', 'L')], '2026-11-30')).toBe(true)
  expect(hasTitles('customers', [row(1, 'Mail', 'x'), row(2, 'b@mail.test', 'y')], '2026-11-30')).toBe(true)
})

test('how dates and amounts are written follows from what can be only one way', () => {
  const guess = (...cells: string[]) =>
    guessChoices(
      { titles: ['a'], separator: ',' },
      cells.map((cell) => row(1, cell)),
    )
  expect(guess('03/04/2026', '11/30/2026').dates).toBe('mdy')
  expect(guess('03/04/2026', '30/11/2026').dates).toBe('dmy')
  expect(guess('1.234,50 €', '12,00').decimal).toBe(',')
  expect(guess('1,234.50').decimal).toBe('.')
  expect(guessAttributeType([row(1, '12'), row(2, '3.5')], 0)).toBe('number')
  expect(guessAttributeType([row(1, '08001')], 0)).toBe('text')
  expect(guessAttributeType([row(1, 'ja'), row(2, 'nein')], 0)).toBe('yes_no')
  expect(guessAttributeType([row(1, '1.2.2020')], 0)).toBe('day')
})

const waysFor = (kind: (typeof IMPORT_KINDS)[number], choices = {}): RowWays => ({
  ...ways,
  kind,
  mapping: FIELDS[kind].map(({ name }): Target => ({ field: name })),
  choices: { ...DEFAULT_CHOICES, ...choices },
})

test('what can’t be read keeps a row out, or is left out of it, but never who it is about', () => {
  const mapping: Target[] = [{ field: 'id' }, { field: 'birthdate' }, { attribute: 'visits', type: 'number' }]
  const read = (choices: object, ...cells: string[]) =>
    readRow(row(7, ...cells), { ...ways, kind: 'customers', mapping, choices: { ...DEFAULT_CHOICES, ...choices } })
  expect(read({}, 'c1', 'long ago', 'many')).toMatchObject({
    refused: true,
    reasons: [
      { code: 'not_a_date', column: 1, value: 'long ago' },
      { code: 'not_a_number', column: 2 },
    ],
  })
  const incomplete = read({ unreadable: 'leave_out' }, 'c1', 'long ago', '3,5')
  expect(incomplete).toMatchObject({ refused: false, values: { id: 'c1' }, attributes: { visits: 3.5 } })
  expect(incomplete.values).not.toHaveProperty('birthdate')
  expect(read({ unreadable: 'leave_out' }, 'c 1 !', '', '').refused).toBe(true)
  expect(read({}, '', '1.2.2020', '')).toMatchObject({ refused: true, reasons: [{ code: 'no_identity' }] })
  expect(read({ empty: 'clear' }, 'c1', '', '')).toMatchObject({
    values: { birthdate: null },
    attributes: { visits: null },
  })
  expect(read({}, 'c1', '', '', 'one too many').reasons).toMatchObject([{ code: 'too_many_columns' }])
})

test('whatever stands in a file, what is made of it is allowed by ingest', () => {
  const schemas = {
    customers: ingestedCustomer,
    bookings: ingestedBooking,
    memberships: ingestedMembership,
    payments: ingestedPayment,
  }
  const likely = fc.constantFrom(
    ...['a@b.co', "o'neill@mail.test", '30.11.2026', '1/2/26 6 pm', '12,50 €', 'ja', 'Frau', 'de-CH', 'Schweiz', 'c-1'],
    ...['Anna Keller', '75 min', 'no show', '1e5', '9999-12-31', '0001-01-01', '=1+1', "'=1+1", 'x'.repeat(500)],
  )
  const cell = fc.oneof(likely, fc.string({ unit: 'binary' }), fc.constant(''))
  for (const kind of IMPORT_KINDS) {
    const count = FIELDS[kind].length
    fc.assert(
      fc.property(fc.array(cell, { minLength: count, maxLength: count }), fc.boolean(), (cells, clear) => {
        const choices = { unreadable: 'leave_out', empty: clear ? 'clear' : 'keep' }
        const { values, refused } = readRow(row(2, ...cells), waysFor(kind, choices))
        if (refused) return
        const {
          tags: _,
          customer_email: __,
          provider_name: ___,
          consent_email,
          consent_sms,
          consent_push,
          ...rest
        } = values
        const item = { ...rest, id: values.id ?? 'made' }
        expect(schemas[kind].safeParse(item)).toMatchObject({ success: true })
        for (const consent of [consent_email, consent_sms, consent_push])
          expect(['boolean', 'undefined']).toContain(typeof consent)
      }),
      { numRuns: 300 },
    )
  }
})

test('every reason is a sentence in four languages', () => {
  for (const code of REASONS)
    for (const language of ['en', 'de', 'fr', 'it'] as const)
      expect(reasonSentence({ code, value: '$&x' }, language)).toMatch(/\$&x|^[^{}]{10,}$/)
})
