import { useEffect, useRef, useState } from 'react'
import { type Preview, previewRule, type Segment } from '../../../api/contract/segments.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'

/**
 * The numbers of a rule while a value in it is being dragged, estimated from some of the customers. One question is on
 * its way at a time; what the rule has become meanwhile is asked next, so that answers keep coming however fast it changes.
 *
 * @param dragging another value is about to come
 * @returns the last estimate since `dragging` began; null before there is one
 */
export function useSampled(rule: Rule, scope: Segment['scope'], dragging: boolean): Preview | null {
  const [sampled, setSampled] = useState<Preview | null>(null)
  const wanted = useRef<Rule | null>(null)
  const asking = useRef(false)
  useEffect(() => {
    wanted.current = dragging ? rule : null
    if (!dragging || asking.current) return
    asking.current = true
    void answerAll(wanted, scope, setSampled).finally(() => {
      asking.current = false
    })
  }, [rule, scope, dragging])
  // the next drag begins with what is known then
  useEffect(() => {
    if (dragging) setSampled(null)
  }, [dragging])
  return sampled
}

/** Asks for what is wanted until nothing else is. A rule that is refused has no estimate: the exact question says why. */
async function answerAll(
  wanted: { current: Rule | null },
  scope: Segment['scope'],
  onAnswer: (preview: Preview) => void,
): Promise<void> {
  while (wanted.current !== null) {
    const rule = wanted.current
    const body = { rule: rule as Record<string, unknown>, scope, sampled: true }
    const answer = await call(previewRule, { body }).catch(() => null)
    if (answer !== null && wanted.current !== null) onAnswer(answer)
    if (wanted.current === rule) return
  }
}
