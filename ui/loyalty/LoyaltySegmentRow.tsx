import { Button, Table, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { LoyaltySegment } from '../../api/contract/loyalty.ts'
import { Count } from '../shared/Count.tsx'
import { keepRecipients } from '../shared/recipients.ts'
import { Sparkline } from '../shared/Sparkline.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { useWeekday } from '../shared/useWeekday.ts'
import classes from './Loyalty.module.css'

type Props = { segment: LoyaltySegment; provider: { id: string; name: string } }

/** One segment of a provider: who is in it, and this week's mailing, or the way to write it. */
export function LoyaltySegmentRow({ segment, provider }: Props) {
  const text = useText()
  const { nameOf, noteOf } = useSegmentWords()
  const { id, members, last_days: days } = segment
  const change = members - (days[0]?.members ?? members)
  return (
    <Table.Tr data-testid={`loyalty-${id}`}>
      <Table.Td>
        <Link to="/segments/$id" params={{ id }} search={{ provider: provider.id }} className={classes.name}>
          {nameOf(segment)}
        </Link>
        <Text fz="xs" c="dimmed" className={classes.note} title={noteOf(segment)} visibleFrom="sm">
          {noteOf(segment)}
        </Text>
      </Table.Td>
      <Table.Td ta="right" fz="md">
        <Count value={members} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <span className={classes.line}>
          <Sparkline
            values={days.map((day) => day.members)}
            label={text('segments.trend', { first: members - change, last: members })}
          />
          <Text span fz="sm" c="dimmed">
            <Count value={change} signed />
          </Text>
        </span>
      </Table.Td>
      <Table.Td>
        <ThisWeek segment={segment} provider={provider} />
      </Table.Td>
    </Table.Tr>
  )
}

function ThisWeek({ segment, provider }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const weekday = useWeekday()
  const subjectOf = useReadableSubject()
  const { nameOf } = useSegmentWords()
  const { mailing, next_on: next } = segment
  if (mailing !== null) {
    return (
      <div className={classes.taken}>
        <Text fz="sm">
          <FormattedMessage
            id="loyalty.has"
            values={{
              state: text(`campaign.${mailing.state}`),
              mailing: (
                <Link to="/mailings/$id" params={{ id: mailing.id }} className={classes.name}>
                  {subjectOf(mailing.name)}
                </Link>
              ),
            }}
          />
        </Text>
        {next !== null && (
          <Text fz="xs" c="dimmed">
            {text('loyalty.next', { day: weekday(next) })}
          </Text>
        )}
      </div>
    )
  }
  if (segment.members === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {text('loyalty.nobodyIn')}
      </Text>
    )
  }
  const write = () => {
    keepRecipients({
      recipients: { segment: segment.id, provider: provider.id },
      count: segment.members,
      label: nameOf(segment),
      loyalty: { provider: provider.name },
    })
    void navigate({ to: '/compose' })
  }
  return (
    <Button
      size="xs"
      variant="light"
      leftSection={<IconMail size={15} aria-hidden="true" />}
      onClick={write}
      aria-label={text('loyalty.writeTo', { segment: nameOf(segment) })}
    >
      {text('loyalty.write')}
    </Button>
  )
}
