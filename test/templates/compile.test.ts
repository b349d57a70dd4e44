import { describe, expect, test } from '@jest/globals'
import { mailValues, valuesTemplate } from '../../domain/messages/renderMessage.ts'
import { compileSource } from '../../domain/templates/compile/compileSource.ts'
import { compileTemplate, renderUntrusted } from '../../domain/templates/compile/compileTemplate.ts'
import { inThread, Stopped } from '../../domain/templates/compile/thread.ts'
import { around, HOSTILE, NASTY } from './sources.ts'

const source = (mjml: string, more: { subject?: string; preheader?: string; text?: string | null } = {}) => ({
  mjml,
  subject: 'Hi',
  preheader: '',
  text: null,
  language: 'en' as const,
  ...more,
})

async function compiled(mjml: string, more = {}) {
  const result = await compileSource(source(mjml, more))
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes))
  return result.compiled
}

const LINKS = {
  to: ['https://p.test/t/c/0', 'https://p.test/t/c/1'],
  answers: ['https://p.test/s/0', 'https://p.test/s/1'],
  unsubscribe: 'https://p.test/u/1',
  pixel: 'https://p.test/t/o/1',
  base: 'https://p.test',
}

/** A template as somebody gets it. */
async function rendered(mjml: string, customer: Record<string, unknown> = { first_name: 'Anna' }, more = {}) {
  const message = await compiled(mjml, more)
  return valuesTemplate({ subject: 'Hi', ...message })(mailValues({ customer }, 'Studio', 'en', LINKS), LINKS.pixel)
}

test.each(Object.entries(NASTY))('%s: is compiled, and can be rendered', async (_, mjml) => {
  const { html, text } = await rendered(mjml)
  expect(html).toContain('https://p.test/u/1')
  expect(html).toContain('<img src="https://p.test/t/o/1"')
  expect(html + text).not.toMatch(/[\uFDD0\uFDD1]|\{\{ (links|pixel|footer)/)
})

describe('what is not allowed is named with its place', () => {
  test.each(HOSTILE.map(([name, ...rest]) => [name, rest] as const))('%s', async (_, [mjml, says, line]) => {
    const result = await compileSource(source(mjml))
    if (!('mistakes' in result)) throw new Error('it was compiled')
    const found = result.mistakes.find(({ message }) => says.test(message))
    expect([result.mistakes.map(({ message }) => message), found?.path]).toEqual([expect.anything(), '/mjml'])
    if (line !== undefined) expect(found?.line).toBe(line)
    if (found?.line !== undefined) expect(found.column).toBeGreaterThan(0)
  })

  test('a header can’t be put into a subject, and only merge tags can', async () => {
    const result = await compileSource(source(around('<mj-text>x</mj-text>'), { subject: 'A\r\nBcc: spy@x.test' }))
    expect(result).toMatchObject({ mistakes: [{ path: '/subject', message: 'A subject is one line' }] })
    expect(await compileSource(source(around('<mj-text>x</mj-text>'), { subject: '{% if x %}' }))).toMatchObject({
      mistakes: [{ path: '/subject' }],
    })
    const long = 'x'.repeat(300)
    expect(await compileSource(source(around('<mj-text>x</mj-text>'), { subject: long }))).toHaveProperty('compiled')
  })
})

test('what a value brings is text, wherever it stands', async () => {
  const evil = `"><script>alert(1)</script>' onload='x`
  const { html, text } = await rendered(
    around('<mj-text><b title="{{ customer.first_name }}">{{ customer.first_name }}</b></mj-text>'),
    { first_name: evil },
  )
  expect(html).not.toContain('<script>alert')
  expect(html).toContain('title="&#34;&gt;&lt;script&gt;')
  expect(text).toContain(evil)
})

test('pages become tracked links, each once; mail addresses and links of the mail do not', async () => {
  const message = await compiled(
    around(
      `<mj-button href="https://x.test/?a=1&amp;b=2">one</mj-button><mj-text><a href='https://x.test/?a=1&b=2'>same</a>
       <a href="mailto:a@b.test">mail</a> <a href="#top">top</a> <a href="{{ links.unsubscribe }}">stop</a></mj-text>`,
    ),
  )
  expect(message.links).toEqual(['https://x.test/?a=1&b=2'])
  expect(message.html.match(/\{\{ links\.to\[0\] \}\}/g)).toHaveLength(2)
  expect(message.html.match(/links\.unsubscribe/g)).toHaveLength(1)
  expect(message.text).toContain('one ({{ links.to[0] }})')
  expect(message.warnings).toEqual([])
})

test('an unsubscribe link that a condition can take away is not enough', async () => {
  const conditional = '<mj-text>{% if customer.last_name %}<a href="{{ links.unsubscribe }}">x</a>{% endif %}</mj-text>'
  expect((await compiled(around(conditional))).html.match(/links\.unsubscribe/g)).toHaveLength(2)
})

test('500 links are allowed, a list of 5,000 is refused in words', async () => {
  const list = (count: number) =>
    around(
      `<mj-text>${Array.from({ length: count }, (_, index) => `<a href="https://x.test/${index}">${index}</a>`).join('')}</mj-text>`,
    )
  expect((await compiled(list(500))).links).toHaveLength(500)
  expect(await compileSource(source(list(4_000)))).toMatchObject({
    mistakes: [{ message: 'A message may have 500 links' }],
  })
})

test('a picture of our own gets the public address, the preheader stands first and is no part of the text', async () => {
  const own = `/i/${'a'.repeat(64)}.png`
  const { html, text } = await rendered(around(`<mj-image src="${own}" alt="A & b" />`), undefined, {
    preheader: 'Soon, {{ customer.first_name }} <3',
  })
  expect(html).toContain(`src="https://p.test${own}"`)
  expect(html).toMatch(/display:none[^>]*>Soon, Anna &lt;3</)
  expect(text).not.toContain('Soon')
  expect(text).toContain('A & b')
})

test('a text part that somebody wrote is theirs, with tracked links and how to stop it', async () => {
  const mjml = around('<mj-button href="https://x.test/a">x</mj-button>')
  const { text } = await rendered(
    mjml,
    { first_name: 'Anna' },
    { text: 'Hi {{ customer.first_name }}: https://x.test/a' },
  )
  expect(text).toBe(
    'Hi Anna: https://p.test/t/c/0\n\n-- \nYou get this mail because you are a customer of Studio.\nUnsubscribe: https://p.test/u/1\n',
  )
})

test('what looks like Liquid in an entity or a raw block stays text', async () => {
  const { html, text } = await rendered(
    around('<mj-text>&#123;&#123; 7 | times: 7 }} {% raw %}{{ 8 }}{% endraw %}</mj-text>'),
  )
  expect(html).toContain('&#123;&#123; 7 | times: 7 }} {{ 8 }}')
  expect(text).toContain('{{ 7 | times: 7 }} {{ 8 }}')
})

describe('in a thread that can be stopped', () => {
  test('bombs of Liquid end with a sentence', async () => {
    const bomb = (liquid: string) => around(`<mj-text>${liquid}</mj-text>`)
    for (const liquid of [
      '{% for i in (1..100000000) %}x{% endfor %}',
      '{% for a in (1..3000) %}{% for b in (1..3000) %}{% for c in (1..3000) %}x{% endfor %}{% endfor %}{% endfor %}',
      '{% assign x = "0123456789" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{ x }}',
    ]) {
      const message = await compileTemplate(source(bomb(liquid)), 'en', '')
      const values = mailValues({ customer: {} }, 'Studio', 'en', LINKS)
      await expect(
        renderUntrusted({ subject: 'x', ...message }, values, { pixel: null, at: '' }),
      ).rejects.toMatchObject({ code: 'invalid' })
    }
  })

  test('a job that takes too long is ended, and the next one works', async () => {
    const big = around('<mj-text>x</mj-text>'.repeat(1_500))
    await expect(inThread({ kind: 'compile', source: source(big) }, 1)).rejects.toBeInstanceOf(Stopped)
    expect(await compileTemplate(source(around('<mj-text>fine</mj-text>')), 'en', '')).toHaveProperty('html')
  })

  test('the largest source that is allowed is compiled', async () => {
    const block = '<mj-text>some words, <b>bold</b> and <i>italic</i></mj-text>\n'
    const mjml = around(block.repeat(Math.floor(200_000 / block.length)))
    expect((await compileTemplate(source(mjml), 'en', '')).html.length).toBeGreaterThan(200_000)
  })
})
