import type { CampaignOrder } from '../../../api/contract/orders.ts'
import { newKey } from '../../client/call.ts'
import { EMPTY_DOCUMENT, isEmptyDocument } from '../document/document.ts'
import { toMessage } from '../document/keepAllowed.ts'
import type { Mail } from '../draft/written.ts'

/** What the second of two compared mails has of its own. */
export const WHATS = ['subject', 'template', 'text'] as const

/** Two mails compared on a share of the recipients: the second one, and what is another in it. */
export type Compared = Mail & {
  what: (typeof WHATS)[number]
  share: number
  decide: 'clicks' | 'by_hand'
  afterMinutes: number
}

export const newCompared = (): Compared => ({
  what: 'subject',
  ...{ subject: '', document: EMPTY_DOCUMENT, template: null },
  ...{ share: 20, decide: 'clicks', afterMinutes: 240 },
})

/** How and when a mail goes out, as somebody chooses it. */
export type SendOptions = {
  /** A time of the business, `2026-12-01T08:00`; null: at once. */
  at: string | null
  /** Null: as fast as it goes. */
  spreadMinutes: number | null
  /** How many of a hundred get nothing, to compare with. */
  holdout: number
  /** Decides who is held out: the same for what is counted here and what is sent. */
  seed: string
  compared: Compared | null
}

export const newOptions = (): SendOptions => ({
  at: null,
  spreadMinutes: null,
  holdout: 0,
  seed: newKey(),
  compared: null,
})

/** The choices that a share of recipients, times and lengths are offered from, in percent and minutes. */
export const SHARES = [10, 20, 30, 50, 100] as const
export const SPREADS = [30, 60, 120, 240, 480, 1_440] as const
export const DECISIONS = [30, 60, 120, 240, 1_440] as const

/**
 * The part of an order that the options are.
 *
 * @param subject of the first mail, for a second one that leaves it out
 */
export function optionsOrder(
  { at, spreadMinutes, holdout, seed, compared }: SendOptions,
  timeZone: string,
  subject = '',
): Pick<CampaignOrder, 'send_at' | 'spread_minutes' | 'holdout' | 'seed' | 'ab_test'> {
  return {
    seed,
    ...(at === null ? {} : { send_at: instantAt(at, timeZone).toISOString() }),
    ...(spreadMinutes === null ? {} : { spread_minutes: spreadMinutes }),
    ...(holdout === 0 ? {} : { holdout }),
    ...(compared === null
      ? {}
      : {
          ab_test: {
            ...secondOrder(compared, subject),
            share: compared.share,
            decide: compared.decide,
            ...(compared.decide === 'clicks' ? { after_minutes: compared.afterMinutes } : {}),
          },
        }),
  }
}

/** The second mail as the API takes it: what it leaves out is as in the first. */
function secondOrder({ what, subject, document, template }: Compared, first: string) {
  const own = subject.trim()
  if (what === 'subject' || (what === 'template' && template === null)) return { subject: own }
  if (what === 'text') return { content: { subject: own || first, document: toMessage(document) } }
  return { template: template?.id ?? '', ...(own === '' ? {} : { subject: own }) }
}

/** The instant at which the clocks of a time zone show a time; in the hour that is left out, the one that follows. */
export function instantAt(local: string, timeZone: string): Date {
  const asUtc = Date.parse(`${local}Z`)
  const first = asUtc - offsetAt(asUtc, timeZone)
  return new Date(asUtc - offsetAt(first, timeZone))
}

/** What the clocks of a time zone show at an instant: `2026-12-01T08:00`. */
export const localAt = (instant: Date, timeZone: string): string =>
  new Date(instant.getTime() + offsetAt(instant.getTime(), timeZone)).toISOString().slice(0, 16)

function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(instant / 1_000) * 1_000
}

/** What keeps a message from going out as it is chosen; null when nothing does. */
export function optionsProblem(
  { at, compared }: SendOptions,
  now: Date,
  timeZone: string,
): 'past' | 'no_second' | null {
  if (at !== null && !(instantAt(at, timeZone) > now)) return 'past'
  return compared !== null && isMissing(compared) ? 'no_second' : null
}

/** True while the second mail has nothing of its own. */
function isMissing({ what, subject, document, template }: Compared): boolean {
  if (what === 'subject') return subject.trim() === ''
  return what === 'template' ? template === null : isEmptyDocument(document)
}
