import { Button, Group, Modal, Text } from '@mantine/core'
import { useCallback, useReducer, useRef, useState } from 'react'
import type { Path, Rule, Scope } from '../../rules/rule.ts'
import { titleOf } from '../../rules/words.ts'
import { useText } from '../shared/useText.tsx'
import { EditingDialogs } from './EditingDialogs.tsx'
import { draftOf } from './editing/draft.ts'
import { SelectionBar } from './editing/SelectionBar.tsx'
import { useClipboard } from './editing/useClipboard.ts'
import { useEditing } from './editing/useEditing.ts'
import { FoldButton } from './FoldButton.tsx'
import { idOf } from './layout/block.ts'
import { placeAfterCard } from './outline/places.ts'
import { RuleOutline } from './outline/RuleOutline.tsx'
import { useNarrow } from './outline/useChosenView.ts'
import { AddButton } from './palette/AddButton.tsx'
import { EditCondition } from './panel/EditCondition.tsx'
import { InWords } from './panel/InWords.tsx'
import { ProblemList } from './panel/ProblemList.tsx'
import panel from './panel/panel.module.css'
import { WarningList } from './panel/WarningList.tsx'
import page from './RuleCanvasPage.module.css'
import classes from './RuleDialog.module.css'
import { reduceDraft } from './rule/draft.ts'
import { RuleCanvas } from './rule/RuleCanvas.tsx'
import { useProblems } from './rule/useProblems.ts'
import { useRulePreview } from './rule/useRulePreview.ts'
import { UndoButtons } from './UndoButtons.tsx'
import { useEdited } from './useEdited.ts'
import { useFolding } from './useFolding.ts'
import { usePointing } from './usePointing.ts'
import { useRuleViewOf } from './useRuleView.ts'

type Props = {
  title: string
  rule: Rule
  scope: Scope
  onDone: (rule: Rule) => void
  onClose: () => void
}

/** The rule of a part of something else, drawn with the same editor as a segment's, over the page. */
export default function RuleDialog({ title, onClose, ...rest }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="min(1240px, 96vw)"
      padding={0}
      closeOnEscape={false}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '' }}
      transitionProps={{ duration: 0 }}
    >
      <RuleDesk name={title} onClose={onClose} {...rest} />
    </Modal>
  )
}

function RuleDesk({ name, rule: given, scope, onDone, onClose }: Omit<Props, 'title'> & { name: string }) {
  const text = useText()
  const [draft, dispatch] = useReducer(reduceDraft, given, (rule) => draftOf(rule))
  const [dragging, setDragging] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const narrow = useNarrow()
  const { tree: rule } = draft
  const view = useRuleViewOf(name)
  const { preview, stale, error, asked } = useRulePreview(rule, scope, view.counts, dragging)
  const { problems, warnings } = useProblems(rule, error, asked, view)
  const folding = useFolding(rule, body)
  const { reveal, open } = folding
  const { edited, edit, activate, follow, close: closeForm } = useEdited(folding, view.looked)
  const { focus, pointed, pointAt, selectNothing } = usePointing(activate, follow)
  const editing = useEditing({
    draft,
    dispatch,
    focus,
    words: view.words,
    view: body,
    onEdit: edit,
    looked: view.looked,
    onSelect: useCallback(
      (paths: readonly Path[]) => {
        closeForm()
        for (const path of paths) open(path)
      },
      [closeForm, open],
    ),
  })
  const clipboard = useClipboard(body, focus, editing, narrow ? placeAfterCard : undefined)
  const focusCurrent = (): void => {
    const id = focus.store.get().current ?? ''
    body.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
  }
  const leave = useCallback(() => {
    closeForm()
    selectNothing()
  }, [closeForm, selectNothing])
  const show = (path: Path): void => {
    reveal(path)
    focus.onActivate(idOf('condition', path), undefined)
  }
  const bar = <SelectionBar focus={focus} editing={editing} clipboard={clipboard} />
  return (
    <>
      <div className={`${page.body} ${classes.desk}`} data-view={narrow ? 'outline' : 'canvas'} ref={body}>
        <div className={page.tools}>
          <AddButton editing={editing} />
          <UndoButtons draft={draft} editing={editing} />
        </div>
        {narrow ? (
          <RuleOutline {...{ view, focus, folding, editing, clipboard, bar }} followed={null} onLeave={leave} />
        ) : (
          <RuleCanvas rule={rule} view={view} focus={focus} folded={folding.folded} editing={editing} onLeave={leave}>
            <div className={page.overlay}>
              <FoldButton rule={rule} folding={folding} />
            </div>
            {bar}
          </RuleCanvas>
        )}
        <aside className={panel.panel} aria-label={text('canvas.panel')}>
          {edited && (
            <EditCondition
              key={edited.time}
              edited={edited}
              rule={rule}
              words={view.words}
              problems={problems.get(edited.path) ?? []}
              onClose={() => {
                closeForm()
                focusCurrent()
              }}
              onCommand={(command, condition, settled) => {
                setDragging(!settled)
                const label = titleOf(condition, view.words)
                dispatch({ type: 'change', command, label, group: String(edited.time), from: [edited.path] })
              }}
            />
          )}
          <ProblemList problems={problems} except={edited?.path} onShow={show} />
          <WarningList warnings={warnings} rule={rule} words={view.words} onShow={show} />
          <InWords rule={rule} words={view.words} pointed={pointed} onPoint={pointAt} />
          <Text fz="sm" c="dimmed" p="md" className="numbers" aria-live="polite">
            {preview === undefined ? text('canvas.counting') : text('rule.holdsNow', { count: preview.count })}
          </Text>
        </aside>
      </div>
      <Group className={classes.foot ?? ''} justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button disabled={problems.size > 0} onClick={() => onDone(rule)}>
          {text('rule.take')}
        </Button>
      </Group>
      <EditingDialogs
        editing={editing}
        clipboard={clipboard}
        count={stale ? undefined : preview?.count}
        onBack={focusCurrent}
      />
    </>
  )
}
