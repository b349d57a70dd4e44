import { type Database, rows } from '../../database.ts'
import { post } from '../../deliveries/channels/post.ts'
import { hmac } from '../../settings/hmac.ts'
import { webhookKeys } from '../../settings/webhookSecret.ts'
import { type Outward, turnId } from './outward.ts'

/**
 * Calls an address for each: a POST of who it is about and where they are, signed, with a key by which the other side tells
 * a second try from a second turn. Any 2xx is done; what is said to be wrong for good (4xx) fails; the rest is tried again.
 *
 * @param allowPrivate whether the address may lead into our own network; else it is refused, also when its name does
 */
export const call =
  ({ allowPrivate }: { allowPrivate: boolean }): Outward<'call'> =>
  async (db, { version, step, whom }, now) => {
    const keys = await webhookKeys(db, now)
    const customers = await namesOf(
      db,
      'customers',
      whom.map(({ customerId }) => customerId),
    )
    const providers = await namesOf(
      db,
      'providers',
      whom.map(({ providerId }) => providerId),
    )
    const url = new URL(step.call.url)
    return async (who) => {
      const body = Buffer.from(
        JSON.stringify({
          id: turnId(who),
          type: 'automation.step',
          at: now.toISOString(),
          automation: version.key,
          version: version.version,
          step: step.id,
          enrolment: String(who.id),
          customer: customers.get(who.customerId) ?? null,
          provider: providers.get(who.providerId) ?? null,
        }),
      )
      const seconds = Math.floor(now.getTime() / 1_000)
      const signed = keys.map((key) => `v1=${hmac(key).update(`${seconds}.`).update(body).digest('hex')}`)
      const posted = await post(url, body, {
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Perennial',
          'idempotency-key': turnId(who),
          'perennial-signature': [`t=${seconds}`, ...signed].join(','),
        },
        allowPrivate,
        traced: true,
      })
      if (posted.state !== 'answered') return { state: 'again', reason: posted.words }
      const { status } = posted
      if (status >= 200 && status < 300) return { state: 'done' }
      const reason = `${url.host} answered ${status}`
      const wrong = status >= 300 && status < 500 && status !== 408 && status !== 425 && status !== 429
      return { state: wrong ? 'failed' : 'again', reason }
    }
  }

async function namesOf(
  db: Database,
  table: 'customers' | 'providers',
  ids: readonly number[],
): Promise<Map<number, string>> {
  const found = await rows<{ id: number; external_id: string }>(
    db,
    `SELECT id, external_id FROM ${table} WHERE id IN (?)`,
    [[0, ...new Set(ids)]],
  )
  return new Map(found.map(({ id, external_id }) => [id, external_id]))
}
