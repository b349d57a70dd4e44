import { Badge, Button, Paper, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import { type Campaign, type Comparison as Compared, chooseWinner } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { campaignQuery } from '../client/campaigns.ts'
import { Count } from '../shared/Count.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

/** Two messages compared: what became of each, what decides and when, and the way to decide by hand. */
export function Comparison({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const choose = useMutation({
    mutationFn: (variant: 'a' | 'b') => call(chooseWinner, { params: { id: mailing.id }, body: { variant } }),
    onSuccess: (changed) => queries.setQueryData(campaignQuery(mailing.id).queryKey, changed),
    onError: notifyProblem,
  })
  const compared = mailing.ab_test
  if (compared === null) return null
  const { winner, variants, share } = compared
  const begun = variants.some(({ recipients }) => recipients > 0)
  const open = winner === null && share < 100 && begun && ['sending', 'paused'].includes(mailing.state)
  return (
    <Paper component="section" className={classes.sheet} data-testid="comparison">
      <h2 className={classes.heading}>{text('comparison.title')}</h2>
      <Text fz="sm" c="dimmed" role="status">
        <Standing compared={compared} />
      </Text>
      <div className={classes.variants}>
        {variants.map(({ variant, subject, template, recipients, opened, clicked }) => (
          <div key={variant} data-winner={winner === variant || undefined}>
            <div className={classes.variant}>
              <strong>{text('comparison.message', { letter: variant.toUpperCase() })}</strong>
              {winner === variant && <Badge color="green">{text('comparison.winner')}</Badge>}
            </div>
            <div dir="auto">{subjectOf(subject)}</div>
            {template !== null && (
              <Text fz="sm" c="dimmed">
                {template.name}
              </Text>
            )}
            {begun && (
              <Text fz="sm" c="dimmed" className="numbers">
                {text('comparison.numbers', { recipients, opened, clicked })}
              </Text>
            )}
            {begun && (
              <span className={classes.rate}>
                <Count value={clicked} /> ·{' '}
                {text('mailing.share', { share: recipients === 0 ? 0 : clicked / recipients })}
              </span>
            )}
            {open && (
              <Button
                size="xs"
                variant="default"
                disabled={choose.isPending}
                onClick={() => choose.mutate(variant)}
                aria-label={text('comparison.chooseThis', { subject: subjectOf(subject) })}
              >
                {text('comparison.choose')}
              </Button>
            )}
          </div>
        ))}
      </div>
    </Paper>
  )
}

/** What has been decided, or what decides and when. */
function Standing({ compared }: { compared: Compared }) {
  const { winner, decided_at, decided_by, decide, decide_at, share } = compared
  if (share === 100) return <FormattedMessage id="comparison.all" />
  if (winner !== null && decided_at !== null) {
    const id = decided_by === null ? 'comparison.decidedByClicks' : 'comparison.decidedBy'
    return <FormattedMessage id={id} values={{ by: decided_by, at: <Instant at={decided_at} time /> }} />
  }
  const values = { share: share / 100, minutes: compared.after_minutes ?? 0 }
  if (decide === 'by_hand') return <FormattedMessage id="comparison.byHand" values={values} />
  if (decide_at === null) return <FormattedMessage id="comparison.clicksAfter" values={values} />
  return <FormattedMessage id="comparison.clicksAt" values={{ ...values, at: <Instant at={decide_at} time /> }} />
}
