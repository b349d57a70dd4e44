import type { Warning } from '../../warnings.ts'
import { fill, textOf } from '../../words/fill.ts'
import type { WordOptions } from '../../words/messages.ts'
import { warningInWords } from '../../words/warningWords.ts'
import type { Automation } from '../automation.ts'
import type { Finding } from '../findings.ts'
import { rulesIn } from '../rules.ts'

/**
 * What looks wrong in an automation, as a sentence for whoever draws it.
 *
 * @param automation the one that it is about; left out where its form is wrong, and nothing is said of its rules
 */
export function findingInWords(finding: Finding, automation: Automation | undefined, words: WordOptions): string {
  const { kind, values } = finding
  const remark = kind === 'rule' && automation !== undefined ? remarkOn(finding, automation, words) : ''
  return textOf(fill(words.messages[`finding.${kind}`] ?? kind, { ...named(values, words), remark }))
}

/** Names in the place of ids, where they are known. */
function named(values: Finding['values'], { names, messages }: WordOptions): Record<string, string> {
  const { template, segment, channel } = values
  return {
    ...values,
    ...(template === undefined ? {} : { template: names?.template?.[template] ?? template }),
    ...(segment === undefined ? {} : { segment: names?.segment?.[segment] ?? segment }),
    ...(channel === undefined ? {} : { channel: messages[`choice.${channel}`] ?? channel }),
  }
}

function remarkOn({ values }: Finding, automation: Automation, words: WordOptions): string {
  const placed = rulesIn(automation).find(({ path }) => path === values.rule)
  if (placed === undefined) return ''
  const { at = '', because } = values
  const kind = values.warning as Warning['kind']
  return warningInWords({ path: at, kind, ...(because === undefined ? {} : { because }) }, placed.rule, words)
}
