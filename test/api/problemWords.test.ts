import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parseSync } from '@swc/core'
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
