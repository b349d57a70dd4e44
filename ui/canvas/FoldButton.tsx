import { Button } from '@mantine/core'
import { IconFold, IconLayersSubtract } from '@tabler/icons-react'
import type { Rule } from '../../rules/rule.ts'
import { useText } from '../shared/useText.tsx'
import { groupsOf } from './layout/groups.ts'
import type { Folding } from './useFolding.ts'

/** From this many groups on, folding them one by one is work. */
const SEVERAL = 3

/** Folds all groups of a rule into cards, or unfolds them. */
export function FoldButton({ rule, folding }: { rule: Rule; folding: Folding }) {
  const text = useText()
  if (groupsOf(rule).length < SEVERAL) return null
  const open = folding.folded.size === 0
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={open ? <IconFold size={15} /> : <IconLayersSubtract size={15} />}
      onClick={() => (open ? folding.foldAll(rule) : folding.unfoldAll())}
    >
      {text(open ? 'canvas.foldAll' : 'canvas.unfoldAll')}
    </Button>
  )
}
