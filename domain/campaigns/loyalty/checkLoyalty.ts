import { Problem } from '../../errors.ts'
import type { Audience, Criteria } from '../criteria.ts'
import type { Clientele } from './slots.ts'

/**
 * Whose members a loyalty mailing goes to: those of one segment of one provider. Any segment that is evaluated for each
 * provider will do, the five that ship with the product and those that somebody has drawn.
 *
 * @throws Problem 'invalid' when the criteria name another channel than email, customers, no provider, or a segment of the whole business
 */
export function checkLoyalty(criteria: Criteria, audience: Audience): Clientele {
  const { channel, providerId, source } = audience
  if (channel !== 'email') throw refused('/channel', 'A loyalty mailing is an email')
  if (providerId === 0) throw refused('/provider', 'A loyalty mailing is a provider’s: say which one')
  if (!('segmentId' in source)) {
    throw refused('/segment', 'A loyalty mailing goes to a segment of the provider, not to customers picked by hand')
  }
  if (source.membersOf !== providerId) {
    const message = `The segment ${criteria.segment} is one of the whole business: allowed are segments of each provider`
    throw refused('/segment', message)
  }
  return { providerId, segmentId: source.segmentId }
}

const refused = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
