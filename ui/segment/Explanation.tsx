import { Text } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { FormattedMessage, useIntl } from 'react-intl'
import type { Explanation as Explained } from '../../api/contract/segments.ts'
import { childrenOf, isAll, isAny, isCondition, type Path, type Rule } from '../../rules/rule.ts'
import { cardWords, textOf, titleOf } from '../../rules/words.ts'
import { useSession } from '../client/session.ts'
import { Instant } from '../shared/Instant.tsx'
import { useRuleWords } from '../shared/useRuleWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Explanation.module.css'
import { SeenRecords } from './SeenRecords.tsx'
import { SeenValue } from './SeenValue.tsx'

type Nodes = ReadonlyMap<Path, Explained['nodes'][number]>

/** A rule as a list of its conditions, each with whether it holds for one customer, what was seen and until when. */
export function Explanation({ rule, nodes }: { rule: Record<string, unknown>; nodes: Explained['nodes'] }) {
  const byPath: Nodes = new Map(nodes.map((node) => [node.path, node]))
  return (
    <ul className={classes.list}>
      <Node rule={rule as Rule} path="" nodes={byPath} />
    </ul>
  )
}

function Node({ rule, path, nodes }: { rule: Rule; path: Path; nodes: Nodes }) {
  const text = useText()
  const { locale } = useIntl()
  const messages = useRuleWords()
  const { business } = useSession()
  const node = nodes.get(path)
  if (isCondition(rule)) {
    const options = { messages, locale, currency: business.currency }
    return (
      <li className={classes.node}>
        <Mark holds={node?.holds ?? false} />
        <div>
          <div>
            <strong>{titleOf(rule, options)}</strong> {textOf(cardWords(rule, options))}
          </div>
          {node && (
            <Text fz="sm" c="dimmed" component="div" className={classes.facts}>
              {(node.value !== null || !node.holds) && <SeenValue fact={rule.fact} value={node.value} />}
              {node.since !== undefined && (
                <FormattedMessage id="why.since" values={{ since: <Instant at={node.since} /> }} tagName="span" />
              )}
              {node.until !== undefined && (
                <FormattedMessage id="why.holdsUntil" values={{ until: <Instant at={node.until} /> }} tagName="span" />
              )}
            </Text>
          )}
          {node && <SeenRecords records={node.records} />}
        </div>
      </li>
    )
  }
  const children = childrenOf(rule, path)
  if (children.length === 0) return <li>{text('why.empty')}</li>
  const inner = children.map((child) => <Node key={child.path} rule={child.rule} path={child.path} nodes={nodes} />)
  if (path === '' && isAll(rule)) return inner
  return (
    <li className={classes.group}>
      <div className={classes.node}>
        <Mark holds={node?.holds ?? false} />
        <strong>{text(isAll(rule) ? 'why.all' : isAny(rule) ? 'why.any' : 'why.not')}</strong>
      </div>
      <ul className={classes.list}>{inner}</ul>
    </li>
  )
}

function Mark({ holds }: { holds: boolean }) {
  const text = useText()
  const Sign = holds ? IconCheck : IconX
  return (
    <span
      className={classes.mark}
      data-holds={holds || undefined}
      role="img"
      aria-label={text(holds ? 'why.holds' : 'why.fails')}
    >
      <Sign size={14} stroke={2.6} aria-hidden="true" />
    </span>
  )
}
