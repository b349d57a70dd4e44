import { type Icon, IconArrowsSplit2, IconBan, IconClipboard, IconStack2 } from '@tabler/icons-react'
import type { Rule } from '../../../rules/rule.ts'

type GroupItem = {
  readonly key: string
  readonly text: 'canvas.palette.any' | 'canvas.palette.not' | 'canvas.palette.all' | 'canvas.palette.paste'
  readonly icon: Icon
  /** What is put in; undefined for what was copied. */
  readonly part?: Rule
}

/** What the palette offers beside facts. */
export const GROUP_ITEMS: readonly GroupItem[] = [
  { key: 'any', text: 'canvas.palette.any', icon: IconArrowsSplit2, part: { any: [] } },
  { key: 'not', text: 'canvas.palette.not', icon: IconBan, part: { not: { all: [] } } },
  { key: 'all', text: 'canvas.palette.all', icon: IconStack2, part: { all: [] } },
  { key: 'paste', text: 'canvas.palette.paste', icon: IconClipboard },
]
