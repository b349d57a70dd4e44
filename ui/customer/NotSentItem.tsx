import { Badge, Text } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CommunicationItem } from '../../api/contract/customers.ts'
import classes from '../deliveries/DeliveryItem.module.css'
import { useReason } from '../deliveries/useReason.ts'
import { Instant } from '../shared/Instant.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'

/** A message that was meant for the customer and never put in line: of which mailing, and why not. */
export function NotSentItem({ item }: { item: CommunicationItem }) {
  const text = useText()
  const reasonOf = useReason()
  const subjectOf = useReadableSubject()
  const heldOut = item.not_sent === 'held_out'
  return (
    <li className={classes.item}>
      <div className={classes.quiet}>
        <IconMailOff size={16} className={classes.arrow} aria-hidden="true" />
        <span className={classes.what}>
          <span className={classes.title}>{subjectOf(item.subject)}</span>
          <Text span fz="sm" c="dimmed">
            <Link to="/mailings/$id" params={{ id: item.campaign.id }} className={classes.link}>
              {subjectOf(item.campaign.name)}
            </Link>
          </Text>
          <Text span fz="sm" className={heldOut ? classes.detail : classes.reason}>
            {text(heldOut ? 'communication.heldOut' : 'communication.leftOut', { reason: reasonOf(item.reason ?? '') })}
          </Text>
        </span>
        <span className={classes.outcome}>
          <Badge miw="max-content" color="gray">
            {text('communication.notSentBadge')}
          </Badge>
          <Text span fz="xs" c="dimmed" className="numbers">
            <Instant at={item.queued_at} time />
          </Text>
        </span>
      </div>
    </li>
  )
}
