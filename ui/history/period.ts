import { addDays, type Day } from '../../rules/time.ts'

/** Days of the business's calendar, both belonging to it. */
export type Period = { readonly from: Day; readonly to: Day }

/** Lengths that are one click away, in days. */
export const PRESETS = [7, 30, 90, 365] as const
const USUAL = 30

/** A day of the calendar, or undefined: "2026-02-30" is none. */
export function readDay(text: string | undefined): Day | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}

/** The period that an address asks for; the last 30 days when it asks for none that could be. */
export function periodFrom(search: { from?: string; to?: string }, today: Day): Period {
  const asked = readDay(search.to)
  const to = asked === undefined || asked > today ? today : asked
  const from = readDay(search.from)
  return from === undefined || from > to ? { from: addDays(to, -USUAL), to } : { from, to }
}

/** The inverse of {@link periodFrom}: a period up to today has no end in the address, so that it goes on. */
export const periodToSearch = ({ from, to }: Period, today: Day): { from: string; to: string | undefined } => ({
  from,
  to: to === today ? undefined : to,
})

/** The last days up to today. */
export const lastDays = (days: number, today: Day): Period => ({ from: addDays(today, -days), to: today })

/** Which of the one-click lengths a period is; null for any other. */
export const presetOf = ({ from, to }: Period, today: Day): number | null =>
  PRESETS.find((days) => to === today && from === addDays(today, -days)) ?? null
