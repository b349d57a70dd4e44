/** Reads an automation from JSON that somebody wrote. */
import type { Kind } from '../fact.ts'
import { didYouMean, shown } from '../mistakes.ts'
import { nearest } from '../nearest.ts'
import type { Path } from '../rule.ts'
import { type Automation, MAX_EXITS, MAX_STEPS, MAX_WAYS, MAX_WAYS_DEEP, STEP_KINDS, type Step } from './automation.ts'
import {
  type Check,
  checkMembers,
  Findings,
  type Form,
  isObject,
  leaf,
  list,
  type Mistake,
  members,
  neither,
  optional,
  pointer,
  required,
  rule,
  told,
} from './form.ts'
import * as kinds from './kinds.ts'
import { stepsOf } from './steps.ts'

export type AutomationMistake = Mistake
export type CheckedAutomation =
  | { automation: Automation; mistakes?: undefined }
  | { automation?: undefined; mistakes: AutomationMistake[] }

/**
 * Checks the form of an automation, and that what refers to a step of it finds one. Whether segments, templates and the
 * like exist, and whether it is wise, is asked elsewhere.
 *
 * @returns the automation, or every mistake (up to 50) with its path, what is allowed there, and the name probably meant
 */
export function checkAutomation(json: unknown): CheckedAutomation {
  const findings = new Findings()
  const counted = countSteps(json)
  if (counted > MAX_STEPS) {
    findings.add('/then', `The automation has more than ${MAX_STEPS} steps. At most ${MAX_STEPS} are allowed.`)
    return { mistakes: findings.mistakes }
  }
  members(AUTOMATION, 'automation')(json, '', findings)
  if (findings.mistakes.length === 0) checkReferences(json as Automation, findings)
  if (findings.mistakes.length > 0) return { mistakes: findings.mistakes }
  return { automation: json as Automation }
}

/** Steps at any depth, without going deeper or counting further than could be allowed. */
function countSteps(json: unknown): number {
  let count = 0
  const look = (value: unknown, depth: number): void => {
    if (count > MAX_STEPS || depth > 4 * (MAX_WAYS_DEEP + 2)) return
    if (Array.isArray(value)) for (const entry of value) look(entry, depth + 1)
    else if (isObject(value)) {
      if ('id' in value && STEP_KINDS.some((kind) => kind in value)) count += 1
      for (const part of ['then', 'else', 'branch', 'split']) look(value[part], depth + 1)
    }
  }
  look(json, 0)
  return count
}

const one = (kind: Kind) => required(leaf(kind))
const maybe = (kind: Kind) => optional(leaf(kind))
const some = (kind: Kind, of: string) => optional(list(leaf(kind), { from: 1, to: 100, of }))

const SEGMENT = { segment: one(kinds.key('segment')) }
const SERVICES = { services: some(kinds.word, 'services') }
const STEP = { step: one(kinds.stepId) }

/** What may begin an automation, end one's way through it, or be waited for. */
const HAPPENINGS: Readonly<Record<string, Form>> = {
  enters_segment: SEGMENT,
  leaves_segment: SEGMENT,
  status_changes: { from: maybe(kinds.status), to: maybe(kinds.status) },
  tag_added: { tag: one(kinds.tag) },
  booking_made: SERVICES,
  booking_attended: SERVICES,
  booking_missed: SERVICES,
  booking_cancelled: SERVICES,
  membership_cancelled: { types: some(kinds.word, 'types of memberships') },
  survey_answered: { survey: one(kinds.surveyKey), answers: some(kinds.surveyKey, 'answers') },
  event: { name: one(kinds.key('kind of event')) },
  reward_used: {},
}

const inside = { ...HAPPENINGS, opened: STEP, clicked: STEP }

const DATE: Form = { of: one(kinds.customerDate), days: one(kinds.daysAround), at: one(kinds.timeOfDay) }

const happening = told('on', inside, 'happening')
const trigger = told('on', { ...HAPPENINGS, date: DATE, by_hand: {} }, 'happening')

/** A rule, a happening, or both. */
function ruleOrHappening(more: Form): Check {
  const form = members({ ...more, rule: optional(rule), on: optional(happening) }, 'condition')
  return (value, path, findings) => {
    form(value, path, findings)
    if (isObject(value) && value.rule === undefined && value.on === undefined) {
      findings.add(path, 'This says neither a rule nor a happening. Allowed is {"rule": …}, {"on": …} or both.')
    }
  }
}

const again: Check = (value, path, findings) => {
  if (value === 'never' || value === 'each') return
  if (isObject(value)) return members({ after: one(kinds.duration) }, 'again')(value, path, findings)
  const meant = typeof value === 'string' ? nearest(value, ['never', 'each']) : undefined
  findings.add(path, `${neither(path, value, '"never", "each" or {"after": …}')}${didYouMean(meant)}`)
}

const gift: Check = (value, path, findings) => {
  if (!isObject(value)) return findings.add(path, neither(path, value, 'a reward: {"kind": …, "days": n, …}'))
  const common: Form = { days: one(kinds.rewardDays), provider: maybe(kinds.key('provider')) }
  if (value.kind === 'voucher') {
    const size: Form =
      'percent' in value ? { percent: one(kinds.percent), ceiling: maybe(kinds.money) } : { amount: one(kinds.money) }
    return checkMembers(value, { kind: required(() => {}), ...size, ...common }, 'voucher', path, findings)
  }
  if (value.kind === 'free_minutes') {
    const form: Form = { kind: required(() => {}), minutes: one(kinds.minutes), ...common }
    return checkMembers(value, form, 'free_minutes', path, findings)
  }
  findings.add(pointer(path, 'kind'), neither(pointer(path, 'kind'), value.kind, '"voucher" or "free_minutes"'))
}

const waitUntil: Check = (value, path, findings) => {
  const side = isObject(value) ? (['before', 'after'] as const).find((name) => name in value) : undefined
  const form: Form =
    side === undefined
      ? {
          weekdays: optional(list(leaf(kinds.weekday), { from: 1, to: 7, of: 'weekdays' })),
          at: one(kinds.timeOfDay),
        }
      : {
          [side]: one(kinds.customerDate),
          days: one(kinds.daysFrom),
          at: one(kinds.timeOfDay),
          at_most: one(kinds.duration),
        }
  members(form, 'wait_until')(value, path, findings)
}

const waitFor: Check = (value, path, findings) => {
  if (isObject(value) && 'rule' in value) return members({ rule: required(rule) }, 'wait_for')(value, path, findings)
  happening(value, path, findings)
}

const tags: Check = (value, path, findings) => {
  members({ add: some(kinds.tag, 'tags'), remove: some(kinds.tag, 'tags') }, 'tag')(value, path, findings)
  if (isObject(value) && value.add === undefined && value.remove === undefined) {
    findings.add(path, 'This neither adds nor removes. Allowed is {"add": […]}, {"remove": […]} or both.')
  }
}

const segment: Check = (value, path, findings) => {
  const name = isObject(value) && 'take' in value ? 'take' : 'put'
  members({ [name]: one(kinds.key('segment')) }, 'segment')(value, path, findings)
}

/** What is sent, by its channel: the others of the form are not said again where it is none. */
const SENDS: Readonly<Record<string, Form>> = {
  email: { template: one(kinds.key('template')), reward: optional(gift) },
  sms: { text: one(kinds.smsText), reward: optional(gift) },
  push: { title: one(kinds.pushTitle), text: one(kinds.pushText), url: maybe(kinds.url), reward: optional(gift) },
}

const sending = told('channel', SENDS, 'channel')

/** A sequence of steps that lies in so many ways. */
function sequence(depth: number): Check {
  return (value, path, findings) => {
    if (depth > MAX_WAYS_DEEP) {
      return findings.add(path, `This is deeper than ${MAX_WAYS_DEEP} ways. At most ${MAX_WAYS_DEEP} are allowed.`)
    }
    list(step(depth), { from: 0, to: MAX_STEPS, of: 'steps' })(value, path, findings)
  }
}

const ways = (check: Check, from: number) => required(list(check, { from, to: MAX_WAYS, of: 'ways' }))

/** What each kind of step has beside its id. */
function workForms(depth: number): Readonly<Record<string, Form>> {
  const steps = () => required((value, path, findings) => sequence(depth + 1)(value, path, findings))
  const notice = { to: one(kinds.recipient), subject: one(kinds.subject), text: one(kinds.noticeText) }
  return {
    send: { send: required(sending) },
    wait: { wait: one(kinds.duration) },
    wait_until: { wait_until: required(waitUntil) },
    wait_for: { wait_for: required(waitFor), at_most: one(kinds.duration), then: steps(), else: steps() },
    branch: { branch: ways(members({ if: required(rule), then: steps() }, 'branch'), 1), else: steps() },
    split: {
      split: ways(members({ percent: one(kinds.percent), name: maybe(kinds.wayName), then: steps() }, 'split'), 2),
    },
    give: { give: required(gift) },
    tag: { tag: required(tags) },
    status: { status: one(kinds.statusOrAutomatic) },
    segment: { segment: required(segment) },
    tell: { tell: required(members(notice, 'tell')) },
    call: { call: required(members({ url: one(kinds.url) }, 'call')) },
    go_to: { go_to: one(kinds.stepId) },
    end: { end: one(kinds.yes) },
  }
}

function step(depth: number): Check {
  const forms = workForms(depth)
  return (value, path, findings) => {
    if (findings.full) return
    if (!isObject(value)) return findings.add(path, neither(path, value, STEP_SHAPE))
    const named = STEP_KINDS.filter((kind) => kind in value)
    const [kind, other] = named
    if (kind === undefined) {
      const names = Object.keys(value).filter((name) => name !== 'id')
      const meant = names.map((name) => nearest(name, STEP_KINDS)).find((name) => name !== undefined)
      return findings.add(path, `This step does nothing. Allowed is ${STEP_SHAPE}.${didYouMean(meant)}`)
    }
    if (other !== undefined) {
      return findings.add(path, `“${named.join('” and “')}” do not go together. Allowed is ${STEP_SHAPE}.`)
    }
    checkMembers(value, { id: one(kinds.stepId), ...forms[kind] }, `step ${kind}`, path, findings)
  }
}

const STEP_SHAPE = `{"id": …} with one of ${STEP_KINDS.join(', ')}`

const AUTOMATION: Form = {
  scope: one(kinds.scope),
  when: required(trigger),
  only: optional(rule),
  again: required(again),
  at_once: maybe(kinds.yes),
  unless: optional(list(ruleOrHappening({ id: one(kinds.stepId) }), { from: 0, to: MAX_EXITS, of: 'exit conditions' })),
  goal: optional(ruleOrHappening({})),
  holdout: maybe(kinds.holdout),
  then: required(sequence(0)),
}

/** What can only be said of the whole: ids are there once, jumps and messages are found, percentages make a hundred. */
function checkReferences(automation: Automation, findings: Findings): void {
  const places = stepsOf(automation)
  const byId = new Map<string, Step>()
  for (const { step: one, path } of places) {
    if (byId.has(one.id)) findings.add(`${path}/id`, `The id “${one.id}” is there twice. Each step has one of its own.`)
    byId.set(one.id, one)
  }
  const exits = (automation.unless ?? []).map(({ id }) => id)
  for (const [n, id] of exits.entries()) {
    if (exits.indexOf(id) !== n) findings.add(`/unless/${n}/id`, `The id “${id}” is there twice.`)
  }
  const sends = (on: unknown, path: Path) => {
    if (!isObject(on) || (on.on !== 'opened' && on.on !== 'clicked')) return
    const asked = byId.get(String(on.step))
    if (asked !== undefined && 'send' in asked) return
    const names = places.flatMap(({ step: one }) => ('send' in one ? [one.id] : []))
    findings.add(`${path}/step`, noStep('that sends a message', String(on.step), names))
  }
  for (const [n, exit] of (automation.unless ?? []).entries()) sends(exit.on, `/unless/${n}/on`)
  sends(automation.goal?.on, '/goal/on')
  for (const { step: one, path } of places) {
    if ('wait_for' in one) sends(one.wait_for, `${path}/wait_for`)
    if ('go_to' in one) checkJump(one.go_to, byId, `${path}/go_to`, findings)
    if ('split' in one) {
      const sum = one.split.reduce((total, { percent }) => total + percent, 0)
      if (sum !== 100) findings.add(`${path}/split`, `The percentages make ${sum}. Together they are 100.`)
    }
    const given = 'give' in one ? one.give : 'send' in one ? one.send.reward : undefined
    if (given !== undefined) {
      const at = `${path}/${'give' in one ? 'give' : 'send/reward'}/provider`
      if (automation.scope === 'business' && given.provider === undefined) {
        findings.add(at, '“provider” is missing. In an automation of the whole business, it says whose reward it is.')
      }
      if (automation.scope === 'provider' && given.provider !== undefined) {
        findings.add(at, 'In an automation of each provider, the reward is that provider’s: leave this out.', 'name')
      }
    }
    if ('tell' in one && one.tell.to === 'provider' && automation.scope === 'business') {
      findings.add(`${path}/tell/to`, 'In an automation of the whole business, this is an email address.')
    }
  }
}

function checkJump(to: string, steps: ReadonlyMap<string, Step>, path: Path, findings: Findings): void {
  const target = steps.get(to)
  if (target === undefined) {
    findings.add(path, noStep('', to, [...steps.keys()]))
    return
  }
  if ('go_to' in target || 'end' in target) findings.add(path, `“${to}” is itself a jump or an end. Name another step.`)
}

const noStep = (which: string, name: string, names: readonly string[]): string =>
  `There is no step${which === '' ? '' : ` ${which}`} “${shown(name)}”.${didYouMean(nearest(name, names))}`
