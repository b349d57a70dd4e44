import { Badge, Checkbox, Collapse, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import type { Delivery } from '../../api/contract/customers.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { DeliveryEvents } from './DeliveryEvents.tsx'
import classes from './DeliveryItem.module.css'
import { OutcomeBadge } from './OutcomeBadge.tsx'
import { canResend, outcomeAt } from './outcome.ts'
import { ResendButton } from './ResendButton.tsx'
import { RewardLine } from './RewardLine.tsx'
import { useReason } from './useReason.ts'

type Props = {
  delivery: Delivery
  /** What the message is called here: its subject in a customer's history, the customer on a mailing's page. */
  title: string
  /** Under the title. */
  detail: ReactNode
  /** A box before it, by which it is picked. */
  pick?: { picked: boolean; label: string; onPick: () => void }
  /** At the end of what opening shows. */
  more?: ReactNode
}

/** One message: what became of it and when, the reason where it could not be delivered, and its events when opened. */
export function DeliveryItem({ delivery, title, detail, pick, more }: Props) {
  const text = useText()
  const reasonOf = useReason()
  const [open, toggle] = useDisclosure(false)
  const id = useId()
  return (
    <li className={classes.item} data-picked={pick?.picked || undefined}>
      {pick && (
        <Checkbox className={classes.pick ?? ''} checked={pick.picked} onChange={pick.onPick} aria-label={pick.label} />
      )}
      <UnstyledButton
        className={classes.head}
        onClick={toggle.toggle}
        aria-expanded={open}
        aria-controls={id}
        data-open={open || undefined}
        data-pick={pick !== undefined || undefined}
      >
        <IconChevronRight size={16} className={classes.arrow} aria-hidden="true" />
        <span className={classes.what}>
          <span className={classes.title}>
            {title}
            {delivery.test && (
              <Badge color="gray" size="sm" ml={8}>
                {text('communication.test')}
              </Badge>
            )}
          </span>
          <Text span fz="sm" c="dimmed">
            {detail}
          </Text>
          {delivery.reason !== null && (
            <Text span fz="sm" className={classes.reason}>
              {reasonOf(delivery.reason)}
              {delivery.held_until !== null && (
                <>
                  {' '}
                  {text('communication.heldUntil')} <Instant at={delivery.held_until} time />
                </>
              )}
            </Text>
          )}
        </span>
        <span className={classes.outcome}>
          <OutcomeBadge delivery={delivery} />
          <Text span fz="xs" c="dimmed" className="numbers">
            <Instant at={outcomeAt(delivery)} time />
          </Text>
        </span>
      </UnstyledButton>
      <Collapse expanded={open} id={id}>
        <div className={classes.body}>
          {delivery.bounce_class !== null && (
            <Text fz="sm" mb="xs">
              {text(`bounce.${delivery.bounce_class}`)}
            </Text>
          )}
          {delivery.opened_at === null && delivery.machine_opened_at !== null && (
            <Text fz="sm" c="dimmed" mb="xs">
              {text('communication.machineOnly')}
            </Text>
          )}
          {delivery.state === 'unconfirmed' && (
            <Text fz="sm" className={classes.reason} mb="xs">
              {text('communication.unconfirmed')}
            </Text>
          )}
          {delivery.reward && <RewardLine reward={delivery.reward} />}
          <DeliveryEvents delivery={delivery} />
          {more && <div className={classes.more}>{more}</div>}
          {canResend(delivery) && <ResendButton delivery={delivery} />}
        </div>
      </Collapse>
    </li>
  )
}
