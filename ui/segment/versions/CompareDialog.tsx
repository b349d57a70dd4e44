import { Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Segment } from '../../../api/contract/segments.ts'
import type { Draft, Version } from '../../../api/contract/segmentVersions.ts'
import type { Rule } from '../../../rules/rule.ts'
import { isDrawable } from '../../canvas/keeping/drawable.ts'
import { useText } from '../../shared/useText.tsx'
import { Changes } from './Changes.tsx'
import { Moves } from './Moves.tsx'
import classes from './versions.module.css'

type Props = {
  segment: Segment
  versions: readonly Version[]
  draft: Draft | null
  /** The two that are compared at first: numbers of versions, or `draft`. */
  first: { from: string; to: string }
  onClose: () => void
}

/** Any two versions, or one and the draft: what changed in words, and who would enter and leave today. */
export function CompareDialog({ segment, versions, draft, first, onClose }: Props) {
  const text = useText()
  const [from, setFrom] = useState(first.from)
  const [to, setTo] = useState(first.to)
  const rules = new Map<string, unknown>([
    ...(draft ? [['draft', draft.rule] as const] : []),
    ...versions.map(({ version, rule }) => [String(version), rule] as const),
  ])
  const choices = [...rules.keys()].map((value) => ({
    value,
    label: value === 'draft' ? text('version.draft') : text('version.title', { version: value }),
  }))
  const [before, after] = [rules.get(from), rules.get(to)]
  const comparable: readonly [Rule, Rule] | null = isDrawable(before) && isDrawable(after) ? [before, after] : null
  return (
    <Modal opened onClose={onClose} title={text('version.compareTitle')} size="lg">
      <Stack>
        <div className={classes.selects}>
          <NativeSelect
            label={text('version.from')}
            data={choices}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <NativeSelect
            label={text('version.to')}
            data={choices}
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </div>
        {comparable ? (
          <>
            <Changes before={comparable[0]} after={comparable[1]} />
            <Moves key={`${from} ${to}`} segment={segment} before={comparable[0]} after={comparable[1]} />
          </>
        ) : (
          <Text c="dimmed">{text('version.nobody')}</Text>
        )}
      </Stack>
    </Modal>
  )
}
