import { Badge, Button, Group, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import type { SenderDomains } from '../../api/contract/checks.ts'
import { domainsQuery } from '../client/home.ts'
import { Ago } from '../shared/Ago.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import { CopyLine } from './CopyLine.tsx'
import classes from './Settings.module.css'

type Found = SenderDomains['spf']
type Row = { key: 'spf' | 'dkim' | 'dmarc' | 'mx' | 'return_path'; name: string; found: Found; publish: string | null }

const COLOURS = { good: 'green', weak: 'yellow', missing: 'orange', wrong: 'red', unknown: 'gray' } as const

/** What DNS has of the sender's domains at this moment: each record, what it is worth, and what to publish where it is not there. */
export function DomainChecks() {
  const text = useText()
  const { data, error, refetch, isFetching, dataUpdatedAt } = useQuery(domainsQuery)
  return (
    <div className={classes.checks}>
      <Group justify="space-between" mb={4}>
        <h3 className={classes.small}>{text('settings.dns')}</h3>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconRefresh size={14} />}
          loading={isFetching}
          onClick={() => void refetch()}
        >
          {text('settings.dnsAgain')}
        </Button>
      </Group>
      {error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : data === undefined ? (
        <RowsLoading rows={4} />
      ) : data.reserved ? (
        <Text fz="sm">{text('check.reserved', { domain: data.domain })}</Text>
      ) : (
        <>
          <Text fz="xs" c="dimmed" mb="xs">
            <FormattedMessage
              id="settings.dnsAt"
              values={{ domain: data.domain, at: <Ago at={new Date(dataUpdatedAt).toISOString()} /> }}
            />
          </Text>
          <ul className={classes.records} data-testid="domains">
            {rowsOf(data).map((row) => (
              <Record key={row.key} row={row} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Record({ row: { key, name, found, publish } }: { row: Row }) {
  const text = useText()
  const { verdict, why, record } = found
  return (
    <li>
      <Group gap={8} wrap="nowrap" align="baseline">
        <Badge color={COLOURS[verdict]} miw="max-content">
          {text(`settings.dns.${verdict}`)}
        </Badge>
        <Text fz="sm" component="div">
          <strong>{text(`settings.dns.${key}`)}</strong> <span className={classes.host}>{name}</span>
        </Text>
      </Group>
      {verdict !== 'good' && (
        <Text fz="sm" c="dimmed">
          {text(why === null ? `check.verdict.${verdict}` : `check.why.${why}`)}
        </Text>
      )}
      {record !== null && <code className={classes.code}>{record}</code>}
      {publish !== null && verdict === 'missing' && (
        <>
          <Text fz="xs" c="dimmed" mt={4}>
            {text('settings.dnsPublish')}
          </Text>
          <CopyLine value={publish} label={name} />
        </>
      )}
    </li>
  )
}

/** The records in the order in which receivers ask, with what a domain that has none can begin with. */
function rowsOf({ domain, spf, dkim, dmarc, mx, return_path: back }: SenderDomains): Row[] {
  return [
    { key: 'spf', name: domain, found: spf, publish: 'v=spf1 mx ~all' },
    { key: 'dkim', name: domain, found: dkim, publish: null },
    {
      key: 'dmarc',
      name: `_dmarc.${domain}`,
      found: dmarc,
      publish: `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`,
    },
    { key: 'mx', name: domain, found: mx, publish: null },
    ...(back === null ? [] : [{ key: 'return_path', name: back.domain, found: back, publish: null } as const]),
  ]
}
