import { expect, test } from '@jest/globals'
import { ruleFolder } from '../rules/ruleFolder.ts'

const { file, perennial } = ruleFolder()

const LINES = [
  'scope: business',
  'when: { on: enters_segment, segment: slipping-away }',
  'again: never',
  'then:',
  '  - { id: tag, tag: { add: [slipping] } }',
]

test('an automation in a file is said as when and then', async () => {
  const path = file('a.yaml', ...LINES)
  expect(await perennial(['automations', 'show', path])).toMatchObject({
    code: 0,
    out: ['When customers enter “slipping-away”:', '  add the tag “slipping”', 'Each customer enters once.'].join('\n'),
  })
  expect((await perennial(['automations', 'show', path, '-l', 'de'])).out).toMatch(
    /^Wenn Kunden in „slipping-away“ kommen:/,
  )
})

test('what is wrong is said with its line and column, what looks wrong as well', async () => {
  const wrong = file('wrong.yaml', ...LINES, '  - { id: day, wait: { day: 1 } }')
  const said = await perennial(['automations', 'check', wrong])
  expect(said.code).toBe(1)
  expect(said.out).toMatch(/wrong\.yaml:6:\d+: error: .*"days": n/)
  const odd = file('odd.yaml', ...LINES, '  - { id: day, wait: { days: 1 } }')
  const looked = await perennial(['automations', 'check', odd])
  expect(looked.code).toBe(0)
  expect(looked.out).toMatch(/odd\.yaml:6:\d+: warning: Whoever waits here waits for nothing/)
})

test('two files are compared in words', async () => {
  const before = file('before.yaml', ...LINES)
  const after = file('after.yaml', ...LINES.slice(0, 2), 'again: each', ...LINES.slice(3), '  - { id: e, end: true }')
  const { out } = await perennial(['automations', 'diff', before, after])
  expect(out.split('\n')).toEqual([
    'added: “that is the end”',
    '“Each customer enters once” becomes “Each time it happens, but never twice at once”',
  ])
})
