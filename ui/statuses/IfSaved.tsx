import { Button, Checkbox, Group, Progress, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { StatusAutomation, StatusPreview } from '../../api/contract/statusAutomation.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { StatusBadge } from '../shared/StatusBadge.tsx'
import { richTags, useText } from '../shared/useText.tsx'
import { Movers } from './Movers.tsx'
import classes from './Statuses.module.css'
import type { StatusDrafting } from './useStatusDraft.ts'

type Movement = StatusPreview['changes'][number]

type Props = {
  saved: StatusAutomation
  drafting: StatusDrafting
  preview: StatusPreview | undefined
  error: Error | null
  /** The numbers are of what stood there before; they come anew. */
  stale: boolean
  onRetry: () => void
  mayChange: boolean
}

/** Who would change if the rules were saved as they stand, and saving them. */
export function IfSaved({ saved, drafting, preview, error, stale, onRetry, mayChange }: Props) {
  const text = useText()
  const { draft, changed, save, discard, setAnew } = drafting
  const [shown, setShown] = useState<Movement | null>(null)
  const movements = draft.anew ? preview?.anew : preview?.changes
  const back = backOf(preview)
  return (
    <section className={classes.effect} aria-label={text('statuses.ifSaved')}>
      <h2 className={classes.title}>{text('statuses.ifSaved')}</h2>
      {saved.computing && (
        <div role="status">
          <Text fz="sm">{text('statuses.computing')}</Text>
          <Progress
            value={(100 * saved.computing.done) / Math.max(1, saved.computing.total)}
            aria-label={text('statuses.computing')}
          />
        </div>
      )}
      {movements === undefined && (error ? <ErrorState error={error} onRetry={onRetry} /> : <RowsLoading rows={2} />)}
      {movements && (
        <div role="status" aria-busy={stale} className={classes.movements}>
          {movements.length === 0 && <Text fz="sm">{text('statuses.nobody')}</Text>}
          {movements.map((movement) => (
            <UnstyledButton
              key={`${movement.from} ${movement.to}`}
              className={classes.movement}
              onClick={() => setShown(movement)}
              aria-label={text('statuses.movement', {
                from: text(`status.${movement.from}`),
                to: text(`status.${movement.to}`),
                count: movement.customers,
              })}
            >
              <span className={classes.number}>
                <FormattedMessage id="statuses.people" values={{ ...richTags, count: movement.customers }} />
              </span>
              <StatusBadge status={movement.from} />
              <span aria-hidden="true">→</span>
              <StatusBadge status={movement.to} />
            </UnstyledButton>
          ))}
        </div>
      )}
      {(back > 0 || draft.anew) && (
        <Checkbox
          label={text('statuses.anew', { count: back })}
          description={text('statuses.anewHint')}
          checked={draft.anew}
          disabled={!mayChange}
          onChange={(event) => setAnew(event.currentTarget.checked)}
        />
      )}
      <Text fz="xs" c="dimmed">
        {text('statuses.notByHand')} {text('statuses.noNews')}
      </Text>
      {mayChange ? (
        <Group gap="xs">
          <Button disabled={!changed || error !== null} loading={save.isPending} onClick={() => save.mutate()}>
            {text('action.save')}
          </Button>
          <Button variant="default" disabled={!changed || save.isPending} onClick={discard}>
            {text('statuses.discard')}
          </Button>
        </Group>
      ) : (
        <Text fz="sm" c="dimmed">
          {text('statuses.adminOnly')}
        </Text>
      )}
      <Movers draft={draft} version={saved.version} movement={shown} onClose={() => setShown(null)} />
    </section>
  )
}

/** How many go another way if everybody is decided about from the beginning. */
function backOf(preview: StatusPreview | undefined): number {
  const before = new Map(preview?.changes.map(({ from, to, customers }) => [`${from} ${to}`, customers]))
  return (preview?.anew ?? []).reduce(
    (sum, { from, to, customers }) => sum + Math.max(0, customers - (before.get(`${from} ${to}`) ?? 0)),
    0,
  )
}
