import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { useFailure } from '../mailings/useFailure.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

/** What somebody has to look at: messages that nobody can be sure of, and a mailing that stopped. */
export function Notices({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const failureOf = useFailure()
  return (
    <>
      {mailing.failure !== null && (
        <div className={classes.notice} role="alert">
          <span>{text('mailing.failureText', { failure: failureOf(mailing.failure) })}</span>
        </div>
      )}
      {mailing.state === 'cancelled' && mailing.not_stopped !== null && (
        <div className={classes.notice} data-testid="not-stopped">
          <span>{text('mailing.notStopped', { count: mailing.not_stopped, sent: mailing.sent })}</span>
        </div>
      )}
      {mailing.unconfirmed > 0 && (
        <div className={classes.notice}>
          <span>{text('mailing.unconfirmedText', { count: mailing.unconfirmed })}</span>
          <Button
            size="xs"
            variant="default"
            renderRoot={(props: object) => (
              <Link
                {...props}
                to="/mailings/$id"
                params={{ id: mailing.id }}
                search={{ state: 'unconfirmed' }}
                replace
                resetScroll={false}
              />
            )}
          >
            {text('mailing.unconfirmedShow')}
          </Button>
        </div>
      )}
    </>
  )
}
