import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { putRetention, type Retention } from '../../api/contract/retention.ts'
import { RETENTION_KINDS } from '../../rules/retention/kinds.ts'
import { LeaveDialog } from '../canvas/LeaveDialog.tsx'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { changeOf, enteredOf, isAllowed, letsGo } from './enteredPeriods.ts'
import { PeriodFields } from './PeriodFields.tsx'
import { PreviewDialog } from './PreviewDialog.tsx'
import classes from './Retention.module.css'
import { retentionQuery } from './retentionQuery.ts'

/** For how long what is kept: looked at before it is saved, and saved with Ctrl+S as other settings. */
export function RetentionPanel() {
  const text = useText()
  const { data, error, refetch } = useQuery(retentionQuery)
  return (
    <Paper component="section" className={classes.sheet} id="retention" aria-labelledby="retention-title">
      <h2 className={classes.title} id="retention-title">
        {text('retention.title')}
      </h2>
      {data ? (
        <Periods saved={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <RowsLoading rows={6} />
      )}
    </Paper>
  )
}

function Periods({ saved }: { saved: Retention }) {
  const text = useText()
  const mayChange = useMay('privacy.write')
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [before, setBefore] = useState(saved.periods)
  const [entered, setEntered] = useState(() => enteredOf(saved.periods))
  const [shown, setShown] = useState<'look' | 'save' | null>(null)
  const change = changeOf(entered, before)
  const changed = Object.keys(change).length > 0
  const allowed = RETENTION_KINDS.every((kind) => isAllowed(kind, entered[kind]))
  const save = useMutation({
    mutationFn: () => call(putRetention, { body: change }),
    onSuccess: (now) => {
      queries.setQueryData(retentionQuery.queryKey, now)
      setBefore(now.periods)
      setEntered(enteredOf(now.periods))
      notifyDone(text('retention.saved'))
    },
    onError: notifyProblem,
    onSettled: () => setShown(null),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!changed || !allowed) return
    if (letsGo(change, before)) setShown('save')
    else save.mutate()
  }
  const saveByKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    event.currentTarget.requestSubmit()
  }
  const undo = () => {
    const now = queries.getQueryData(retentionQuery.queryKey)?.periods ?? before
    setBefore(now)
    setEntered(enteredOf(now))
  }
  return (
    <form noValidate onSubmit={submit} onKeyDown={saveByKey}>
      <Text fz="sm">{text('retention.lead')}</Text>
      <Text fz="sm" c="dimmed" mb="sm">
        {text('retention.next', { at: '' })}
        <Instant at={saved.next_at} time />
      </Text>
      <fieldset className={classes.kinds} disabled={!mayChange} aria-labelledby="retention-title">
        {RETENTION_KINDS.map((kind) => (
          <PeriodFields
            key={kind}
            kind={kind}
            entered={entered[kind]}
            onChange={(next) => setEntered((all) => ({ ...all, [kind]: next }))}
          />
        ))}
      </fieldset>
      <Stack gap="sm" mt="md">
        <Text fz="xs" c="dimmed">
          {text('retention.always')}
        </Text>
        <Group gap="sm">
          {mayChange && (
            <Button
              type="submit"
              variant={changed ? 'filled' : 'default'}
              disabled={!changed || !allowed}
              loading={save.isPending}
            >
              {text(changed && letsGo(change, before) ? 'retention.look' : 'retention.save')}
            </Button>
          )}
          <Button variant="default" disabled={!allowed} onClick={() => setShown('look')}>
            {text('retention.preview')}
          </Button>
          {changed && (
            <>
              <Button variant="subtle" onClick={undo} disabled={save.isPending}>
                {text('settings.undo')}
              </Button>
              <Text fz="sm" c="var(--attention)" role="status">
                {text('settings.unsaved')}
              </Text>
            </>
          )}
        </Group>
      </Stack>
      {shown !== null && (
        <PreviewDialog
          when="night"
          change={change}
          onClose={() => setShown(null)}
          act={
            shown === 'save'
              ? { label: text('retention.save'), onDo: () => save.mutate(), loading: save.isPending }
              : undefined
          }
        />
      )}
      <LeaveDialog what={text('settings.leave', { count: 1 })} loses={changed} closingLoses={changed} />
    </form>
  )
}
