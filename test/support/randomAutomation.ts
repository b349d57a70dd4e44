import type { Automation, Happening, Step, Trigger } from '../../rules/automations/automation.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Random } from './random.ts'

const LANGUAGE: Rule = { fact: 'language', is: 'one_of', value: ['de'] }
const FEMALE: Rule = { fact: 'gender', is: 'one_of', value: ['female'] }

/** Some rule that says something. */
const someRule = (random: Random): Rule =>
  random.pick<Rule>([LANGUAGE, { all: [LANGUAGE, FEMALE] }, { not: FEMALE }, { all: [] }])

const someHappening = (random: Random): Happening =>
  random.pick<Happening>([
    { on: 'booking_made' },
    { on: 'enters_segment', segment: 'slipping-away' },
    { on: 'tag_added', tag: 'yoga' },
    { on: 'reward_used' },
  ])

const someTrigger = (random: Random): Trigger =>
  random.pick<Trigger>([
    someHappening(random),
    { on: 'by_hand' },
    { on: 'date', of: 'birthday', days: -3, at: '09:00' },
  ])

/** Draws an automation of about so many steps whose form is right; every kind of step comes, ways lie in ways. */
export function randomAutomation(random: Random, size: number): Automation {
  const drawing = { left: size, count: 0, ids: [] as string[], sends: [] as string[] }
  const then = sequence(random, drawing, 0)
  return {
    scope: 'business',
    when: someTrigger(random),
    ...(random.chance(0.3) ? { only: someRule(random) } : {}),
    again: random.pick<Automation['again']>(['never', 'each', { after: { days: 30 } }]),
    ...(random.chance(0.4) ? { unless: [{ id: 'left', on: someHappening(random) }] } : {}),
    ...(random.chance(0.4) ? { goal: { rule: someRule(random) } } : {}),
    ...(random.chance(0.2) ? { holdout: random.int(1, 50) } : {}),
    then,
  }
}

type Drawing = { left: number; count: number; ids: string[]; sends: string[] }

function sequence(random: Random, drawing: Drawing, depth: number): Step[] {
  const steps: Step[] = []
  const most = depth === 0 ? drawing.left : random.int(0, Math.min(4, drawing.left))
  while (steps.length < most && drawing.left > 0) {
    const last = steps.at(-1)
    if (last && ('end' in last || 'go_to' in last)) break
    drawing.left -= 1
    steps.push(randomStep(random, drawing, depth))
  }
  return steps
}

/** One step with all that is in its ways; its id is one that the drawing has not given yet. */
function randomStep(random: Random, drawing: Drawing, depth: number): Step {
  drawing.count += 1
  const id = `s${drawing.count}`
  const step = work(random, drawing, depth, id)
  if (!('end' in step) && !('go_to' in step)) drawing.ids.push(id)
  return step
}

function work(random: Random, drawing: Drawing, depth: number, id: string): Step {
  const inner = () => sequence(random, drawing, depth + 1)
  if (depth < 6 && random.chance(0.3)) {
    switch (random.int(0, 2)) {
      case 0: {
        const ways = Array.from({ length: random.int(1, 3) }, () => ({ if: someRule(random), then: inner() }))
        return { id, branch: ways, else: inner() }
      }
      case 1: {
        const percent = random.int(1, 99)
        return {
          id,
          split: [
            { percent, then: inner() },
            { percent: 100 - percent, name: 'others', then: inner() },
          ],
        }
      }
      default: {
        const clicked = drawing.sends.length > 0 && random.chance(0.5)
        return {
          id,
          wait_for: clicked ? { on: 'clicked', step: random.pick(drawing.sends) } : someHappening(random),
          at_most: { days: random.int(1, 20) },
          then: inner(),
          else: inner(),
        }
      }
    }
  }
  const target = drawing.ids.length > 0 ? random.pick(drawing.ids) : undefined
  const plain = random.pick<() => Step>([
    () => {
      drawing.sends.push(id)
      return { id, send: { channel: 'email', template: 'we-miss-you' } }
    },
    () => ({ id, wait: { days: random.int(1, 30) } }),
    () => ({ id, wait_until: { weekdays: ['tue'], at: '10:00' } }),
    () => ({ id, wait_until: { before: 'membership_end', days: 3, at: '09:00', at_most: { days: 30 } } }),
    () => ({ id, give: { kind: 'free_minutes', minutes: 15, days: 30, provider: 'luna' } }),
    () => ({ id, tag: { add: ['slipping'] } }),
    () => ({ id, status: 'vip' }),
    () => ({ id, segment: { put: 'loyal' } }),
    () => ({ id, tell: { to: 'boss@studio.test', subject: 'Look', text: 'Somebody slips away' } }),
    () => ({ id, call: { url: 'https://studio.test/hook' } }),
    () => (target === undefined ? { id, end: true } : { id, go_to: target }),
  ])
  return plain()
}
