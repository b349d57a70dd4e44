import { Text } from '@mantine/core'
import { useMemo } from 'react'
import type { Automation } from '../../../rules/automations/automation.ts'
import { compareAutomations } from '../../../rules/automations/compare.ts'
import { automationChangesInWords } from '../../../rules/automations/words/differenceWords.ts'
import type { WordOptions } from '../../../rules/words.ts'
import classes from '../../segment/versions/versions.module.css'
import { useText } from '../../shared/useText.tsx'

type Props = { before: Automation; after: Automation; words: WordOptions }

/** What was done from one automation to another, in words. */
export function AutomationChanges({ before, after, words }: Props) {
  const text = useText()
  const lines = useMemo(
    () => automationChangesInWords(compareAutomations(before, after), { before, after }, words),
    [before, after, words],
  )
  if (lines.length === 0) return <Text c="dimmed">{text('version.same')}</Text>
  return (
    <ul className={classes.changes} aria-label={text('version.changes')}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
