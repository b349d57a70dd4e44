import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type AutomationFinding, checkAutomation } from '../../api/contract/automations.ts'
import type { Automation } from '../../rules/automations/automation.ts'
import { checkAutomation as checkForm } from '../../rules/automations/check.ts'
import type { Finding } from '../../rules/automations/findings.ts'
import { stepsOf, waysOf } from '../../rules/automations/steps.ts'
import { findingInWords } from '../../rules/automations/words/findingWords.ts'
import { call } from '../client/call.ts'
import { useText } from '../shared/useText.tsx'
import type { AutomationView, Remark } from './automationView.ts'
import { stepCard, wayCard } from './flow/automationFlow.ts'

/** After this long without another change it is checked. */
const REST = 350

export type Findings = {
  /** What is to be said of each card. */
  readonly byCard: ReadonlyMap<string, readonly Remark[]>
  readonly errors: number
  /** Whether all this is of the automation as it stands. */
  readonly isCurrent: boolean
}

/**
 * What keeps an automation from being published, and what in it is surely not meant, by card; on the cards as well. Its
 * form is checked here, all else by the server.
 */
export function useFindings(automation: Automation, id: string, view: AutomationView): Findings {
  const text = useText()
  const [resting] = useDebouncedValue(automation, REST)
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['automation', id, 'check', resting],
    queryFn: ({ signal }) =>
      call(checkAutomation, { body: { definition: resting as unknown as Record<string, unknown>, id }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const { words } = view
  const found = useMemo<Findings>(() => {
    const cards = cardsByPath(automation)
    const byCard = new Map<string, Remark[]>()
    const note = (path: string, remark: Remark): void => {
      const card = cardAt(cards, path)
      const before = byCard.get(card) ?? []
      if (!before.some(({ message }) => message === remark.message)) byCard.set(card, [...before, remark])
    }
    const incomplete = text('automation.incomplete')
    const form = checkForm(automation).mistakes ?? []
    for (const { path } of form) note(path, { level: 'error', message: incomplete })
    // the form says itself what is missing at its fields
    const said = form.length > 0 ? [] : (data?.findings ?? [])
    for (const finding of said) {
      note(finding.path, { level: finding.level, message: inWords(finding, resting, words) })
    }
    const errors = [...byCard.values()].flat().filter(({ level }) => level === 'error').length
    return { byCard, errors, isCurrent: resting === automation && data !== undefined && !isPlaceholderData }
  }, [automation, resting, data, isPlaceholderData, words, text])
  useEffect(() => view.remarks.set(found.byCard), [view.remarks, found])
  return found
}

/** A finding in the reader's words where they are known, else in those of the server. */
function inWords(finding: AutomationFinding, automation: Automation, words: AutomationView['words']): string {
  const known = `finding.${finding.kind}` in words.messages
  return known ? findingInWords(finding as Finding, automation, words) : finding.message
}

/** The cards by the paths of what they stand for. */
function cardsByPath(automation: Automation): ReadonlyMap<string, string> {
  const cards = new Map([
    ['/unless', 'unless:'],
    ['/goal', 'goal:'],
  ])
  for (const { step, path } of stepsOf(automation)) {
    cards.set(path, stepCard(step.id))
    if ('branch' in step) {
      for (const { name } of waysOf(step))
        if (name !== 'else') cards.set(`${path}/branch/${name}/if`, wayCard(step.id, name))
    }
  }
  return cards
}

/** The card that a path belongs to: the innermost one; what belongs to none is said of who enters. */
function cardAt(cards: ReadonlyMap<string, string>, path: string): string {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const card = cards.get(at)
    if (card !== undefined) return card
  }
  return 'when:'
}
