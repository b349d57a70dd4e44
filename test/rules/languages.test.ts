import { describe, expect, test } from '@jest/globals'
import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import { catalogue, type KnownValues } from '../../rules/catalogue.ts'
import { de } from '../../rules/words/de.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import { cardWords, en, sentenceOf, textOf, titleOf, type WordOptions } from '../../rules/words.ts'
import { everyCondition } from './everyCondition.ts'

const LANGUAGES = { en, de, fr, it }
type Language = keyof typeof LANGUAGES

const options = (locale: Language): WordOptions => ({
  messages: LANGUAGES[locale],
  locale,
  currency: 'EUR',
  names: { segment: { 'new-leads': 'New leads', 'loyalty-new': 'Loyalty: new' } },
})

const BEGINNINGS: Readonly<Record<Exclude<Language, 'en'>, RegExp>> = {
  de: /^Kunden, die [^{}[\]*_]+\.$/,
  fr: /^Les clients qui [^{}[\]*_]+\.$/,
  it: /^I clienti che [^{}[\]*_]+\.$/,
}

/** Texts that may well be the English ones. */
const SAME = ['VIP', 'SMS', 'push', 'Push', 'Status', 'Tag', 'Segment', 'Message', 'no', 'in']

/** A text of a card without its marks: `[is|in] {value}` → `in`. */
const wordsOf = (text: string): string => text.replace(/\{\w+\}|\[\w+\||\]/gu, '').trim()

describe.each(['de', 'fr', 'it'] as const)('rules in %s', (language) => {
  test.each(everyCondition.map((condition) => [JSON.stringify(condition), condition] as const))(
    '%s',
    (_, condition) => {
      const spoken = options(language)
      const yes = textOf(sentenceOf(condition, spoken))
      const no = textOf(sentenceOf({ not: condition }, spoken))
      for (const text of [yes, no]) {
        expect(text).toMatch(BEGINNINGS[language])
        expect(text).not.toMatch(/ {2}| [.,]/)
      }
      expect(yes).not.toBe(no)
      expect(textOf(sentenceOf({ not: { not: condition } }, spoken))).toBe(yes)
      const card = cardWords(condition, spoken)
      expect(card.some(({ field }) => field === 'is' || field === 'value')).toBe(true)
      if (condition.value !== undefined) expect(card.some(({ field }) => field === 'value')).toBe(true)
      expect(titleOf(condition, spoken)).toMatch(/^\p{Lu}/u)
      // Each operator has words of this language: what is made up of its name would show here.
      const madeUp = condition.is.replaceAll('_', ' ')
      if (madeUp.length > 3) for (const text of [yes, no]) expect(text).not.toMatch(new RegExp(`\\b${madeUp}\\b`))
    },
  )

  test('has each text of a card, and none in English', () => {
    const words = LANGUAGES[language]
    const ids = Object.keys(en).filter((id) => !/^(clause|not|noun)\./.test(id))
    expect(ids.filter((id) => words[id] === undefined)).toEqual([])
    const literal = ids.filter((id) => /\p{L}/u.test(wordsOf(en[id] ?? '')))
    const same = literal.filter((id) => words[id] === en[id] && !SAME.includes(wordsOf(en[id] ?? '')))
    expect(same).toEqual([])
  })

  test('has each label of the catalogue of facts', () => {
    const labels = (of: ReturnType<typeof catalogue>) =>
      of.flatMap(({ label, parameters, operators }) => [
        label,
        ...[...parameters, ...operators].flatMap((part) => [
          part.label,
          ...(part.choices ?? []).map((choice) => choice.label),
        ]),
      ])
    const english = labels(catalogue())
    const spoken = labels(catalogue(undefined, language))
    expect(english.filter((label, at) => spoken[at] === label && !SAME.includes(label))).toEqual([])
  })
})

test('values from the data are not translated, codes have the names of the language', () => {
  const known: KnownValues = (fact, name) => {
    if (name !== 'value') return undefined
    if (fact === 'aggregator') return [{ value: 'Customer', count: 3 }]
    return fact === 'language' ? [{ value: 'it' }, { value: 'x-own' }] : undefined
  }
  const facts = catalogue(known, 'de')
  const choicesOf = (fact: string) => facts.find((one) => one.fact === fact)?.operators[0]?.choices
  expect(choicesOf('aggregator')).toEqual([{ value: 'Customer', label: 'Customer', count: 3 }])
  expect(choicesOf('language')).toEqual([
    { value: 'it', label: 'Italienisch' },
    { value: 'x-own', label: 'x-own' },
  ])
})

test('either … or, in four languages', () => {
  const member = { fact: 'membership', is: 'valid' }
  const ahead = { fact: 'next_booking', is: 'set' }
  const never = { fact: 'membership', is: 'never' }
  const said = (language: Language) => textOf(sentenceOf({ any: [member, ahead, never] }, options(language)))
  expect(said('en')).toBe(
    'Customers who either have a valid membership, have a booking ahead or have never had a membership.',
  )
  expect(said('de')).toBe(
    'Kunden, die entweder eine gültige Mitgliedschaft haben, eine Buchung vor sich haben oder nie eine Mitgliedschaft hatten.',
  )
  expect(said('fr')).toBe(
    'Les clients qui soit ont un abonnement en cours, soit ont une réservation à venir, soit n’ont jamais eu d’abonnement.',
  )
  expect(said('it')).toBe(
    'I clienti che o hanno un abbonamento valido, o hanno una prenotazione futura o non hanno mai avuto un abbonamento.',
  )
})

test('what parameters add stands before a verb that stands last', () => {
  const rule = { fact: 'booking_count', is: '>=', value: 3, within: { last: { weeks: 2 } } }
  const said = (language: Language) => textOf(sentenceOf(rule, options(language)))
  expect(said('de')).toBe('Kunden, die mindestens 3 Buchungen in den letzten 2 Wochen haben.')
  expect(said('fr')).toBe('Les clients qui ont au moins 3 réservations au cours des 2 dernières semaines.')
  expect(said('it')).toBe('I clienti che hanno almeno 3 prenotazioni nelle ultime 2 settimane.')
})

test('the segments that ship, in four languages', () => {
  const said = Object.fromEntries(
    standardSegments().map(({ key, rule }) => [
      key,
      (['en', 'de', 'fr', 'it'] as const).map((language) => textOf(sentenceOf(rule, options(language)))),
    ]),
  )
  expect(said).toEqual({
    'new-leads': [
      'Customers who have their first booking within the next 30 days.',
      'Kunden, die ihre erste Buchung in den nächsten 30 Tagen haben.',
      'Les clients qui ont leur première réservation d’ici 30 jours.',
      'I clienti che hanno la prima prenotazione entro 30 giorni.',
    ],
    'new-customers': [
      'Customers who had their first booking within the last 30 days.',
      'Kunden, die ihre erste Buchung in den letzten 30 Tagen hatten.',
      'Les clients qui ont eu leur première réservation il y a moins de 30 jours.',
      'I clienti che hanno avuto la prima prenotazione meno di 30 giorni fa.',
    ],
    'active-customers': [
      'Customers who had their first booking more than 30 days ago and had a booking within the last 30 days.',
      'Kunden, die ihre erste Buchung vor mehr als 30 Tagen hatten und in den letzten 30 Tagen eine Buchung hatten.',
      'Les clients qui ont eu leur première réservation il y a plus de 30 jours et ont eu une réservation il y a moins de 30 jours.',
      'I clienti che hanno avuto la prima prenotazione più di 30 giorni fa e hanno avuto una prenotazione meno di 30 giorni fa.',
    ],
    'active-members': [
      'Customers who have a valid membership.',
      'Kunden, die eine gültige Mitgliedschaft haben.',
      'Les clients qui ont un abonnement en cours.',
      'I clienti che hanno un abbonamento valido.',
    ],
    'terminating-members': [
      'Customers who have a valid but cancelled membership and have no valid, uncancelled membership.',
      'Kunden, die eine gültige, aber gekündigte Mitgliedschaft haben und keine gültige, ungekündigte Mitgliedschaft haben.',
      'Les clients qui ont un abonnement en cours mais résilié et n’ont aucun abonnement en cours et non résilié.',
      'I clienti che hanno un abbonamento valido ma disdetto e non hanno un abbonamento valido e non disdetto.',
    ],
    'slipping-away': [
      'Customers who last attended more than 14 days ago.',
      'Kunden, die zuletzt vor mehr als 14 Tagen da waren.',
      'Les clients qui sont venus pour la dernière fois il y a plus de 14 jours.',
      'I clienti che sono venuti l’ultima volta più di 14 giorni fa.',
    ],
    'loyalty-new': [
      'Customers who first attended within the last 60 days, gave at least 4 stars in their latest review and did not unsubscribe.',
      'Kunden, die zum ersten Mal in den letzten 60 Tagen da waren, in ihrer letzten Bewertung mindestens 4 Sterne gaben und sich nicht abgemeldet haben.',
      'Les clients qui sont venus pour la première fois il y a moins de 60 jours, ont donné au moins 4 étoiles dans leur dernier avis et ne sont pas désinscrits.',
      'I clienti che sono venuti la prima volta meno di 60 giorni fa, hanno dato almeno 4 stelle nell’ultima recensione e non si sono disiscritti.',
    ],
    'loyalty-top': [
      'Customers who (either have more than 3 attended bookings or joined within the last 3 months), are in the top 100 by attended bookings in the last 30 days, have at least 2 attended bookings in the last 30 days, are not in the segment “Loyalty: new”, gave at least 4 stars in their latest review and did not unsubscribe.',
      'Kunden, die (entweder mehr als 3 besuchte Buchungen haben oder in den letzten 3 Monaten beigetreten sind), nach besuchten Buchungen in den letzten 30 Tagen zu den ersten 100 gehören, mindestens 2 besuchte Buchungen in den letzten 30 Tagen haben, nicht im Segment „Loyalty: new“ sind, in ihrer letzten Bewertung mindestens 4 Sterne gaben und sich nicht abgemeldet haben.',
      'Les clients qui (soit ont plus de 3 réservations honorées, soit se sont inscrits il y a moins de 3 mois), sont parmi les 100 premiers par nombre de réservations honorées au cours des 30 derniers jours, ont au moins 2 réservations honorées au cours des 30 derniers jours, ne sont pas dans le segment « Loyalty: new », ont donné au moins 4 étoiles dans leur dernier avis et ne sont pas désinscrits.',
      'I clienti che (o hanno più di 3 presenze o si sono iscritti meno di 3 mesi fa), sono tra i primi 100 per numero di presenze negli ultimi 30 giorni, hanno almeno 2 presenze negli ultimi 30 giorni, non sono nel segmento «Loyalty: new», hanno dato almeno 4 stelle nell’ultima recensione e non si sono disiscritti.',
    ],
    'loyalty-inactive': [
      'Customers who last attended more than 30 days ago, have at least 3 attended bookings, gave at least 4 stars in their latest review and did not unsubscribe.',
      'Kunden, die zuletzt vor mehr als 30 Tagen da waren, mindestens 3 besuchte Buchungen haben, in ihrer letzten Bewertung mindestens 4 Sterne gaben und sich nicht abgemeldet haben.',
      'Les clients qui sont venus pour la dernière fois il y a plus de 30 jours, ont au moins 3 réservations honorées, ont donné au moins 4 étoiles dans leur dernier avis et ne sont pas désinscrits.',
      'I clienti che sono venuti l’ultima volta più di 30 giorni fa, hanno almeno 3 presenze, hanno dato almeno 4 stelle nell’ultima recensione e non si sono disiscritti.',
    ],
    'loyalty-loyal': [
      'Customers who (either have at least 3 attended bookings or have no attended bookings in the last 3 months), (either are not in the top 100 by attended bookings in the last 30 days or have fewer than 2 attended bookings in the last 30 days), are not in the segment “Loyalty: new”, gave at least 4 stars in their latest review and did not unsubscribe.',
      'Kunden, die (entweder mindestens 3 besuchte Buchungen haben oder keine besuchten Buchungen in den letzten 3 Monaten haben), (entweder nach besuchten Buchungen in den letzten 30 Tagen nicht zu den ersten 100 gehören oder weniger als 2 besuchte Buchungen in den letzten 30 Tagen haben), nicht im Segment „Loyalty: new“ sind, in ihrer letzten Bewertung mindestens 4 Sterne gaben und sich nicht abgemeldet haben.',
      'Les clients qui (soit ont au moins 3 réservations honorées, soit n’ont aucune réservation honorée au cours des 3 derniers mois), (soit ne sont pas parmi les 100 premiers par nombre de réservations honorées au cours des 30 derniers jours, soit ont moins de 2 réservations honorées au cours des 30 derniers jours), ne sont pas dans le segment « Loyalty: new », ont donné au moins 4 étoiles dans leur dernier avis et ne sont pas désinscrits.',
      'I clienti che (o hanno almeno 3 presenze o non hanno nessuna presenza negli ultimi 3 mesi), (o non sono tra i primi 100 per numero di presenze negli ultimi 30 giorni o hanno meno di 2 presenze negli ultimi 30 giorni), non sono nel segmento «Loyalty: new», hanno dato almeno 4 stelle nell’ultima recensione e non si sono disiscritti.',
    ],
    'loyalty-favourites': [
      'Customers who were picked as favourites.',
      'Kunden, die als Favoriten ausgewählt wurden.',
      'Les clients qui ont été choisis comme favoris.',
      'I clienti che sono stati scelti come preferiti.',
    ],
  })
})
