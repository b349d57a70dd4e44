import { Badge, NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Automation as Stored } from '../../../api/contract/automations.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
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
import { AutomationCanvas } from '../flow/AutomationCanvas.tsx'
import { cardRef } from '../flow/automationFlow.ts'
import { isAutomation } from '../keeping/isAutomation.ts'
import { AutomationOutline } from '../outline/AutomationOutline.tsx'
import { AutomationInWords } from '../panel/AutomationInWords.tsx'
import { pointables } from '../pointables.ts'
import { useAutomationViewOf } from '../useAutomationView.ts'
import { useStepFolding } from '../useStepFolding.ts'
import { AtStep } from './AtStep.tsx'
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

  const folding = useStepFolding(automation)
  const [looked, look] = useState<string | null>(null)
  const { focus, pointed, pointAt, selectNothing } = usePointing(
    useCallback((card: string) => look(card), []),
    useCallback((card: string) => look((before) => (before === null ? null : card)), []),
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
  const ref = looked === null ? undefined : cardRef(looked)
  const step = ref && 'step' in ref ? ref.step : null
  const shared = { automation, view, focus, editing: null, onLeave: leave }
  return (
    <Page
      title={stored.name}
      back={{ to: '/automations' }}
      flush
      aside={
        <>
          <StateBadge state={stored.state} />
          <Badge visibleFrom="sm" color="gray">
            {text('canvas.version', { version })}
          </Badge>
          <AutomationTabs automation={stored} mode="live" />
        </>
      }
      actions={<Steering automation={stored} />}
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
                const next = event.currentTarget.value
                void navigate({ search: (before) => ({ ...before, version: next }), replace: true })
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
              key={`${version} ${step}`}
              id={stored.id}
              version={version}
              automation={automation}
              step={step}
              numbers={steps?.steps.find((one) => one.step === step)}
              followed={search.customer ?? null}
              onFollow={follow}
              onClose={leave}
            />
          )}
          {steps && <LiveNumbers steps={steps} />}
          <AutomationInWords automation={automation} words={view.words} pointed={pointed} onPoint={pointAt} />
        </aside>
      </div>
    </Page>
  )
}
