import { Button, CloseButton, Group, SegmentedControl, Text } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AutomationSteps,
  type Enrolment,
  listEnrolments,
  retryEnrolments,
  skipEnrolments,
} from '../../../api/contract/enrolments.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { CustomerItem } from '../../canvas/panel/CustomerItem.tsx'
import panel from '../../canvas/panel/panel.module.css'
import { call } from '../../client/call.ts'
import { Instant } from '../../shared/Instant.tsx'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import { stepName } from '../editing/commandLabel.ts'

const PAGE = 20
const WHO = ['inside', 'failed', 'held', 'passed'] as const
type Who = (typeof WHO)[number]

type StepNow = AutomationSteps['steps'][number]

type Props = {
  id: string
  version: number
  automation: Automation
  step: string
  numbers: StepNow | undefined
  /** Whose way is lit. */
  followed: string | null
  onFollow: (customer: string | null) => void
  onClose: () => void
}

/** Who is at a step, has passed it or failed there, and what can be done for those who failed. */
export function AtStep({ id, version, automation, step, numbers, followed, onFollow, onClose }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const failed = numbers?.failed ?? 0
  const [who, setWho] = useState<Who>(failed > 0 ? 'failed' : 'inside')
  const query = useInfiniteQuery({
    queryKey: ['automation', id, 'enrolments', version, step, who],
    queryFn: ({ pageParam, signal }) =>
      call(listEnrolments, {
        params: { id },
        query: {
          step,
          version,
          limit: PAGE,
          ...(who === 'passed' ? { passed: true } : { state: who === 'failed' ? 'failed' : 'active' }),
          ...(who === 'held' ? { held: true } : {}),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 5_000,
  })
  const people = query.data?.pages.flatMap((page) => page.items) ?? []
  const found = placedStep(automation, step)?.step
  const heading = found ? stepName(found, text) : step
  const counts: Readonly<Record<Who, number>> = {
    inside: numbers?.inside ?? 0,
    failed,
    held: numbers?.held ?? 0,
    passed: numbers?.passed.all ?? 0,
  }
  const offered = WHO.filter((one) => one === 'inside' || one === 'passed' || counts[one] > 0)
  return (
    <section className={panel.section} aria-label={heading} aria-busy={query.isFetching}>
      <div className={panel.lineHead}>
        <h2 className={panel.heading}>{heading}</h2>
        <CloseButton size="sm" aria-label={text('canvas.line.close')} onClick={onClose} />
      </div>
      {numbers?.next_release && (
        <Text fz="sm" mb={8} className="numbers">
          {text('automation.next')} <Instant at={numbers.next_release} time />
          {numbers.releases.length > 0 && (
            <Text span fz="xs" c="dimmed">
              {' '}
              {text('automation.next.count', {
                count: numbers.releases.reduce((total, { count }) => total + count, 0),
              })}
            </Text>
          )}
        </Text>
      )}
      <SegmentedControl<Who>
        fullWidth
        size="xs"
        aria-label={text('automation.who')}
        value={who}
        data={offered.map((one) => ({ value: one, label: text(`automation.who.${one}`, { count: counts[one] }) }))}
        onChange={setWho}
      />
      {who === 'failed' && numbers && <Failures id={id} numbers={numbers} />}
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
          >
            <Since person={person} />
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
    </section>
  )
}

/** Since when somebody is there, and until when; why they failed. */
function Since({ person }: { person: Enrolment }) {
  const text = useText()
  return (
    <Text fz="xs" c={person.state === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'} component="div">
      {person.state === 'failed' ? (
        person.reason
      ) : (
        <>
          {person.step_since !== null && (
            <>
              {text('automation.since')} <Instant at={person.step_since} time />
            </>
          )}
          {person.due_at !== null && (
            <>
              {' · '}
              {text('automation.until')} <Instant at={person.due_at} time />
            </>
          )}
        </>
      )}
    </Text>
  )
}

/** The commonest reasons why a step failed, and what can be done for all of them. */
function Failures({ id, numbers }: { id: string; numbers: StepNow }) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const act = useMutation({
    mutationFn: async ({ skip, reason }: { skip: boolean; reason?: string }) => {
      const body = { step: numbers.step, ...(reason === undefined ? {} : { reason }) }
      if (skip) return (await call(skipEnrolments, { params: { id }, body })).skipped
      return (await call(retryEnrolments, { params: { id }, body })).retried
    },
    onSuccess: (count, { skip }) => {
      void client.invalidateQueries({ queryKey: ['automation', id] })
      notifyDone(text(skip ? 'automation.skipped' : 'automation.retried', { count }))
    },
    onError: notifyProblem,
  })
  if (numbers.failed === 0) return null
  return (
    <div style={{ marginTop: 8 }}>
      {numbers.failures.map(({ reason, count }) => (
        <Text key={reason} fz="sm" c="var(--mantine-color-error)">
          {text('automation.failure', { count, reason })}
        </Text>
      ))}
      <Group gap={6} mt={8}>
        <Button size="xs" loading={act.isPending} onClick={() => act.mutate({ skip: false })}>
          {text('automation.retry', { count: numbers.failed })}
        </Button>
        <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate({ skip: true })}>
          {text('automation.skip')}
        </Button>
      </Group>
    </div>
  )
}
