import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { isMergeTagName } from '../../../api/contract/mergeTags.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './MergeTagChip.module.css'
import { MERGE_TAG_LABELS } from './mergeTagLabel.ts'

/** A merge tag in the text: what it stands for, and in quotes what stands there without it. */
export function MergeTagChip({ node, selected }: NodeViewProps) {
  const text = useText()
  const name = String(node.attrs.name)
  const fallback = String(node.attrs.fallback)
  const label = isMergeTagName(name) ? text(MERGE_TAG_LABELS[name]) : name
  const missing = fallback === '' && name.startsWith('customer.')
  return (
    <NodeViewWrapper
      as="span"
      className={classes.chip}
      data-selected={selected || undefined}
      data-missing={missing || undefined}
      title={text(missing ? 'composer.tag.withoutFallback' : 'composer.tag.hint', { label, fallback })}
    >
      {label}
      {fallback !== '' && <span className={classes.fallback}>“{fallback}”</span>}
    </NodeViewWrapper>
  )
}
