import { Text } from '@mantine/core'
import type { StatusRule, StatusVersion } from '../../api/contract/statusAutomation.ts'
import { compareRules } from '../../rules/compare.ts'
import type { Rule } from '../../rules/rule.ts'
import { changesInWords } from '../../rules/words/changeWords.ts'
import { sentenceOf, textOf, type WordOptions } from '../../rules/words.ts'
import { useWordOptions } from '../canvas/rule/useWordOptions.ts'
import { useText } from '../shared/useText.tsx'
import { useRuleName } from './RuleRow.tsx'

type Rules = Pick<StatusVersion, 'enabled' | 'rules'>

/** What was done from one version of the status rules to the next one, in words, a line each. */
export function StatusChanges({ before, after }: { before: Rules; after: Rules }) {
  const text = useText()
  const words = useWordOptions()
  const nameOf = useRuleName()
  const lines = changesOf(before, after, { words, nameOf, text })
  if (lines.length === 0) {
    return (
      <Text fz="sm" c="dimmed" mt={6}>
        {text('version.same')}
      </Text>
    )
  }
  return (
    <ul style={{ margin: '8px 0 0', paddingLeft: 20 }} aria-label={text('version.changes')}>
      {lines.map((line) => (
        <Text component="li" fz="sm" key={line}>
          {line}
        </Text>
      ))}
    </ul>
  )
}

type Saying = {
  words: WordOptions
  nameOf: (rule: StatusRule) => string
  text: ReturnType<typeof useText>
}

function changesOf(before: Rules, after: Rules, { words, nameOf, text }: Saying): string[] {
  const ruleOf = (rule: StatusRule) => rule.rule as unknown as Rule
  const sentence = (rule: StatusRule) => textOf(sentenceOf(ruleOf(rule), words))
  const was = new Map(before.rules.map((rule) => [rule.id, rule]))
  const whole = before.enabled === after.enabled ? [] : [text(`statuses.change.whole.${after.enabled ? 'on' : 'off'}`)]
  const later = after.rules.flatMap((rule) => {
    const name = nameOf(rule)
    const old = was.get(rule.id)
    if (old === undefined) return [text('statuses.change.added', { name, sentence: sentence(rule) })]
    return [
      ...(old.enabled === rule.enabled ? [] : [text(`statuses.change.${rule.enabled ? 'on' : 'off'}`, { name })]),
      ...changesInWords(compareRules(ruleOf(old), ruleOf(rule)), words).map((change) =>
        text('statuses.change.changed', { name, change }),
      ),
    ]
  })
  const gone = before.rules.filter(({ id }) => !after.rules.some((rule) => rule.id === id))
  const removed = gone.map((rule) => text('statuses.change.removed', { name: nameOf(rule), sentence: sentence(rule) }))
  return [...whole, ...later, ...removed]
}
