import { Badge, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { z } from 'zod'
import type { getCustomerSegments } from '../../api/contract/customers.ts'
import { useDecide } from '../segment/byHand/useDecide.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'

type Decision = z.infer<typeof getCustomerSegments.answer>['taken_out'][number]

/** A segment that a customer was taken out of by hand: by whom, when, and the way back to the rule. */
export function TakenOut({ segment, customer }: { segment: Decision; customer: { id: string; name: string } }) {
  const text = useText()
  const name = useSegmentWords().nameOf(segment)
  const { id, provider, decided_at, decided_by } = segment
  const decide = useDecide({ segment: id, provider: provider?.id, name })
  return (
    <li className={classes.row}>
      <Link
        to="/segments/$id"
        params={{ id }}
        search={provider === null ? {} : { provider: provider.id }}
        className={classes.name}
      >
        {name}
      </Link>
      {provider && <Badge color="gray">{provider.name}</Badge>}
      <Text span fz="sm" c="dimmed">
        <FormattedMessage
          id="byHand.takenOut"
          values={{ who: decided_by ?? text('byHand.somebody'), at: <Instant at={decided_at} time /> }}
        />
      </Text>
      <Button
        variant="subtle"
        size="compact-sm"
        loading={decide.isPending}
        onClick={() => decide.mutate({ customer, decision: 'rule' })}
      >
        {text('byHand.takeBack')}
      </Button>
    </li>
  )
}
