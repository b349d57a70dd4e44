import { Collapse, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import type { Preflight } from '../../../api/contract/orders.ts'
import type { Channel } from '../../shared/channels.ts'
import { useText } from '../../shared/useText.tsx'
import { HeldBack } from './HeldBack.tsx'
import classes from './LeftOut.module.css'
import { type Asked, LeftOutCustomer, MoreLeftOut } from './MoreLeftOut.tsx'

type Props = { preflight: Preflight; asked: Asked; channel: Channel; label: string }

/** The sum that ends in the number of messages: asked for, minus each reason, is who gets it. A reason opens its customers. */
export function LeftOut({ preflight, asked, channel, label }: Props) {
  const text = useText()
  const intl = useIntl()
  return (
    <div className={classes.sum}>
      <div className={classes.row}>
        <span>{text('composer.audience.asked', { label })}</span>
        <span className="numbers">{intl.formatNumber(preflight.requested)}</span>
      </div>
      {preflight.left_out.map((entry) => (
        <Reason key={entry.reason} entry={entry} asked={asked} />
      ))}
      {preflight.left_out.length === 0 && (
        <Text fz="sm" c="dimmed" px={14} py={6}>
          {text('composer.audience.nobodyLeftOut')}
        </Text>
      )}
      <div className={classes.row} data-total>
        <span>{text(`short.gets.${channel}`)}</span>
        <span className="numbers" data-testid="recipients-total">
          {intl.formatNumber(preflight.recipients)}
        </span>
      </div>
      {preflight.held.length > 0 && (
        <Text fz="sm" c="dimmed" px={14} pt={2} data-testid="held-back">
          <HeldBack held={preflight.held} />
        </Text>
      )}
      {preflight.recipients === 0 && (
        <Text fz="sm" c="var(--attention)" px={14}>
          {text('composer.audience.nobody')}
        </Text>
      )}
    </div>
  )
}

function Reason({ entry, asked }: { entry: Preflight['left_out'][number]; asked: Asked }) {
  const text = useText()
  const intl = useIntl()
  const [open, setOpen] = useState(false)
  const list = `left-out-${entry.reason}`
  return (
    <div data-testid={list}>
      <UnstyledButton
        className={classes.row}
        data-reason
        aria-expanded={open}
        aria-controls={list}
        onClick={() => setOpen(!open)}
      >
        <span className={classes.reason}>
          <IconChevronDown size={14} aria-hidden="true" className={classes.arrow} data-open={open || undefined} />
          {text(`reason.${entry.reason}`)}
        </span>
        <span className="numbers">−{intl.formatNumber(entry.count)}</span>
      </UnstyledButton>
      <Collapse expanded={open}>
        <ul className={classes.customers} id={list}>
          {entry.customers.map(({ id, name }) => (
            <LeftOutCustomer key={id} id={id} name={name} reason={entry.reason} />
          ))}
          {open && entry.count > entry.customers.length && <MoreLeftOut entry={entry} asked={asked} />}
        </ul>
      </Collapse>
    </div>
  )
}
