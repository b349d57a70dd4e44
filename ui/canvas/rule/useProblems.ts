import { useDeferredValue, useEffect, useMemo } from 'react'
import { isCondition, isNot, nodesOf, type Path, type Rule } from '../../../rules/rule.ts'
import { warningsOf } from '../../../rules/warnings.ts'
import { warningInWords } from '../../../rules/words/warningWords.ts'
import { useText } from '../../shared/useText.tsx'
import { useMistakeWords } from '../edit/useMistakeWords.ts'
import { useStoreValue } from '../flow/store.ts'
import type { RuleCounts } from './counts.ts'
import { carriedOver, inWords, problemsByCard, problemsOf } from './problems.ts'
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
  const say = useMistakeWords(words)
  const problems = useMemo(
    () => inWords(carriedOver(problemsOf(error, asked), asked, rule), rule, say),
    [error, asked, rule, say],
  )
  useEffect(() => view.problems.set(problems), [view.problems, problems])

  // A text, so that new numbers with the same gates closed change nothing.
  const closed = useStoreValue(view.counts, (counts) => closedGates(rule, counts).join(' '))
  const nobody = text('canvas.warning.nobody')
  // A large rule takes a while to be thought through: what was edited is drawn before.
  const drawn = useDeferredValue(rule)
  const warnings = useMemo(() => {
    const said = warningsOf(drawn).flatMap((warning) => {
      // An empty canvas is where everybody begins.
      if (warning.kind === 'empty_group' && warning.path === '') return []
      return [{ path: warning.path, message: warningInWords(warning, drawn, words) }]
    })
    const known = new Set(said.map(({ path }) => path))
    const counted = closed.split(' ').filter((path) => path !== '' && !known.has(path))
    const cards = nodesOf(drawn).map(({ path }) => path)
    return problemsByCard([...said, ...counted.map((path) => ({ path, message: nobody }))], cards)
  }, [drawn, words, closed, nobody])
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
