import { expect, test } from '@jest/globals'
import type { Automation } from '../../../rules/automations/automation.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import { automationFromYaml, automationToYaml, stepsToYaml } from '../../../rules/automations/yaml.ts'
import { randomFrom } from '../../support/random.ts'
import { randomAutomation } from '../../support/randomAutomation.ts'

test.each(Array.from({ length: 100 }, (_, seed) => seed))('what is written is read as the same, seed %i', (seed) => {
  const random = randomFrom(seed)
  const automation = randomAutomation(random, random.int(0, 40))
  const text = automationToYaml(automation)
  const read = automationFromYaml(text)
  if ('mistakes' in read) {
    // a jump to a jump, which the drawing may make, is all that can be wrong
    expect(read.mistakes.filter(({ path }) => !path.endsWith('/go_to'))).toEqual([])
    return
  }
  expect(read.automation).toEqual(automation)
  const lines = text.split('\n')
  for (const { step, path } of stepsOf(automation)) {
    const { line } = read.placeOf(path)
    expect(lines[line - 1]).toContain(`id: ${step.id}`)
  }
})

test('steps that are copied make a whole automation with a head before them', () => {
  const automation = randomAutomation(randomFrom(7), 12)
  const { then, ...head } = automation
  const read = automationFromYaml(
    `${automationToYaml({ ...head, then: [] }).replace(/^then:.*$/m, '')}${stepsToYaml(then)}`,
  )
  expect('automation' in read && read.automation).toEqual(automation)
})

test('it reads as somebody would write it', () => {
  const automation: Automation = {
    scope: 'business',
    when: { on: 'enters_segment', segment: 'slipping-away' },
    again: 'never',
    then: [
      { id: 'week', wait: { days: 7 } },
      {
        id: 'who',
        branch: [
          {
            if: { all: [{ fact: 'gender', is: 'one_of', value: ['female'] }] },
            then: [{ id: 'gift', give: { kind: 'free_minutes', minutes: 15, days: 30, provider: 'petra' } }],
          },
        ],
        else: [],
      },
    ],
  }
  expect(automationToYaml(automation)).toBe(`scope: business
when: { "on": enters_segment, segment: slipping-away }
again: never
then:
  - { id: week, wait: { days: 7 } }
  - id: who
    branch:
      - if:
          all:
            - { fact: gender, is: one_of, value: [ female ] }
        then:
          - { id: gift, give: { kind: free_minutes, minutes: 15, days: 30, provider: petra } }
    else: []
`)
})

test('what is wrong is said with its line', () => {
  const read = automationFromYaml(
    'scope: business\nwhen: { on: by_hand }\nagain: never\nthen:\n  - { id: x, wait: { days: 0 } }\n',
  )
  expect('mistakes' in read && read.mistakes[0]).toMatchObject({ path: '/then/0/wait', line: 5 })
})
