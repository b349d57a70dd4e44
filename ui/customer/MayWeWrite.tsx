import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { consentsQuery } from '../client/customers.ts'
import { CHANNELS, type Channel } from '../shared/channels.ts'
import { IfMay } from '../shared/IfMay.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { ChangeConsent } from './ChangeConsent.tsx'
import { ConsentHistory } from './ConsentHistory.tsx'
import classes from './MayWeWrite.module.css'
import { StopWriting } from './StopWriting.tsx'
import { useSource } from './useSource.ts'

/** Per channel: whether the customer agreed, when and where; changed by hand after a question, with all that was before. */
export function MayWeWrite({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const sourceOf = useSource()
  const [changing, setChanging] = useState<Channel | null>(null)
  const [stopping, setStopping] = useState(false)
  const [past, setPast] = useState(false)
  const { data } = useQuery(consentsQuery(customer.id))
  return (
    <>
      <ul className={classes.channels}>
        {CHANNELS.map((channel) => {
          const consent = customer.consents[channel]
          return (
            <li key={channel} className={classes.channel}>
              <span className={classes.name}>{text(`channel.${channel}`)}</span>
              <span className={classes.says}>
                {consent ? (
                  <FormattedMessage
                    id={consent.given ? 'customer.consentGiven' : 'customer.consentWithdrawn'}
                    values={{ at: <Instant at={consent.at} />, source: sourceOf(consent.source) }}
                  />
                ) : (
                  text('customer.consentUnknown')
                )}
              </span>
              <IfMay permission="consents.write">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => setChanging(channel)}
                  aria-label={text('consent.changeOf', { channel: text(`channel.${channel}`) })}
                >
                  {text('consent.change')}
                </Button>
              </IfMay>
            </li>
          )
        })}
      </ul>
      <Group gap="xs" mt="sm">
        <IfMay permission="suppressions.write">
          <Button size="xs" variant="default" onClick={() => setStopping(true)}>
            {text('consent.stop')}
          </Button>
        </IfMay>
        {data && data.items.length > 0 && (
          <Button size="xs" variant="subtle" aria-expanded={past} onClick={() => setPast(!past)}>
            {text('consent.history', { count: data.items.length })}
          </Button>
        )}
      </Group>
      {past && data && <ConsentHistory events={data.items} />}
      {data?.items.length === 0 && (
        <Text fz="xs" c="dimmed" mt="xs">
          {text('consent.noHistory')}
        </Text>
      )}
      {changing && <ChangeConsent customer={customer} channel={changing} onClose={() => setChanging(null)} />}
      {stopping && <StopWriting customer={customer} onClose={() => setStopping(false)} />}
    </>
  )
}
