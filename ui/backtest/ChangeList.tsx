import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type BacktestChange, listBacktestChanges } from '../../api/contract/backtests.ts'
import type { Day } from '../../rules/time.ts'
import { call } from '../client/call.ts'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { More } from '../shared/More.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './backtest.module.css'

const PAGE = 25

type Props = {
  /** Of the backtest or the forecast. */
  id: string
  day: Day
  entered: boolean
  title: string
  /** Asked why somebody was in it or not on that day; left out where nobody can say. */
  onWhy?: ((change: BacktestChange) => void) | undefined
}

/** Who enters on a day, or leaves, part by part. */
export function ChangeList({ id, day, entered, title, onWhy }: Props) {
  const text = useText()
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['backtest', id, 'changes', day, entered],
    queryFn: ({ pageParam, signal }) =>
      call(listBacktestChanges, { params: { id }, query: { day, entered, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const changes = data?.pages.flatMap(({ items }) => items)
  return (
    <section aria-label={title}>
      <h4 className={classes.heading}>{title}</h4>
      {changes === undefined && (error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={3} />)}
      {changes?.length === 0 && (
        <Text fz="sm" c="dimmed">
          {text('backtest.nobody')}
        </Text>
      )}
      <ul className={classes.customers}>
        {changes?.map((change) => {
          const { customer, provider } = change
          const why = text('backtest.why', { name: customer.name })
          return (
            <li key={`${customer.id} ${provider}`} className={classes.customer}>
              <span className={classes.name}>
                <CustomerLink id={customer.id} name={customer.name} />
                {provider !== null && <span className={classes.aside}> · {provider}</span>}
              </span>
              {onWhy && (
                <Tooltip label={why}>
                  <ActionIcon variant="subtle" color="gray" aria-label={why} onClick={() => onWhy(change)}>
                    <IconHelpCircle size={17} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          )
        })}
      </ul>
      <More
        shown={changes?.length ?? 0}
        hasMore={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </section>
  )
}
