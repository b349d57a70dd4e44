import type { Report } from '../../../api/contract/reports.ts'
import type { DeliverySearch } from '../../deliveries/deliverySearch.ts'
import { useReason } from '../../deliveries/useReason.ts'
import type { MessageId } from '../../messages/index.ts'
import type { Channel } from '../../shared/channels.ts'
import { useText } from '../../shared/useText.tsx'
import { CountLink } from './CountLink.tsx'
import { Part } from './Part.tsx'
import classes from './Report.module.css'

type Step = {
  label: MessageId
  value: number
  /** The messages it counts; null where they are none. */
  search: DeliverySearch | null
  /** Went wrong: shown only when there is any. */
  wrong?: boolean
}

type Props = { id: string; funnel: Report['funnel']; channel: Channel }

/** How far the messages came, from those who were asked for to those who clicked; what went wrong stands below. */
export function Funnel({ id, funnel, channel }: Props) {
  const text = useText()
  const reasonOf = useReason()
  const sum = (items: readonly { count: number }[]) => items.reduce((total, { count }) => total + count, 0)
  const steps: Step[] = [
    { label: 'report.asked', value: funnel.asked, search: null },
    { label: 'report.recipients', value: funnel.recipients, search: {} },
    { label: 'report.sent', value: funnel.sent, search: { state: 'sent,delivered' } },
    // only mails tell that they were opened, and an SMS has no links of ours
    { label: 'report.opened', value: funnel.opened, search: { reaction: 'opened' }, wrong: channel !== 'email' },
    { label: 'report.clicked', value: funnel.clicked, search: { reaction: 'clicked' }, wrong: channel === 'sms' },
    { label: 'report.waiting', value: funnel.waiting, search: { state: 'queued,sending' }, wrong: true },
    { label: 'report.bounced', value: funnel.bounced, search: { state: 'bounced' }, wrong: true },
    { label: 'report.failed', value: funnel.failed, search: { state: 'failed' }, wrong: true },
    { label: 'report.unconfirmed', value: funnel.unconfirmed, search: { state: 'unconfirmed' }, wrong: true },
    { label: 'report.cancelled', value: sum(funnel.cancelled), search: { state: 'cancelled' }, wrong: true },
    { label: 'report.unsubscribed', value: funnel.unsubscribed, search: { wish: 'unsubscribed' }, wrong: true },
    { label: 'report.complained', value: funnel.complained, search: { wish: 'complained' }, wrong: true },
  ]
  const leftOut = funnel.left_out.map(({ reason, count }) => text('report.reason', { count, reason: reasonOf(reason) }))
  return (
    <Part question={text('report.funnel')}>
      <dl className={classes.steps}>
        {steps
          .filter(({ value, wrong }) => !wrong || value > 0)
          .map(({ label, value, search, wrong = false }) => (
            <div key={label} className={classes.step}>
              <dt>{text(label)}</dt>
              <dd aria-hidden="true">
                <div
                  className={classes.bar}
                  data-quiet={wrong || undefined}
                  style={{ width: `${(100 * value) / Math.max(1, funnel.asked)}%` }}
                />
              </dd>
              <dd className={classes.number}>
                <CountLink id={id} value={value} search={search} />
              </dd>
              <dd className={`${classes.share} numbers`}>
                {text('mailing.share', { share: value / Math.max(1, funnel.asked) })}
              </dd>
            </div>
          ))}
      </dl>
      {leftOut.length > 0 && (
        <p className={classes.note}>
          {text('report.leftOut', { count: sum(funnel.left_out), reasons: leftOut.join(', ') })}
        </p>
      )}
      {funnel.machines.opened + funnel.machines.clicked > 0 && (
        <p className={classes.note}>
          {text('report.machines', { opened: funnel.machines.opened, clicked: funnel.machines.clicked })}
        </p>
      )}
    </Part>
  )
}
