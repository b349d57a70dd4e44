import { UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listPreflight, type Preflight, type Recipients } from '../../../api/contract/orders.ts'
import { call } from '../../client/call.ts'
import type { Channel } from '../../shared/channels.ts'
import { itemsOf } from '../../shared/PagedList.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './LeftOut.module.css'
import { recipientsKey } from './recipientsKey.ts'
import type { Counted } from './usePreflight.ts'

/** What a preflight was asked for. */
export type Asked = Pick<Counted, 'holdout' | 'seed'> & {
  recipients: Recipients & { channel?: Channel; kind?: 'loyalty' }
}

type Entry = Preflight['left_out'][number]
const PART = 100

/** The customers of a reason beyond those that the preflight names, part by part when they are asked for. */
export function MoreLeftOut({ entry, asked }: { entry: Entry; asked: Asked }) {
  const text = useText()
  const { recipients, holdout, seed } = asked
  const { reason } = entry
  const query = useInfiniteQuery({
    queryKey: ['preflight', recipientsKey(recipients), holdout, seed, reason],
    queryFn: ({ pageParam, signal }) =>
      call(listPreflight, {
        body: {
          ...recipients,
          holdout,
          seed,
          reason,
          limit: PART,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: false,
  })
  const named = new Set(entry.customers.map(({ id }) => id))
  const found = itemsOf(query)
  const more = Math.max(0, entry.count - Math.max(found.length, entry.customers.length))
  const read = () => void (query.data === undefined ? query.refetch() : query.fetchNextPage())
  return (
    <>
      {found
        .filter(({ id }) => !named.has(id))
        .map(({ id, name }) => (
          <LeftOutCustomer key={id} id={id} name={name} reason={reason} />
        ))}
      {more > 0 && (
        <li>
          <UnstyledButton className={classes.more ?? ''} onClick={read} disabled={query.isFetching}>
            {text('composer.audience.more', { count: more })}
          </UnstyledButton>
        </li>
      )}
    </>
  )
}

export function LeftOutCustomer({ id, name, reason }: { id: string; name: string; reason: Entry['reason'] }) {
  return (
    <li>
      {reason === 'unknown_customer' ? (
        name
      ) : (
        <Link to="/customers/$id" params={{ id }} className={classes.customer}>
          {name}
        </Link>
      )}
    </li>
  )
}
