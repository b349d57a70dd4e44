import { Button, CloseButton, Group, SegmentedControl } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type AutomationSteps,
  type Enrolment,
  retryEnrolments,
  skipEnrolments,
} from '../../../api/contract/enrolments.ts'
import type { Automation, Step } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { waysOf } from '../../../rules/automations/steps.ts'
import { wayWords } from '../../../rules/automations/words.ts'
import { textOf, type WordOptions } from '../../../rules/words.ts'
import panel from '../../canvas/panel/panel.module.css'
import { call } from '../../client/call.ts'
import { useMay } from '../../client/useMay.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { stepName } from '../editing/commandLabel.ts'
import { People, type Which } from './People.tsx'
import { type Reason, Reasons } from './Reasons.tsx'
import { Releases } from './Releases.tsx'
import { useReasonWords } from './useReasonWords.ts'

const WHO = ['inside', 'failed', 'held', 'passed', 'left'] as const
export type Who = (typeof WHO)[number]
export const isWho = (text: string | undefined): text is Who => WHO.some((one) => one === text)

type StepNow = AutomationSteps['steps'][number]

type Props = {
  id: string
  version: number
  automation: Automation
  words: WordOptions
  step: string
  /** Which of its numbers was pressed. */
  asked: Who | undefined
  numbers: StepNow | undefined
  ends: AutomationSteps['ends']
  /** Whose way is lit. */
  followed: string | null
  onFollow: (customer: string | null) => void
  onClose: () => void
}

/** Who is at a step, has passed it, failed or left there, each by reason, and what can be done for those who failed. */
export function AtStep(props: Props) {
  const { id, version, automation, words, step, asked, numbers, ends, followed, onFollow, onClose } = props
  const text = useText()
  const failed = numbers?.failed ?? 0
  const [who, setWho] = useState<Who>(asked ?? (failed > 0 ? 'failed' : 'inside'))
  const [picked, pick] = useState<string | null>(null)
  const reasonWords = useReasonWords(automation, words)
  const found = placedStep(automation, step)?.step
  const heading = found ? stepName(found, text) : step
  const left = ends.filter((end) => end.step === step && ['exited', 'stopped', 'goal'].includes(end.state))
  const counts: Readonly<Record<Who, number>> = {
    inside: numbers?.inside ?? 0,
    failed,
    held: numbers?.held ?? 0,
    passed: numbers?.passed.all ?? 0,
    left: left.reduce((sum, { count }) => sum + count, 0),
  }
  const offered = WHO.filter((one) => one === 'inside' || one === 'passed' || one === who || counts[one] > 0)
  const reasons: readonly Reason[] =
    who === 'failed'
      ? (numbers?.failures ?? []).map(({ reason, count }) => ({ key: reason, label: reason, count }))
      : who === 'left'
        ? left.map((end) => ({ key: `${end.state} ${end.reason}`, label: reasonWords(end), count: end.count }))
        : who === 'passed'
          ? outcomesOf(numbers, found, words, (outcome) => text(`automation.outcome.${outcome}`))
          : []
  const shown = picked !== null && reasons.some(({ key }) => key === picked) ? picked : null
  return (
    <section className={panel.section} aria-label={heading}>
      <div className={panel.lineHead}>
        <h2 className={panel.heading}>{heading}</h2>
        <CloseButton size="sm" aria-label={text('canvas.line.close')} onClick={onClose} />
      </div>
      {numbers && <Releases numbers={numbers} />}
      <SegmentedControl<Who>
        fullWidth
        size="xs"
        orientation={offered.length > 3 ? 'vertical' : 'horizontal'}
        aria-label={text('automation.who')}
        value={who}
        data={offered.map((one) => ({ value: one, label: text(`automation.who.${one}`, { count: counts[one] }) }))}
        onChange={(next) => {
          setWho(next)
          pick(null)
        }}
      />
      <Reasons label={text('automation.reasons')} reasons={reasons} picked={shown} onPick={pick} />
      {who === 'failed' && failed > 0 && (
        <ForFailed
          id={id}
          body={{ step, version, ...(shown === null ? {} : { reason: shown }) }}
          count={reasons.find(({ key }) => key === shown)?.count ?? failed}
        />
      )}
      <People id={id} which={{ step, version, ...whichOf(who, shown) }} followed={followed} onFollow={onFollow} />
    </section>
  )
}

/** Those of a step whom a number means, as the API is asked. */
function whichOf(who: Who, picked: string | null): Which {
  switch (who) {
    case 'inside':
      return { state: 'active' }
    case 'held':
      return { state: 'active', held: true }
    case 'failed':
      return { state: 'failed', ...(picked === null ? {} : { reason: picked }) }
    case 'passed':
      return { passed: true, ...(picked === null ? {} : { outcome: picked }) }
    case 'left':
      return picked === null ? { left: true } : endOf(picked)
  }
}

/** A way that has ended, by `state reason`. */
export function endOf(key: string): Which {
  const at = key.indexOf(' ')
  const reason = key.slice(at + 1)
  return { state: key.slice(0, at) as Enrolment['state'], ...(reason === '' ? {} : { reason }) }
}

const OUTCOMES = ['sent', 'bounced', 'left_out', 'unconfirmed', 'skipped'] as const
type Outcome = (typeof OUTCOMES)[number]

/** What came of a step for those who passed it: the way that they went, or what became of their message. */
function outcomesOf(
  numbers: StepNow | undefined,
  step: Step | undefined,
  words: WordOptions,
  outcomeWords: (outcome: Outcome | 'passed') => string,
): Reason[] {
  const all = Object.entries(numbers?.outcomes ?? {})
  if (all.length < 2 && all[0]?.[0] === 'passed') return []
  const ways = new Map(
    step ? waysOf(step).map(({ name }) => [name, textOf(wayWords(step, '', name, words)).replace(/\s*:$/, '')]) : [],
  )
  return all.map(([key, count]) => ({
    key,
    label: ways.get(key) ?? outcomeWords(OUTCOMES.find((one) => one === key) ?? 'passed'),
    count,
  }))
}

type ForFailedProps = { id: string; body: { step?: string; version: number; reason?: string }; count: number }

/** What can be done for all who failed, or for all who failed for one reason. */
export function ForFailed({ id, body, count }: ForFailedProps) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const mayChange = useMay('automations.write')
  const act = useMutation({
    mutationFn: async (skip: boolean) =>
      skip
        ? (await call(skipEnrolments, { params: { id }, body })).skipped
        : (await call(retryEnrolments, { params: { id }, body })).retried,
    onSuccess: (done, skip) => {
      void client.invalidateQueries({ queryKey: ['automation', id] })
      notifyDone(text(skip ? 'automation.skipped' : 'automation.retried', { count: done }))
    },
    onError: notifyProblem,
  })
  if (!mayChange) return null
  return (
    <Group gap={6} mt={8}>
      <Button size="xs" loading={act.isPending} onClick={() => act.mutate(false)}>
        {text('automation.retry', { count })}
      </Button>
      <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate(true)}>
        {text('automation.skip')}
      </Button>
    </Group>
  )
}
