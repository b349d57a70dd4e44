import { CloseButton } from '@mantine/core'
import { useState } from 'react'
import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import type { WordOptions } from '../../../rules/words.ts'
import panel from '../../canvas/panel/panel.module.css'
import { useText } from '../../shared/useText.tsx'
import { stepName } from '../editing/commandLabel.ts'
import { endOf, ForFailed } from './AtStep.tsx'
import { People, type Which } from './People.tsx'
import { Reasons } from './Reasons.tsx'
import { useReasonWords } from './useReasonWords.ts'

/** Everybody of a version by where they are: the numbers of the whole. */
export const GROUPS = ['entered', 'inside', 'finished', 'exited', 'failed'] as const
export type Group = (typeof GROUPS)[number]

const ENDS: Readonly<Partial<Record<Group, readonly string[]>>> = {
  finished: ['finished', 'goal', 'held_out'],
  exited: ['exited', 'stopped'],
}

type Props = {
  id: string
  version: number
  automation: Automation
  words: WordOptions
  group: Group
  /** The state of which was asked, where it is one of several. */
  state?: string | undefined
  steps: AutomationSteps
  followed: string | null
  onFollow: (customer: string | null) => void
  onClose: () => void
}

/** Everybody who entered, or those of them who are inside, finished, left early or failed, each by its reason. */
export function AtWhole(props: Props) {
  const { id, version, automation, words, group, state, steps, followed, onFollow, onClose } = props
  const text = useText()
  const reasonWords = useReasonWords(automation, words)
  const reasons = reasonsOf(group, steps, reasonWords)
  const first = reasons.find(({ key }) => key.startsWith(`${state ?? ''} `)) ?? reasons[0]
  const [chosen, pick] = useState<string | null | undefined>()
  // of those who finished one kind is shown at a time
  const picked = chosen === undefined || (chosen === null && group === 'finished') ? initial() : chosen
  function initial(): string | null {
    return group === 'finished' || state !== undefined ? (first?.key ?? null) : null
  }
  const heading = text(`automation.group.of.${group}`)
  const nameOf = (step: string): string => {
    const found = placedStep(automation, step)?.step
    return found ? stepName(found, text) : step
  }
  return (
    <section className={panel.section} aria-label={heading}>
      <div className={panel.lineHead}>
        <h2 className={panel.heading}>{heading}</h2>
        <CloseButton size="sm" aria-label={text('canvas.line.close')} onClick={onClose} />
      </div>
      <Reasons label={text('automation.reasons')} reasons={reasons} picked={picked} onPick={pick} />
      {group === 'failed' && steps.failed > 0 && (
        <ForFailed
          id={id}
          body={{ version, ...(picked === null ? {} : { reason: picked }) }}
          count={reasons.find(({ key }) => key === picked)?.count ?? steps.failed}
        />
      )}
      <People
        id={id}
        which={{ version, ...whichOf(group, picked) }}
        followed={followed}
        onFollow={onFollow}
        {...(group === 'failed' || group === 'inside' ? { nameOf } : {})}
      />
    </section>
  )
}

function reasonsOf(group: Group, steps: AutomationSteps, reasonWords: ReturnType<typeof useReasonWords>) {
  if (group === 'failed') {
    const counts = new Map<string, number>()
    for (const { failures } of steps.steps) {
      for (const { reason, count } of failures) counts.set(reason, (counts.get(reason) ?? 0) + count)
    }
    return [...counts].map(([reason, count]) => ({ key: reason, label: reason, count }))
  }
  const states = ENDS[group] ?? []
  const found = new Map<string, { key: string; label: string; count: number }>()
  for (const end of steps.ends) {
    if (!states.includes(end.state)) continue
    // who reached the goal did, whatever it was called then
    const key = end.state === 'exited' ? `${end.state} ${end.reason}` : `${end.state} `
    const before = found.get(key)
    found.set(key, { key, label: before?.label ?? reasonWords(end), count: (before?.count ?? 0) + end.count })
  }
  return [...found.values()].sort((one, other) => other.count - one.count)
}

function whichOf(group: Group, picked: string | null): Which {
  switch (group) {
    case 'entered':
      return {}
    case 'inside':
      return { state: 'active' }
    case 'failed':
      return { state: 'failed', ...(picked === null ? {} : { reason: picked }) }
    case 'finished':
      return picked === null ? { state: 'finished' } : endOf(picked)
    case 'exited':
      return picked === null ? { left: true } : endOf(picked)
  }
}
