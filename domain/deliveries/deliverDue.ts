import type { MayWrite } from '../campaigns/leftOut.ts'
import { type Database, rows } from '../database.ts'
import { isOutOfTime } from '../messages/liquid.ts'
import { readSettings } from '../settings/readSettings.ts'
import { secret } from '../settings/secret.ts'
import { abandonClaims } from './abandonClaims.ts'
import type { Outcome } from './channels/channel.ts'
import type { Channels } from './channels/index.ts'
import { BATCH, type Batch, type Claimed, claimBatch, type Limits } from './claimBatch.ts'
import { holdForQuietHours } from './holdForQuietHours.ts'
import { isUrgent } from './isUrgent.ts'
import { ownReason } from './ownReasons.ts'
import { preparer } from './prepare.ts'
import type { Prepared, Preparer } from './prepared.ts'
import { noteMessageIds } from './prepareMail.ts'
import { refuseChannel } from './refuseChannel.ts'
import { returnClaim } from './returnClaim.ts'
import { turnsOf } from './turns.ts'
import { type Result, writeOutcomes } from './writeOutcomes.ts'

/** What an attempt works with. */
export type Attempt = {
  channels: Channels
  publicUrl: string
  /** Whether customers can answer an SMS. */
  answers?: boolean | undefined
  clock: () => Date
  /** Asked between batches: true ends the attempt after the batch in hand. */
  stop: () => boolean
}

/** How long an attempt rests when the mail server was not reached for a whole batch, in milliseconds. */
const REST = 2_000

/** So many batches are under way at once, so that the database works while the mail server does; together {@link BATCH}. */
const LANES = 2
/** A message that is due so soon is waited for, in milliseconds; for a later one the campaign's workflow is woken. */
const SOON = 5_000

/**
 * Sends what is due of a campaign, batch by batch, until nothing is due, the campaign is paused or cancelled, or it is
 * told to stop. First, what an earlier attempt left behind becomes unconfirmed.
 */
export async function deliverDue(db: Database, campaign: number, attempt: Attempt): Promise<void> {
  const { channels, publicUrl, clock, answers = true } = attempt
  const settings = await readSettings(db)
  const may = await readMayWrite(db, campaign, settings.mailUnknownConsent)
  if (may === null) return
  const making = { settings, publicUrl, key: await secret(db, 'tracking'), answers }
  const prepared = await preparer(db, { id: campaign, channel: may.channel }, channels, making)
  await abandonClaims(db, campaign, clock(), prepared?.channel.repeatable === true)
  if (prepared === null) return refuseChannel(db, { id: campaign, kind: may.kind, channel: may.channel }, clock())
  const urgent = await isUrgent(db, campaign)
  const sender = { urgent, providerId: may.providerId, campaign }
  const turns = turnsOf(prepared.channel)
  const lane: Lane = {
    ...attempt,
    may,
    limits: { ...settings, urgent },
    prepare: prepared.prepare,
    send: (message) => turns.take(sender, () => message.send()),
  }
  await inLanes((stop) => drive(db, campaign, { ...lane, stop: () => stop() || attempt.stop() }))
}

/** Runs lanes side by side. When one fails the others end after what they have in hand: the next attempt must find nobody. */
async function inLanes(run: (stop: () => boolean) => Promise<void>): Promise<void> {
  let failed = false
  const lanes = Array.from({ length: LANES }, () =>
    run(() => failed).catch((error: unknown) => {
      failed = true
      throw error
    }),
  )
  for (const ended of await Promise.allSettled(lanes)) if (ended.status === 'rejected') throw ended.reason
}

type Lane = Attempt & {
  may: MayWrite
  limits: Limits
  prepare: Preparer
  send: (message: Prepared) => Promise<Outcome>
}

/** Claims, makes, sends and writes, until nothing is due. */
async function drive(db: Database, campaign: number, lane: Lane): Promise<void> {
  const { clock, stop, may, limits } = lane
  while (!stop()) {
    if (await holdForQuietHours(db, campaign, limits, clock())) return
    const batch = await claimBatch(db, campaign, may, clock(), { limits, most: BATCH / LANES })
    if (batch === null) {
      const wait = await untilNext(db, campaign, clock())
      if (wait === null) return
      await rest(wait, stop)
    } else if (batch.next !== null) {
      await rest(batch.next.getTime() - clock().getTime(), stop)
    } else {
      await deliver(db, batch, lane)
    }
  }
}

async function deliver(db: Database, batch: Batch, lane: Lane): Promise<void> {
  const { clock, stop, send } = lane
  const { token } = batch
  const { results, messages } = await makeReady(db, batch, lane)
  await Promise.all(
    messages.map(async ({ delivery, message }) => {
      let began = clock()
      const outcome = await send({
        ...message,
        send: () => {
          began = clock()
          return message.send()
        },
      })
      results.push({ delivery, outcome, at: outcome.state === 'sent' ? began : clock() })
    }),
  )
  await insist(() => writeOutcomes(db, token, results, clock()))
  if (results.length > 0 && results.every(isUnreached)) await rest(REST, stop)
}

/** Makes a batch's messages. What fails before anything is handed over leaves nothing unconfirmed: the claim is put back. */
async function makeReady(db: Database, { token, claimed }: Batch, { clock, prepare }: Lane) {
  try {
    const made = await makeMessages(claimed, prepare, clock)
    const ids = made.messages.map(({ delivery, message }) => [delivery.id, message.messageId] as const)
    await noteMessageIds(db, token, new Map(ids))
    return made
  } catch (error) {
    await insist(() => returnClaim(db, token))
    throw error
  }
}

/** How long until the next message is due that only a limit of speed holds, when that is soon; else null. */
async function untilNext(db: Database, campaign: number, now: Date): Promise<number | null> {
  const [row] = await rows<{ due: Date; reason: string | null }>(
    db,
    `SELECT d.due_at AS due, d.reason FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id AND c.state = 'sending'
     WHERE d.campaign_id = ? AND d.state = 'queued' ORDER BY d.due_at, d.id LIMIT 1`,
    [campaign],
  )
  if (row?.reason !== 'rate_limit') return null
  const wait = row.due.getTime() - now.getTime()
  return wait <= SOON ? wait : null
}

async function readMayWrite(db: Database, campaign: number, mailUnknownConsent: boolean): Promise<MayWrite | null> {
  const sql = 'SELECT channel, kind, provider_id AS providerId FROM campaigns WHERE id = ?'
  const [row] = await rows<Omit<MayWrite, 'mailUnknownConsent'>>(db, sql, [campaign])
  return row === undefined ? null : { ...row, mailUnknownConsent }
}

/** A customer for whom the message can't be made costs the others nothing. */
async function makeMessages(claimed: readonly Claimed[], prepare: Preparer, clock: () => Date) {
  const results: Result[] = []
  const makers = await prepare(claimed, clock())
  const messages = claimed.flatMap((delivery) => {
    try {
      const message = makers.get(delivery.id)?.()
      return message === undefined ? [] : [{ delivery, message }]
    } catch (error) {
      const reason = ownReason('not_made', error instanceof Error ? error.message : String(error))
      // whose machine stood still is no mistake of the message
      const outcome = isOutOfTime(error)
        ? ({ state: 'deferred', reason, connection: true } as const)
        : ({ state: 'failed', reason } as const)
      results.push({ delivery, outcome, at: clock() })
      return []
    }
  })
  return { results, messages }
}

const isUnreached = ({ outcome }: Result) => outcome.state === 'deferred' && outcome.connection

/** How long results are held on to while the database is away, in milliseconds, and the pause between two tries. */
const PATIENCE = 60_000
const PAUSE = 1_000

/** Writes also when the database is away for a while: what is not written would leave a whole batch unconfirmed. */
async function insist(write: () => Promise<void>): Promise<void> {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      await write()
      return
    } catch (error) {
      if (waited >= PATIENCE) throw error
      await new Promise((done) => setTimeout(done, PAUSE))
    }
  }
}

async function rest(milliseconds: number, stop: () => boolean): Promise<void> {
  const until = performance.now() + milliseconds
  for (let left = milliseconds; left > 0 && !stop(); left = until - performance.now()) {
    await new Promise((done) => setTimeout(done, Math.min(left, 100)))
  }
}
