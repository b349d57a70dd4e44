import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { Extension, Node } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { Fragment, Slice } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { EditorContent, useEditor } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { useEffect, useId, useRef, useState } from 'react'
import type { DocumentNode } from '../../composer/document/document.ts'
import { cleanText } from '../../composer/paste/cleanText.ts'
import { useText } from '../../shared/useText.tsx'
import { partsOf } from '../mjml/values.ts'
import classes from './LineField.module.css'
import { LiquidPopover } from './LiquidPopover.tsx'
import { Liquid, type LiquidRequest } from './liquidNode.ts'
import { readMergeCode } from './mergeCode.ts'

type Props = {
  label: string
  placeholder: string
  value: string
  /** From how many characters on it is cut off where it is read. */
  long: number
  error: string | null
  onChange: (value: string) => void
}

const OneLine = Node.create({ name: 'doc', topNode: true, content: 'paragraph' })

const oneLine = (text: string): string => cleanText(text).text.replace(/\s+/g, ' ')

const LineKeys = Extension.create({
  name: 'lineKeys',
  addKeyboardShortcuts: () => Object.fromEntries(['Enter', 'Shift-Enter', 'Mod-Enter'].map((key) => [key, () => true])),
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        clipboardTextParser: (text, _context, _plain, view) => {
          const line = oneLine(text).trim()
          return line === '' ? Slice.empty : new Slice(Fragment.from(view.state.schema.text(line)), 0, 0)
        },
      },
    }),
  ],
})

const MARKS = { bold: false, italic: false, underline: false, strike: false, code: false, link: false } as const

/** One line with merge tags as chips: subject, preheader. Its length is said, and when it gets too long. */
export function LineField({ label, placeholder, value, long, error, onChange }: Props) {
  const text = useText()
  const id = useId()
  const [request, setRequest] = useState<LiquidRequest | null>(null)
  const emitted = useRef(value)
  const change = useRef(onChange)
  change.current = onChange
  const [options] = useState(() => ({
    content: toDocument(value),
    extensions: [
      OneLine,
      StarterKit.configure({
        ...MARKS,
        document: false,
        heading: false,
        codeBlock: false,
        bulletList: false,
        orderedList: false,
        listItem: false,
        listKeymap: false,
        blockquote: false,
        hardBreak: false,
        horizontalRule: false,
        trailingNode: false,
        undoRedo: false,
      }),
      Placeholder.configure({ placeholder }),
      LineKeys,
      Liquid.configure({ onAsk: setRequest }),
    ],
  }))
  const editor = useEditor({
    ...options,
    onUpdate: ({ editor: current }) => {
      emitted.current = toLine(current.getJSON() as DocumentNode)
      change.current(emitted.current)
    },
  })
  useEffect(() => {
    editor.setOptions({
      editorProps: {
        attributes: {
          role: 'textbox',
          'aria-multiline': 'false',
          'aria-labelledby': `${id}-label`,
          'aria-describedby': error === null ? `${id}-hint` : `${id}-error ${id}-hint`,
          'aria-invalid': String(error !== null),
          spellcheck: 'true',
        },
      },
    })
  }, [editor, error, id])
  useEffect(() => {
    if (emitted.current === value) return
    emitted.current = value
    editor.commands.setContent(toDocument(value), { emitUpdate: false })
  }, [editor, value])

  const length = lengthOf(value)
  const isLong = length > long
  return (
    <div className={classes.field} data-invalid={error !== null || undefined}>
      <span id={`${id}-label`} className={classes.label}>
        {label}
      </span>
      <EditorContent editor={editor} className={classes.line} />
      <Text
        id={`${id}-hint`}
        component="span"
        className="numbers"
        fz="xs"
        c={isLong ? 'var(--attention)' : 'dimmed'}
        title={text('template.length.hint', { most: long })}
      >
        {text(isLong ? 'composer.subject.long' : 'composer.subject.length', { length, most: long })}
      </Text>
      <Tooltip label={text('composer.tool.mergeTag')}>
        <ActionIcon
          size={30}
          aria-label={text('template.tag.insertInto', { field: label })}
          aria-haspopup="dialog"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setRequest({ position: null, code: '' })}
        >
          <IconBraces size={17} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      {error !== null && (
        <Text id={`${id}-error`} className={classes.error} fz="sm" role="alert">
          {error}
        </Text>
      )}
      <LiquidPopover editor={editor} request={request} onClose={() => setRequest(null)} />
    </div>
  )
}

function toDocument(value: string): DocumentNode {
  const content = [...partsOf(value)].map(
    ({ part, isLiquid }): DocumentNode =>
      isLiquid ? { type: 'liquid', attrs: { code: part } } : { type: 'text', text: part },
  )
  return { type: 'doc', content: [{ type: 'paragraph', ...(content.length > 0 && { content }) }] }
}

const toLine = (document: DocumentNode): string =>
  (document.content ?? [])
    .flatMap((paragraph) => paragraph.content ?? [])
    .map(({ type, text = '', attrs }) => (type === 'liquid' ? String(attrs?.code ?? '') : oneLine(text)))
    .join('')

/** How many characters a reader is likely to see: merge tags count as their fallback, at least five. */
function lengthOf(value: string): number {
  const shown = [...partsOf(value)].map(({ part, isLiquid }) =>
    isLiquid ? (readMergeCode(part)?.fallback ?? '').padEnd(5) : part,
  )
  return [...new Intl.Segmenter().segment(shown.join(''))].length
}
