import { type Database, rows } from '../../database.ts'
import type { Channel } from '../../deliveries/channels/channel.ts'
import { mergeReader } from '../../deliveries/readMergeData.ts'
import { returnPath } from '../../deliveries/returnPath.ts'
import { escapeHtml } from '../../messages/escapeHtml.ts'
import { compileLiquid } from '../../messages/liquid.ts'
import { mergeValues } from '../../messages/mergeTags.ts'
import { subjectLiquid } from '../../messages/subject.ts'
import { readSettings } from '../../settings/readSettings.ts'
import { type Outward, turnId } from './outward.ts'

/**
 * Writes a mail to somebody of the business about each customer: to the customer's provider, or to the address that the
 * step names. Merge tags are filled with the customer's. The mail of one turn has the same Message-ID whenever it is tried.
 */
export const tell =
  (email: Channel): Outward<'tell'> =>
  async (db, { step, whom }, now) => {
    const settings = await readSettings(db)
    const { to, subject, text } = step.tell
    const [makeSubject, makeText] = [compileLiquid(subjectLiquid(subject), 'text'), compileLiquid(text, 'text')]
    const read = await mergeReader(db, { settings, providerId: 0 }, [subject, text])
    const people = await read(
      whom.map(({ id, customerId }) => ({ id, customer_id: customerId })),
      now,
    )
    const providers = to === 'provider' ? await addressesOf(db, whom) : new Map<number, string>()
    const { senderName, senderEmail } = settings
    const domain = senderEmail.slice(senderEmail.lastIndexOf('@') + 1)
    return async (who) => {
      const address = to === 'provider' ? providers.get(who.providerId) : to
      const person = people.get(who.id)
      if (address === undefined) return { state: 'failed', reason: 'The provider has no email address' }
      if (person === undefined) return { state: 'done', outcome: 'skipped' }
      const values = mergeValues(person.data)
      const words = makeText(values)
      const outcome = await email.send({
        to: address,
        from: { name: senderName, address: senderEmail },
        returnPath: returnPath(settings, null),
        messageId: `tell.${turnId(who)}@${domain}`,
        subject: makeSubject(values).replace(/\s+/g, ' ').trim(),
        html: `<!doctype html><html><body style="font:16px/1.5 sans-serif;white-space:pre-wrap">${escapeHtml(words)}</body></html>`,
        text: words,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      switch (outcome.state) {
        case 'sent':
          return { state: 'done' }
        case 'unconfirmed':
          return { state: 'done', outcome: 'unconfirmed' }
        case 'deferred':
          return { state: 'again', reason: outcome.reason }
        case 'bounced':
          return { state: 'failed', reason: outcome.reason }
      }
    }
  }

async function addressesOf(db: Database, whom: readonly { providerId: number }[]): Promise<Map<number, string>> {
  const found = await rows<{ id: number; email: string | null }>(
    db,
    'SELECT id, email FROM providers WHERE id IN (?) AND known = 1',
    [[...new Set(whom.map(({ providerId }) => providerId))]],
  )
  return new Map(found.flatMap(({ id, email }) => (email === null ? [] : [[id, email] as const])))
}
