import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { unsuppress } from '../../api/contract/suppressions.ts'
import { call } from '../client/call.ts'
import { customerQuery } from '../client/customers.ts'
import { useReason } from '../deliveries/useReason.ts'
import { Instant } from '../shared/Instant.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'

type Suppression = CustomerProfile['suppressions'][number]

/** What the customer does not get, from whom and why, with the way back. Nothing when there is no such thing. */
export function Suppressions({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const reasonOf = useReason()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const lift = useMutation({
    mutationFn: ({ channel, provider, kind }: Suppression) =>
      call(unsuppress, {
        params: { customer: customer.id },
        query: { channel, kind, provider: provider ?? undefined },
      }),
    onSuccess: async () => {
      notifyDone(text('customer.writingAgain', { name: customer.name }))
      await queries.invalidateQueries(customerQuery(customer.id))
    },
    onError: notifyProblem,
  })
  return customer.suppressions.map((suppression) => (
    <div key={`${suppression.channel} ${suppression.provider} ${suppression.kind}`} className={classes.notice}>
      <span>
        <FormattedMessage
          id={suppression.provider === null ? 'customer.suppressed' : 'customer.suppressedProvider'}
          values={{
            channel: text(`channel.${suppression.channel}`),
            provider: suppression.provider,
            kind: suppression.kind,
            reason: reasonOf(suppression.reason),
            since: <Instant at={suppression.since} />,
          }}
        />
      </span>
      <Button size="xs" variant="default" loading={lift.isPending} onClick={() => lift.mutate(suppression)}>
        {text('customer.writeAgain')}
      </Button>
    </div>
  ))
}
