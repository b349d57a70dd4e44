import type { Choices } from './catalogueTypes.ts'

/** The value with which a control begins; empty where only the reader can know it. */
export function firstValue(input: string, choices: Choices, today: string): unknown {
  switch (input) {
    case 'duration':
      return { days: 30 }
    case 'days':
      return { days: 7 }
    case 'ends':
      return { within_next: { days: 7 } }
    case 'window':
      return { last: { days: 30 } }
    case 'number':
      return 1
    case 'range':
      return [1, 5]
    case 'money':
      return 10_000
    case 'money_range':
      return [0, 10_000]
    case 'count':
      return 100
    case 'day':
      return today
    case 'months':
      return [Number(today.slice(5, 7))]
    case 'choice':
      return choices[0]?.value ?? ''
    case 'choices':
    case 'texts':
      return choices.slice(0, 1).map(({ value }) => value)
    default:
      return ''
  }
}

/**
 * A value under another operator: as it is where that takes the same kind, else what is the same in the other kind (one
 * number becomes the beginning of a range).
 * @param from the input that it is of; null for none
 * @returns undefined where it says nothing in the new kind
 */
export function valueFor(input: string, from: string | null, value: unknown): unknown {
  if (value === undefined || from === null) return undefined
  if (input === from) return value
  switch (`${from} → ${input}`) {
    case 'number → range':
    case 'money → money_range':
      return typeof value === 'number' ? [value, value] : undefined
    case 'range → number':
    case 'money_range → money':
      return Array.isArray(value) ? value[0] : undefined
    case 'texts → text':
      return Array.isArray(value) ? value[0] : undefined
    case 'text → texts':
      return value === '' ? undefined : [value]
    default:
      return undefined
  }
}
