import type { ReactNode } from 'react'
import { cardOf, type OutlineLine } from './lines.ts'
import { useOutline } from './outlineContext.ts'
import { TreeItem } from './TreeItem.tsx'

type Props = {
  line: OutlineLine
  label: string
  describedBy?: string | undefined
  expanded?: boolean | undefined
  problem?: boolean
  children: ReactNode
}

/** A line of a rule's outline as an item of the tree. */
export function RuleItem({ line, ...rest }: Props) {
  const { focus, onKey, onClick, fold, openMenu } = useOutline()
  return (
    <TreeItem
      id={cardOf(line)}
      level={line.level}
      position={line.position}
      size={line.size}
      focus={focus}
      onKey={(event) => onKey(line, event)}
      onClick={(click) => onClick(line, click)}
      onFold={line.kind === 'group' ? () => fold(line) : undefined}
      onMenu={line.kind === 'add' ? undefined : (at) => openMenu(line, at)}
      {...rest}
    />
  )
}
