import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { compareRules } from '../../../rules/compare.ts'
import type { Rule } from '../../../rules/rule.ts'
import { changesInWords } from '../../../rules/words/changeWords.ts'
import { useWordOptions } from '../../canvas/rule/useWordOptions.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './versions.module.css'

/** What was done from one rule to another, in words. */
export function Changes({ before, after }: { before: Rule; after: Rule }) {
  const text = useText()
  const words = useWordOptions()
  const lines = useMemo(() => changesInWords(compareRules(before, after), words), [before, after, words])
  if (lines.length === 0) return <Text c="dimmed">{text('version.same')}</Text>
  return (
    <ul className={classes.changes} aria-label={text('version.changes')}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
