import { ActionIcon, Kbd, Menu, VisuallyHidden } from '@mantine/core'
import {
  IconArrowBarDown,
  IconArrowBarUp,
  IconArrowDown,
  IconArrowsSplit2,
  IconArrowUp,
  IconChevronRight,
  IconCopyPlus,
  IconDots,
  IconFlag,
  IconIndentDecrease,
  IconIndentIncrease,
  IconPlus,
  IconSitemap,
  IconTrash,
} from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { useIntl } from 'react-intl'
import type { Automation } from '../../../rules/automations/automation.ts'
import type { CanvasFocus } from '../../canvas/flow/focus.ts'
import { useStoreValue } from '../../canvas/flow/store.ts'
import { findTyped, treeStep } from '../../canvas/outline/keys.ts'
import classes from '../../canvas/outline/outline.module.css'
import { Remark as RemarkLine } from '../../canvas/outline/Remark.tsx'
import { TreeItem } from '../../canvas/outline/TreeItem.tsx'
import { useTyping } from '../../canvas/outline/useTyping.ts'
import signs from '../../canvas/rule/cards/cards.module.css'
import type { Kind } from '../../canvas/rule/kinds.ts'
import { useText } from '../../shared/useText.tsx'
import own from '../automation.module.css'
import { type AutomationView, AutomationViewContext, useRemark, useStepNumbers } from '../automationView.ts'
import { type CardWords, wordsOfCards } from '../cards/cardWords.ts'
import { GOAL, signOf, UNLESS, WHEN } from '../cards/kinds.ts'
import { Sentence, saidBy } from '../cards/Sentence.tsx'
import { useSinceText } from '../cards/useSinceText.ts'
import { type Act, actOfKey } from '../editing/keys.ts'
import { placeAbove, placeBelow } from '../editing/places.ts'
import type { AutomationEditing } from '../editing/useAutomationEditing.ts'
import type { StepFolding } from '../useStepFolding.ts'
import { type StepLine, stepLines } from './stepLines.ts'

type Props = {
  automation: Automation
  view: AutomationView
  focus: CanvasFocus
  folding: StepFolding
  /** Null for one that is only looked at. */
  editing: AutomationEditing | null
  /** Escape on a line. */
  onLeave: () => void
  /** What can be done with what is selected; stands over the outline. */
  bar?: ReactNode
  children?: ReactNode
}

const HEADS: Readonly<Record<string, Kind>> = {
  'when:': WHEN,
  'unless:': UNLESS,
  'goal:': GOAL,
  'end:': { icon: IconFlag, hue: 'green' },
}

/** An automation line by line: a tree (WAI-ARIA) with one tab stop. The same automation as on the canvas. */
export function AutomationOutline(props: Props) {
  const { automation, view, focus, folding, editing, onLeave, bar, children } = props
  const text = useText()
  const help = useId()
  const outline = useRef<HTMLElement>(null)
  const typed = useTyping()
  const lines = useMemo(
    () => stepLines(automation, folding.folded, editing !== null),
    [automation, folding.folded, editing],
  )
  const words = useMemo(() => wordsOfCards(automation, view.words), [automation, view.words])
  useEffect(() => {
    const { current } = focus.store.get()
    const [first] = lines
    if (first && !lines.some(({ path }) => path === current))
      focus.store.set({ ...focus.store.get(), current: first.path })
  }, [lines, focus])

  const nameOf = (line: StepLine): string => {
    if (line.kind === 'add') return text('automation.outline.add')
    if (line.path === 'end:') return text('automation.end')
    const said = words.get(line.path)
    const isNone = said === undefined || said.runs.length === 0
    return isNone ? text(line.path === 'goal:' ? 'automation.goal.none' : 'automation.unless.none') : saidBy(said)
  }
  const go = (line: StepLine, how: 'alone' | 'extend' = 'alone'): void => {
    outline.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(line.path)}"]`)?.focus()
    focus.onSelect(line.path, how)
  }
  const open = (line: StepLine, field?: string, stay = false): void => {
    if (line.kind === 'add') {
      focus.onSelect(line.path, 'alone')
      editing?.addAt(line.place ?? null)
    } else focus.onActivate(line.path, field, stay)
  }
  const run = (line: StepLine, act: Act): void => {
    if (!editing) return
    if (focus.store.get().selected === null) focus.onSelect(line.path, 'alone')
    if (line.kind === 'add' && (act === 'add' || act === 'above')) editing.addAt(line.place ?? null)
    else if (act === 'add') editing.addAt(placeBelow(automation, line.path))
    else if (act === 'above') editing.addAt(placeAbove(automation, line.path))
    else editing.act(act)
  }
  const toggle = (line: StepLine): void => {
    if (line.kind === 'group' && line.step) folding.toggle(line.step.id)
  }
  const type = (line: StepLine, letter: string): void => {
    const found = lines[findTyped(lines.map(nameOf), lines.indexOf(line), typed(letter))]
    if (found) go(found)
  }
  /** @returns whether the key was one of ours */
  const press = (line: StepLine, event: KeyboardEvent): boolean => {
    const { key } = event
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey
    const act = editing ? actOfKey(event.nativeEvent) : undefined
    const isLetter = plain && [...key].length === 1
    const step = plain ? treeStep(lines, lines.indexOf(line), key) : undefined
    // once some letters are typed, the next ones are no commands
    if (isLetter && typed(null) !== '') type(line, key)
    else if (act) run(line, act)
    else if (step?.act === 'go') go(step.to, event.shiftKey ? 'extend' : 'alone')
    else if (step) toggle(line)
    else if (plain && (key === 'Enter' || key === ' ')) open(line)
    else if (plain && key === 'Escape') onLeave()
    else if (isLetter) type(line, key)
    else return false
    return true
  }

  return (
    <AutomationViewContext value={view}>
      <div className={classes.room}>
        <section ref={outline} className={classes.outline} aria-label={text('automation.outline', { name: view.name })}>
          <div className={classes.bar}>{children}</div>
          <div
            role="tree"
            className={classes.tree}
            aria-label={text('automation.outline', { name: view.name })}
            aria-describedby={help}
            aria-multiselectable
          >
            {lines.map((line) => (
              <OutlineLine
                key={line.path}
                line={line}
                name={nameOf(line)}
                words={words.get(line.path)}
                focus={focus}
                menu={editing && line.kind !== 'add' && line.path !== 'end:' ? (act) => run(line, act) : null}
                onKey={(event) => {
                  if (event.target === event.currentTarget && press(line, event)) event.preventDefault()
                }}
                onClick={(field, toggles) => {
                  if (toggles) focus.onSelect(line.path, 'toggle')
                  else open(line, field, field === undefined)
                }}
                onFold={line.kind === 'group' ? () => toggle(line) : undefined}
              />
            ))}
          </div>
          <VisuallyHidden id={help}>{text('automation.outline.help')}</VisuallyHidden>
        </section>
        {bar}
      </div>
    </AutomationViewContext>
  )
}

type LineProps = {
  line: StepLine
  name: string
  words: CardWords | undefined
  focus: CanvasFocus
  menu: ((act: Act) => void) | null
  onKey: (event: KeyboardEvent) => void
  onClick: (field: string | undefined, toggles: boolean) => void
  onFold: (() => void) | undefined
}

function OutlineLine({ line, name, words, focus, menu, onKey, onClick, onFold }: LineProps) {
  const remark = useRemark(line.path)
  const numbers = useLineNumbers(line)
  const sinceText = useSinceText()
  const when = line.step && line.kind !== 'way' && words?.since ? sinceText(words.since) : ''
  const isError = remark?.level === 'error'
  const kind = line.kind === 'way' ? undefined : line.step ? signOf(line.step) : HEADS[line.path]
  return (
    <TreeItem
      id={line.path}
      level={line.level}
      position={line.position}
      size={line.size}
      focus={focus}
      label={[name, remark?.message, when, numbers.map(({ said }) => said).join(' · ')].filter(Boolean).join('. ')}
      expanded={line.open}
      problem={isError}
      onKey={onKey}
      onClick={({ field, toggles }) => onClick(field, toggles)}
      onFold={onFold}
    >
      {line.kind === 'add' ? (
        <span className={classes.add}>
          <IconPlus size={16} aria-hidden="true" />
          {name}
        </span>
      ) : (
        <span className={classes.body}>
          {onFold && (
            <span className={classes.fold} data-fold data-open={line.open || undefined} aria-hidden="true">
              <IconChevronRight size={16} />
            </span>
          )}
          {kind && (
            <span className={`${signs.icon} ${signs[kind.hue]} ${classes.sign}`} aria-hidden="true">
              <kind.icon size={15} stroke={1.8} />
            </span>
          )}
          <span className={classes.words}>
            {words && words.runs.length > 0 ? (
              <Sentence words={words} />
            ) : (
              <span className={classes.phrase}>{name}</span>
            )}
            {(when !== '' || numbers.length > 0) && (
              <span className={`${classes.phrase} ${own.under}`}>
                {when}
                {numbers.map(({ who, said }, index) => (
                  <span key={who} data-field={`who:${who}`}>
                    {index > 0 || when !== '' ? ' · ' : ''}
                    {said}
                  </span>
                ))}
              </span>
            )}
            <RemarkLine
              problem={isError ? remark.message : undefined}
              warning={remark && !isError ? remark.message : undefined}
            />
          </span>
        </span>
      )}
      {menu && <LineMenu line={line} name={name} focus={focus} onAct={menu} />}
    </TreeItem>
  )
}

/** Who is at a step, in words; each number leads to its customers. */
function useLineNumbers({ step, kind }: StepLine): { who: string; said: string }[] {
  const text = useText()
  const { formatNumber } = useIntl()
  const numbers = useStepNumbers(kind === 'way' ? '' : (step?.id ?? ''))
  if (!numbers) return []
  const { inside, passed, failed = 0, held = 0 } = numbers
  const said = (who: 'inside' | 'passed', value: number) => ({
    who,
    said: `${formatNumber(value)} ${text(`automation.${who}.word`)}`,
  })
  return [
    ...(inside === undefined ? [] : [said('inside', inside)]),
    ...(passed === undefined ? [] : [said('passed', passed)]),
    ...(failed > 0 ? [{ who: 'failed', said: text('automation.failed', { count: failed }) }] : []),
    ...(held > 0 ? [{ who: 'held', said: text('automation.held', { count: held }) }] : []),
  ]
}

const STEP_MENU = [
  [
    { act: 'above', label: 'outline.menu.above', keys: 'B', icon: IconArrowBarUp },
    { act: 'add', label: 'outline.menu.below', keys: '/', icon: IconArrowBarDown },
  ],
  [
    { act: 'up', label: 'outline.menu.up', keys: 'Alt ↑', icon: IconArrowUp },
    { act: 'down', label: 'outline.menu.down', keys: 'Alt ↓', icon: IconArrowDown },
    { act: 'in', label: 'automation.menu.in', keys: 'Alt →', icon: IconIndentIncrease },
    { act: 'out', label: 'automation.menu.out', keys: 'Alt ←', icon: IconIndentDecrease },
  ],
  [
    { act: 'wrap', label: 'automation.act.wrap', keys: 'G', icon: IconSitemap },
    { act: 'duplicate', label: 'automation.act.duplicate', keys: 'D', icon: IconCopyPlus },
    { act: 'remove', label: 'canvas.act.remove', keys: 'Delete', icon: IconTrash },
  ],
] as const

const WAY_MENU = [
  [
    { act: 'add', label: 'outline.menu.below', keys: '/', icon: IconArrowBarDown },
    { act: 'way', label: 'automation.act.way', keys: 'O', icon: IconArrowsSplit2 },
  ],
  [
    { act: 'up', label: 'outline.menu.up', keys: 'Alt ↑', icon: IconArrowUp },
    { act: 'down', label: 'outline.menu.down', keys: 'Alt ↓', icon: IconArrowDown },
  ],
  [
    { act: 'wrap', label: 'automation.act.unwrap', keys: 'G', icon: IconSitemap },
    { act: 'remove', label: 'automation.act.remove_way', keys: 'Delete', icon: IconTrash },
  ],
] as const

const HEAD_MENU = [[{ act: 'add', label: 'outline.menu.below', keys: '/', icon: IconArrowBarDown }]] as const

type MenuProps = { line: StepLine; name: string; focus: CanvasFocus; onAct: (act: Act) => void }

/** Every command of a line by name, with the key for the same. In the tab order with the line that has the focus. */
function LineMenu({ line, name, focus, onAct }: MenuProps) {
  const text = useText()
  const current = useStoreValue(focus.store, (state) => state.current === line.path)
  const sections = line.kind === 'way' ? WAY_MENU : line.step ? STEP_MENU : HEAD_MENU
  return (
    <Menu
      position="left-start"
      width={270}
      transitionProps={{ duration: 0 }}
      onOpen={() => focus.onSelect(line.path, 'alone')}
    >
      <Menu.Target>
        <ActionIcon
          className={classes.menuButton ?? ''}
          tabIndex={current ? 0 : -1}
          aria-label={text('outline.menu.label', { line: name })}
          onClick={(event) => event.stopPropagation()}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onClick={(event) => event.stopPropagation()}>
        {sections.flatMap((section, index) => [
          ...(index === 0 ? [] : [<Menu.Divider key={section[0].act} />]),
          ...section.map(({ act, label, keys, icon: Sign }) => (
            <Menu.Item
              key={`${act} ${keys}`}
              leftSection={<Sign size={16} />}
              rightSection={
                <Kbd size="xs" className={classes.keys ?? ''}>
                  {keys}
                </Kbd>
              }
              onClick={() => onAct(act)}
            >
              {text(label)}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  )
}
