import { describe, expect, test } from '@jest/globals'
import type { Automation, Trigger } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import { automationsDe } from '../../rules/automations/words/de.ts'
import { automationsEn } from '../../rules/automations/words/en.ts'
import { automationsFr } from '../../rules/automations/words/fr.ts'
import { automationsIt } from '../../rules/automations/words/it.ts'
import { automationSentence, automationText, linesOf, stepSentence } from '../../rules/automations/words.ts'
import { de } from '../../rules/words/de.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import { en, textOf, type WordOptions } from '../../rules/words.ts'
import { everyHappening, everything } from './everyStep.ts'

const LANGUAGES = {
  en: { ...en, ...automationsEn },
  de: { ...de, ...automationsDe },
  fr: { ...fr, ...automationsFr },
  it: { ...it, ...automationsIt },
}
type Language = keyof typeof LANGUAGES

const words = (locale: Language): WordOptions => ({
  messages: LANGUAGES[locale],
  locale,
  currency: 'EUR',
  names: { segment: { 'slipping-away': 'Slipping away' }, template: { 'we-miss-you': 'We miss you' } },
})

const triggers: Trigger[] = [
  ...everyHappening.filter(({ on }) => on !== 'opened' && on !== 'clicked'),
  { on: 'by_hand' },
  ...[-3, 0, 1].flatMap((days) =>
    (['birthday', 'membership_end', 'reward_end'] as const).map((of) => ({
      on: 'date' as const,
      of,
      days,
      at: '09:00',
    })),
  ),
]
const all: Automation[] = [
  everything,
  ...triggers.map((when) => ({ ...everything, when })),
  { ...everything, again: 'never' },
  { ...everything, again: 'each' },
]

test('what is said here is said of automations that are right', () => {
  for (const automation of all) expect(checkAutomation(automation)).toEqual({ automation })
})

describe.each(['en', 'de', 'fr', 'it'] as const)('automations in %s', (language) => {
  test('have words for every happening and every step', () => {
    for (const automation of all) {
      const lines = automationText(automation, words(language))
      for (const line of lines) {
        expect(line).toMatch(/^ *[^\s{}[\]*_][^{}[\]*_]*$/u)
        expect(line.trim()).not.toMatch(/ {2}| [.,]|undefined|…$/)
        expect(line).not.toContain('\0')
      }
      const sentence = textOf(automationSentence(automation, words(language)))
      expect(sentence).toMatch(/^\p{Lu}[^{}[\]*_]+\.$/u)
      expect(sentence).not.toMatch(/ {2}| [.,]/)
    }
  })

  test('have every text, and none in English', () => {
    const own = LANGUAGES[language]
    const keys = Object.keys(automationsEn)
    expect(keys.filter((key) => own[key] === undefined)).toEqual([])
    // what another language says the same way
    const same = /^(step\.unknown|way\.percent|sentence\.or_else|finding\.rule|span\.minutes\.)/
    const literal = keys.filter((key) => !same.test(key) && language !== 'en')
    expect(literal.filter((key) => own[key] === automationsEn[key])).toEqual([])
    const marks = (text: string | undefined) => [...new Set(text?.match(/\{\w+\}/g))].sort()
    expect(keys.filter((key) => String(marks(own[key])) !== String(marks(automationsEn[key])))).toEqual([])
  })
})

const SLIPPING: Automation = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: 'never',
  unless: [{ id: 'back', on: { on: 'booking_made' } }],
  then: [
    { id: 'mail', send: { channel: 'email', template: 'we-miss-you' } },
    { id: 'week', wait: { days: 7 } },
    {
      id: 'fork',
      branch: [
        {
          if: { fact: 'booking_count', is: '>=', value: 5 },
          then: [{ id: 'gift', give: { kind: 'free_minutes', minutes: 30, days: 30, provider: 'studio' } }],
        },
      ],
      else: [],
    },
  ],
}

test.each([
  [
    'en',
    [
      'When customers enter “Slipping away”:',
      '  send the email “We miss you”',
      '  wait 7 days',
      '  branch by a rule',
      '    who have at least 5 bookings:',
      '      give 30 free minutes, valid for 30 days',
      '    everybody else:',
      '      nothing, straight on',
      'Unless they make a booking: then they leave at once.',
      'Each customer enters once.',
    ],
  ],
  [
    'de',
    [
      'Wenn Kunden in „Slipping away“ kommen:',
      '  die E-Mail „We miss you“ senden',
      '  7 Tage warten',
      '  nach einer Regel verzweigen',
      '    die mindestens 5 Buchungen haben:',
      '      30 Freiminuten geben, 30 Tage gültig',
      '    alle übrigen:',
      '      nichts, gleich weiter',
      'Außer wenn sie buchen: Dann sind sie sofort draußen.',
      'Jeder Kunde einmal.',
    ],
  ],
  [
    'fr',
    [
      'Quand des clients entrent dans « Slipping away » :',
      '  envoyer l’e-mail « We miss you »',
      '  attendre 7 jours',
      '  se séparer selon une règle',
      '    ceux qui ont au moins 5 réservations :',
      '      offrir 30 minutes gratuites, valables 30 jours',
      '    tous les autres :',
      '      rien, tout droit',
      'Sauf s’ils réservent : ils en sortent alors aussitôt.',
      'Chaque client une seule fois.',
    ],
  ],
  [
    'it',
    [
      'Quando i clienti entrano in «Slipping away»:',
      '  inviare l’e-mail «We miss you»',
      '  aspettare 7 giorni',
      '  dividere secondo una regola',
      '    quelli che hanno almeno 5 prenotazioni:',
      '      dare 30 minuti gratuiti, validi per 30 giorni',
      '    tutti gli altri:',
      '      niente, si prosegue',
      'Tranne se prenotano: allora escono subito.',
      'Ogni cliente una sola volta.',
    ],
  ],
] as const)('an automation in %s', (language, lines) => {
  expect(automationText(SLIPPING, words(language))).toEqual(lines)
})

test('every word knows its step, and those of rules their condition', () => {
  const lines = linesOf(SLIPPING, words('en'))
  expect(lines.map(({ kind, id, path }) => [kind, id, path])).toEqual([
    ['when', null, '/when'],
    ['step', 'mail', '/then/0'],
    ['step', 'week', '/then/1'],
    ['step', 'fork', '/then/2'],
    ['way', 'fork', '/then/2/branch/0/then'],
    ['step', 'gift', '/then/2/branch/0/then/0'],
    ['way', 'fork', '/then/2/else'],
    ['way', 'fork', '/then/2/else'],
    ['unless', 'back', '/unless/0'],
    ['again', null, '/again'],
  ])
  for (const { runs, id } of lines) for (const run of runs) if (id !== null) expect(run.step).toBe(id)
  const [, , fork] = SLIPPING.then
  expect(fork && textOf(stepSentence(fork, SLIPPING, words('en')))).toBe('branch by a rule')
  const asked = lines[4]?.runs.filter(({ path }) => path === '/then/2/branch/0/if')
  expect(textOf(asked ?? [])).toBe('have at least 5 bookings')
})
