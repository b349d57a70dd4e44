import type { Path } from '../../rule.ts'
import { textOf } from '../../words/fill.ts'
import type { WordOptions } from '../../words/messages.ts'
import type { Automation, Step } from '../automation.ts'
import { stepsOf } from '../steps.ts'
import type { AutomationRun } from '../words.ts'
import { happeningWords, say, statusWord } from './happeningWords.ts'
import { dateWords, giftWords, messageWords, spanWords, weekdayWords } from './values.ts'

/** What a step is said in the midst of. */
type Around = { readonly messageOf: (step: string) => string; readonly automation: Automation }

/** A step that is named by another one is not said to its end. */
const LONGEST = 80

/** A step in words, as what the business does: “send the email “Welcome””. Its ways are said elsewhere. */
export function stepWords(step: Step, path: Path, around: Around, words: WordOptions): AutomationRun[] {
  return workWords(step, path, around, words).map((run) => ({ path, ...run, step: step.id }))
}

function workWords(step: Step, path: Path, around: Around, words: WordOptions): AutomationRun[] {
  if ('send' in step) {
    const { channel, reward } = step.send
    const gift = reward === undefined ? [] : say('step.send.with', words, giftWords(reward, words, 'with'))
    return [...say(`step.send.${channel}`, words, { template: messageWords(step.send, words) }), ...gift]
  }
  if ('wait' in step) return say('step.wait', words, { duration: spanWords(step.wait, words) })
  if ('wait_until' in step) return waitUntilWords(step.wait_until, words)
  if ('wait_for' in step) {
    const what = 'rule' in step.wait_for ? step.wait_for : { on: step.wait_for }
    const happening = happeningWords(what, `${path}/wait_for`, around.messageOf, words)
    return say('step.wait_for', words, { happening, duration: spanWords(step.at_most, words) })
  }
  if ('give' in step) return say('step.give', words, giftWords(step.give, words))
  if ('tag' in step) {
    const { add, remove } = step.tag
    const part = (kind: 'add' | 'remove', tags: readonly string[] | undefined) =>
      tags === undefined
        ? []
        : [say(`step.tag.${kind}`, words, { tags: tags.map((tag) => quoted(tag, words)).join(', ') })]
    return [...part('add', add), ...part('remove', remove)].flatMap((said, n) =>
      n === 0 ? said : [...say('step.and', words), ...said],
    )
  }
  if ('status' in step) {
    if (step.status === 'automatic') return say('step.status.automatic', words)
    return say('step.status', words, { status: statusWord(step.status, words) })
  }
  if ('segment' in step) {
    const act = 'put' in step.segment ? 'put' : 'take'
    const key = 'put' in step.segment ? step.segment.put : step.segment.take
    return say(`step.segment.${act}`, words, { segment: words.names?.segment?.[key] ?? key })
  }
  if ('tell' in step) {
    const { to, subject } = step.tell
    return say(to === 'provider' ? 'step.tell.provider' : 'step.tell.email', words, { email: to, subject })
  }
  if ('call' in step) return say('step.call', words, { url: step.call.url })
  if ('go_to' in step) return say('step.go_to', words, { target: targetWords(step.go_to, around, words) })
  if ('branch' in step) return say('step.branch', words)
  if ('split' in step) return say('step.split', words)
  return say('step.end', words)
}

function waitUntilWords(
  until: Extract<Step, { wait_until: unknown }>['wait_until'],
  words: WordOptions,
): AutomationRun[] {
  if (!('at_most' in until)) {
    const { weekdays, at } = until
    if (weekdays === undefined) return say('step.wait_until.time', words, { at })
    return say('step.wait_until.weekdays', words, { weekdays: weekdayWords(weekdays, words), at })
  }
  const { before, after, days, at, at_most } = until
  const date = dateWords(before ?? after ?? 'birthday', before === undefined ? days : -days, 'date.until', words)
  const most = say('step.at_most', words, { duration: spanWords(at_most, words) })
  return [...say('step.wait_until.date', words, { date, at }), ...most]
}

/** The step that a jump leads to, in its own words. */
function targetWords(id: string, around: Around, words: WordOptions): string {
  const target = stepsOf(around.automation).find(({ step }) => step.id === id)?.step
  if (target === undefined || 'go_to' in target) return id
  const text = textOf(workWords(target, '', around, words))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

const quoted = (text: string, words: WordOptions): string => textOf(say('quoted', words, { text }))
