import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { kindOf } from '../blocks/blockKind.ts'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { isBalanced } from '../mjml/balance.ts'
import { type MjmlNode, textOf } from '../mjml/nodes.ts'
import type { Path } from '../mjml/walk.ts'
import classes from './Inspector.module.css'

type Props = { editing: TemplateEditing; path: Path; node: MjmlNode }

/** A block that the editor has no form for, as it is written. It is never touched but here and in the source. */
export function RawSource({ editing, path, node }: Props) {
  const text = useText()
  const [typed, setTyped] = useState<string | null>(null)
  const source = textOf(editing.tree.source, node)
  const shown = typed ?? source
  return (
    <>
      <Textarea
        className={classes.source ?? ''}
        label={text('template.raw.label')}
        autosize
        minRows={6}
        maxRows={22}
        spellCheck={false}
        value={shown}
        error={isBalanced(shown) ? null : text('template.refused.not_balanced')}
        onChange={(event) => {
          const next = event.currentTarget.value
          setTyped(next)
          if (next.trim() === '' || !isBalanced(next)) return
          editing.run(
            { kind: 'replace', path, mjml: next },
            { label: text('template.did.replace', { block: text(kindOf(node).label) }), group: `replace ${path}` },
          )
        }}
        onBlur={() => setTyped(null)}
      />
      <Text fz="xs" c="dimmed">
        {text('template.raw.hint')}
      </Text>
    </>
  )
}
