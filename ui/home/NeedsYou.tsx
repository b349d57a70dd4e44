import { Anchor, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SenderDomains } from '../../api/contract/checks.ts'
import type { AttentionItem } from '../../api/contract/home.ts'
import { ADVICE } from '../app/HealthLine.tsx'
import { type Health, troublesOf } from '../app/health.ts'
import { attentionQuery, domainsQuery, healthQuery } from '../client/home.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Home.module.css'
import { Panel } from './Panel.tsx'

/** What waits for somebody, each with the way there; says so when there is nothing. */
export function NeedsYou() {
  const text = useText()
  const { data, error, refetch } = useQuery(attentionQuery)
  const health = useQuery(healthQuery)
  const state: Health = health.error ? 'unreachable' : (health.data ?? 'asking')
  const troubles = troublesOf(state)
  const domains = useDomains()
  const items = data?.items ?? []
  const nothing = data !== undefined && items.length === 0 && troubles.length === 0 && domains === null
  return (
    <Panel title={text('home.needs')}>
      {troubles.length > 0 || items.length > 0 || domains !== null ? (
        <ul className={classes.list}>
          {troubles.map((part) => (
            <Line key={part} urgent>
              {text(ADVICE[part])}
            </Line>
          ))}
          {items.map((item) => (
            <Item key={`${item.kind} ${item.id}`} item={item} />
          ))}
          {domains !== null && (
            <Line>
              <Way to="/settings" hash="sender">
                {domains}
              </Way>
            </Line>
          )}
        </ul>
      ) : null}
      {nothing && (
        <Text c="dimmed" fz="sm" className={classes.calm}>
          <IconCircleCheck size={18} aria-hidden="true" /> {text('home.needsNothing')}
        </Text>
      )}
      {error ? <ErrorState error={error} onRetry={refetch} /> : data === undefined && <RowsLoading rows={2} />}
    </Panel>
  )
}

/** What is missing in DNS for the sender, for who may see the settings; null when there is nothing to say. */
function useDomains(): string | null {
  const text = useText()
  const { data } = useQuery({ ...domainsQuery, enabled: useMay('settings.read') })
  if (data === undefined) return null
  if (data.reserved) return text('home.reserved', { domain: data.domain })
  const bad = badRecords(data)
  return bad.length === 0 ? null : text('home.records', { domain: data.domain, records: bad.join(', ') })
}

const badRecords = ({ spf, dkim, dmarc, mx, return_path }: SenderDomains): string[] =>
  Object.entries({ SPF: spf, DKIM: dkim, DMARC: dmarc, MX: mx, 'Return-Path': return_path })
    // who signs elsewhere signs all the same
    .filter(([, found]) => found !== null && ['missing', 'wrong'].includes(found.verdict))
    .map(([name]) => name)

function Item({ item }: { item: AttentionItem }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const { kind, count, id } = item
  const words = text(`home.needs.${kind}`, { count, name: subjectOf(item.name) })
  return (
    <Line urgent={kind !== 'paused' && kind !== 'approval'}>
      <Way {...WAYS[kind](id)}>{words}</Way>
    </Line>
  )
}

type Way = Pick<LinkProps, 'to' | 'params' | 'search' | 'hash'>
const mailing = (id: string): Way => ({ to: '/mailings/$id', params: { id } })

const WAYS: Readonly<Record<AttentionItem['kind'], (id: string) => Way>> = {
  failed_steps: (id) => ({ to: '/automations/$id', params: { id }, search: { mode: 'live', show: 'failed' } }),
  unconfirmed: (id) => ({ to: '/deliveries', search: { campaign: id, state: 'unconfirmed' } }),
  own_fault: (id) => ({ to: '/deliveries', search: { campaign: id, state: 'bounced', bounce: 'configuration' } }),
  approval: mailing,
  failed_mailing: mailing,
  paused: mailing,
}

const Way = ({ children, ...way }: Way & { children: ReactNode }) => (
  <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} {...way} />}>
    {children}
  </Anchor>
)

const Line = ({ urgent = false, children }: { urgent?: boolean; children: ReactNode }) => (
  <li className={classes.line} data-urgent={urgent || undefined}>
    <IconAlertTriangle size={16} aria-hidden="true" />
    <span>{children}</span>
  </li>
)
