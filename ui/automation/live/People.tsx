import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type Enrolment, listEnrolments } from '../../../api/contract/enrolments.ts'
import { CustomerItem } from '../../canvas/panel/CustomerItem.tsx'
import panel from '../../canvas/panel/panel.module.css'
import { call } from '../../client/call.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { PersonMenu } from './PersonMenu.tsx'

const PAGE = 20
const EVERY = 5_000

/** Which of those who are or were inside. */
export type Which = {
  state?: Enrolment['state']
  step?: string
  version?: number
  held?: boolean
  passed?: boolean
  outcome?: string
  left?: boolean
  reason?: string
}

type Props = {
  id: string
  which: Which
  /** Whose way is lit. */
  followed: string | null
  onFollow: (customer: string | null) => void
  /** What a step is called, where people of several steps stand in the list. */
  nameOf?: (step: string) => string
}

/** Customers of an automation, last entered first, each with what can be done for them. */
export function People({ id, which, followed, onFollow, nameOf }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const query = useInfiniteQuery({
    queryKey: ['automation', id, 'enrolments', which],
    queryFn: ({ pageParam, signal }) =>
      call(listEnrolments, {
        params: { id },
        query: { ...which, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: EVERY,
  })
  const people = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div aria-busy={query.isFetching}>
      {query.isPending && (
        <Text fz="sm" c="dimmed" mt={8}>
          {text('state.loading')}
        </Text>
      )}
      {query.isError && (
        <Text fz="sm" role="alert" mt={8}>
          {problemText(query.error)}
        </Text>
      )}
      {query.isSuccess && people.length === 0 && (
        <Text fz="sm" c="dimmed" mt={8}>
          {text('canvas.line.nobody')}
        </Text>
      )}
      <ul className={panel.customers}>
        {people.map((person) => (
          <CustomerItem
            key={person.id}
            id={person.customer.id}
            name={person.customer.name}
            provider={person.provider?.name}
            followed={followed === person.customer.id}
            onFollow={onFollow}
            acts={<PersonMenu person={person} />}
          >
            <Since person={person} nameOf={nameOf} />
          </CustomerItem>
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
    </div>
  )
}

/** Since when somebody is there, and until when; why they failed; when they left. */
function Since({ person, nameOf }: { person: Enrolment; nameOf: Props['nameOf'] }) {
  const text = useText()
  const { state, reason, step, step_since: since, due_at: due, ended_at: ended } = person
  const at = nameOf !== undefined && step !== null ? `${nameOf(step)} · ` : ''
  return (
    <Text fz="xs" c={state === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'} component="div">
      {at}
      {state === 'failed' ? (
        reason
      ) : ended === null ? (
        <>
          {since !== null && (
            <>
              {text('automation.since')} <Instant at={since} time />
            </>
          )}
          {due !== null && (
            <>
              {' · '}
              {text('automation.until')} <Instant at={due} time />
            </>
          )}
        </>
      ) : (
        <>
          {text(`automation.state.way.${state}`)} · <Instant at={ended} time />
        </>
      )}
    </Text>
  )
}
