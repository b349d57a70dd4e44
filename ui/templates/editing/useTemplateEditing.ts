import { useCallback, useMemo, useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { kindOf } from '../blocks/blockKind.ts'
import { type MjmlCommand, tryCommand } from '../mjml/commands.ts'
import type { ContentChange, TemplateAction, TemplateDraft } from '../mjml/draft.ts'
import type { MjmlTree } from '../mjml/nodes.ts'
import type { Refusal } from '../mjml/outcome.ts'
import { parseMjml } from '../mjml/parse.ts'
import { nodeAt, type Path } from '../mjml/walk.ts'

/** What was said last about an edit; `time` tells two that say the same apart. */
export type Said = { readonly text: string; readonly refused: boolean; readonly time: number }

/** Edits of a template as both views, their bars and their keys ask for them. */
export type TemplateEditing = {
  readonly draft: TemplateDraft
  readonly tree: MjmlTree
  readonly selected: Path
  readonly select: (path: Path) => void
  /**
   * Does a command and says what it did or why not.
   * @param options.label what was done, where it is more than the kind of command says
   * @param options.group edits of the same group one after another are undone as one
   * @returns whether it was done
   */
  readonly run: (command: MjmlCommand, options?: { label?: string; group?: string }) => boolean
  /** Changes something of the content that is no block. */
  readonly change: (change: ContentChange, label: string, group?: string, selected?: Path) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly said: Said | null
  readonly say: (text: string, refused?: boolean) => void
}

/** Everything that changes a template, in words. */
export function useTemplateEditing(draft: TemplateDraft, dispatch: (action: TemplateAction) => void): TemplateEditing {
  const text = useText()
  const [said, setSaid] = useState<Said | null>(null)
  const { mjml } = draft.content
  const tree = useMemo(() => parseMjml(mjml), [mjml])
  // Where the block is that was selected may be nothing any more, after an edit of the source.
  const selected = draft.selected !== '' && nodeAt(tree, draft.selected) ? draft.selected : ''

  const say = useCallback(
    (words: string, refused = false) => setSaid({ text: words, refused, time: performance.now() }),
    [],
  )
  const run = useCallback(
    (command: MjmlCommand, { label, group }: { label?: string; group?: string } = {}) => {
      const done = tryCommand(tree, command)
      if ('refused' in done) {
        if (done.refused !== 'nothing') say(text(REFUSED[done.refused]), true)
        return false
      }
      const node = 'path' in command ? nodeAt(tree, command.path) : nodeAt(parseMjml(done.source), done.selected)
      const name = node ? text(kindOf(node).label) : ''
      const what = label ?? text(`template.did.${command.kind}`, { block: name })
      dispatch({ type: 'change', change: { kind: 'command', command }, label: what, group })
      if (group === undefined) say(what)
      return true
    },
    [tree, text, dispatch, say],
  )
  const change = useCallback(
    (what: ContentChange, label: string, group?: string, path?: Path) =>
      dispatch({ type: 'change', change: what, label, group, selected: path }),
    [dispatch],
  )
  const step = useCallback(
    (type: 'undo' | 'redo') => {
      const done = type === 'undo' ? draft.past.at(-1) : draft.future[0]
      if (!done) return
      dispatch({ type })
      say(text(type === 'undo' ? 'canvas.undone' : 'canvas.redone', { what: done.label }))
    },
    [draft, dispatch, say, text],
  )
  return useMemo<TemplateEditing>(
    () => ({
      draft,
      tree,
      selected,
      select: (path) => dispatch({ type: 'select', path }),
      run,
      change,
      undo: () => step('undo'),
      redo: () => step('redo'),
      said,
      say,
    }),
    [draft, tree, selected, dispatch, run, change, step, said, say],
  )
}

const REFUSED = {
  missing: 'template.refused.missing',
  nothing: 'template.refused.nothing',
  not_closed: 'template.refused.not_closed',
  into_itself: 'template.refused.into_itself',
  not_writable: 'template.refused.not_writable',
  not_balanced: 'template.refused.not_balanced',
} as const satisfies Record<Refusal, string>
