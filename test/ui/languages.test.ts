import { describe, expect, test } from '@jest/globals'
import { createIntl } from 'react-intl'
import { fallbackMessages, LANGUAGES, loadCatalogue, type MessageId } from '../../ui/messages/index.ts'

/** English words that another of our languages has, too: names, abbreviations, and what it took over. */
const SAME = [
  'Version',
  ...['Ctrl K', 'Signature (DKIM)', 'Webhook', 'Webhooks', 'Sections', '{milliseconds, number} ms'],
  'Live',
  'Tag',
  ...['Automation', 'orange', 'indigo', 'violet'],
  'Status: {what}',
  'Segment: {what}',
  'minutes',
  'messages',
  'Version {version, number}: {step}',
  ...['Admin', 'Manager', 'Code', 'Secret', 'Import', 'Partner', 'File', 'No'],
  ...[
    'Perennial',
    'Temporal',
    'Worker',
    'Server',
    'VIP',
    'SMS',
    'push',
    'Push',
    'HTML',
    'YAML',
    'Minutes',
    'Text',
    'Name',
    'Status',
    'Date',
  ],
  ...[
    'Link',
    'Notification',
    'Segment',
    'Segments',
    'Versions',
    'Mailing',
    'Mailings',
    'Audience',
    'Audiences',
    'Contacts',
    'Message',
    'Type',
    'ID',
    'Version {version}',
    'Password',
    'Database',
    'test',
    'Tags',
  ],
  ...['Editor', 'Mail', 'Navigation', 'Liquid', 'Section', 'Question'],
  ...['live', 'Note', 'Communication', 'Messages', 'Source', 'no'],
  ...['{kilobytes, number, ::.0} kB', '{size} KB', '{length, number}, long'],
]

/** A part of a parsed message: words, an argument, a plural with its options, a tag with what is in it. */
type Part = {
  readonly value?: string
  readonly children?: readonly Part[]
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>
  readonly type: number
  /** Of a plural: by number or by rank. */
  readonly pluralType?: string
}
const WORDS = 0

const { formatters } = createIntl({ locale: 'en' })

/** The parts of a message; throws when it is not well formed. */
const parse = (message: string) => formatters.getMessageFormat(message, 'en').getAst() as unknown as readonly Part[]

/** All parts, those within others as well. */
const allParts = (parts: readonly Part[]): Part[] =>
  parts.flatMap((part) => [
    part,
    ...allParts(part.children ?? []),
    ...Object.values(part.options ?? {}).flatMap((option) => allParts(option.value)),
  ])

/** What has to be given to a message: `count`, `name`, `b` for a tag. */
const taken = (message: string): string[] =>
  [...new Set(allParts(parse(message)).flatMap(({ type, value }) => (type === WORDS ? [] : (value ?? []))))].sort()

/** The ways in which a message tells numbers apart: `one other`. What it tells apart by a name is no plural. */
const plurals = (message: string): string[] =>
  allParts(parse(message)).flatMap(({ options, pluralType }) =>
    options && pluralType ? Object.keys(options).join(' ') : [],
  )

/** Marks that a reader of the language would stumble over: straight quotes, another language's, French spaces. */
const MISPRINTS: Readonly<Record<string, RegExp>> = {
  de: /["'”«»]|\s[;:!?]/,
  fr: /["'“”„]|[^\u202f][;:!?»]|«[^\u202f]/u,
  it: /["'“”„]|\s[;:!?»]|«\s/,
}

const ids = Object.keys(fallbackMessages) as MessageId[]

describe.each(LANGUAGES.filter((language) => language !== 'en'))('the texts in %s', (language) => {
  test('are those of the English catalogue, each of them', async () => {
    const { texts } = await loadCatalogue(language)
    expect(Object.keys(texts)).toEqual(ids)
  })

  test('are well formed and take what the English ones take', async () => {
    const { texts } = await loadCatalogue(language)
    const takenBy = (of: (id: MessageId) => string) => Object.fromEntries(ids.map((id) => [id, taken(of(id))]))
    expect(takenBy((id) => texts[id] ?? '')).toEqual(takenBy((id) => fallbackMessages[id]))
  })

  test('know the plurals of their language', async () => {
    const { texts } = await loadCatalogue(language)
    const forms = Object.values(texts).flatMap(plurals)
    expect(forms.filter((form) => !/^(=\d+ )*one other$/.test(form))).toEqual([])
  })

  test('are not in English', async () => {
    const { texts } = await loadCatalogue(language)
    const hasWords = (text: string) => /\p{L}/u.test(text.replace(/\{[^{}]*\}/g, ''))
    const same = ids.map((id) => texts[id] ?? '').filter((text, at) => text === fallbackMessages[ids[at] ?? 'app.name'])
    expect(same.filter((text) => hasWords(text) && !SAME.includes(text))).toEqual([])
  })

  test('are set as their readers expect', async () => {
    const { texts } = await loadCatalogue(language)
    const misprint = MISPRINTS[language] ?? /^/
    const printed = (text: string) => text.replace(/'\{'|, ::[^}]+|https?:\S*/g, '')
    expect(ids.filter((id) => misprint.test(printed(texts[id] ?? '')))).toEqual([])
  })
})
