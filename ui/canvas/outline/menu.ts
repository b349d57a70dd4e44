import {
  type Icon,
  IconArrowBarDown,
  IconArrowBarUp,
  IconArrowDown,
  IconArrowsExchange,
  IconArrowsSplit2,
  IconArrowUp,
  IconBan,
  IconCopyPlus,
  IconFold,
  IconIndentDecrease,
  IconIndentIncrease,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react'
import { tryCommand } from '../../../rules/commands.ts'
import type { Path, Rule } from '../../../rules/rule.ts'
import type { MessageId } from '../../messages/index.ts'
import { commandOf, TREE_ACTS, type TreeAct } from '../editing/acts.ts'
import type { Act } from '../editing/keys.ts'

/** One command of a line's menu, with the key for the same. */
export type MenuItem = { readonly act: Act; readonly text: MessageId; readonly keys: string; readonly icon: Icon }

/** What the menu of a line offers, in sections. */
export const MENU: readonly (readonly MenuItem[])[] = [
  [
    { act: 'above', text: 'outline.menu.above', keys: 'B', icon: IconArrowBarUp },
    { act: 'add', text: 'outline.menu.below', keys: '/', icon: IconArrowBarDown },
    { act: 'beside', text: 'canvas.act.beside', keys: 'O', icon: IconArrowsSplit2 },
  ],
  [
    { act: 'invert', text: 'canvas.act.invert', keys: 'I', icon: IconBan },
    { act: 'turn', text: 'canvas.act.turn', keys: 'T', icon: IconArrowsExchange },
    { act: 'group', text: 'canvas.act.group', keys: 'G', icon: IconStack2 },
    { act: 'ungroup', text: 'canvas.act.ungroup', keys: 'Shift G', icon: IconFold },
  ],
  [
    { act: 'up', text: 'outline.menu.up', keys: 'Alt ↑', icon: IconArrowUp },
    { act: 'down', text: 'outline.menu.down', keys: 'Alt ↓', icon: IconArrowDown },
    { act: 'in', text: 'outline.menu.in', keys: 'Alt →', icon: IconIndentIncrease },
    { act: 'out', text: 'outline.menu.out', keys: 'Alt ←', icon: IconIndentDecrease },
  ],
  [
    { act: 'duplicate', text: 'canvas.act.duplicate', keys: 'D', icon: IconCopyPlus },
    { act: 'remove', text: 'canvas.act.remove', keys: 'Delete', icon: IconTrash },
  ],
]

const isTreeAct = (act: Act): act is TreeAct => (TREE_ACTS as readonly string[]).includes(act)

/** Whether an act would change anything of a rule when a node of it is selected. */
export function isPossible(act: Act, rule: Rule, path: Path): boolean {
  if (!isTreeAct(act)) return true
  const command = commandOf(act, rule, [path])
  return command !== undefined && !('refused' in tryCommand(rule, command))
}
