import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parseSync } from '@swc/core'

// Every text that somebody reads stands in the catalogues: none is written straight into a component.

const UI = new URL('../../ui/', import.meta.url).pathname

/** What is read, of what an element is given. */
const READ = [
  ...[
    'label',
    'title',
    'placeholder',
    'description',
    'alt',
    'error',
    'summary',
    'tooltip',
    'legend',
    'suffix',
    'prefix',
  ],
  ...['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'nothingFoundMessage'],
]
/** What has letters and is the same in every language: examples of what is typed, addresses, names, formulas. */
const SAME = [
  /^\S+@\S+$/,
  /^[\w-]+(\.[\w-]+)+( \d+)?$/,
  /^(https?:|\/)\S*$/,
  /^(mail|px|YAML|HTML|MJML|CSV)$/,
  /HMAC-SHA256\(/,
]

type Node = {
  type?: string
  value?: unknown
  name?: { value?: unknown; name?: { value?: unknown } }
  [key: string]: unknown
}

/** The texts in a component's source that nobody can translate. */
function textsIn(source: string): string[] {
  const found: string[] = []
  const note = (text: unknown) => {
    if (typeof text !== 'string') return
    const words = text.replace(/\s+/g, ' ').trim()
    if (/\p{L}{2}/u.test(words) && !SAME.some((same) => same.test(words))) found.push(words)
  }
  /** A text itself, or one of those between which a condition or a template chooses. */
  const noteOf = (node: Node | undefined): void => {
    if (node?.type === 'StringLiteral') note(node.value)
    if (node?.type === 'JSXExpressionContainer') noteOf(node.expression as Node)
    if (node?.type === 'ConditionalExpression')
      for (const part of ['consequent', 'alternate']) noteOf(node[part] as Node)
    if (node?.type === 'TemplateLiteral') {
      for (const piece of node.quasis as { cooked?: string }[]) note(piece.cooked)
    }
  }
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const { type, value, name } = node as Node
    if (type === 'JSXText') note(value)
    if (type === 'JSXElement' || type === 'JSXFragment') {
      for (const child of (node as { children?: Node[] }).children ?? []) {
        if (child.type === 'JSXExpressionContainer') noteOf(child)
      }
    }
    const attribute = type === 'JSXAttribute' ? (name?.value ?? name?.name?.value) : undefined
    if (typeof attribute === 'string' && READ.includes(attribute)) noteOf(value as Node)
    for (const part of Object.values(node)) walk(part)
  }
  walk(parseSync(source, { syntax: 'typescript', tsx: true }))
  return found
}

test('the look for them finds what it is to find', () => {
  const source = `const Part = () => <p title="Two words" id="no text">Some <b aria-label={x ? 'yes, this' : text('a.b')}>{\`and \${x}\`}</b>{'more'}</p>`
  expect(textsIn(source).sort()).toEqual(['Some', 'Two words', 'and', 'more', 'yes, this'])
  expect(textsIn(`<TextInput placeholder="example.com 600" label={text('a')} key="Some words" />`)).toEqual([])
})

test('no component has a text of its own', () => {
  const files = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
  expect(files.length).toBeGreaterThan(300)
  const found = files.flatMap((file) =>
    textsIn(readFileSync(join(UI, file), 'utf8')).map((text) => `ui/${file}: ${text}`),
  )
  expect(found).toEqual([])
})
