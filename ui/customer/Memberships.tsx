import { Badge, Stack, Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { Day } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'

/** Memberships with their days; a cancelled one says so. */
export function Memberships({ memberships }: Pick<CustomerProfile, 'memberships'>) {
  const text = useText()
  if (memberships.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {text('customer.noMemberships')}
      </Text>
    )
  }
  return (
    <Stack gap={10}>
      {memberships.map((membership) => (
        <div key={membership.id}>
          <Text fw={600} fz="sm" component="div">
            {membership.type ?? text('customer.membership')}{' '}
            {membership.recurring && <Badge color="gray">{text('customer.recurring')}</Badge>}{' '}
            {membership.cancelled_at !== null && (
              <Badge color="orange">
                <FormattedMessage
                  id="customer.membershipCancelled"
                  values={{ day: <Day day={membership.cancelled_at} /> }}
                />
              </Badge>
            )}
          </Text>
          <Text fz="sm" c="dimmed">
            <FormattedMessage
              id={membership.valid_to === null ? 'customer.membershipOpen' : 'customer.membershipSpan'}
              values={{
                from: <Day day={membership.valid_from} />,
                to: membership.valid_to && <Day day={membership.valid_to} />,
              }}
            />
          </Text>
        </div>
      ))}
    </Stack>
  )
}
