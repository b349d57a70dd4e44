import type { Lived } from '../naive/person.ts'
import type { Random } from '../random.ts'
import { PROVIDERS, SHARED_TAGS, STATUSES, type Words } from './rules.ts'

const HOUR = 3_600_000
/** Everything begins at a multiple of this, and so does what waits of hours lead to. */
const SLOT = 12 * HOUR

/** The things of one life lie so far behind their slots, each by another number, that no two come at one instant. */
const APART = 137_000

type Asked = {
  words: Words
  from: Date
  days: number
  people: number
  /** Of bookings is told when they are made, and how they went when they are over: so that the past is as it was known. */
  known?: boolean
}

/**
 * The lives of those who share an automation: most of them begin together, so that they are carried together.
 *
 * @param n whose words are used
 */
export function randomLives(random: Random, n: number, { words, from, days, people, known = false }: Asked): Lived[][] {
  const slots = (days * 24 * HOUR) / SLOT
  const slot = (to = slots - 1) => from.getTime() + random.int(1, to) * SLOT
  const starts = [slot(slots / 3), slot()] as const
  return Array.from({ length: people }, () => {
    const provider = () => random.pick(PROVIDERS)
    const go = { event: `go${n}`, provider: random.chance(0.4) ? provider() : null }
    const lived: Lived[] = []
    let bookings = 0
    // whose customer somebody is has to be known before a provider's automation concerns them
    for (let first = words.scope === 'provider' ? random.int(1, 3) : random.int(0, 1); first > 0; first--) {
      lived.push(booked(bookings++, from.getTime() + random.int(0, 3) * SLOT))
    }
    for (const start of starts) if (random.chance(0.85)) lived.push({ at: new Date(start), ...go })
    for (let more = random.int(2, 6); more > 0; more--) lived.push(...something())
    // common beginnings stand where they are; each other thing has its own place behind its slot
    const all = lived.map((it, place) =>
      'event' in it && it.event === go.event && starts.includes(it.at.getTime())
        ? { ...it, at: new Date(it.at.getTime() + (it.at.getTime() === starts[0] ? 7_000 : 11_000)) }
        : { ...it, at: new Date(it.at.getTime() + (place + 1) * APART) },
    )
    const end = from.getTime() + days * 24 * HOUR
    return all.map(whenOver).filter(({ at }) => at.getTime() < end)

    function whenOver(it: Lived): Lived {
      if (!known || !('becomes' in it) || it.becomes === 'cancelled') return it
      const made = all.find((one) => 'starts' in one && one.booking === it.booking)
      return made !== undefined && 'starts' in made ? { ...it, at: made.starts } : it
    }
    function booked(booking: number, at: number): Lived {
      const service = random.chance(0.7) ? words.service : 'other'
      const starts = new Date(at + random.int(known ? 1 : -4, 4) * SLOT + 29_000 + booking)
      return { at: new Date(at), booking, provider: provider(), starts, service }
    }
    function something(): Lived[] {
      const at = new Date(slot())
      const roll = random.next()
      if (roll < 0.25)
        return [{ at, event: random.pick(words.events), provider: random.chance(0.4) ? provider() : null }]
      if (roll < 0.32) return [{ at, ...go, provider: provider() }]
      if (roll < 0.55) return [{ at, tag: random.pick([...words.tags, ...SHARED_TAGS]) }]
      if (roll < 0.61) return [{ at, untag: random.pick([...words.tags, ...SHARED_TAGS]) }]
      if (roll < 0.7) return [{ at, status: random.pick([...STATUSES, 'automatic']) }]
      const made = booked(bookings++, at.getTime())
      if (random.chance(0.4)) return [made]
      const becomes = random.pick(['attended', 'no_show', 'cancelled'] as const)
      const later = new Date(at.getTime() + random.int(1, 4) * SLOT)
      return [made, { at: later, becomes, booking: bookings - 1 }]
    }
  })
}
