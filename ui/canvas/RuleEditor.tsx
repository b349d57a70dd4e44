import { Badge } from '@mantine/core'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { Segment } from '../../api/contract/segments.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { titleOf } from '../../rules/words.ts'
import { SegmentTabs } from '../segment/SegmentTabs.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { FoldButton } from './FoldButton.tsx'
import { FollowedChip } from './FollowedChip.tsx'
import { HeaderActions } from './HeaderActions.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'
import { idOf, kindOfId, pathOf } from './layout/block.ts'
import { marksOf } from './outline/marks.ts'
import panelUnder from './outline/PanelUnder.module.css'
import { RuleOutline } from './outline/RuleOutline.tsx'
import { useChosenView } from './outline/useChosenView.ts'
import { ViewSwitch } from './outline/ViewSwitch.tsx'
import { CustomersHere } from './panel/CustomersHere.tsx'
import { EditCondition, type Edited } from './panel/EditCondition.tsx'
import { IfSavedNow } from './panel/IfSavedNow.tsx'
import { InWords } from './panel/InWords.tsx'
import { ProblemList } from './panel/ProblemList.tsx'
import panel from './panel/panel.module.css'
import classes from './RuleCanvasPage.module.css'
import { draftOf, isChanged, reduceDraft } from './rule/draft.ts'
import { problemsOf } from './rule/problems.ts'
import { RuleCanvas } from './rule/RuleCanvas.tsx'
import { useCustomerWay } from './rule/useCustomerWay.ts'
import { useRulePreview } from './rule/useRulePreview.ts'
import { SaveDialog } from './SaveDialog.tsx'
import { useFolding } from './useFolding.ts'
import { useFollowed } from './useFollowed.ts'
import { usePointing } from './usePointing.ts'
import { useRuleViewOf } from './useRuleView.ts'
import { useSaveRule } from './useSaveRule.ts'

const ruleOf = (segment: Segment): Rule => segment.rule as unknown as Rule

const focusCard = (within: HTMLElement | null, id: string | null): void =>
  within?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id ?? '')}"]`)?.focus({ preventScroll: true })

/** A segment's rule with all that is around it: header, canvas, panel, and the draft that they share. */
export function RuleEditor({ segment }: { segment: Segment }) {
  const text = useText()
  const [draft, dispatch] = useReducer(reduceDraft, ruleOf(segment), draftOf)
  const [edited, setEdited] = useState<Edited | null>(null)
  const [asking, setAsking] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  const [chosen, choose] = useChosenView()
  const { rule } = draft
  const changed = isChanged(draft)

  const view = useRuleViewOf(segment.name)
  const { preview, stale, error } = useRulePreview(rule, segment.scope, view.counts)
  const [followed, follow] = useFollowed(segment.id)
  const way = useCustomerWay(segment.id, segment.version, draft.saved, followed, view.way)
  const save = useSaveRule(segment.id, (stored) => {
    setAsking(false)
    dispatch({ type: 'saved', rule: ruleOf(stored) })
  })
  useEffect(() => dispatch({ type: 'saved', rule: segment.rule as unknown as Rule }), [segment.rule])

  const problems = useMemo(() => problemsOf(error, rule), [error, rule])
  useEffect(() => view.problems.set(problems), [view.problems, problems])

  const folding = useFolding(rule, body)
  const { fold, unfold, reveal } = folding
  const activate = useCallback(
    (id: string, field?: string) => {
      const kind = kindOfId(id)
      const path = pathOf(id)
      if (kind === 'condition') setEdited({ path, field, time: Date.now() })
      if (kind === 'folded') unfold(path)
      if (kind === 'fork' || kind === 'enter') fold(path)
    },
    [fold, unfold],
  )
  const { focus, pointed, pointAt, selectNothing } = usePointing(activate)
  const show = (path: Path): void => {
    reveal(path)
    focus.onActivate(idOf('condition', path), undefined)
  }
  const close = useCallback(() => {
    setEdited(null)
    focusCard(body.current, focus.store.get().current)
  }, [focus])

  const leave = useCallback(() => {
    setEdited(null)
    selectNothing()
  }, [selectNothing])

  const count = preview?.count
  const canSave = changed && !stale && problems.size === 0 && count !== undefined
  const { explanation } = way
  const marks = useMemo(
    () => (followed && explanation ? { name: followed.name, markOf: marksOf(draft.saved, explanation) } : null),
    [followed, explanation, draft.saved],
  )
  const overlay = (
    <>
      {followed && explanation && (
        <FollowedChip name={followed.name} member={explanation.member} changed={changed} onEnd={() => follow(null)} />
      )}
      <FoldButton rule={rule} folding={folding} />
    </>
  )
  return (
    <Page
      title={segment.name}
      back={{ to: '/segments/$id', params: { id: segment.id } }}
      flush
      aside={
        <>
          <Badge visibleFrom="sm" color={changed ? 'orange' : 'gray'}>
            {text(changed ? 'canvas.version.draft' : 'canvas.version', { version: segment.version })}
          </Badge>
          <SegmentTabs id={segment.id} />
        </>
      }
      actions={
        <>
          <ViewSwitch view={chosen} onChange={choose} />
          <HeaderActions draft={draft} dispatch={dispatch} canSave={canSave} onSave={() => setAsking(true)} />
        </>
      }
    >
      <div className={`${classes.body} ${chosen === 'outline' ? panelUnder.body : ''}`} ref={body}>
        {chosen === 'outline' ? (
          <RuleOutline rule={rule} view={view} focus={focus} folding={folding} followed={marks} onLeave={leave}>
            {overlay}
          </RuleOutline>
        ) : (
          <RuleCanvas rule={rule} view={view} focus={focus} folded={folding.folded} onLeave={leave}>
            <div className={classes.overlay}>{overlay}</div>
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
              onClose={close}
              onCommand={(command, condition) => {
                const label = titleOf(condition, view.words)
                dispatch({ type: 'change', command, label, group: String(edited.time) })
              }}
            />
          )}
          <ProblemList problems={problems} except={edited?.path} onShow={show} />
          <InWords rule={rule} words={view.words} pointed={pointed} onPoint={pointAt} />
          <IfSavedNow
            members={segment.members}
            count={count}
            stale={stale}
            changed={changed}
            wrong={problems.size > 0}
            recomputing={segment.recomputing}
            failure={error}
          />
          <CustomersHere
            segment={segment}
            sample={preview?.sample ?? []}
            count={count}
            followed={followed}
            explanation={way.explanation}
            error={way.error}
            onFollow={follow}
          />
        </aside>
      </div>
      <SaveDialog
        opened={asking}
        name={segment.name}
        members={segment.members}
        count={count ?? 0}
        saving={save.isPending}
        onSave={() => save.mutate(rule)}
        onClose={() => setAsking(false)}
      />
      <LeaveDialog changed={changed} />
    </Page>
  )
}
