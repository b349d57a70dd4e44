import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { listInbox } from '../../api/contract/inbox.ts'
import { Ago } from '../shared/Ago.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Inbox.module.css'

type Props = {
  mail: z.infer<typeof listInbox.answer>['items'][number]
  open: boolean
  /** What the list is searched for; stays when a mail is opened. */
  search: string
}

/** One mail of the list: to whom, what, when; bold until it was read. */
export function MailItem({ mail, open, search }: Props) {
  const text = useText()
  return (
    <li>
      <Link
        to="/inbox"
        search={{ mail: mail.id, ...(search === '' ? {} : { text: search }) }}
        resetScroll={false}
        className={classes.item}
        data-open={open || undefined}
        data-unread={!mail.read || undefined}
        aria-current={open ? 'true' : undefined}
      >
        <span className={classes.to}>
          {mail.to}
          <span className={classes.when}>
            {mail.channel !== 'email' && <span className={classes.channel}>{text(`channel.${mail.channel}`)}</span>}
            <Ago at={mail.received_at} />
          </span>
        </span>
        <span className={classes.subject}>
          {!mail.read && <span className={classes.dot} role="img" aria-label={text('inbox.unread')} />}
          {mail.subject || text('inbox.noSubject')}
        </span>
      </Link>
    </li>
  )
}
