import type { MayWrite } from '../campaigns/leftOut.ts'
import { type Database, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { secret } from '../settings/secret.ts'
import { abandonClaims } from './abandonClaims.ts'
import type { Channels } from './channels/index.ts'
import { type Claimed, claimBatch } from './claimBatch.ts'
import { type MailMaker, mailMaker, noteMessageIds } from './prepareMail.ts'
import { type Result, writeOutcomes } from './writeOutcomes.ts'

/** What an attempt works with. */
export type Attempt = {
  channels: Channels
  publicUrl: string
  clock: () => Date
  /** Asked between batches: true ends the attempt after the batch in hand. */
  stop: () => boolean
}

/** How long an attempt rests when the mail server was not reached for a whole batch, in milliseconds. */
const REST = 2_000

/**
 * Sends what is due of a campaign, batch by batch, until nothing is due, the campaign is paused or cancelled, or it is
 * told to stop. First, what an earlier attempt left behind becomes unconfirmed.
 */
export async function deliverDue(db: Database, campaign: number, attempt: Attempt): Promise<void> {
  const { channels, publicUrl, clock, stop } = attempt
  await abandonClaims(db, campaign, clock())
  const settings = await readSettings(db)
  const may = await readMayWrite(db, campaign, settings.mailUnknownConsent)
  if (may === null) return
  const channel = channels[may.channel]
  if (channel === undefined) return
  const makeFor = await mailMaker(db, campaign, { settings, publicUrl, key: await secret(db, 'tracking') })
  while (!stop()) {
    const batch = await claimBatch(db, campaign, may, clock())
    if (batch === null) return
    const make = await makeFor(batch.claimed, clock())
    const { results, mails } = makeMails(batch.claimed, make, clock)
    await noteMessageIds(db, batch.token, mails)
    await each(mails, channel.concurrency, async ({ delivery, envelope }) => {
      const began = clock()
      const outcome = await channel.send(envelope)
      results.push({ delivery, outcome, at: outcome.state === 'sent' ? began : clock() })
    })
    await insist(() => writeOutcomes(db, batch.token, results, clock()))
    if (results.length > 0 && results.every(isUnreached)) await rest(stop)
  }
}

async function readMayWrite(db: Database, campaign: number, mailUnknownConsent: boolean): Promise<MayWrite | null> {
  const sql = 'SELECT channel, kind, provider_id AS providerId FROM campaigns WHERE id = ?'
  const [row] = await rows<Omit<MayWrite, 'mailUnknownConsent'>>(db, sql, [campaign])
  return row === undefined ? null : { ...row, mailUnknownConsent }
}

/** A customer for whom the message can't be made costs the others nothing. */
function makeMails(claimed: readonly Claimed[], make: MailMaker, clock: () => Date) {
  const results: Result[] = []
  const mails = claimed.flatMap((delivery) => {
    try {
      return [{ delivery, envelope: make(delivery) }]
    } catch (error) {
      const reason = `The message could not be made: ${error instanceof Error ? error.message : String(error)}`
      results.push({ delivery, outcome: { state: 'failed', reason }, at: clock() })
      return []
    }
  })
  return { results, mails }
}

const isUnreached = ({ outcome }: Result) => outcome.state === 'deferred' && outcome.connection

/** Runs an act for each item, so many at a time. */
async function each<T>(items: readonly T[], concurrency: number, act: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const lane = async () => {
    for (const item of waiting) await act(item)
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
}

/** How long results are held on to while the database is away, in milliseconds, and the pause between two tries. */
const PATIENCE = 60_000
const PAUSE = 1_000

/** Writes results also when the database is away for a while: lost, they would leave a whole batch unconfirmed. */
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

async function rest(stop: () => boolean): Promise<void> {
  for (let rested = 0; rested < REST && !stop(); rested += 100) await new Promise((done) => setTimeout(done, 100))
}
