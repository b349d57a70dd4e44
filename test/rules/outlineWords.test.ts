import { describe, expect, test } from '@jest/globals'
import { nodesOf, type Rule } from '../../rules/rule.ts'
import { de } from '../../rules/words/de.ts'
import { en } from '../../rules/words/en.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import type { WordOptions } from '../../rules/words/messages.ts'
import { outlineOf } from '../../rules/words/outline.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from '../ui/randomRule.ts'

const LANGUAGES = { en, de, fr, it }
const words = (locale: keyof typeof LANGUAGES): WordOptions => ({
  messages: LANGUAGES[locale],
  locale,
  currency: 'EUR',
})
const outline = (rule: Rule, locale: keyof typeof LANGUAGES = 'en'): string =>
  outlineOf(rule, words(locale))
    .map(({ depth, text }) => `${'  '.repeat(depth)}${text}`)
    .join('\n')

const attended: Rule = { fact: 'last_booking', states: ['attended'], is: 'set' }
const member: Rule = { fact: 'membership', is: 'valid' }
const rule: Rule = {
  all: [
    attended,
    { not: member },
    { any: [member, { not: { any: [attended, member] } }, { not: { all: [attended] } }] },
  ],
}

test('groups are headings, conditions the words of the sentence', () => {
  expect(outline(rule)).toBe(
    [
      'Customers who meet all of these:',
      '  attended at least once',
      '  have no valid membership',
      '  meet at least one of these:',
      '    have a valid membership',
      '    meet none of these:',
      '      attended at least once',
      '      have a valid membership',
      '    do not meet all of these:',
      '      attended at least once',
    ].join('\n'),
  )
})

test('in German, French and Italian', () => {
  const small: Rule = { all: [attended, { not: { any: [member, attended] } }] }
  expect(outline(small, 'de')).toBe(
    [
      'Kunden, die all das erfüllen:',
      '  mindestens einmal da waren',
      '  nichts davon erfüllen:',
      '    eine gültige Mitgliedschaft haben',
      '    mindestens einmal da waren',
    ].join('\n'),
  )
  expect(outline(small, 'fr').split('\n').slice(0, 3)).toEqual([
    'Les clients qui remplissent toutes ces conditions\u202f:',
    '  sont venus au moins une fois',
    '  ne remplissent aucune de ces conditions\u202f:',
  ])
  expect(outline(small, 'it').split('\n').slice(0, 3)).toEqual([
    'I clienti che soddisfano tutte queste condizioni:',
    '  sono venuti almeno una volta',
    '  non soddisfano nessuna di queste condizioni:',
  ])
})

test('a condition alone is its sentence; what is inverted twice is said as it was', () => {
  expect(outline({ not: { not: member } })).toBe('Customers who have a valid membership.')
  expect(outline({ not: member }, 'de')).toBe('Kunden, die keine gültige Mitgliedschaft haben.')
})

test('empty groups', () => {
  expect(outline({ all: [] })).toBe('Everyone.')
  expect(outline({ any: [] })).toBe('No one.')
  expect(outline({ any: [{ all: [] }, { not: { all: [] } }] })).toBe(
    'Customers who meet at least one of these:\n  are anyone\n  are no one',
  )
})

describe('each node has its line', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = randomRule(randomFrom(seed), 12)
    const nodes = nodesOf(random)
    const inverted = new Set(nodes.flatMap((node) => ('not' in node.rule ? [`${node.path}/not`] : [])))
    const expected = nodes.map(({ path }) => path).filter((path) => !inverted.has(path))
    for (const locale of ['en', 'de', 'fr', 'it'] as const) {
      const lines = outlineOf(random, words(locale))
      expect(lines.map(({ path }) => path)).toEqual(expected)
      for (const { text } of lines) expect(text).toMatch(/^[^{}[\]*]+$/)
    }
  })
})
