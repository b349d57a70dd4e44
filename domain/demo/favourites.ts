import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import type { History } from './ledger.ts'
import type { Random } from './random.ts'
import { PROVIDERS } from './studio.ts'
import type { Calendar } from './visits.ts'
import { customerId, providerId } from './writePeople.ts'

/** How often somebody has to have been there to be noticed. */
const VISITS = 8
/** How many favourites a provider has at most. */
const MOST = 14

/** Each provider has picked a few of those who come to them often. */
export async function writeFavourites(
  trx: Database,
  random: Random,
  histories: readonly History[],
  calendar: Calendar,
): Promise<void> {
  const picks = PROVIDERS.flatMap((_, provider) => {
    const regulars = histories.flatMap(({ visits }, index) => {
      const attended = visits.filter((visit) => visit.provider === provider && visit.state === 'attended')
      return attended.length >= VISITS && random.chance(0.3) ? [index] : []
    })
    return regulars
      .slice(0, MOST)
      .map(
        (index) => [providerId(provider), customerId(index), calendar.instant(-random.between(15, 200), 21)] as const,
      )
  })
  await insertRows(trx, 'favourites', ['provider_id', 'customer_id', 'created_at'], picks)
}
