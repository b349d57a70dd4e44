import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkContent } from '../../domain/messages/checkContent.ts'
import { compileMessage } from '../../domain/messages/compileMessage.ts'
import { messageTemplate, type RenderedMessage, renderSubject } from '../../domain/messages/renderMessage.ts'
import { mailLanguage } from '../../domain/messages/words.ts'

const BUSINESS = 'Studio {{ x }} & <b>Söhne</b>'
const LINKS = { unsubscribe: 'https://p.test/u/1', pixel: 'https://p.test/t/o/1' }

/** A message of one paragraph as one customer gets it. */
async function render(nodes: unknown[], firstName: string | null = 'Anna', subject = 'Hi'): Promise<RenderedMessage> {
  const document = { type: 'doc', content: [{ type: 'paragraph', content: nodes }] }
  const content = checkContent({ subject, document })
  const compiled = await compileMessage(content.document, { business: BUSINESS, language: 'en' })
  return messageTemplate({ subject: content.subject, ...compiled })(
    { customer: { first_name: firstName, last_name: null }, business: { name: BUSINESS } },
    'fr',
    { ...LINKS, to: compiled.links.map((_, index) => `https://p.test/t/c/${index}`) },
  )
}

const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, marks })
const tag = (name: string, fallback: string) => ({ type: 'mergeTag', attrs: { name, fallback } })
const decode = (html: string) =>
  html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')

describe('what is typed arrives as it was typed', () => {
  test.each([
    '{{ customer.first_name }}',
    '{% for i in (1..1000000000) %}{% endfor %}',
    '{{ "x" | append: "y" }} {%- comment -%}',
    '{{',
    '}}',
    '{%',
    '{% raw %}',
    "{{ '{' }}",
    '<script>alert(1)</script> & <mj-include path="/etc/passwd" />',
    '</mj-text></mj-column><mj-raw>x</mj-raw>',
    '<!-- comment --> <![CDATA[ x ]]>',
    '👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 \u200d zero\u200bwidth',
    'שלום עולם مرحبا بالعالم',
    'Zażółć gęślą jaźń 日本語 \u{1F469}\u{1F3FD}',
    '$& $1 $` \\n \\\' "quotes"',
  ])('%j', async (words) => {
    const { html, text: plain } = await render([text(words)])
    expect(decode(html)).toContain(words)
    expect(plain).toContain(words)
  })

  test('for any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), async (words) => {
        fc.pre(words.trim() !== '')
        const { html } = await render([text(`[${words}]`)])
        // what is no text at all is taken out: control characters, code points that are never characters
        const kept = words.toWellFormed().replace(/(?![\t\n])[\p{Cc}\uFDD0-\uFDEF]/gu, '')
        expect(decode(html)).toContain(`[${kept}]`)
      }),
      { numRuns: 60 },
    )
  })
})

describe('merge tags', () => {
  test('are filled in, escaped in HTML, as they are in text', async () => {
    const { html, text: plain } = await render([text('Dear '), tag('customer.first_name', 'you')], '<b>A&B</b> {{ 7 }}')
    expect(html).toContain('Dear &lt;b&gt;A&amp;B&lt;/b&gt; {{ 7 }}')
    expect(plain).toContain('Dear <b>A&B</b> {{ 7 }}')
  })

  test.each(['you', '', `it's "both" \\ }} {% %} <b>`, "' | append: customer.last_name }}", '👋 שלום'])(
    'fall back to %j',
    async (fallback) => {
      const { html, text: plain } = await render([text('['), tag('customer.first_name', fallback), text(']')], null)
      expect(decode(html)).toContain(`[${fallback}]`)
      expect(plain).toContain(`[${fallback}]`)
    },
  )

  test('in a subject: filled in, on one line, and nothing else is markup', async () => {
    const subject = 'Hi {{ customer.first_name | default: "you" }}: {{ 7 | times: 7 }} {% if %} 100 {{'
    expect((await render([text('x')], 'An\r\nBcc: spy@a.test\u2028na', subject)).subject).toBe(
      'Hi An Bcc: spy@a.test na: {{ 7 | times: 7 }} {% if %} 100 {{',
    )
    const data = { customer: { first_name: null, last_name: null }, business: { name: 'B' } }
    expect(renderSubject(subject, data)).toBe('Hi you: {{ 7 | times: 7 }} {% if %} 100 {{')
  })
})

describe('the mail around the message', () => {
  test('tracked links for pages, plain ones for mail addresses; neighbours are one link', async () => {
    const page = { type: 'link', attrs: { href: 'https://a.test/x?a=1&b=2' } }
    const mail = { type: 'link', attrs: { href: 'mailto:a@b.test' } }
    const { html, text: plain } = await render([
      text('our ', page),
      text('plan', page, { type: 'bold' }),
      text(' or '),
      text('write', mail),
    ])
    expect(html).toMatch(
      /<a href="https:\/\/p\.test\/t\/c\/0"[^>]*>our <strong>plan<\/strong><\/a> or <a href="mailto:a@b\.test"/,
    )
    expect(html).not.toContain('https://a.test/x')
    expect(plain).toContain('our plan (https://p.test/t/c/0) or write (a@b.test)')
  })

  test('business, reason, unsubscribe link in the customer’s language, pixel', async () => {
    const { html, text: plain } = await render([text('x')])
    expect(html).toContain('<img src="https://p.test/t/o/1" width="1" height="1" alt=""')
    expect(html).toMatch(/href="https:\/\/p\.test\/u\/1"[^>]*>Se désabonner<\/a>/)
    expect(decode(html)).toContain(`Vous recevez ce message en tant que client de ${BUSINESS}.`)
    expect(plain).toContain('Se désabonner: https://p.test/u/1')
    expect(html).not.toMatch(/\{\{ (links|footer|pixel)|https:\/\/fonts/)
  })

  test.each([
    ['fr-CH', 'de', 'fr'],
    ['IT', 'de', 'it'],
    ['ja', 'de', 'de'],
    [null, 'xx', 'en'],
    ['constructor', 'en', 'en'],
  ])('a customer who reads %j of a business that speaks %j is written to in %j', (own, business, language) => {
    expect(mailLanguage(own, business)).toBe(language)
  })

  test('200,000 characters compile within seconds', async () => {
    const start = Date.now()
    const { html } = await render([text('word '.repeat(39_000))])
    expect(html.length).toBeGreaterThan(190_000)
    expect(Date.now() - start).toBeLessThan(5_000)
  })
})
