import { expect, test } from '@jest/globals'
import { caniemail } from 'caniemail'
import { exampleValues } from '../../domain/messages/exampleValues.ts'
import { mailValues, valuesTemplate } from '../../domain/messages/renderMessage.ts'
import { compileSource } from '../../domain/templates/compile/compileSource.ts'
import {
  GALLERY_LANGUAGES,
  galleryIn,
  galleryPicture,
  wholeGallery,
} from '../../domain/templates/gallery/readGallery.ts'

const everyone = [...wholeGallery()]

/** What is sent, for somebody with everything or with nothing. */
async function mail(key: string, values: Record<string, unknown>) {
  const template = wholeGallery().get(key)
  if (template === undefined) throw new Error(key)
  const { content, language } = template
  const result = await compileSource({ ...content, language })
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes))
  const { compiled } = result
  expect([key, compiled.warnings]).toEqual([key, []])
  const links = {
    to: compiled.links,
    answers: compiled.answers.map((_, index) => `https://p.test/s/${index}`),
    unsubscribe: 'https://p.test/u/1',
    pixel: null,
    base: 'https://p.test',
  }
  const render = valuesTemplate({ ...compiled, subject: content.subject })
  return { compiled, ...render(mailValues(values, 'Studio', language, links), null) }
}

test('eight templates, each in four languages, none with the words of another', () => {
  for (const language of GALLERY_LANGUAGES) {
    const names = galleryIn(language)
    expect(names.length).toBeGreaterThanOrEqual(8)
    expect(new Set(names.map(({ name }) => name)).size).toBe(names.length)
  }
  const [english, ...others] = GALLERY_LANGUAGES.map((language) =>
    galleryIn(language).map(({ content }) => content.mjml),
  )
  for (const other of others) for (const [index, mjml] of other.entries()) expect(mjml).not.toBe(english?.[index])
})

test.each(everyone.map(([key]) => key))('%s says the same in HTML and text, with and without data', async (key) => {
  const language = wholeGallery().get(key)?.language ?? 'en'
  const full = await mail(key, { ...exampleValues(language, 'EUR'), business: { name: 'Studio' } })
  const bare = await mail(key, {
    customer: {},
    business: { name: 'Studio' },
    provider: {},
    next_booking: {},
    reward: {},
  })
  for (const { html, text, subject } of [full, bare]) {
    expect(subject).toMatch(/\w/)
    expect(subject).not.toMatch(/[{}]|,$| $/)
    expect(html).toContain('https://p.test/u/1')
    expect(text).toContain('https://p.test/u/1')
    expect(html + text).not.toMatch(/\{[{%]|\[\[|\b(?:undefined|null|NaN)\b/)
    expect(Buffer.byteLength(html)).toBeLessThan(40_000)
  }
  expect(full.text).toContain('Anna')
})

test('pictures of the gallery are served by what they are', () => {
  for (const [key, { content }] of everyone) {
    const hash = /\/i\/([0-9a-f]{64})\.png/.exec(content.mjml)?.[1] ?? ''
    expect([key, galleryPicture(hash)?.subarray(1, 4).toString()]).toEqual([key, 'PNG'])
  }
})

test('the survey offers its answers under the same names in every language', async () => {
  const offered = await Promise.all(
    GALLERY_LANGUAGES.map(async (language) => (await mail(`why-leave.${language}`, {})).compiled.answers),
  )
  for (const answers of offered) {
    expect(answers.map(({ survey, answer }) => `${survey} ${answer}`)).toEqual(
      offered[0]?.map(({ survey, answer }) => `${survey} ${answer}`),
    )
    expect(answers.length).toBe(5)
  }
})

/**
 * What some mail programs do not know, and why a mail is still read well there: spacing and corners that are then simpler,
 * the wide layout on a phone, words for screen readers, a cursor.
 */
const DEGRADES = new Set([
  'cursor',
  'target attribute',
  '@media',
  '<style> element',
  'Descendant combinator',
  'ID selector',
  'Type selector',
  'Class selector',
  'Chaining selectors',
  '!important keyword',
  'outline',
  'opacity',
  'overflow',
  'max-height property',
  'display:none',
  'border-radius',
  'border-spacing',
  'table-layout',
  'word-spacing',
  'word-break',
  'height property',
  'height attribute',
  'width attribute',
  'aria-label attribute',
  'role attribute',
  'lang attribute',
  '<body> element',
])
const PROGRAMS = [
  'gmail.android',
  'gmail.desktop-webmail',
  'gmail.ios',
  'gmail.mobile-webmail',
  'outlook.windows',
  'outlook.windows-mail',
  'outlook.macos',
  'outlook.ios',
  'outlook.android',
  'outlook.outlook-com',
  'apple-mail.ios',
  'apple-mail.macos',
  'yahoo.android',
  'yahoo.ios',
  'yahoo.desktop-webmail',
  'samsung-email.android',
  'protonmail.desktop-webmail',
  'fastmail.desktop-webmail',
  'hey.desktop-webmail',
] as const

test.each(galleryIn('en').map(({ id }) => id))('%s needs nothing that a mail program lacks', async (id) => {
  const { compiled } = await mail(`${id}.en`, exampleValues('en', 'EUR'))
  const { issues } = caniemail({ clients: [...PROGRAMS], html: compiled.html })
  const lacking = [...issues.errors].flatMap(([program, features]) =>
    features
      .map(({ title }) => title)
      .filter((title) => !DEGRADES.has(title))
      .map((title) => `${program}: ${title}`),
  )
  expect([...new Set(lacking)]).toEqual([])
})
