import { ProblemError } from '../client/problem.ts'
import { useText } from './useText.tsx'
import { useWeekday } from './useWeekday.ts'

/** Problems whose sentence says too little without the server's own words. */
const WITH_DETAIL: readonly string[] = ['invalid', 'conflict', 'idempotency_mismatch', 'unavailable']

/** A failed call as a sentence in the reader's language, with the server's words where they say more. */
export function useProblemText(): (error: unknown) => string {
  const text = useText()
  const weekday = useWeekday()
  return (error) => {
    if (!(error instanceof ProblemError)) return text('problem.internal')
    // the week has its loyalty mailing: what counts is when the next one may go
    const { next_on: next } = error.document
    if (typeof next === 'string') return text('loyalty.taken', { day: weekday(next) })
    const sentence = text(`problem.${error.code}`)
    const further = error.mistakes.map(({ message }) => message).filter((message) => !error.detail.includes(message))
    const more = [error.detail, ...further].filter((part) => part !== '')
    return WITH_DETAIL.includes(error.code) && more.length > 0 ? `${sentence} ${more.slice(0, 3).join(' ')}` : sentence
  }
}
