import { describe, expect, test } from '@jest/globals'
import { documentToHtml } from '../../ui/templates/text/documentToHtml.ts'
import { htmlToDocument } from '../../ui/templates/text/htmlToDocument.ts'
import { readMergeCode, writeMergeCode } from '../../ui/templates/text/mergeCode.ts'
import { originOf, writtenHtml } from '../../ui/templates/text/origin.ts'

const through = (html: string): string | undefined => {
  const document = htmlToDocument(html)
  return document && documentToHtml(document)
}

describe('the content of a text block', () => {
  test.each([
    'plain words',
    'Hello {{ customer.first_name | default: "you" }}!',
    '<p>One</p>\n<p>Two <strong>three <em>four</em></strong></p>',
    '<h1 style="margin:0">Title</h1>\n<p>a<br>b</p>',
    '<p><a href="https://example.org/" style="color:red">link</a></p>',
    '<p><a href="{{ links.unsubscribe }}">{{ footer.unsubscribe }}</a></p>',
    `<p><a href='{{ x | append: "y" }}'>z</a></p>`,
    '<ul><li>a</li><li>b <em>c</em></li></ul>',
    '<p>a&nbsp;b &amp; c &lt; d</p>',
    '<p>{% if reward %}with{% else %}without{% endif %} a gift</p>',
    '<div align="center">centred</div>',
    '<p>red <span style="color:#c00">word</span></p>',
  ])('comes back as it was: %s', (html) => {
    expect(through(html)).toBe(html)
  })

  test('comes back the same where it was written in another way', () => {
    expect(through('<p>a<br/>b <b>c</b></p>')).toBe('<p>a<br>b <strong>c</strong></p>')
    expect(through('\n  <p>\n   a\n   b </p>\n')).toBe('<p>a b</p>')
  })

  test.each([
    'plain words',
    '\n        Hello {{ customer.first_name }},\n        welcome\n      ',
    '\n  <p>\n   a\n   b </p>\n',
    '<p>a<br/>b <b>c</b></p>',
    '<p>&#252;ber &quot;x&quot;</p>',
  ])('that was typed into and put back as it was is the source to the letter: %j', (html) => {
    const document = htmlToDocument(html) ?? { type: 'doc' }
    const origin = originOf(html, document)
    expect(writtenHtml(structuredClone(document), origin)).toBe(html)
    const more = { ...document, content: [...(document.content ?? []), { type: 'horizontalRule' }] }
    expect(writtenHtml(more, origin)).toBe(documentToHtml(more))
  })

  test.each([
    '<table><tr><td>x</td></tr></table>',
    'words <!-- and a comment -->',
    'a <img src="x.png" alt="x"> b',
    '<p>a</p>{% if x %}<p>b</p>{% endif %}<center>c</center>',
    '<p><font color="red">x</font></p>',
    '<![CDATA[ x ]]>',
  ])('is not taken where something of it would be lost: %s', (html) => {
    expect(htmlToDocument(html)).toBeUndefined()
  })

  test('gives every paragraph a tag as soon as there are several', () => {
    const document = htmlToDocument('first')
    expect(document).toEqual({
      type: 'doc',
      content: [{ type: 'paragraph', attrs: { tag: '' }, content: [{ type: 'text', text: 'first' }] }],
    })
    const [first] = document?.content ?? []
    const second = { type: 'paragraph', attrs: { tag: 'p' }, content: [{ type: 'text', text: 'second' }] }
    expect(documentToHtml({ type: 'doc', content: [...(first ? [first] : []), second] })).toBe(
      '<p>first</p>\n<p>second</p>',
    )
  })

  test('never lets words become tags or Liquid', () => {
    const text = { type: 'text', text: '<b>&</b>' }
    expect(
      documentToHtml({ type: 'doc', content: [{ type: 'paragraph', attrs: { tag: 'p' }, content: [text] }] }),
    ).toBe('<p>&lt;b&gt;&amp;&lt;/b&gt;</p>')
  })
})

describe('a merge tag', () => {
  test.each(['{{ customer.first_name }}', '{{ customer.first_name | default: "you" }}'])(
    'is read and written: %s',
    (code) => {
      const read = readMergeCode(code)
      expect(read && writeMergeCode(read)).toBe(code)
    },
  )
  test.each(['{% if x %}', '{{ a | upcase }}', '{{ a', 'words'])('is not: %s', (code) => {
    expect(readMergeCode(code)).toBeUndefined()
  })
  test('cannot be ended early by its fallback', () => {
    const code = writeMergeCode({ name: 'a.b', fallback: '"}} <b>{% raw %}' })
    expect(readMergeCode(code)?.name).toBe('a.b')
    expect(code).not.toMatch(/<|%\}|"\}\}/)
  })
})
