import { Badge, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { z } from 'zod'
import type { getCustomerSegments } from '../../api/contract/customers.ts'
import type { MessageId } from '../messages/index.ts'
import { MemberByHand } from '../segment/byHand/MemberByHand.tsx'
import { IfMay } from '../shared/IfMay.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'

type Membership = z.infer<typeof getCustomerSegments.answer>['items'][number]

const sentence = ({ by_hand, put_in_by, leaves_at }: Membership): MessageId => {
  if (by_hand) return put_in_by === null ? 'customerSegments.byHand' : 'customerSegments.byHandBy'
  return leaves_at === undefined ? 'customerSegments.since' : 'customerSegments.sinceUntil'
}

type Props = { segment: Membership; customer: { id: string; name: string }; onWhy: () => void }

/** A segment that a customer is in: since when, by rule or by whose hand, until when, and the way to “why?”. */
export function CustomerSegment({ segment, customer, onWhy }: Props) {
  const text = useText()
  const name = useSegmentWords().nameOf(segment)
  const { id, provider, since, put_in_by, leaves_at } = segment
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
          id={sentence(segment)}
          values={{
            who: put_in_by,
            since: <Instant key="since" at={since} />,
            until: leaves_at === undefined ? null : <Instant key="until" at={leaves_at} />,
          }}
        />
      </Text>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={text('why.titleSegment', { segment: name })}
        onClick={onWhy}
      >
        {text('member.why')}
      </Button>
      <IfMay permission="segments.decide">
        <MemberByHand segment={segment} provider={provider?.id} customer={customer} isByHand={segment.by_hand} />
      </IfMay>
    </li>
  )
}
