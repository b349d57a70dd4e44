import { Button, CopyButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getDkim } from '../../api/contract/channels.ts'
import { call } from '../client/call.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Settings.module.css'

/** The record to publish, each part of it to be copied. */
export function DkimRecord({ name }: { name: string }) {
  const text = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'dkim'],
    queryFn: ({ signal }) => call(getDkim, { signal }),
  })
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!data) return <RowsLoading rows={2} />
  const parts = [
    { label: text('settings.dkimName'), value: name },
    { label: text('settings.dkimValue'), value: data.value },
  ]
  return (
    <dl className={classes.record} data-testid="dkim-record">
      {parts.map(({ label, value }) => (
        <div key={label} className={classes.part}>
          <dt>{label}</dt>
          <dd>
            <span>{value}</span>
            <CopyButton value={value}>
              {({ copied, copy }) => (
                <Button
                  variant="default"
                  size="compact-xs"
                  onClick={copy}
                  aria-label={copied ? text('settings.copied') : text('settings.copyOf', { what: label })}
                >
                  {text(copied ? 'settings.copied' : 'settings.copy')}
                </Button>
              )}
            </CopyButton>
          </dd>
        </div>
      ))}
    </dl>
  )
}
