import { Box, Button, Checkbox, Table, Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import type { Member, Segment } from '../../api/contract/segments.ts'
import type { MessageId } from '../messages/index.ts'
import { Avatar } from '../shared/Avatar.tsx'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { IfMay } from '../shared/IfMay.tsx'
import { Instant } from '../shared/Instant.tsx'
import { StatusBadge } from '../shared/StatusBadge.tsx'
import { useText } from '../shared/useText.tsx'
import { Tags } from '../tags/Tags.tsx'
import { MemberByHand } from './byHand/MemberByHand.tsx'
import classes from './MemberRow.module.css'

type Props = {
  segment: Segment
  provider: string | undefined
  member: Member
  picked: boolean
  onPick: () => void
  onWhy: () => void
}

const sentence = ({ by_hand, put_in_by, leaves_at }: Member): MessageId => {
  if (by_hand) return put_in_by === null ? 'member.byHand' : 'member.byHandBy'
  return leaves_at === undefined ? 'member.since' : 'member.sinceUntil'
}

/** One member: since when, until when, a way to “why?”, and what can be done by hand. */
export function MemberRow({ segment, provider, member, picked, onPick, onWhy }: Props) {
  const text = useText()
  const since = (
    <FormattedMessage
      id={sentence(member)}
      values={{
        who: member.put_in_by,
        since: <Instant key="since" at={member.since} />,
        until: member.leaves_at ? <Instant key="until" at={member.leaves_at} /> : null,
      }}
    />
  )
  return (
    <Table.Tr data-picked={picked || undefined} className={classes.row}>
      <Table.Td w={44}>
        <Checkbox checked={picked} onChange={onPick} aria-label={text('member.pick', { name: member.name })} />
      </Table.Td>
      <Table.Td>
        <div className={classes.who}>
          <Avatar name={member.name} />
          <div>
            <CustomerLink id={member.id} name={member.name} tab="communication" />
            <Text fz="xs" c="dimmed" hiddenFrom="md">
              {since}
            </Text>
            <Tags tags={member.tags} />
          </div>
        </div>
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed" fz="sm">
        {since}
      </Table.Td>
      <Table.Td visibleFrom="xs" className="numbers" fz="sm">
        {text('member.bookings', { count: member.bookings })}
      </Table.Td>
      <Table.Td visibleFrom="sm" w={110}>
        <StatusBadge status={member.status} />
      </Table.Td>
      <Table.Td ta="right" className={classes.acts}>
        <Button variant="subtle" size="compact-sm" fw={500} onClick={onWhy}>
          {text('member.why')}
          <Box component="span" className={classes.hidden}>
            {text('member.whyOf', { name: member.name })}
          </Box>
        </Button>
        <IfMay permission="segments.decide">
          <MemberByHand segment={segment} provider={provider} customer={member} isByHand={member.by_hand} />
        </IfMay>
      </Table.Td>
    </Table.Tr>
  )
}
