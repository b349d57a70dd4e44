import { Drawer, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { listStatusMovers, type StatusPreview } from '../../api/contract/statusAutomation.ts'
import { call } from '../client/call.ts'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Statuses.module.css'
import type { StatusDraft } from './statusDraft.ts'

type Movement = StatusPreview['changes'][number]

type Props = { draft: StatusDraft; version: number; movement: Movement | null; onClose: () => void }

/** The customers whom the preview counts as going from one status to another. */
export function Movers({ draft, version, movement, onClose }: Props) {
  const text = useText()
  const { enabled, rules, anew } = draft
  const from = movement?.from ?? 'lead'
  const to = movement?.to ?? 'customer'
  const customers = useInfiniteQuery({
    queryKey: ['status-automation', 'movers', version, enabled, rules, anew, from, to],
    queryFn: ({ pageParam, signal }) =>
      call(listStatusMovers, { body: { enabled, rules, anew, from, to, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: movement !== null,
  })
  return (
    <Drawer
      opened={movement !== null}
      onClose={onClose}
      position="right"
      title={text('statuses.movement', {
        from: text(`status.${from}`),
        to: text(`status.${to}`),
        count: movement?.customers ?? 0,
      })}
    >
      <PagedList query={customers} loading={{ rows: 8 }} empty={<Text fz="sm">{text('statuses.nobody')}</Text>}>
        {(items) => (
          <ul className={classes.people}>
            {items.map(({ id, name }) => (
              <li key={id}>
                <CustomerLink id={id} name={name} />
              </li>
            ))}
          </ul>
        )}
      </PagedList>
    </Drawer>
  )
}
