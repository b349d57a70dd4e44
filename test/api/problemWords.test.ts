import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseSync } from '@swc/core'
import { z } from 'zod'
import { checkInput } from '../../api/server/checkInput.ts'
import { inLanguage } from '../../api/server/problemWords/index.ts'
import { ROOT } from '../../scripts/parts/root.ts'

type Node = { type?: string; value?: unknown; [key: string]: unknown }

/** A sentence as the code has it: `{}` for what is put in; undefined where it is not written there. */
function sentenceOf(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return String(node.value)
  if (node?.type === 'TemplateLiteral')
    return (node.quasis as { cooked: string }[]).map(({ cooked }) => cooked).join('{}')
  if (node?.type !== 'BinaryExpression') return undefined
  const [left, right] = [sentenceOf(node.left as Node), sentenceOf(node.right as Node)]
  return left === undefined || right === undefined ? undefined : left + right
}

/** The sentences of refusals that people meet: what they asked for does not go with how things are, or a part is away. */
function refusalsIn(source: string): string[] {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const { type, callee, arguments: given } = node as Node
    if (type === 'NewExpression' && (callee as Node).value === 'Problem') {
      const [code, detail] = (given as { expression: Node }[]).map(({ expression }) => expression)
      const sentence = sentenceOf(detail)
      if (['conflict', 'unavailable'].includes(String(code?.value)) && sentence !== undefined) found.push(sentence)
    }
    for (const part of Object.values(node)) walk(part)
  }
  walk(parseSync(source, { syntax: 'typescript' }))
  return found
}

const refusals = ['domain', 'api'].flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, room, file), 'utf8'))
    .filter((source) => source.includes('new Problem('))
    .flatMap(refusalsIn),
)

test.each(['de', 'fr', 'it'])('what is refused is said in %s, each of it', (language) => {
  expect(refusals.length).toBeGreaterThan(50)
  const filled = refusals.map((sentence) => sentence.replaceAll('{}', '7'))
  expect(filled.filter((sentence) => inLanguage(sentence, language) === sentence)).toEqual([])
})

test('what is put in is put where the language has it, states in its words; other sentences stay', () => {
  expect(inLanguage('“Win back” is live: stop it first, so that everybody inside leaves.', 'de')).toBe(
    '„Win back“ ist eingeschaltet: beenden Sie sie zuerst, damit alle, die darin sind, sie verlassen.',
  )
  expect(inLanguage('The campaign is not paused, it is sent', 'it')).toBe('Il mailing non è in pausa: è inviato')
  expect(inLanguage('The campaign is not paused, it is sent', 'en')).toBe('The campaign is not paused, it is sent')
  expect(inLanguage('Nobody has ever said this', 'fr')).toBe('Nobody has ever said this')
})

/** What a schema of the contract says itself of what it does not allow: the last part of a check, or its `error`. */
function checksIn(source: string): string[] {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one)
      return
    }
    if (typeof node !== 'object' || node === null) return
    const { type, callee, arguments: given, key, value } = node as Node
    const check = (callee as { property?: Node } | undefined)?.property?.value
    if (type === 'CallExpression' && ['regex', 'refine', 'min', 'max', 'length'].includes(String(check))) {
      const sentence = sentenceOf((given as { expression: Node }[])[1]?.expression)
      if (sentence !== undefined) found.push(sentence)
    }
    if (type === 'KeyValueProperty' && ['error', 'message'].includes(String((key as Node).value))) {
      const sentence = sentenceOf(value as Node)
      if (sentence !== undefined) found.push(sentence)
    }
    for (const part of Object.values(node)) walk(part)
  }
  walk(parseSync(source, { syntax: 'typescript' }))
  return found
}

const checks = readdirSync(join(ROOT, 'api/contract')).flatMap((file) =>
  checksIn(readFileSync(join(ROOT, 'api/contract', file), 'utf8')),
)

test.each(['de', 'fr', 'it'])('what the contract allows in a field is said in %s, each of it', (language) => {
  expect(checks.length).toBeGreaterThan(40)
  const filled = checks.map((sentence) => sentence.replaceAll('{}', '7'))
  expect(filled.filter((sentence) => inLanguage(sentence, language) === sentence)).toEqual([])
})

const text = z.string()
/** A value that breaks it, for each kind of issue that zod has and the contract uses. */
const BROKEN: readonly [string, z.ZodType, unknown][] = [
  ['a text that is missing', text, undefined],
  ['a text that is a number', text, 1],
  ['an object that is a list', z.object({}), []],
  ['a list that is a text', z.array(text), 'a'],
  ['no number', z.coerce.number(), 'x'],
  ['no whole number', z.int(), 1.5],
  ['neither true nor false', z.boolean(), 'x'],
  ['an empty text', text.min(1), ''],
  ['a short text', text.min(3), 'a'],
  ['a long text', text.max(3), 'abcd'],
  ['a text of another length', text.length(3), 'a'],
  ['a small number', z.int().min(1), 0],
  ['a large number', z.int().max(5), 9],
  ['a number at the edge', z.number().gt(1), 1],
  ['a number at the upper edge', z.number().lt(1), 1],
  ['an empty list', z.array(text).min(1), []],
  ['a short list', z.array(text).min(2), ['a']],
  ['a long list', z.array(text).max(1), ['a', 'b']],
  ['none of several', z.enum(['a', 'b']), 'c'],
  ['not the one', z.literal('x'), 'y'],
  ['no address', z.email(), 'x'],
  ['no web address', z.url(), 'x'],
  ['no base64', z.base64(), '*'],
  ['no day', z.iso.date(), 'x'],
  ['no instant', z.iso.datetime(), 'x'],
  ['another form', text.regex(/a/), 'b'],
  ['no multiple', z.number().multipleOf(2), 3],
  ['a name of another form', z.record(text.regex(/a/), text), { b: 'x' }],
  ['none of several shapes', z.union([text, z.number()]), true],
  ['another beginning', text.startsWith('a'), 'b'],
  ['another end', text.endsWith('a'), 'b'],
  ['what nobody explains', z.custom(() => false), 1],
]

describe.each(['de', 'fr', 'it'])('what a schema does not allow is said in %s', (language) => {
  test.each(BROKEN)('%s', (_, schema, value) => {
    const messages = schema.safeParse(value).error?.issues.map(({ message }) => message) ?? []
    expect(messages).not.toEqual([])
    for (const message of messages) {
      const said = inLanguage(message, language)
      expect(said).not.toBe(message)
      expect(said).not.toMatch(/expected|Invalid|\{\d\}/)
    }
  })
})

test('several mistakes are summed up in the language, with the place of the first', () => {
  const endpoint = {
    params: z.undefined(),
    query: z.undefined(),
    body: z.strictObject({ name: text.min(1), at: z.int() }),
  }
  let detail = ''
  try {
    checkInput(endpoint as never, { params: {}, query: {}, body: { name: '', at: 'x', colour: 1 } })
  } catch (error) {
    detail = (error as Error).message
  }
  expect(detail).toBe('/name: Too small: expected string to have >=1 characters (and 2 more)')
  expect(inLanguage(detail, 'de')).toBe('/name: Darf nicht leer sein (und 2 mehr)')
  expect(inLanguage('The body: Invalid input: expected object, received array', 'it')).toBe(
    'Il contenuto: Atteso: un oggetto, ricevuto: una lista',
  )
  const unknown = 'There is no such field here; allowed are name, at'
  expect(inLanguage(unknown, 'de')).toBe('Ein solches Feld gibt es hier nicht; möglich sind name, at')
  expect(inLanguage('/limit: Nobody has ever said this', 'fr')).toBe('/limit\u202f: Nobody has ever said this')
})
