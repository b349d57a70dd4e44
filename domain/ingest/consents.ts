import { insertConsentEvents } from '../consents/setConsent.ts'
import { type Database, execute, rows } from '../database.ts'
import { type Ceased, rememberEach } from '../history/remember.ts'
import { insertRows } from '../insertRows.ts'
import type { Channel, IngestedCustomer } from './items.ts'
import type { Cells, Change, GivenCells, Row } from './table.ts'

const CHANNELS: readonly Channel[] = ['email', 'sms', 'push']

const givenCell = (channel: Channel) => `consent_${channel}`
const atCell = (channel: Channel) => `consent_${channel}_at`

/** A customer's consents as cells beside those of the table: given (1), withdrawn (0) or unknown (null), and since when. */
export const NO_CONSENTS: Cells = Object.fromEntries(
  CHANNELS.flatMap((channel) => [
    [givenCell(channel), null],
    [atCell(channel), null],
  ]),
)

/** The cells that an item gives: saying again what is known does not move the date; null makes all unknown. */
export function consentCells(consents: IngestedCustomer['consents'], at: Date, current: Cells): GivenCells {
  if (consents === undefined) return {}
  if (consents === null) return NO_CONSENTS
  const given: GivenCells = {}
  for (const channel of CHANNELS) {
    const value = consents[channel]
    if (value === undefined || current[givenCell(channel)] === Number(value)) continue
    given[givenCell(channel)] = Number(value)
    given[atCell(channel)] = at
  }
  return given
}

/** Puts the stored consents into the cells of customers. */
export async function readConsents(trx: Database, customers: Iterable<Row>): Promise<void> {
  const byId = new Map([...customers].map((row) => [row.id, row]))
  if (byId.size === 0) return
  const stored = await rows<{ customer_id: number; channel: Channel; given: number; at: Date }>(
    trx,
    'SELECT customer_id, channel, given, at FROM consents WHERE customer_id IN (?)',
    [[...byId.keys()] as number[]],
  )
  for (const consent of stored) {
    const row = byId.get(consent.customer_id)
    if (row === undefined) continue
    row.cells[givenCell(consent.channel)] = consent.given
    row.cells[atCell(consent.channel)] = consent.at
  }
}

/** Writes the consents that changed; their source is 'ingest'. Rows of the changes have their ids by now. */
export async function writeConsents(trx: Database, changes: readonly Change[], now: Date): Promise<void> {
  const ceased: Ceased[] = []
  const given: [number, Channel, number, Date, string][] = []
  const unknown: [number, Channel][] = []
  for (const { before, after } of changes) {
    for (const channel of CHANNELS) {
      const [old, value, at] = [
        before?.cells[givenCell(channel)],
        after.cells[givenCell(channel)],
        after.cells[atCell(channel)],
      ]
      if ((old ?? null) === (value ?? null) || after.id === null) continue
      if (typeof old === 'number') {
        const until = at instanceof Date && at < now ? at : now
        ceased.push({ key: { customer_id: after.id, channel }, until })
      }
      if (typeof value === 'number' && at instanceof Date) given.push([after.id, channel, value, at, 'ingest'])
      else unknown.push([after.id, channel])
    }
  }
  await rememberEach(trx, 'consents', ceased)
  if (unknown.length > 0) {
    const places = unknown.map(() => '(?, ?)').join(', ')
    await execute(trx, `DELETE FROM consents WHERE (customer_id, channel) IN (${places})`, unknown.flat())
  }
  const said = [
    ...given.map(([customerId, channel, value, at]) => ({ customerId, channel, given: value === 1, at })),
    ...unknown.map(([customerId, channel]) => ({ customerId, channel, given: null, at: now })),
  ]
  const lines = said.map((one) => ({ ...one, source: 'ingest', wording: null, recordedBy: null }))
  await insertConsentEvents(trx, lines, now)
  await insertRows(
    trx,
    'consents',
    ['customer_id', 'channel', 'given', 'at', 'source'],
    given,
    'ON DUPLICATE KEY UPDATE given = VALUES(given), at = VALUES(at), source = VALUES(source), wording = NULL',
  )
}
