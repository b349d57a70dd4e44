import { Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { kindOf } from '../blocks/blockKind.ts'
import type { TemplateEditing } from '../editing/useTemplateEditing.ts'
import { isBalanced } from '../mjml/balance.ts'
import type { MjmlElement } from '../mjml/nodes.ts'
import type { Path } from '../mjml/walk.ts'
import { htmlToDocument } from '../text/htmlToDocument.ts'
import { TextEditor } from '../text/TextEditor.tsx'
import classes from './Inspector.module.css'

type Props = { editing: TemplateEditing; path: Path; element: MjmlElement; html: string }

/** Elements whose content is a few words without a format. */
const PLAIN = new Set(['mj-social-element', 'mj-navbar-link', 'mj-survey-answer', 'mj-button'])

/**
 * What a block says: in the text editor where that loses nothing of it, as plain words where it has no more, else as HTML.
 */
export function BlockText({ editing, path, element, html }: Props) {
  const text = useText()
  const document = useMemo(() => (element.name === 'mj-table' ? undefined : htmlToDocument(html)), [element.name, html])
  const [typed, setTyped] = useState<string | null>(null)
  const block = text(kindOf(element).label)
  const set = (content: string) => {
    editing.run(
      { kind: 'set_content', path, content },
      { label: text('template.did.set_content', { block }), group: `content ${path}` },
    )
  }
  const plain = PLAIN.has(element.name) && !/[<&{]/.test(html)
  if (plain) {
    return (
      <TextInput
        size="sm"
        label={text('template.text.words')}
        value={html.trim()}
        onChange={(event) => set(event.currentTarget.value.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))}
      />
    )
  }
  if (document !== undefined) {
    return <TextEditor html={html} document={document} label={text('template.text.label', { block })} onChange={set} />
  }
  const shown = typed ?? html
  return (
    <Textarea
      className={classes.source ?? ''}
      label={text('template.text.html')}
      description={text('template.text.htmlHint')}
      autosize
      minRows={5}
      maxRows={18}
      spellCheck={false}
      value={shown}
      error={isBalanced(`<${element.name}>${shown}</${element.name}>`) ? null : text('template.refused.not_balanced')}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        if (isBalanced(`<${element.name}>${next}</${element.name}>`)) set(next)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
