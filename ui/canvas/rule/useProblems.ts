import { useEffect, useMemo } from 'react'
import { isCondition, isNot, nodesOf, type Path, type Rule } from '../../../rules/rule.ts'
import { warningsOf } from '../../../rules/warnings.ts'
import { warningInWords } from '../../../rules/words/warningWords.ts'
import { useText } from '../../shared/useText.tsx'
import { useStoreValue } from '../flow/store.ts'
import type { RuleCounts } from './counts.ts'
import { carriedOver, problemsByCard, problemsOf } from './problems.ts'
import type { RuleView } from './ruleView.ts'

type Messages = ReadonlyMap<Path, readonly string[]>

/**
 * What keeps a rule from being stored, and what in it is surely not meant, by card; on the cards as well.
 * @param error of the preview: the server says what is wrong with a rule
 * @param asked the rule that the error is about
 */
export function useProblems(
  rule: Rule,
  error: unknown,
  asked: Rule,
  view: RuleView,
): { problems: Messages; warnings: Messages } {
  const text = useText()
  const { words } = view
  const problems = useMemo(() => carriedOver(problemsOf(error, asked), asked, rule), [error, asked, rule])
  useEffect(() => view.problems.set(problems), [view.problems, problems])

  // A text, so that new numbers with the same gates closed change nothing.
  const closed = useStoreValue(view.counts, (counts) => closedGates(rule, counts).join(' '))
  const nobody = text('canvas.warning.nobody')
  const warnings = useMemo(() => {
    const said = warningsOf(rule).map((warning) => ({
      path: warning.path,
      message: warningInWords(warning, rule, words),
    }))
    const known = new Set(said.map(({ path }) => path))
    const counted = closed.split(' ').filter((path) => path !== '' && !known.has(path))
    const cards = nodesOf(rule).map(({ path }) => path)
    return problemsByCard([...said, ...counted.map((path) => ({ path, message: nobody }))], cards)
  }, [rule, words, closed, nobody])
  useEffect(() => view.warnings.set(warnings), [view.warnings, warnings])
  return { problems, warnings }
}

/** The cards of conditions at which customers arrive and nobody passes, by the numbers. */
function closedGates(rule: Rule, { nodes, stale }: RuleCounts): Path[] {
  if (stale) return []
  return nodesOf(rule).flatMap((node) => {
    const inner = isNot(node.rule) ? node.rule.not : node.rule
    const counts = nodes.get(node.path)
    const isCard = isCondition(inner) && !node.path.endsWith('/not')
    return isCard && counts && counts.in > 0 && counts.yes === 0 ? [node.path] : []
  })
}
