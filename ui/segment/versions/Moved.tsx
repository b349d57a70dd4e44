import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Segment } from '../../../api/contract/segments.ts'
import { listMoved } from '../../../api/contract/segmentVersions.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import { asJson } from '../../client/versions.ts'
import { Avatar } from '../../shared/Avatar.tsx'
import { CustomerLink } from '../../shared/CustomerLink.tsx'
import { PagedList } from '../../shared/PagedList.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './versions.module.css'

const PAGE = 20

type Props = {
  segment: Pick<Segment, 'id' | 'scope'>
  before: Rule
  after: Rule
  move: 'entered' | 'left' | 'stay'
}

/** The customers who would enter, leave or stay, part by part. */
export function Moved({ segment, before, after, move }: Props) {
  const text = useText()
  const query = useInfiniteQuery({
    queryKey: ['segment', segment.id, 'moved', before, after, move],
    queryFn: ({ pageParam, signal }) =>
      call(listMoved, {
        body: {
          before: asJson(before),
          after: asJson(after),
          scope: segment.scope,
          segment: segment.id,
          move,
          limit: PAGE,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return (
    <PagedList query={query} loading={{ rows: 3 }} empty={<Text c="dimmed">{text('version.nobody')}</Text>}>
      {(items) => (
        <ul className={classes.customers}>
          {items.map(({ id, name, provider }) => (
            <li key={`${id} ${provider?.id}`}>
              <Avatar name={name} />
              <CustomerLink id={id} name={name} tab="segments" />
              {provider && (
                <Text span fz="sm" c="dimmed">
                  {provider.name}
                </Text>
              )}
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}
