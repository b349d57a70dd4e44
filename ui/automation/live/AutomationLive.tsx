import { Badge, NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Automation as Stored } from '../../../api/contract/automations.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { compareAutomations } from '../../../rules/automations/compare.ts'
import { StateBadge } from '../../automations/StateBadge.tsx'
import panelUnder from '../../canvas/outline/PanelUnder.module.css'
import { useNarrow } from '../../canvas/outline/useChosenView.ts'
import panel from '../../canvas/panel/panel.module.css'
import classes from '../../canvas/RuleCanvasPage.module.css'
import { usePointing } from '../../canvas/usePointing.ts'
import { automationStepsQuery, automationVersionsQuery } from '../../client/automations.ts'
import { Page } from '../../shared/Page.tsx'
import { useText } from '../../shared/useText.tsx'
import { AutomationTabs } from '../AutomationTabs.tsx'
import type { Difference } from '../automationView.ts'
import { AutomationCanvas } from '../flow/AutomationCanvas.tsx'
import { cardRef, stepCard } from '../flow/automationFlow.ts'
import { isAutomation } from '../keeping/isAutomation.ts'
import { ManageMenu } from '../manage/ManageMenu.tsx'
import { AutomationOutline } from '../outline/AutomationOutline.tsx'
import { AutomationInWords } from '../panel/AutomationInWords.tsx'
import { pointables } from '../pointables.ts'
import { useAutomationViewOf } from '../useAutomationView.ts'
import { useStepFolding } from '../useStepFolding.ts'
import { AtStep, isWho, type Who } from './AtStep.tsx'
import { AtWhole, GROUPS, type Group } from './AtWhole.tsx'
import { EarlierVersions } from './EarlierVersions.tsx'
import { FollowedWay } from './FollowedWay.tsx'
import { LiveNumbers } from './LiveNumbers.tsx'
import { liveNumbers, WINDOWS, type Window } from './liveNumbers.ts'
import { Steering } from './Steering.tsx'
import { useEndWords } from './useEndWords.ts'

const route = getRouteApi('/shell/automations/$id')
const EVERY = 4_000

const EMPTY: Automation = { scope: 'business', when: { on: 'by_hand' }, again: 'never', then: [] }

/** A version of an automation with everybody who is or was in it: only looked at, and steered. */
export function AutomationLive({ automation: stored }: { automation: Stored }) {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = useNarrow()
  const body = useRef<HTMLDivElement>(null)
  const [window, setWindow] = useState<Window>('all')
  const version = Number(search.version ?? stored.version)
  const versions = useQuery(automationVersionsQuery(stored.id)).data?.items ?? []
  const definition = versions.find((one) => one.version === version)?.definition ?? stored.definition
  const automation = isAutomation(definition) ? definition : EMPTY
  const steps = useQuery({ ...automationStepsQuery(stored.id, version), refetchInterval: EVERY }).data
  const view = useAutomationViewOf(stored.name, true)
  const endWords = useEndWords()
  useEffect(() => {
    if (steps) view.numbers.set(liveNumbers(steps, window, endWords))
  }, [steps, window, endWords, view.numbers])

  // in an earlier version: what became of its cards in the newest one
  const newest = versions.find((one) => one.version === stored.version)?.definition
  useEffect(() => {
    view.differences.set(isAutomation(newest) ? fate(automation, newest) : new Map())
  }, [automation, newest, view.differences])

  const folding = useStepFolding(automation)
  const [looked, look] = useState<Looked | null>(search.show === 'failed' ? { card: 'failed:' } : null)
  const { focus, pointed, pointAt, selectNothing } = usePointing(
    useCallback((card: string, field?: string) => look({ card, ...askedBy(field) }), []),
    useCallback((card: string) => look((before) => (before === null ? null : { card })), []),
    pointables,
  )
  const leave = useCallback(() => {
    look(null)
    selectNothing()
  }, [selectNothing])
  const follow = (customer: string | null): void =>
    void navigate({
      search: ({ customer: _, ...before }) => (customer === null ? before : { ...before, customer }),
      replace: true,
    })
  const ref = looked === null ? undefined : cardRef(looked.card)
  const step = ref && 'step' in ref ? ref.step : null
  const group = looked === null ? null : groupOf(looked.card)
  const goTo = (next: number): void =>
    void navigate({ search: (before) => ({ ...before, version: String(next) }), replace: true })
  const panelParts = { id: stored.id, version, automation, words: view.words, onFollow: follow, onClose: leave }
  const shared = { automation, view, focus, editing: null, onLeave: leave }
  return (
    <Page
      title={stored.name}
      back={{ to: '/automations' }}
      flush
      aside={
        <>
          {stored.deleted_at === null ? (
            <StateBadge state={stored.state} />
          ) : (
            <Badge color="red">{text('automation.deleted')}</Badge>
          )}
          <Badge visibleFrom="sm" color="gray">
            {text('canvas.version', { version })}
          </Badge>
          {stored.deleted_at === null && <AutomationTabs automation={stored} mode="live" />}
        </>
      }
      actions={
        <>
          <Steering automation={stored} />
          <ManageMenu automation={stored} onDeleted={() => void navigate({ to: '/automations' })} />
        </>
      }
    >
      <div
        className={`${classes.body} ${narrow ? panelUnder.body : ''}`}
        data-view={narrow ? 'outline' : 'canvas'}
        ref={body}
      >
        <div className={classes.tools}>
          <SegmentedControl<Window>
            size="xs"
            aria-label={text('automation.window')}
            value={window}
            data={WINDOWS.map((one) => ({ value: one, label: text(`automation.window.${one}`) }))}
            onChange={setWindow}
          />
          {versions.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label={text('automation.version')}
              value={String(version)}
              data={versions.map((one) => ({
                value: String(one.version),
                label: text('automation.version.inside', { version: one.version, count: one.inside }),
              }))}
              onChange={(event) => {
                goTo(Number(event.currentTarget.value))
              }}
            />
          )}
        </div>
        {narrow ? (
          <AutomationOutline {...shared} folding={folding} />
        ) : (
          <AutomationCanvas {...shared} folded={folding.folded} />
        )}
        <aside className={panel.panel} aria-label={text('automation.panel')}>
          {search.customer !== undefined && (
            <FollowedWay automation={stored.id} customer={search.customer} view={view} onEnd={() => follow(null)} />
          )}
          {step !== null && (
            <AtStep
              key={`${version} ${step} ${looked?.asked ?? ''}`}
              {...panelParts}
              step={step}
              asked={looked?.asked}
              numbers={steps?.steps.find((one) => one.step === step)}
              ends={steps?.ends ?? []}
              followed={search.customer ?? null}
            />
          )}
          {steps && group !== null && (
            <AtWhole
              key={`${version} ${looked?.card}`}
              {...panelParts}
              group={group}
              state={looked?.card === 'goal:' ? 'goal' : undefined}
              steps={steps}
              followed={search.customer ?? null}
            />
          )}
          {steps && <LiveNumbers steps={steps} looked={group} onLook={(next) => look({ card: `${next}:` })} />}
          {version === stored.version && (
            <EarlierVersions
              id={stored.id}
              automation={automation}
              earlier={versions.filter((one) => one.version !== version)}
              words={view.words}
              onOpen={(next, at) => {
                goTo(next)
                look({ card: stepCard(at) })
              }}
            />
          )}
          <AutomationInWords automation={automation} words={view.words} pointed={pointed} onPoint={pointAt} />
        </aside>
      </div>
    </Page>
  )
}

/** What is looked at: a card of the canvas, or a number of the whole (`inside:`), and which number of the card. */
type Looked = { readonly card: string; readonly asked?: Who }

const askedBy = (field: string | undefined): Pick<Looked, 'asked'> => {
  const who = field?.startsWith('who:') ? field.slice(4) : undefined
  return isWho(who) ? { asked: who } : {}
}

/** The customers whom a card of the whole, or one of its numbers, means. */
const CARDS: Readonly<Record<string, Group>> = {
  'when:': 'entered',
  'unless:': 'exited',
  'goal:': 'finished',
  'end:': 'finished',
  ...Object.fromEntries(GROUPS.map((group) => [`${group}:`, group])),
}
const groupOf = (card: string): Group | null => CARDS[card] ?? null

/** What became of the cards of a version in a later one. */
function fate(before: Automation, after: Automation): Map<string, Difference> {
  return new Map(
    compareAutomations(before, after).flatMap((change): [string, Difference][] => {
      if (!('before' in change)) return []
      const part = change.before
      if (part.of === 'step') return [[stepCard(part.id), change.kind]]
      return part.of === 'exit' ? [['unless:', 'changed']] : []
    }),
  )
}
