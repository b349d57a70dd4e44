/**
 * Random commands on random automations: each is undone to the same bytes, keeps ids, and leaves a tree whose form is
 * right.
 */
import { describe, expect, test } from '@jest/globals'
import type { Automation, Step } from '../../../rules/automations/automation.ts'
import { checkAutomation } from '../../../rules/automations/check.ts'
import { type AutomationCommand, tryCommand } from '../../../rules/automations/commands.ts'
import { newStepId, withFreshIds } from '../../../rules/automations/edits/copies.ts'
import { canMove } from '../../../rules/automations/edits/relocate.ts'
import { type Place, placeOfStep, stepsIn, withSteps } from '../../../rules/automations/edits/sequences.ts'
import { atTheEnd, besideStep, type MoveStep, stepFrom } from '../../../rules/automations/edits/steps.ts'
import { stepsOf, waysOf } from '../../../rules/automations/steps.ts'
import { type Random, randomFrom } from '../../support/random.ts'
import { randomAutomation } from '../../support/randomAutomation.ts'

const all = (automation: Automation): Step[] => stepsOf(automation).map(({ step }) => step)
const ids = (automation: Automation): string[] => all(automation).map(({ id }) => id)

/** Every place at which something can be put. */
function placesOf(automation: Automation): Place[] {
  const sequences = [
    { step: null, way: 'then', steps: automation.then },
    ...all(automation).flatMap((step) => waysOf(step).map(({ name, steps }) => ({ step: step.id, way: name, steps }))),
  ]
  return sequences.flatMap(({ step, way, steps }) =>
    Array.from({ length: steps.length + 1 }, (_, index) => ({ step, way, index })),
  )
}

const someSteps = (automation: Automation, random: Random): string[] => {
  const known = ids(automation)
  const some = known.filter(() => random.chance(2 / known.length))
  return some.length > 0 ? some : [random.pick(known)]
}

/** Some command that has something to do with the automation, which has steps. */
function randomCommand(automation: Automation, random: Random): AutomationCommand {
  const place = random.pick(placesOf(automation))
  const step = random.pick(all(automation))
  const steps = someSteps(automation, random)
  const fresh = withFreshIds(randomAutomation(random, 3).then, automation, random.next)
  const around: Step = { id: newStepId('branch', new Set(ids(automation)), random.next), branch: [everybody], else: [] }
  const way = random.pick(['then', 'else', '0', '1', '2'])
  const { then: _, ...head } = randomAutomation(random, 0)
  return random.pick<AutomationCommand>([
    { kind: 'insert', place, steps: fresh },
    { kind: 'remove', steps },
    { kind: 'move', steps, place },
    { kind: 'change', step: { id: step.id, wait: { days: 3 } } },
    { kind: 'wrap', steps, around, way: random.pick(['0', 'else']) },
    { kind: 'unwrap', step: step.id, way },
    { kind: 'add_way', step: step.id, index: random.int(0, 3) },
    { kind: 'remove_way', step: step.id, way },
    { kind: 'move_way', step: step.id, way, to: random.int(0, 2) },
    { kind: 'head', head },
  ])
}
const everybody = { if: { all: [] }, then: [] }

/** What is wrong with the form; that a step which is referred to is gone is for whoever took it away to put right. */
const faults = (automation: Automation) =>
  (checkAutomation(automation).mistakes ?? []).filter(({ path }) => !/\/(go_to|step)$/.test(path))

describe('any command on any automation', () => {
  test.each(Array.from({ length: 150 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = randomFrom(seed)
    let automation = randomAutomation(random, random.int(2, 40))
    const before = JSON.stringify(automation)
    const undos: AutomationCommand[] = []
    for (let step = 0; step < 25 && automation.then.length > 0; step++) {
      const command = randomCommand(automation, random)
      const original = JSON.stringify(automation)
      const applied = tryCommand(automation, command)
      // the one given is never changed, and undone it is the same to the letter
      expect(JSON.stringify(automation)).toBe(original)
      if ('refused' in applied) continue
      const undone = tryCommand(applied.automation, applied.undo)
      expect('automation' in undone && JSON.stringify(undone.automation)).toBe(original)
      // done again, it is what it was after it
      expect(tryCommand(automation, command)).toEqual(applied)
      // and what comes of it is an automation, in which what is selected exists, whose ids are there once
      expect(faults(applied.automation)).toEqual([])
      const known = ids(applied.automation)
      expect(new Set(known).size).toBe(known.length)
      for (const id of applied.selected) expect(known).toContain(id)
      if (command.kind === 'move') expect(known.toSorted()).toEqual(ids(automation).toSorted())
      if (command.kind === 'wrap') expect(known.toSorted()).toEqual([...ids(automation), command.around.id].toSorted())
      automation = applied.automation
      undos.unshift(applied.undo)
    }
    for (const undo of undos) {
      const undone = tryCommand(automation, undo)
      if ('automation' in undone) automation = undone.automation
    }
    expect(JSON.stringify(automation)).toBe(before)
  })

  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'what can be moved moves, and stays what it is, seed %i',
    (seed) => {
      const random = randomFrom(seed)
      const automation = randomAutomation(random, random.int(2, 30))
      for (const place of placesOf(automation)) {
        const step = random.pick(all(automation))
        const applied = tryCommand(automation, { kind: 'move', steps: [step.id], place })
        expect('automation' in applied).toBe(canMove(automation, [step.id], place))
        if (!('automation' in applied)) continue
        const at = placeOfStep(applied.automation, step.id)
        expect(at && stepsIn(applied.automation, at)?.[at.index]).toEqual(step)
        expect(at).toMatchObject({ step: place.step, way: place.way })
      }
    },
  )

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('one key away is a place to move to, seed %i', (seed) => {
    const random = randomFrom(seed)
    const automation = randomAutomation(random, 20)
    for (const { id } of all(automation)) {
      for (const key of ['up', 'down', 'in', 'out'] as MoveStep[]) {
        const place = stepFrom(automation, id, key)
        if (place) expect('automation' in tryCommand(automation, { kind: 'move', steps: [id], place })).toBe(true)
      }
    }
  })

  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'copies have ids of their own, and refer to each other, seed %i',
    (seed) => {
      const random = randomFrom(seed)
      const automation = randomAutomation(random, 25)
      const copies = withFreshIds(automation.then, automation, random.next)
      const place = atTheEnd(automation)
      const applied = tryCommand(automation, { kind: 'insert', place, steps: copies })
      if ('refused' in applied) throw new Error(applied.refused)
      // a jump to a jump is none: all else is right, so what is copied refers to what is copied
      expect(checkAutomation(applied.automation).mistakes).toBeUndefined()
      const inner = new Set(copies.flatMap(withSteps).map(({ id }) => id))
      for (const step of copies.flatMap(withSteps)) if ('go_to' in step) expect(inner).toContain(step.go_to)
    },
  )
})

const week: Step = { id: 'week', wait: { days: 7 } }
const mail: Step = { id: 'mail', send: { channel: 'email', template: 'we-miss-you' } }
const gift: Step = { id: 'gift', give: { kind: 'free_minutes', minutes: 15, days: 30, provider: 'luna' } }
const automation: Automation = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: 'never',
  then: [week, { id: 'ask', branch: [{ if: { all: [] }, then: [mail, gift] }], else: [] }],
}
const after = (command: AutomationCommand): readonly Step[] => {
  const applied = tryCommand(automation, command)
  if ('refused' in applied) throw new Error(applied.refused)
  return applied.automation.then
}
const refusal = (command: AutomationCommand) => {
  const applied = tryCommand(automation, command)
  return 'refused' in applied ? applied.refused : undefined
}

test('steps that stand together are put into a way of a new one, and come out of it again', () => {
  const chance: Step = {
    id: 'half',
    split: [
      { percent: 50, then: [] },
      { percent: 50, then: [] },
    ],
  }
  const inHalf = { kind: 'wrap', steps: ['gift', 'mail'], around: chance, way: '1' } as const
  const [, ask] = after(inHalf)
  expect(ask).toMatchObject({ branch: [{ then: [{ id: 'half', split: [{ then: [] }, { then: [mail, gift] }] }] }] })
  expect(refusal({ ...inHalf, steps: ['week', 'mail'] })).toBe('apart')
  expect(after({ kind: 'unwrap', step: 'ask', way: '0' })).toEqual([week, mail, gift])
  expect(after({ kind: 'unwrap', step: 'ask', way: 'else' })).toEqual([week])
})

test('ways come and go: a new one takes half of its neighbour, a gone one leaves its share to it', () => {
  expect(after({ kind: 'add_way', step: 'ask', index: 0 })[1]).toMatchObject({
    branch: [{ then: [] }, { then: [mail, gift] }],
  })
  expect(refusal({ kind: 'remove_way', step: 'ask', way: '0' })).toBe('last_way')
  const chance: Step = {
    id: 'half',
    split: [
      { percent: 70, then: [mail] },
      { percent: 30, then: [] },
    ],
  }
  const split: Automation = { ...automation, then: [chance] }
  const three = tryCommand(split, { kind: 'add_way', step: 'half', index: 1 })
  if ('refused' in three) throw new Error(three.refused)
  expect(three.automation.then[0]).toMatchObject({ split: [{ percent: 35 }, { percent: 35 }, { percent: 30 }] })
  const two = tryCommand(three.automation, { kind: 'remove_way', step: 'half', way: '0' })
  expect(two).toMatchObject({ automation: { then: [{ split: [{ percent: 70 }, { percent: 30 }] }] } })
})

test('what is refused is said: into itself, nowhere, too much', () => {
  expect(refusal({ kind: 'move', steps: ['ask'], place: { step: 'ask', way: '0', index: 1 } })).toBe('into_itself')
  expect(refusal({ kind: 'move', steps: ['week'], place: { step: null, way: 'then', index: 1 } })).toBe('nothing')
  expect(refusal({ kind: 'change', step: week })).toBe('nothing')
  const many = Array.from({ length: 200 }, (_, index): Step => ({ ...week, id: `w${index}` }))
  expect(refusal({ kind: 'insert', place: { step: null, way: 'then', index: 0 }, steps: many })).toBe('too_many')
  const deep = Array.from({ length: 10 }).reduce<Step>(
    (inner, _, index) => ({ id: `b${index}`, branch: [{ if: { all: [] }, then: [inner] }], else: [] }),
    week,
  )
  const nested = { ...deep, id: 'outside' }
  expect(
    refusal({
      kind: 'insert',
      place: { step: 'ask', way: '0', index: 0 },
      steps: withFreshIds([nested], automation, Math.random),
    }),
  ).toBe('too_deep')
  expect(() =>
    tryCommand(automation, { kind: 'insert', place: { step: null, way: 'then', index: 0 }, steps: [mail] }),
  ).toThrow(RangeError)
  expect(() => tryCommand(automation, { kind: 'remove', steps: ['nobody'] })).toThrow(RangeError)
  expect(() =>
    tryCommand(automation, { kind: 'insert', place: { step: 'mail', way: 'then', index: 0 }, steps: [] }),
  ).toThrow(RangeError)
})

test('beside a step is a place in its own sequence', () => {
  expect(besideStep(automation, 'gift')).toEqual({ step: 'ask', way: '0', index: 2 })
  expect(besideStep(automation, 'ask', 0)).toEqual({ step: null, way: 'then', index: 1 })
})

test('a new id is one that no step has', () => {
  const numbers = [0, 0, 0.5]
  expect(newStepId('wait', new Set(['wait-00000']), () => numbers.shift() ?? 0.9)).toBe('wait-i0000')
})
