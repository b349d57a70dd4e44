import {
  type ComponentProps,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react'
import type { Segment } from '../../api/contract/segments.ts'
import type { Draft as Kept } from '../../api/contract/segmentVersions.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { titleOf } from '../../rules/words.ts'
import type { PlacedRule } from '../../rules/yaml.ts'
import { SegmentTabs } from '../segment/SegmentTabs.tsx'
import { Changes } from '../segment/versions/Changes.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { EditingDialogs } from './EditingDialogs.tsx'
import { draftOf, isChanged } from './editing/draft.ts'
import { SelectionBar } from './editing/SelectionBar.tsx'
import { useClipboard } from './editing/useClipboard.ts'
import { useEditing } from './editing/useEditing.ts'
import { FoldButton } from './FoldButton.tsx'
import { FollowedChip } from './FollowedChip.tsx'
import { HeaderActions } from './HeaderActions.tsx'
import { DraftConflict } from './keeping/DraftConflict.tsx'
import { DraftLine } from './keeping/DraftLine.tsx'
import { isDrawable } from './keeping/drawable.ts'
import { losses } from './keeping/losses.ts'
import { keptRule, ruleDraftCalls } from './keeping/ruleDrafts.ts'
import { useKeeping } from './keeping/useKeeping.ts'
import { VersionBadge } from './keeping/VersionBadge.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { idOf } from './layout/block.ts'
import { marksOf } from './outline/marks.ts'
import panelUnder from './outline/PanelUnder.module.css'
import { placeAfterCard } from './outline/places.ts'
import { RuleOutline } from './outline/RuleOutline.tsx'
import { useChosenView } from './outline/useChosenView.ts'
import { ViewSwitch } from './outline/ViewSwitch.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { AddButton } from './palette/AddButton.tsx'
import { CustomersHere } from './panel/CustomersHere.tsx'
import { CustomersOnLine } from './panel/CustomersOnLine.tsx'
import { EditCondition } from './panel/EditCondition.tsx'
import { IfSavedNow } from './panel/IfSavedNow.tsx'
import { InWords } from './panel/InWords.tsx'
import { ProblemList } from './panel/ProblemList.tsx'
import panel from './panel/panel.module.css'
import { WarningList } from './panel/WarningList.tsx'
import classes from './RuleCanvasPage.module.css'
import { reduceDraft } from './rule/draft.ts'
import { RuleCanvas } from './rule/RuleCanvas.tsx'
import { type Followed, useCustomerWay } from './rule/useCustomerWay.ts'
import { useProblems } from './rule/useProblems.ts'
import { useRulePreview } from './rule/useRulePreview.ts'
import { SaveDialog } from './SaveDialog.tsx'
import type { TreeTextHandle } from './text/TreeText.tsx'
import type { Typed } from './text/useTreeText.ts'
import { UndoButtons } from './UndoButtons.tsx'
import { useEdited } from './useEdited.ts'
import { useFolding } from './useFolding.ts'
import { usePointing } from './usePointing.ts'
import { useRuleViewOf } from './useRuleView.ts'
import type { SaveRule } from './useSaveRule.ts'

/** The editor of texts is not small, and most never open it. */
const RuleAsText = lazy(() => import('./text/RuleAsText.tsx'))

const ruleOf = (segment: Segment): Rule => segment.rule as unknown as Rule

const focusCard = (within: HTMLElement | null, id: string | null): void =>
  within?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id ?? '')}"]`)?.focus({ preventScroll: true })

type Props = {
  segment: Segment
  /** The draft of it that the server keeps. */
  kept: Kept | null
  /** The customer whose way is lit, and a function that lights another's; undefined while nothing is stored. */
  followed: Followed | null
  onFollow: ((id: string | null) => void) | undefined
  /** How the rule is stored. */
  save: SaveRule
  /** A segment that is not stored yet: its name and whom it is of are asked for in the panel. */
  naming?: ReactNode
  /** A rule that is no segment's: where it goes back to, and what taking it over is called, which is not asked about. */
  taking?: { label: string; back: ComponentProps<typeof Page>['back'] } | undefined
}

/** A segment's rule with all that is around it: header, views, panel, and the draft that they share. */
export function RuleEditor({ segment, kept, followed, onFollow, save, naming, taking }: Props) {
  const text = useText()
  const [draft, dispatch] = useReducer(reduceDraft, ruleOf(segment), (saved) => draftOf(saved, ruleIn(kept)))
  const [asking, setAsking] = useState(false)
  const [dragging, setDragging] = useState(false)
  const [comparing, setComparing] = useState(true)
  const body = useRef<HTMLDivElement>(null)
  const inText = useRef<TreeTextHandle>(null)
  const typed = useRef<Typed<PlacedRule> | null>(null)
  const [chosen, choose] = useChosenView()
  const { tree: rule } = draft
  const changed = isChanged(draft)
  const replaced = text('draft.replace')
  const keeping = useKeeping<Rule>({
    isStored: naming === undefined,
    calls: useMemo(() => ruleDraftCalls(segment.id), [segment.id]),
    version: segment.version,
    kept: kept && keptRule(kept),
    draft,
    replace: useCallback(
      (next) => dispatch({ type: 'change', command: { kind: 'replace', path: '', rule: next }, label: replaced }),
      [replaced],
    ),
    isTree: isDrawable,
  })

  const view = useRuleViewOf(segment.name)
  const { preview, stale, error, asked } = useRulePreview(rule, segment.scope, view.counts, dragging)
  const way = useCustomerWay(segment.id, segment.version, draft.saved, followed, view.way)
  useEffect(() => dispatch({ type: 'saved', tree: segment.rule as unknown as Rule }), [segment.rule])
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
  const clipboard = useClipboard(body, focus, editing, chosen === 'outline' ? placeAfterCard : undefined)

  const show = (path: Path): void => {
    if (chosen === 'text') {
      inText.current?.goTo(path)
      return
    }
    reveal(path)
    focus.onActivate(idOf('condition', path), undefined)
  }
  const close = useCallback(() => {
    closeForm()
    focusCard(body.current, focus.store.get().current)
  }, [closeForm, focus])
  const leave = useCallback(() => {
    closeForm()
    selectNothing()
    view.looked.set(null)
  }, [closeForm, selectNothing, view.looked])

  const count = preview?.count
  const canSave =
    (changed || naming !== undefined) && !stale && problems.size === 0 && count !== undefined && save.isReady
  const store = (note: string): void =>
    save.mutate(
      { rule, note, seen: segment.version },
      {
        onSuccess: (stored) => {
          setAsking(false)
          keeping.published()
          dispatch({ type: 'saved', tree: ruleOf(stored) })
        },
      },
    )
  const { explanation } = way
  const marks = useMemo(
    () => (followed && explanation ? { markOf: marksOf(draft.saved, explanation) } : null),
    [followed, explanation, draft.saved],
  )
  const overlay = (
    <>
      {followed && explanation && (
        <FollowedChip
          name={followed.name}
          member={explanation.member}
          changed={changed}
          onEnd={() => onFollow?.(null)}
        />
      )}
      <FoldButton rule={rule} folding={folding} />
    </>
  )
  const bar = <SelectionBar focus={focus} editing={editing} clipboard={clipboard} />
  return (
    <Page
      title={segment.name}
      back={
        taking?.back ??
        (naming === undefined ? { to: '/segments/$id', params: { id: segment.id } } : { to: '/segments' })
      }
      flush
      aside={
        naming === undefined && (
          <>
            <VersionBadge segment={segment} changed={changed} base={keeping.base} />
            <SegmentTabs id={segment.id} />
          </>
        )
      }
      actions={
        <HeaderActions
          canSave={canSave}
          isNew={naming !== undefined}
          taking={taking?.label}
          onSave={() => (taking ? store('') : setAsking(true))}
        />
      }
    >
      <div className={`${classes.body} ${chosen === 'canvas' ? '' : panelUnder.body}`} data-view={chosen} ref={body}>
        <div className={classes.tools}>
          <AddButton editing={editing} />
          <UndoButtons draft={draft} editing={editing} />
          <ViewSwitch view={chosen} onChange={choose} />
        </div>
        {chosen === 'text' ? (
          <Suspense fallback={<section aria-busy="true" style={{ flex: 1 }} />}>
            <RuleAsText
              ref={inText}
              name={segment.name}
              rule={rule}
              dispatch={dispatch}
              typed={typed}
              focus={focus}
              problems={problems}
            />
          </Suspense>
        ) : chosen === 'outline' ? (
          <RuleOutline
            view={view}
            focus={focus}
            folding={folding}
            editing={editing}
            clipboard={clipboard}
            followed={marks}
            onLeave={leave}
            bar={bar}
          >
            {overlay}
          </RuleOutline>
        ) : (
          <RuleCanvas rule={rule} view={view} focus={focus} folded={folding.folded} editing={editing} onLeave={leave}>
            <div className={classes.overlay}>{overlay}</div>
            {bar}
          </RuleCanvas>
        )}
        <aside className={panel.panel} aria-label={text('canvas.panel')}>
          {naming}
          {naming === undefined && (
            <DraftLine changed={changed} draft={keeping} onConflict={() => setComparing(true)} />
          )}
          {edited && (
            <EditCondition
              key={edited.time}
              edited={edited}
              rule={rule}
              words={view.words}
              problems={problems.get(edited.path) ?? []}
              onClose={close}
              onCommand={(command, condition, settled) => {
                setDragging(!settled)
                const label = titleOf(condition, view.words)
                dispatch({ type: 'change', command, label, group: String(edited.time), from: [edited.path] })
              }}
            />
          )}
          <ProblemList problems={problems} except={edited?.path} onShow={show} />
          <WarningList warnings={warnings} rule={rule} words={view.words} onShow={show} />
          <CustomersOnLine
            rule={rule}
            scope={segment.scope}
            view={view}
            followed={followed?.id ?? null}
            onFollow={onFollow}
          />
          <InWords rule={rule} words={view.words} pointed={pointed} onPoint={pointAt} />
          {taking === undefined && (
            <IfSavedNow
              segment={segment}
              rule={rule}
              count={count}
              stale={stale}
              changed={changed}
              wrong={problems.size > 0}
              failure={error}
            />
          )}
          <CustomersHere
            segment={segment}
            sample={preview?.sample ?? []}
            count={count}
            followed={followed}
            explanation={way.explanation}
            error={way.error}
            onFollow={onFollow}
          />
        </aside>
      </div>
      <EditingDialogs
        editing={editing}
        clipboard={clipboard}
        count={stale ? undefined : count}
        onBack={() => focusCard(body.current, focus.store.get().current)}
      />
      {naming === undefined ? (
        <PublishDialog
          opened={asking}
          segment={segment}
          rule={rule}
          base={keeping.base}
          publishing={save.isPending}
          onPublish={(note) => void keeping.flush().then((isKept) => (isKept ? store(note) : setAsking(false)))}
          onClose={() => setAsking(false)}
        />
      ) : (
        <SaveDialog
          opened={asking}
          name={segment.name}
          count={count ?? 0}
          saving={save.isPending}
          onSave={() => store('')}
          onClose={() => setAsking(false)}
        />
      )}
      <DraftConflict
        draft={keeping}
        difference={(theirs) => (isDrawable(theirs) ? <Changes before={rule} after={theirs} /> : null)}
        opened={comparing}
        onClose={() => setComparing(false)}
      />
      <LeaveDialog {...losses(changed && !save.isDone, naming === undefined, keeping.keeping)} />
    </Page>
  )
}

/** The rule of a draft, where it is one that can be drawn. */
const ruleIn = (kept: Kept | null): Rule | undefined => (isDrawable(kept?.rule) ? kept.rule : undefined)
