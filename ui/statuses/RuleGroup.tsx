import { Button, Paper, Switch, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { StatusPreview, StatusRule } from '../../api/contract/statusAutomation.ts'
import type { WordOptions } from '../../rules/words.ts'
import { useText } from '../shared/useText.tsx'
import { RuleRow } from './RuleRow.tsx'
import classes from './Statuses.module.css'
import type { StatusDrafting } from './useStatusDraft.ts'

/** Where a rule of a group may lead. */
export type Way = Pick<StatusRule, 'from' | 'to'>

type Props = {
  title: string
  hint: string
  /** Switches the group as a whole; left out where each rule has its own switch only. */
  whole?: { on: boolean; onSwitch: (on: boolean) => void }
  rules: readonly StatusRule[]
  ways: readonly Way[]
  /** What stands there without a rule. */
  empty: ReactNode
  words: WordOptions
  preview: StatusPreview | undefined
  mistakesOf: (rule: StatusRule) => readonly string[]
  drafting: StatusDrafting
  mayChange: boolean
  /** What belongs to these rules as a whole. */
  children?: ReactNode
}

/** Rules that lead the same way, and the way to another one. */
export function RuleGroup(props: Props) {
  const { title, hint, whole, rules, ways, empty, words, preview, mistakesOf, drafting, mayChange, children } = props
  const text = useText()
  const waysText = (way: Way) =>
    ways.length === 1
      ? text('statuses.add')
      : text('statuses.addWay', { from: text(`status.${way.from}`), to: text(`status.${way.to}`) })
  return (
    <Paper component="section" className={classes.group} aria-label={title}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          <Text fz="sm" c="dimmed">
            {hint}
          </Text>
        </div>
        {whole && (
          <Switch
            size="md"
            checked={whole.on}
            disabled={!mayChange}
            onChange={(event) => whole.onSwitch(event.currentTarget.checked)}
            aria-label={text('statuses.switch', { name: title })}
          />
        )}
      </div>
      {rules.length === 0 ? (
        <Text fz="sm" className={classes.empty}>
          {empty}
        </Text>
      ) : (
        <ul className={classes.rules}>
          {rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              words={words}
              counts={preview?.rules.find(({ id }) => id === rule.id)}
              mistakes={mistakesOf(rule)}
              off={whole?.on === false}
              mayChange={mayChange}
              onSwitch={(enabled) => drafting.setRule(rule.id, { enabled })}
              onRemove={() => drafting.removeRule(rule.id)}
            />
          ))}
        </ul>
      )}
      {children}
      {mayChange && (
        <div className={classes.add}>
          {ways.map((way) => (
            <Button
              key={`${way.from} ${way.to}`}
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={15} />}
              renderRoot={(rest: object) => <Link {...rest} to="/settings/statuses/rule" search={way} />}
            >
              {waysText(way)}
            </Button>
          ))}
        </div>
      )}
    </Paper>
  )
}
