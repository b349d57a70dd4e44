import { csvLine } from '../csv/csvLine.ts'
import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { localTime } from '../csv/localTime.ts'
import type { Database } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { COLUMNS, EXPORT_WORDS } from './exportWords.ts'
import type { DeliveryFilter } from './filter.ts'
import { type Delivery, type DeliveryPlace, listDeliveries } from './listDeliveries.ts'
import { reasonInWords } from './reasonWords.ts'

/** So many messages are read at a time, whatever the length of the file. */
const PAGE = 1_000

const INSTANTS: readonly string[] = ['queued', 'sent', 'delivered', 'opened', 'clicked', 'bounced']

/**
 * The messages that a filter lets through as CSV, newest first, piece by piece: what arrives meanwhile is not in it, and
 * no more than a page is held. Instants are in the business's time zone, which their headings say.
 *
 * @throws Problem as `deliveriesSql`, before the first piece
 */
export async function* exportDeliveries(
  db: Database,
  filter: DeliveryFilter,
  language: ExportLanguage,
  at: string,
): AsyncGenerator<string> {
  const { timeZone } = await readSettings(db)
  const { columns } = EXPORT_WORDS[language]
  const toCells = cellsIn(language, timeZone)
  let after: DeliveryPlace | null = null
  let head = csvLine(
    COLUMNS.map((column) => (INSTANTS.includes(column) ? `${columns[column]} (${timeZone})` : columns[column])),
  )
  do {
    const page: Delivery[] = await listDeliveries(db, filter, { limit: PAGE, after, events: false }, at)
    yield head + page.map((delivery) => csvLine(toCells(delivery))).join('')
    head = ''
    const last: Delivery | undefined = page.length === PAGE ? page.at(-1) : undefined
    after = last === undefined ? null : { queuedAt: last.queuedAt, id: last.id }
  } while (after !== null)
}

function cellsIn(language: ExportLanguage, timeZone: string): (delivery: Delivery) => (string | number | null)[] {
  const { states, kinds } = EXPORT_WORDS[language]
  const local = localTime(timeZone)
  return (delivery) => [
    delivery.id,
    local(delivery.queuedAt),
    local(delivery.sentAt),
    local(delivery.deliveredAt),
    local(delivery.openedAt),
    local(delivery.clickedAt),
    local(delivery.bouncedAt),
    states[delivery.state],
    delivery.reason === null ? null : reasonInWords(delivery.reason, language),
    delivery.customer.id,
    delivery.customer.name,
    delivery.channel,
    delivery.address,
    delivery.campaign.id,
    delivery.campaign.name,
    kinds[delivery.test ? 'test' : delivery.campaign.kind] ?? delivery.campaign.kind,
    delivery.provider?.name ?? null,
    delivery.subject,
  ]
}
