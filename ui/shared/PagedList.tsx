import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from './ErrorState.tsx'
import { RowsLoading } from './Loading.tsx'
import { More } from './More.tsx'

type Part<Item> = { items: readonly Item[]; total?: number }
type Query<Item> = UseInfiniteQueryResult<InfiniteData<Part<Item>>>

type Props<Item> = {
  query: Query<Item>
  /** How many grey bars stand there while the first part is on its way, and how high. */
  loading: { rows: number; height?: number }
  /** What stands there when there is nothing. */
  empty: ReactNode
  children: (items: readonly Item[]) => ReactNode
}

/** A list that is read part by part: on its way, failed, empty, or its items and the way to more of them. */
export function PagedList<Item>({ query, loading, empty, children }: Props<Item>) {
  if (query.data === undefined) {
    return query.error ? <ErrorState error={query.error} onRetry={query.refetch} /> : <RowsLoading {...loading} />
  }
  const items = itemsOf(query)
  if (items.length === 0) return empty
  const total = totalOf(query)
  return (
    <>
      {children(items)}
      <More
        shown={items.length}
        {...(total !== undefined && { total })}
        hasMore={query.hasNextPage}
        loading={query.isFetchingNextPage}
        onMore={query.fetchNextPage}
      />
    </>
  )
}

/** All items that have been read so far. */
export const itemsOf = <Item,>({ data }: Pick<Query<Item>, 'data'>): Item[] =>
  data?.pages.flatMap(({ items }) => items) ?? []

/** How many there are in all, as the part read last says it. */
export const totalOf = ({ data }: Pick<Query<unknown>, 'data'>): number | undefined => data?.pages.at(-1)?.total
