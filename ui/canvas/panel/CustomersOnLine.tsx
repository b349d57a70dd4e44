import { Button, CloseButton, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { listRuleCustomers, type Segment } from '../../../api/contract/segments.ts'
import { ruleAt } from '../../../rules/commands.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { useStoreValue } from '../flow/store.ts'
import type { CountRef } from '../layout/ruleFlow.ts'
import { countAt } from '../rule/counts.ts'
import type { RuleView } from '../rule/ruleView.ts'
import { CustomerItem } from './CustomerItem.tsx'
import classes from './panel.module.css'

const PAGE = 20

type Props = {
  rule: Rule
  scope: Segment['scope']
  view: RuleView
  /** Who is followed; null for nobody. */
  followed: string | null
  onFollow: ((id: string | null) => void) | undefined
}

/** The customers on the line, or beside the card, that was clicked. */
export function CustomersOnLine(props: Props) {
  const looked = useStoreValue(props.view.looked, (state) => state)
  // An edit may have taken the line away.
  const isThere = looked !== null && ruleAt(props.rule, looked.path) !== undefined
  return isThere && <OnLine key={`${looked.of} ${looked.path}`} looked={looked} {...props} />
}

function OnLine({ looked, rule, scope, view, followed, onFollow }: Props & { looked: CountRef }) {
  const text = useText()
  const problemText = useProblemText()
  const count = useStoreValue(view.counts, (counts) => countAt(counts, looked))
  const { path, of: side } = looked
  const query = useInfiniteQuery({
    queryKey: ['rule-customers', scope, rule, path, side],
    queryFn: ({ pageParam, signal }) =>
      call(listRuleCustomers, {
        body: {
          rule: rule as Record<string, unknown>,
          scope,
          path,
          side,
          limit: PAGE,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const customers = query.data?.pages.flatMap((page) => page.items) ?? []
  const heading = text(`canvas.line.${side}`, { count: count ?? customers.length })
  return (
    <section className={classes.section} aria-label={heading} aria-live="polite" aria-busy={query.isFetching}>
      <div className={classes.lineHead}>
        <h2 className={classes.heading}>{heading}</h2>
        <CloseButton size="sm" aria-label={text('canvas.line.close')} onClick={() => view.looked.set(null)} />
      </div>
      {query.isError && (
        <Text fz="sm" role="alert">
          {problemText(query.error)}
        </Text>
      )}
      {query.isSuccess && customers.length === 0 && (
        <Text fz="sm" c="dimmed">
          {text('canvas.line.nobody')}
        </Text>
      )}
      <ul className={classes.customers}>
        {customers.map(({ id, name, provider }) => (
          <CustomerItem
            key={`${id} ${provider?.id ?? ''}`}
            id={id}
            name={name}
            provider={provider?.name}
            followed={followed === id}
            onFollow={onFollow}
          />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {text('canvas.line.more')}
        </Button>
      )}
    </section>
  )
}
