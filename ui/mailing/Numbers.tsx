import { Link } from '@tanstack/react-router'
import type { Campaign } from '../../api/contract/campaigns.ts'
import type { Delivery } from '../../api/contract/customers.ts'
import { waitingOf } from '../client/campaigns.ts'
import type { MessageId } from '../messages/index.ts'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

type Cell = {
  label: MessageId
  value: number
  /** Of how many: shown as a share. */
  of?: number
  /** The messages that the number leads to. */
  state?: Delivery['state']
  /** Shown only when there is any. */
  rare?: boolean
}

/** The mailing in numbers; those that are the number of messages in one state lead to these messages. */
export function Numbers({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const { channel, total, sent, delivered, opened, clicked, bounced, failed, unconfirmed, cancelled } = mailing
  const cells: Cell[] = [
    { label: 'mailing.total', value: total },
    { label: 'mailing.queued', value: waitingOf(mailing), state: 'queued', rare: true },
    { label: 'mailing.sent', value: sent, of: total },
    { label: 'mailing.delivered', value: delivered, of: sent, state: 'delivered' },
    // only mails tell that they were opened, and an SMS has no links of ours
    ...(channel === 'email' ? [{ label: 'mailing.opened' as const, value: opened, of: delivered }] : []),
    ...(channel === 'sms' ? [] : [{ label: 'mailing.clicked' as const, value: clicked, of: delivered }]),
    { label: 'mailing.bounced', value: bounced, of: total, state: 'bounced' },
    { label: 'mailing.failed', value: Math.max(0, failed - bounced), state: 'failed', rare: true },
    { label: 'mailing.unconfirmed', value: unconfirmed, state: 'unconfirmed', rare: true },
    { label: 'mailing.cancelled', value: cancelled, state: 'cancelled', rare: true },
  ]
  return (
    <dl className={classes.numbers}>
      {cells
        .filter(({ rare, value }) => !rare || value > 0)
        .map(({ label, value, of, state }) => (
          <div key={label}>
            <dt>{text(label)}</dt>
            <dd>
              {state && value > 0 ? (
                <Link
                  to="/mailings/$id"
                  params={{ id: mailing.id }}
                  search={{ state }}
                  replace
                  resetScroll={false}
                  className={classes.open}
                >
                  <Count value={value} />
                </Link>
              ) : (
                <Count value={value} />
              )}
              {of !== undefined && of > 0 && (
                <span className={`${classes.share} numbers`}>{text('mailing.share', { share: value / of })}</span>
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}
