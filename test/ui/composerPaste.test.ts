import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { cleanPaste } from '../../ui/composer/paste/cleanPaste.ts'
import { cleanText } from '../../ui/composer/paste/cleanText.ts'
import { plainTextToHtml } from '../../ui/composer/paste/plainText.ts'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.html`, import.meta.url), 'utf8')
/** Cleans and takes the line ends of the source away, which no reader sees. */
const clean = (html: string) => cleanPaste(html).html.replace(/[ \t]*\n\s*/g, ' ')

test('Word: headings, marks and links stay, lists are rebuilt by level and number, empty paragraphs go', () => {
  const { report } = cleanPaste(fixture('word'))
  expect(clean(fixture('word'))).toBe(
    '<h1>Unser Herbst im Studio</h1>' +
      '<p><strong>Liebe Gäste</strong>, wir haben „neue Stunden“ für\u00a0euch – <em>ab Montag</em>.</p>' +
      '<ul><li><p>Yoga am Morgen</p><ul><li><p>mit Matten</p></li></ul></li><li><p>Pilates</p></li></ul>' +
      '<p>Und so geht es:</p>' +
      '<ol><li><p><a href="https://studio.test/kurse">Kurs</a> aussuchen</p></li><li><p>Buchen</p></li></ol>',
  )
  expect(report).toMatchObject({ lists: 2, images: 1, tables: 0, active: 0, hidden: 0 })
})

test('Google Docs: bold that is not bold, redirected links, lists directly in lists', () => {
  expect(clean(fixture('google-docs'))).toBe(
    '<h2>Opening hours</h2>' +
      '<p><strong>We are open</strong><em> every day</em> in <a href="https://studio.test/winter?a=1">winter</a>.</p>' +
      '<ul><li><p>Monday</p><ul><li><p>morning</p></li></ul></li><li><p><s>Tuesday</s></p></li></ul>',
  )
})

test('a web page: nothing active, hidden or styled is left, tables are lines, emoji pictures are emoji', () => {
  const { report } = cleanPaste(fixture('web'))
  expect(clean(fixture('web'))).toBe(
    '<h3>Price list</h3><p> 🧘 </p>' +
      '<p><strong>Class</strong> · <strong>Minutes</strong> · <strong>Price</strong>' +
      '<br>Yoga\u00a0Flow · 60 · €\u00a015<br>Pilates · 45</p>' +
      '<p>See this, that and <a href="https://studio.test/a?b=1&amp;c=2">more</a>.</p>' +
      '<p>Zerowidth, family 👩‍👩‍👧, שלום\u200f and é.</p>',
  )
  expect(report).toMatchObject({ images: 1, tables: 1, active: 3, links: 1, hidden: 2 })
})

test('lines that a mail program wrote as divs become paragraphs with line breaks', () => {
  expect(clean(fixture('mail'))).toBe('<p>Hello Anna,</p><p>first line<br>second line</p><p>Bye</p><p>PS: see you</p>')
})

test('what was copied inside the composer comes back untouched', () => {
  const html =
    '<p data-pm-slice="1 1 []">Hi <span data-merge-tag="customer.first_name" data-fallback="you">x</span></p>'
  expect(cleanPaste(html).html).toBe(html)
})

test('merge tags survive together with other content', () => {
  const html =
    '<p style="color:red">Hi <span data-merge-tag="customer.first_name" data-fallback="y&quot;ou">x</span></p>'
  expect(clean(html)).toBe('<p>Hi <span data-merge-tag="customer.first_name" data-fallback="y&quot;ou">x</span></p>')
})

test('a few words out of a line stay inline, with the spaces around them', () => {
  expect(clean('<meta charset="utf-8"><span style="font-weight:bold"> two words </span>')).toBe(
    '<strong> two words </strong>',
  )
})

test('bullets that were typed become a list, a single middle dot in a text does not', () => {
  expect(clean('<p>•&nbsp;&nbsp;one</p>\n<p>•&nbsp;&nbsp;<b>two</b></p><p>three · four</p>')).toBe(
    '<ul><li><p>one</p></li><li><p><strong>two</strong></p></li></ul><p>three · four</p>',
  )
})

test('a mark around blocks goes inside them', () => {
  expect(clean('<b><p>one</p><ul><li>two</li></ul></b>')).toBe(
    '<p><strong>one</strong></p><ul><li><p><strong>two</strong></p></li></ul>',
  )
})

test('a layout table gives up its content', () => {
  const { html, report } = cleanPaste(
    '<table><tr><td><h1>Head</h1><p>Text</p></td></tr><tr><td><p>More</p></td></tr></table>',
  )
  expect(html).toBe('<h1>Head</h1><p>Text</p><p>More</p>')
  expect(report.tables).toBe(0)
})

test.each([
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<a href="  JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<xmp><script>alert(1)</script></xmp>',
  '<span data-merge-tag="&quot; onclick=&quot;alert(1)">x</span>',
])('hostile HTML is harmless: %s', (html) => {
  // Whatever is left, is left as text or as an attribute that is known.
  const left = cleanPaste(html).html
  const tags = [...left.matchAll(/<([a-z0-9]+)([^>]*)>/g)]
  for (const [, tag, attributes] of tags) {
    expect('p h1 h2 h3 ul ol li blockquote hr br strong em u s a span xmp'.split(' ')).toContain(tag)
    expect(attributes?.replace(/ (href|start|data-merge-tag|data-fallback)="[^"]*"/g, '')).toBe('')
    expect(attributes).not.toMatch(/href="\s*(?!https?:|mailto:|tel:)/)
  }
})

test('a hundred thousand nested elements neither hang nor overflow', () => {
  const started = performance.now()
  expect(cleanPaste(`${'<div>'.repeat(100_000)}deep${'</div>'.repeat(100_000)}`).html).toContain('deep')
  expect(performance.now() - started).toBeLessThan(2_000)
})

test.each([
  ['zero-width space', 'a\u200bb', 'ab'],
  ['byte order mark', '\ufeffa', 'a'],
  ['joiner in an emoji', '👩‍🚀 ❤️‍🔥', '👩‍🚀 ❤️‍🔥'],
  ['joiner between Latin letters', 'a\u200db', 'ab'],
  ['non-joiner in Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
  ['joiner in Sinhala', 'ක්\u200dෂ', 'ක්\u200dෂ'],
  ['direction marks in a Latin text', 'a\u200eb', 'ab'],
  ['direction marks in a Hebrew text', 'שלום\u200f!', 'שלום\u200f!'],
  ['an override that would turn a text round', 'a\u202egnp.exe', 'agnp.exe'],
  ['the flag of Scotland', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['hidden tag characters', 'a\u{E0061}\u{E0062}', 'a'],
  ['decomposed letters', 'u\u0308', 'ü'],
  ['non-breaking space', '5\u00a0€', '5\u00a0€'],
  ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
  ['controls', 'a\u0000\u0008b\tc', 'ab\tc'],
])('cleanText: %s', (_, from, to) => {
  expect(cleanText(from).text).toBe(to)
})

test.each([
  ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
  ['one\r\n\r\n  \r\ntwo\n', '<p>one</p><p>two</p>'],
  ['- one\n- two', '<ul><li><p>one</p></li><li><p>two</p></li></ul>'],
  ['3. one\n4. two', '<ol start="3"><li><p>one</p></li><li><p>two</p></li></ol>'],
  ['2024. was good\n2026. is better', '<p>2024. was good<br>2026. is better</p>'],
  ['- only one', '<p>- only one</p>'],
  ['a < b & "c"', '<p>a &lt; b &amp; "c"</p>'],
])('plain text %j', (text, html) => {
  expect(plainTextToHtml(text)).toBe(html)
})
