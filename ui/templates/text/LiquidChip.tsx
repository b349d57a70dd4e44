import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import classes from '../../composer/mergeTags/MergeTagChip.module.css'
import { useMergeTagLabel } from './MergeTagsContext.ts'
import { readMergeCode } from './mergeCode.ts'

/** A piece of Liquid in the text: a merge tag by its name, other Liquid as it is written. */
export function LiquidChip({ node, selected }: NodeViewProps) {
  const labelOf = useMergeTagLabel()
  const code = String(node.attrs.code)
  const tag = readMergeCode(code)
  return (
    <NodeViewWrapper as="span" className={classes.chip} data-selected={selected || undefined} title={code}>
      {tag ? labelOf(tag.name) : code}
      {tag && tag.fallback !== '' && <span className={classes.fallback}>“{tag.fallback}”</span>}
    </NodeViewWrapper>
  )
}
