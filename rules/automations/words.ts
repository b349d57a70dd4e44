/**
 * An automation in words: “when … then … unless”, as lines for the panel and as one sentence, from a catalogue of texts.
 * Every run of words knows the step that it belongs to.
 */
import type { Path } from '../rule.ts'
import type { Piece } from '../words/fill.ts'
import { textOf } from '../words/fill.ts'
import type { WordOptions } from '../words/messages.ts'
import type { Automation, Exit, Step } from './automation.ts'
import { stepsOf, waysOf } from './steps.ts'
import { happeningWords, say } from './words/happeningWords.ts'
import { stepWords } from './words/stepWords.ts'
import { dateWords, messageWords, spanWords } from './words/values.ts'

/** A run of words; `path` leads into the definition, where a rule's own words lead to its conditions. */
export type AutomationRun = Piece & { readonly step?: string; readonly path?: Path }

/**
 * A line of what an automation does. `way` is the line that says who goes a way of the step above it, `step` one step.
 * `id` is that of the step or of the exit condition.
 */
export type AutomationLine = {
  readonly kind: 'when' | 'step' | 'way' | 'unless' | 'goal' | 'again' | 'holdout' | 'scope'
  readonly depth: number
  readonly path: Path
  readonly id: string | null
  readonly runs: readonly AutomationRun[]
}

/** What an automation does, line by line: when, then (steps, with their ways one deeper), unless, and the small print. */
export function linesOf(automation: Automation, words: WordOptions): AutomationLine[] {
  const { unless = [], goal, holdout, scope } = automation
  const line = (kind: AutomationLine['kind'], path: Path, runs: AutomationRun[], id: string | null = null) => ({
    kind,
    depth: 0,
    path,
    id,
    runs: runs.map((run) => ({ path, ...(id === null ? {} : { step: id }), ...run })),
  })
  const messageOf = messagesIn(automation, words)
  return [
    line('when', '/when', whenWords(automation, words)),
    ...stepLines(automation.then, '/then', 1, automation, words),
    ...unless.map((exit, n) => {
      const happening = happeningWords(exit, `/unless/${n}`, messageOf, words)
      return line('unless', `/unless/${n}`, say('unless', words, { happening }), exit.id)
    }),
    ...(goal === undefined
      ? []
      : [line('goal', '/goal', say('goal', words, { happening: happeningWords(goal, '/goal', messageOf, words) }))]),
    line('again', '/again', againWords(automation, words)),
    ...(holdout === undefined
      ? []
      : [line('holdout', '/holdout', say('holdout', words, { percent: String(holdout) }))]),
    ...(scope === 'provider' ? [line('scope', '/scope', say('scope.provider', words))] : []),
  ]
}

/** What an automation does as one sentence, without the small print. */
export function automationSentence(automation: Automation, words: WordOptions): AutomationRun[] {
  const [when, ...rest] = linesOf(automation, words)
  const ends = rest.filter(({ kind }) => kind === 'unless' || kind === 'goal')
  return [
    ...(when?.runs ?? []),
    { text: ' ' },
    ...sequenceWords(automation.then, '/then', automation, words),
    { text: '.' },
    ...ends.flatMap(({ runs }) => [{ text: ' ' }, ...runs]),
  ]
}

/** A step as its card says it, without its ways. */
export const stepSentence = (step: Step, automation: Automation, words: WordOptions): AutomationRun[] =>
  stepWords(step, '', { messageOf: messagesIn(automation, words), automation }, words)

/** Why somebody left by an exit: “because they make a booking”. */
export const exitSentence = (exit: Exit, automation: Automation, words: WordOptions): string =>
  textOf(say('left', words, { happening: happeningWords(exit, '', messagesIn(automation, words), words) }))

function whenWords(automation: Automation, words: WordOptions): AutomationRun[] {
  const { when, only } = automation
  const narrowed = only === undefined ? [] : say('when.only', words, { rule: { rule: only, path: '/only' } })
  if (when.on === 'by_hand') return say('when.by_hand', words, { only: narrowed })
  if (when.on === 'date') {
    const date = dateWords(when.of, when.days, 'date', words)
    return say('when.date', words, { date, at: when.at, only: narrowed })
  }
  const happening = happeningWords({ on: when }, '/when', messagesIn(automation, words), words)
  return say('when.on', words, { happening, only: narrowed })
}

function againWords({ again, at_once }: Automation, words: WordOptions): AutomationRun[] {
  const more = at_once === true ? [{ text: ' ' }, ...say('again.at_once', words)] : []
  if (again === 'never') return say('again.never', words)
  if (again === 'each') return say(at_once === true ? 'again.each.at_once' : 'again.each', words)
  return [...say('again.after', words, { duration: spanWords(again.after, words) }), ...more]
}

/** What the message of a step is called. */
function messagesIn(automation: Automation, words: WordOptions): (step: string) => string {
  const messages = new Map(
    stepsOf(automation).flatMap(({ step }) => ('send' in step ? [[step.id, step.send] as const] : [])),
  )
  return (step) => {
    const send = messages.get(step)
    return send === undefined ? step : messageWords(send, words)
  }
}

function stepLines(
  steps: readonly Step[],
  path: Path,
  depth: number,
  automation: Automation,
  words: WordOptions,
): AutomationLine[] {
  const around = { messageOf: messagesIn(automation, words), automation }
  return steps.flatMap((step, n): AutomationLine[] => {
    const at = `${path}/${n}`
    const runs = stepWords(step, at, around, words)
    const own: AutomationLine = { kind: 'step', depth, path: at, id: step.id, runs }
    const ways = waysOf(step, at).flatMap((way): AutomationLine[] => [
      { kind: 'way', depth: depth + 1, path: way.path, id: step.id, runs: wayWords(step, at, way.name, words) },
      ...(way.steps.length > 0
        ? stepLines(way.steps, way.path, depth + 2, automation, words)
        : [
            {
              kind: 'way' as const,
              depth: depth + 2,
              path: way.path,
              id: step.id,
              runs: nothing(step.id, way.path, words),
            },
          ]),
    ])
    return [own, ...ways]
  })
}

const nothing = (step: string, path: Path, words: WordOptions): AutomationRun[] =>
  say('way.nothing', words).map((run) => ({ path, ...run, step }))

/** Who goes a way: “who …:”, “50 %:”, “if not:”. */
export function wayWords(step: Step, path: Path, name: string, words: WordOptions): AutomationRun[] {
  const own = (runs: AutomationRun[]) => runs.map((run) => ({ path, ...run, step: step.id }))
  if ('branch' in step) {
    const arm = step.branch[Number(name)]
    if (arm === undefined) return own(say('way.otherwise', words))
    const rule = { rule: arm.if, path: `${path}/branch/${name}/if` }
    return own(say(name === '0' ? 'way.if' : 'way.else_if', words, { rule }))
  }
  if ('split' in step) {
    const arm = step.split[Number(name)]
    const values = { percent: String(arm?.percent ?? 0), name: arm?.name ?? '' }
    return own(say(arm?.name === undefined ? 'way.percent' : 'way.percent.named', words, values))
  }
  return own(say(`way.${name}`, words))
}

function sequenceWords(
  steps: readonly Step[],
  path: Path,
  automation: Automation,
  words: WordOptions,
): AutomationRun[] {
  if (steps.length === 0) return say('way.nothing', words)
  const around = { messageOf: messagesIn(automation, words), automation }
  return steps.flatMap((step, n) => {
    const at = `${path}/${n}`
    const ways = waysOf(step, at).flatMap((way, index) => [
      ...(index === 0 ? [] : say('sentence.or_else', words)),
      ...wayWords(step, at, way.name, words),
      { text: ' ' },
      ...sequenceWords(way.steps, way.path, automation, words),
    ])
    const forked = ways.length === 0 ? [] : [{ text: ' (' }, ...ways, { text: ')' }]
    return [...(n === 0 ? [] : say('sentence.then', words)), ...stepWords(step, at, around, words), ...forked]
  })
}

/** An automation as text: each line indented by its depth. */
export const automationText = (automation: Automation, words: WordOptions): string[] =>
  linesOf(automation, words).map(({ depth, runs }) => `${'  '.repeat(depth)}${textOf(runs)}`)
