import { Badge, Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconFold, IconLayersSubtract, IconVersions } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { AutomationDraft, Automation as Stored } from '../../api/contract/automations.ts'
import type { Automation } from '../../rules/automations/automation.ts'
import { placedStep } from '../../rules/automations/edits/sequences.ts'
import type { PlacedAutomation } from '../../rules/automations/yaml.ts'
import { draftOf, isChanged } from '../canvas/editing/draft.ts'
import { SaidLine } from '../canvas/editing/SaidLine.tsx'
import { ShortcutsDialog } from '../canvas/editing/ShortcutsDialog.tsx'
import { DraftConflict } from '../canvas/keeping/DraftConflict.tsx'
import { DraftLine } from '../canvas/keeping/DraftLine.tsx'
import { losses } from '../canvas/keeping/losses.ts'
import { useKeeping } from '../canvas/keeping/useKeeping.ts'
import { LeaveDialog } from '../canvas/LeaveDialog.tsx'
import panelUnder from '../canvas/outline/PanelUnder.module.css'
import { useChosenView } from '../canvas/outline/useChosenView.ts'
import { ViewSwitch } from '../canvas/outline/ViewSwitch.tsx'
import { AddButton } from '../canvas/palette/AddButton.tsx'
import panel from '../canvas/panel/panel.module.css'
import classes from '../canvas/RuleCanvasPage.module.css'
import type { TreeTextHandle } from '../canvas/text/TreeText.tsx'
import type { Typed } from '../canvas/text/useTreeText.ts'
import { UndoButtons } from '../canvas/UndoButtons.tsx'
import { type Activation, usePointing } from '../canvas/usePointing.ts'
import { automationVersionsQuery } from '../client/automations.ts'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { AutomationTabs } from './AutomationTabs.tsx'
import own from './automation.module.css'
import { AutomationBar } from './editing/AutomationBar.tsx'
import { AutomationPalette } from './editing/AutomationPalette.tsx'
import { reduceDraft } from './editing/draft.ts'
import { KEYS } from './editing/keys.ts'
import { useAutomationEditing } from './editing/useAutomationEditing.ts'
import { useStepClipboard } from './editing/useStepClipboard.ts'
import { AutomationCanvas } from './flow/AutomationCanvas.tsx'
import { cardRef } from './flow/automationFlow.ts'
import { automationDraftCalls, keptAutomation } from './keeping/automationDrafts.ts'
import { isAutomation } from './keeping/isAutomation.ts'
import { ManageMenu } from './manage/ManageMenu.tsx'
import { AutomationOutline } from './outline/AutomationOutline.tsx'
import { AutomationInWords } from './panel/AutomationInWords.tsx'
import { EditCard, type EditedCard } from './panel/EditCard.tsx'
import { FindingList } from './panel/FindingList.tsx'
import { Replay } from './panel/Replay.tsx'
import { WalkThrough } from './panel/WalkThrough.tsx'
import { pointables } from './pointables.ts'
import { AutomationChanges } from './publish/AutomationChanges.tsx'
import { PublishAutomation } from './publish/PublishAutomation.tsx'
import { useComparison } from './publish/useComparison.ts'
import { useAutomationViewOf } from './useAutomationView.ts'
import { useFindings } from './useFindings.ts'
import { useStepFolding } from './useStepFolding.ts'

/** The editor of texts is not small, and most never open it. */
const AutomationAsText = lazy(() => import('./text/AutomationAsText.tsx'))

/** What nobody has drawn yet: nobody enters by themselves, and nothing happens. */
const EMPTY: Automation = { scope: 'business', when: { on: 'by_hand' }, again: 'never', then: [] }

const drawn = (json: unknown): Automation | undefined => (isAutomation(json) ? json : undefined)

type Props = {
  automation: Stored
  /** The draft of it that the server keeps. */
  kept: AutomationDraft | null
  onKept: (draft: AutomationDraft | null) => void
}

/** The draft of an automation with all that is around it: header, views, panel. */
export function AutomationEditor({ automation: stored, kept, onKept }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const saved = drawn(stored.definition) ?? EMPTY
  const [draft, dispatch] = useReducer(reduceDraft, saved, (published) => draftOf(published, drawn(kept?.definition)))
  const [edited, setEdited] = useState<EditedCard | null>(null)
  const [asking, setAsking] = useState(false)
  const [isDeleted, setDeleted] = useState(false)
  // after that nothing is kept any more, and nothing is lost by leaving
  useEffect(() => {
    if (isDeleted) void navigate({ to: '/automations', replace: true })
  }, [isDeleted, navigate])
  const [comparing, setComparing] = useState(true)
  const body = useRef<HTMLDivElement>(null)
  const inText = useRef<TreeTextHandle>(null)
  const typed = useRef<Typed<PlacedAutomation> | null>(null)
  const [chosen, choose] = useChosenView()
  const { tree: automation } = draft
  const changed = stored.version === 0 || isChanged(draft)
  const replaced = text('draft.replace')
  const keeping = useKeeping<Automation>({
    isStored: true,
    calls: useMemo(() => automationDraftCalls(stored.id, onKept), [stored.id, onKept]),
    version: stored.version,
    kept: kept && keptAutomation(kept),
    draft,
    replace: useCallback(
      (next) => dispatch({ type: 'change', command: { kind: 'replace', automation: next }, label: replaced }),
      [replaced],
    ),
    isTree: isAutomation,
  })
  useEffect(() => {
    if (drawn(stored.definition)) dispatch({ type: 'saved', tree: stored.definition as unknown as Automation })
  }, [stored.definition])

  const view = useAutomationViewOf(stored.name, false)
  const findings = useFindings(automation, stored.id, view)
  const folding = useStepFolding(automation)
  const { open, toggle } = folding

  const editCard = useCallback((card: string, stay = false) => setEdited({ card, stay, time: performance.now() }), [])
  const closeForm = useCallback(() => setEdited(null), [])
  const activate = useCallback(
    (card: string, _field: string | undefined, how: Activation) => editCard(card, how !== 'open'),
    [editCard],
  )
  /** Another card was selected by keys: what is open follows it. */
  const follow = useCallback(
    (card: string) => setEdited((before) => (before === null ? null : { card, stay: true, time: performance.now() })),
    [],
  )
  const { focus, pointed, pointAt, selectNothing } = usePointing(activate, follow, pointables)
  const editing = useAutomationEditing({
    draft,
    dispatch,
    focus,
    view: body,
    onEdit: editCard,
    onSelect: useCallback(
      (steps: readonly string[]) => {
        closeForm()
        open(steps)
      },
      [closeForm, open],
    ),
    onFold: toggle,
  })
  const clipboard = useStepClipboard(body, focus, editing)
  const focusCurrent = useCallback(() => {
    const id = focus.store.get().current ?? ''
    body.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
  }, [focus])
  const close = useCallback(() => {
    closeForm()
    focusCurrent()
  }, [closeForm, focusCurrent])
  const leave = useCallback(() => {
    closeForm()
    selectNothing()
  }, [closeForm, selectNothing])
  const show = (card: string): void => {
    const ref = cardRef(card)
    if (ref && 'step' in ref) open([ref.step])
    const step = ref && 'step' in ref ? placedStep(automation, ref.step) : undefined
    if (chosen === 'text' && step) inText.current?.goTo(step.path)
    else focus.onActivate(card, undefined)
  }

  const { compared, compareWith } = useComparison(stored, automation, view)
  const canPublish = changed && findings.errors === 0 && findings.isCurrent
  const ask = (): void => setAsking(true)
  // Also from within a field, where the browser would save the page.
  useHotkeys([['mod+S', () => canPublish && ask()]], [])
  const overlay = folding.isWorthIt && (
    <Button
      variant="default"
      size="xs"
      leftSection={folding.folded.size === 0 ? <IconFold size={15} /> : <IconLayersSubtract size={15} />}
      onClick={() => folding.setAll(folding.folded.size === 0)}
    >
      {text(folding.folded.size === 0 ? 'automation.foldAll' : 'automation.unfoldAll')}
    </Button>
  )
  const bar = <AutomationBar focus={focus} editing={editing} clipboard={clipboard} />
  const shared = { automation, view, focus, editing, onLeave: leave }
  return (
    <Page
      title={stored.name}
      back={{ to: '/automations' }}
      flush
      aside={
        <>
          <Badge visibleFrom="sm" color={changed ? 'orange' : 'gray'}>
            {stored.version === 0
              ? text('automation.badge.new')
              : text(changed ? 'automation.badge.draft' : 'canvas.version', {
                  version: changed ? stored.version + 1 : stored.version,
                })}
          </Badge>
          {stored.version > 0 && <AutomationTabs automation={stored} mode="edit" />}
        </>
      }
      actions={
        <>
          <Button leftSection={<IconVersions size={17} />} disabled={!canPublish} onClick={ask}>
            {text(stored.version === 0 ? 'automation.switchOn' : 'publish.open')}
          </Button>
          <ManageMenu automation={stored} onDeleted={() => setDeleted(true)} />
        </>
      }
    >
      <div className={`${classes.body} ${chosen === 'canvas' ? '' : panelUnder.body}`} data-view={chosen} ref={body}>
        <div className={classes.tools}>
          <AddButton editing={editing} label={text('automation.add')} />
          <UndoButtons draft={draft} editing={editing} />
          <ViewSwitch view={chosen} onChange={choose} />
        </div>
        {chosen === 'text' ? (
          <Suspense fallback={<section aria-busy="true" style={{ flex: 1 }} />}>
            <AutomationAsText
              ref={inText}
              name={stored.name}
              automation={automation}
              dispatch={dispatch}
              typed={typed}
              focus={focus}
              findings={findings.byCard}
            />
          </Suspense>
        ) : chosen === 'outline' ? (
          <AutomationOutline {...shared} folding={folding} bar={bar}>
            {overlay}
          </AutomationOutline>
        ) : (
          <AutomationCanvas {...shared} folded={folding.folded}>
            <div className={own.overlay}>{overlay}</div>
            {bar}
          </AutomationCanvas>
        )}
        <aside className={panel.panel} aria-label={text('automation.panel')}>
          <DraftLine
            changed={changed}
            draft={keeping}
            onConflict={() => setComparing(true)}
            canThrowAway={stored.version > 0}
          />
          {edited && (
            <EditCard
              key={edited.time}
              edited={edited}
              automation={automation}
              words={view.words}
              remarks={findings.byCard.get(edited.card) ?? []}
              onClose={close}
              onRemove={() => editing.act('remove')}
              onCommand={(command) => {
                const ref = cardRef(edited.card)
                const label = text(command.kind === 'head' ? 'automation.act.head.what' : 'automation.act.step.what')
                const from = ref?.kind === 'step' ? [ref.step] : []
                dispatch({ type: 'change', command, label, group: String(edited.time), from })
              }}
            />
          )}
          <FindingList byCard={findings.byCard} automation={automation} onShow={show} />
          <AutomationInWords automation={automation} words={view.words} pointed={pointed} onPoint={pointAt} />
          <Replay automation={automation} id={stored.id} view={view} wrong={findings.errors > 0} />
          <WalkThrough automation={automation} view={view} wrong={findings.errors > 0} />
          {stored.version > 0 && (
            <Versions stored={stored} compared={compared} onCompare={compareWith} automation={automation} />
          )}
        </aside>
      </div>
      <AutomationPalette
        place={editing.adding}
        onAdd={editing.add}
        onPaste={(place) => {
          editing.addAt(null)
          clipboard.pasteAt(place)
        }}
        onClose={() => {
          editing.addAt(null)
          focusCurrent()
        }}
      />
      <ShortcutsDialog
        opened={editing.helping}
        keys={KEYS.map(([what, keys]) => [keys, text(`automation.keys.${what}`)] as const)}
        onClose={() => editing.setHelping(false)}
      />
      <SaidLine said={editing.said} count={undefined} />
      <PublishAutomation
        opened={asking}
        stored={stored}
        automation={automation}
        base={keeping.base}
        flush={keeping.flush}
        onPublished={(next) => {
          setAsking(false)
          keeping.published()
          onKept(null)
          dispatch({ type: 'saved', tree: drawn(next.definition) ?? automation })
          void navigate({ to: '/automations/$id', params: { id: stored.id }, search: { mode: 'live' }, replace: true })
        }}
        onClose={() => setAsking(false)}
      />
      <DraftConflict
        draft={keeping}
        difference={(theirs) =>
          isAutomation(theirs) ? <AutomationChanges before={automation} after={theirs} words={view.words} /> : null
        }
        opened={comparing}
        onClose={() => setComparing(false)}
      />
      {!isDeleted && <LeaveDialog {...losses(changed, true, keeping.keeping)} />}
    </Page>
  )
}

type VersionsProps = {
  stored: Stored
  automation: Automation
  compared: number | null
  onCompare: (version: number | null) => void
}

/** Earlier versions, and what was done since one of them: in words, and on the cards. */
function Versions({ stored, automation, compared, onCompare }: VersionsProps) {
  const text = useText()
  const view = useAutomationViewOf(stored.name, true)
  const { data } = useQuery(automationVersionsQuery(stored.id))
  const versions = data?.items ?? []
  const other = versions.find(({ version }) => version === compared)
  return (
    <section className={panel.section}>
      <h2 className={panel.heading}>{text('automation.compare')}</h2>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }}>
        {versions.slice(0, 8).map(({ version }) => (
          <Button
            key={version}
            size="compact-sm"
            variant={version === compared ? 'light' : 'default'}
            aria-pressed={version === compared}
            onClick={() => onCompare(version === compared ? null : version)}
          >
            {text('canvas.version', { version })}
          </Button>
        ))}
      </div>
      {other && isAutomation(other.definition) && (
        <div style={{ marginTop: 10 }}>
          <AutomationChanges before={other.definition} after={automation} words={view.words} />
        </div>
      )}
    </section>
  )
}
