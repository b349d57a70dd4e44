import { describe, expect, test } from '@jest/globals'
import { checkContent } from '../../domain/messages/checkContent.ts'
import { checkDocument } from '../../domain/messages/checkDocument.ts'
import { checkLink } from '../../domain/messages/checkLink.ts'
import { documentFromHtml } from '../../domain/messages/fromHtml.ts'

const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const text = (words: string, ...marks: unknown[]) => ({ type: 'text', text: words, marks })
const doc = (...content: unknown[]) => ({ type: 'doc', content })
const mistakesOf = (value: unknown) => checkDocument(value, '/content/document').mistakes

describe('the allow-list', () => {
  test('what the composer makes passes, without the attributes that mean nothing here', () => {
    const made = doc(
      { type: 'heading', attrs: { level: 2, textAlign: null }, content: [text('Hi')] },
      paragraph(
        text('a', { type: 'bold' }, { type: 'italic' }, { type: 'underline' }, { type: 'strike' }),
        { type: 'hardBreak' },
        { type: 'mergeTag', attrs: { name: 'customer.first_name', fallback: 'you' } },
        text('b', { type: 'link', attrs: { href: 'https://a.test/', target: '_blank', onclick: 'x()' } }),
      ),
      {
        type: 'orderedList',
        attrs: { start: 3, type: null },
        content: [{ type: 'listItem', content: [paragraph(text('x'))] }],
      },
      { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('y'))] }] },
      { type: 'blockquote', content: [paragraph(text('z'))] },
      { type: 'horizontalRule' },
      { type: 'paragraph' },
    )
    const { document, mistakes } = checkDocument(made, '/content/document')
    expect(mistakes).toEqual([])
    expect(JSON.stringify(document)).not.toMatch(/onclick|textAlign|target/)
  })

  test.each([
    ['an unknown block', doc({ type: 'iframe' }), '/content/document/content/0/type', /Unknown block: “iframe”/],
    [
      'an unknown inline node',
      doc(paragraph({ type: 'image' })),
      '/content/document/content/0/content/0/type',
      /Unknown inline node/,
    ],
    [
      'an unknown mark',
      doc(paragraph(text('x', { type: 'script' }))),
      '/content/document/content/0/content/0/marks/0/type',
      /Unknown mark/,
    ],
    [
      'a block in a list',
      doc({ type: 'bulletList', content: [paragraph()] }),
      '/content/document/content/0/content/0/type',
      /listItem/,
    ],
    [
      'a heading of level 7',
      doc({ type: 'heading', attrs: { level: 7 } }),
      '/content/document/content/0/attrs/level',
      /1, 2 and 3/,
    ],
    [
      'an unknown merge tag',
      doc(paragraph({ type: 'mergeTag', attrs: { name: 'constructor' } })),
      '/content/document/content/0/content/0/attrs/name',
      /Allowed are/,
    ],
    [
      'a script as a link',
      doc(paragraph(text('x', { type: 'link', attrs: { href: 'java\nscript:alert(1)' } }))),
      '/content/document/content/0/content/0/marks/0/attrs/href',
      /begins with javascript:/,
    ],
    [
      'text that is none',
      doc(paragraph({ type: 'text', text: 7 })),
      '/content/document/content/0/content/0/text',
      /Expected text/,
    ],
    ['no node', doc(7), '/content/document/content/0', /Expected a node/],
    ['no document', [], '/content/document', /type": "doc"/],
  ])('%s is refused with its place', (_, value, path, message) => {
    expect(mistakesOf(value)).toContainEqual({ path, message: expect.stringMatching(message) })
  })

  test('a tree without end, a million nodes, a list of links without end: refused at once', () => {
    let deep: unknown = paragraph(text('x'))
    for (let level = 0; level < 5_000; level++) deep = { type: 'blockquote', content: [deep] }
    expect(mistakesOf(doc(deep))).toEqual([{ path: expect.any(String), message: 'Nodes may be nested 30 deep' }])
    const many = { type: 'doc', content: Array.from({ length: 1_000_000 }, () => ({ type: 'horizontalRule' })) }
    expect(mistakesOf(many)).toEqual([
      { path: '/content/document/content/5000', message: 'A message may have 5000 nodes' },
    ])
    const links = Array.from({ length: 600 }, (_, n) =>
      text('x', { type: 'link', attrs: { href: `https://a.test/${n}` } }),
    )
    expect(mistakesOf(doc(paragraph(...links)))[0]?.message).toBe('A message may have 500 links')
    const long = doc(paragraph(text('x'.repeat(200_001))))
    expect(mistakesOf(long)[0]?.message).toBe('A message may have 200000 characters')
  })
})

describe('links', () => {
  test.each([
    ['https://a.test/x?y=1&z=2#q', 'https://a.test/x?y=1&z=2#q'],
    ['www.studio.test', 'https://www.studio.test/'],
    ['studio.test:8080/plan', 'https://studio.test:8080/plan'],
    ['//studio.test/plan', 'https://studio.test/plan'],
    ['mailto:hello@studio.test?subject=Hi there', 'mailto:hello@studio.test?subject=Hi%20there'],
    ['tel:+39 02 1234', 'tel:+39%2002%201234'],
    ['https://a.test/{{ customer.email }}', 'https://a.test/%7B%7B%20customer.email%20%7D%7D'],
    ['https://a.test/?q={{x}}"><script>', 'https://a.test/?q=%7B%7Bx%7D%7D%22%3E%3Cscript%3E'],
    ['https://münchen.test/ü', 'https://xn--mnchen-3ya.test/%C3%BC'],
  ])('%s is written %s', (raw, href) => {
    expect(checkLink(raw)).toEqual({ href })
  })

  test.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.test',
    'https://user:password@a.test/',
    'https://',
    'nonsense',
    '',
    `https://a.test/${'x'.repeat(3_000)}`,
  ])('%j is refused', (raw) => {
    expect(checkLink(raw)).toHaveProperty('mistake')
  })
})

describe('HTML of the API', () => {
  const read = (html: string) => {
    const { document, warnings } = documentFromHtml(html, '/content/html')
    const checked = checkDocument(document, '/content/html')
    expect(checked.mistakes).toEqual([])
    return { nodes: checked.document.content, warnings }
  }

  test('keeps what the allow-list has a node for', () => {
    const { nodes } = read(
      '<h1>A</h1><p>b <b>c</b><br>d</p><ol start="4"><li>e<ul><li>f</li></ul></li></ol><hr><blockquote>g</blockquote>',
    )
    expect(nodes.map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'orderedList',
      'horizontalRule',
      'blockquote',
    ])
  })

  test('drops what runs or hides, and says which links it took out', () => {
    const { nodes, warnings } = read(
      '<style>p{}</style><script>alert(1)</script><img src=x onerror=alert(1)><p onclick="x()">a <a href="javascript:x()">b</a></p><svg><script>1</script></svg><table><tr><td>c</td><td>d</td></tr></table>',
    )
    expect(JSON.stringify(nodes)).not.toMatch(/alert|onclick|javascript|p\{\}/)
    expect(nodes).toHaveLength(3)
    expect(warnings).toEqual([{ path: '/content/html', message: expect.stringMatching(/taken out.*javascript:/) }])
  })

  test('known merge tags become merge tags, everything else in braces stays text', () => {
    const { nodes } = read('<p>{{ customer.first_name | default: "you" }} {{ 7 | times: 7 }} {% for x in y %}</p>')
    expect(nodes[0]).toMatchObject({
      content: [
        { type: 'mergeTag', attrs: { name: 'customer.first_name', fallback: 'you' } },
        { type: 'text', text: ' {{ 7 | times: 7 }} {% for x in y %}' },
      ],
    })
  })

  test.each(['<ul>', '<ul><li>', '<ol><ul>', '<blockquote>', '<b>'])(
    '%s nested without end does no harm',
    (opening) => {
      expect(documentFromHtml(opening.repeat(40_000), '/html').document).toMatchObject({ type: 'doc' })
    },
  )

  test('a page nested without end does no harm', () => {
    const { nodes } = read(`${'<div>'.repeat(20_000)}x`)
    expect(nodes.length).toBeLessThanOrEqual(1)
    expect(checkDocument(documentFromHtml(`${'<ul><li>'.repeat(50)}x`, '').document, '').mistakes[0]?.message).toMatch(
      /30 deep/,
    )
  })
})

describe('subjects', () => {
  const document = doc(paragraph(text('x')))
  const check = (subject: string) => checkContent({ subject, document })

  test.each([
    ['', /needs a subject/],
    ['Hi\r\nBcc: a@b.test', /one line/],
    ['Hi {{ customer.frist_name }}', /There is no merge tag customer\.frist_name; allowed are customer\.first_name/],
    ['x'.repeat(999), /998 characters/],
  ])('%j', (subject, message) => {
    expect(() => check(subject)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        mistakes: [{ path: '/content/subject', message: expect.stringMatching(message) }],
      }),
    )
  })

  test('an empty message is refused', () => {
    expect(() => checkContent({ subject: 'Hi', html: '<p> <br></p><hr>' })).toThrow(
      expect.objectContaining({ mistakes: [{ path: '/content/html', message: 'The message is empty' }] }),
    )
  })
})
