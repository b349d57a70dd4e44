import { ActionIcon, Switch, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { createElement } from 'react'
import { FormattedMessage } from 'react-intl'
import type { StatusPreview, StatusRule } from '../../api/contract/statusAutomation.ts'
import type { Rule } from '../../rules/rule.ts'
import { sentenceOf, type WordOptions } from '../../rules/words.ts'
import { richTags, useText } from '../shared/useText.tsx'
import classes from './Statuses.module.css'
import { isShipped } from './statusDraft.ts'

type Props = {
  rule: StatusRule
  words: WordOptions
  counts: StatusPreview['rules'][number] | undefined
  /** What the server says is wrong with it. */
  mistakes: readonly string[]
  /** The whole group is switched off. */
  off: boolean
  mayChange: boolean
  onSwitch: (enabled: boolean) => void
  onRemove: () => void
}

/** One rule: its switch, its sentence, which leads to where it is drawn, and for how many it holds. */
export function RuleRow({ rule, words, counts, mistakes, off, mayChange, onSwitch, onRemove }: Props) {
  const text = useText()
  const { id, enabled } = rule
  const name = useRuleName()(rule)
  const said = sentenceOf(rule.rule as unknown as Rule, words).map((run, at) =>
    run.strong ? createElement('strong', { key: at }, run.text) : run.text,
  )
  return (
    <li className={classes.rule} data-off={off || !enabled || undefined}>
      <Switch
        checked={enabled}
        disabled={!mayChange}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
        aria-label={text('statuses.switch', { name })}
        mt={2}
      />
      <div className={classes.said}>
        <span className={classes.name}>{name}</span>
        {mayChange ? (
          <Link
            to="/settings/statuses/rule"
            search={{ rule: id }}
            className={classes.sentence}
            aria-label={text('statuses.change', { name })}
          >
            {createElement('span', null, ...said)}
          </Link>
        ) : (
          createElement('span', { className: classes.sentence }, ...said)
        )}
        {mistakes.map((mistake) => (
          <Text key={mistake} fz="sm" c="red" role="alert">
            {mistake}
          </Text>
        ))}
      </div>
      <div className={classes.counts}>
        {counts && (
          <>
            <span className="numbers">
              <FormattedMessage id="statuses.matches" values={{ ...richTags, count: counts.matches }} />
            </span>
            {counts.alone > 0 && (
              <Text fz="xs" c="dimmed" className="numbers">
                {text('statuses.alone', { count: counts.alone })}
              </Text>
            )}
          </>
        )}
      </div>
      {mayChange && !isShipped(id) ? (
        <Tooltip label={text('statuses.remove', { name })}>
          <ActionIcon variant="subtle" color="gray" aria-label={text('statuses.remove', { name })} onClick={onRemove}>
            <IconTrash size={17} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span />
      )}
    </li>
  )
}

/** What a rule is called: the shipped ones by what they say, others by where they lead. */
export function useRuleName(): (rule: Pick<StatusRule, 'id' | 'from' | 'to'>) => string {
  const text = useText()
  return ({ id, from, to }) =>
    isShipped(id)
      ? text(`statuses.rule.${id}`)
      : text('statuses.rule.own', { from: text(`status.${from}`), to: text(`status.${to}`) })
}
