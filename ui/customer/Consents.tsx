import { FormattedMessage } from 'react-intl'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { Facts } from './Facts.tsx'

const CHANNELS = ['email', 'sms', 'push'] as const

/** Per channel: whether the customer agreed, when and where. Not asked is not agreed. */
export function Consents({ consents }: Pick<CustomerProfile, 'consents'>) {
  const text = useText()
  return (
    <Facts
      facts={CHANNELS.map((channel) => {
        const consent = consents[channel]
        if (!consent) return [text(`channel.${channel}`), text('customer.consentUnknown')]
        return [
          text(`channel.${channel}`),
          <FormattedMessage
            key={channel}
            id={consent.given ? 'customer.consentGiven' : 'customer.consentWithdrawn'}
            values={{ at: <Instant at={consent.at} />, source: consent.source }}
          />,
        ]
      })}
    />
  )
}
