import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import { listOverrides } from '../../../api/contract/segmentMembers.ts'
import type { Segment } from '../../../api/contract/segments.ts'
import { call } from '../../client/call.ts'
import { CustomerLink } from '../../shared/CustomerLink.tsx'
import { Instant } from '../../shared/Instant.tsx'
import { PagedList } from '../../shared/PagedList.tsx'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './byHand.module.css'
import { useDecide } from './useDecide.tsx'

const PAGE = 50

/** Who was put in or taken out by hand, by whom and when, each with the way back to the rule. */
export function DecidedByHand({ segment, provider }: { segment: Segment; provider: string | undefined }) {
  const text = useText()
  const name = useSegmentWords().nameOf(segment)
  const decide = useDecide({ segment: segment.id, provider, name })
  const query = useInfiniteQuery({
    queryKey: ['segment', segment.id, 'overrides', provider],
    queryFn: ({ pageParam, signal }) =>
      call(listOverrides, {
        params: { id: segment.id },
        query: { limit: PAGE, provider, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return (
    <PagedList query={query} loading={{ rows: 4 }} empty={<Text c="dimmed">{text('byHand.listNone')}</Text>}>
      {(items) => (
        <ul className={classes.list}>
          {items.map(({ customer, decision, decided_at, decided_by }) => (
            <li key={customer.id} className={classes.row}>
              <div>
                <CustomerLink id={customer.id} name={customer.name} tab="segments" />
                <Text fz="sm" c="dimmed">
                  <FormattedMessage
                    id={decision === 'in' ? 'byHand.listIn' : 'byHand.listOut'}
                    values={{ who: decided_by ?? text('byHand.somebody'), at: <Instant at={decided_at} time /> }}
                  />
                </Text>
              </div>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={text('byHand.takeBackOf', { name: customer.name })}
                onClick={() => decide.mutate({ customer, decision: 'rule' })}
              >
                {text('byHand.takeBack')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}
