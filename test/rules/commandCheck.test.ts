import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { MEMBER, ruleFolder } from './ruleFolder.ts'

const rules = ruleFolder()
const { file, perennial } = rules

describe('rules check', () => {
  test('a good folder: the number of what was looked at, exit 0', async () => {
    file('members.yaml', 'id: members', 'name: Members', `rule: ${MEMBER}`)
    file('deep/others.yml', 'id: others', 'name: Others', 'rule: { not: { fact: segment, is: in, value: members } }')
    file('deep/notes.txt', 'no rule')
    file('.hidden/x.yaml', 'nonsense: [')
    expect(await perennial(['rules', 'check', rules.path])).toMatchObject({
      code: 0,
      out: '2 files, 2 segments: 0 errors, 0 warnings',
      err: '',
    })
  })

  test('mistakes with file, line, column and what was meant; exit 1', async () => {
    file(
      'a.yaml',
      'id: a',
      'name: A',
      'rule:',
      '  all:',
      '    - { fact: membrship, is: valid }',
      '    - { fact: membership, is: valld }',
    )
    file('b.yaml', 'id: b', 'name: B', 'rule: [')
    const { code, out } = await perennial(['rules', 'check', rules.path])
    const lines = out.split('\n')
    expect(code).toBe(1)
    expect(lines[0]).toMatch(/^a\.yaml:5:15: error: There is no fact “membrship”\..* Did you mean “membership”\?$/)
    expect(lines[1]).toMatch(
      /^a\.yaml:6:31: error: There is no operator “valld” of “membership”\..* Did you mean “valid”\?$/,
    )
    expect(lines[2]).toMatch(/^b\.yaml:3:\d+: error: This cannot be read as YAML/)
    expect(lines[3]).toBe('2 files, 0 segments: 3 errors, 0 warnings')
  })

  test('segments that are asked for exist in the folder, or ship', async () => {
    const asks = (id: string, ...asked: string[]) =>
      file(
        `${id}.yaml`,
        `id: ${id}`,
        `name: ${id}`,
        'rule:',
        '  any:',
        ...asked.map((one) => `    - { fact: segment, is: in, value: ${one} }`),
      )
    asks('regulars', 'active-members', 'loyalty-top', 'actve-members', 'broken', 'nothing-like-it')
    file('broken.yaml', 'id: broken', 'name: Broken', 'rule: { fact: what }')
    const { code, out } = await perennial(['rules', 'check', rules.path])
    expect(code).toBe(1)
    expect(out.split('\n').slice(1)).toEqual([
      'regulars.yaml:7:39: error: There is no segment “actve-members” in this folder, and none that ships. Did you mean “active-members”?',
      'regulars.yaml:9:39: error: There is no segment “nothing-like-it” in this folder, and none that ships.',
      '2 files, 1 segment: 3 errors, 0 warnings',
    ])
  })

  test('segments that ask for themselves: the way round, once', async () => {
    const asks = (id: string, asked: string) =>
      file(`${id}.yaml`, `id: ${id}`, `name: ${id}`, `rule: { not: { fact: segment, is: not_in, value: ${asked} } }`)
    asks('a', 'b')
    asks('b', 'c')
    asks('c', 'a')
    asks('d', 'd')
    asks('e', 'a')
    const { code, out } = await perennial(['rules', 'check', rules.path])
    expect(code).toBe(1)
    expect(out).toBe(
      [
        'a.yaml:3:50: error: A segment cannot ask for itself: a → b → c → a.',
        'd.yaml:3:50: error: A segment cannot ask for itself: d → d.',
        '5 files, 5 segments: 2 errors, 0 warnings',
      ].join('\n'),
    )
  })

  test('an id twice, also in one file', async () => {
    file('a.yaml', 'id: a', 'name: A', `rule: ${MEMBER}`, '---', 'id: b', 'name: B', `rule: ${MEMBER}`)
    file('b.yaml', 'name: B', 'id: b', `rule: ${MEMBER}`)
    expect((await perennial(['rules', 'check', rules.path])).out.split('\n')[0]).toBe(
      'b.yaml:2:5: error: “b” is also the id of the segment in a.yaml:5.',
    )
  })

  test('warnings are no errors', async () => {
    file('a.yaml', 'id: a', 'name: A', 'rule:', '  all:', '    - { fact: membership, is: never }', `    - ${MEMBER}`)
    expect(await perennial(['rules', 'check', rules.path])).toMatchObject({
      code: 0,
      out: [
        'a.yaml:4:3: warning: Nobody can ever be in this segment.',
        'a.yaml:6:7: warning: Nobody can pass here: this excludes what “have never had a membership” requires.',
        '1 file, 1 segment: 0 errors, 2 warnings',
      ].join('\n'),
    })
    const german = await perennial(['rules', 'check', rules.path, '--language', 'de'])
    expect(german.out).toContain('In diesem Segment kann nie jemand sein.')
  })

  test('as JSON', async () => {
    const path = file(
      'a.yaml',
      'id: a',
      'name: A',
      'rule: { all: [{ fact: gender, is: one_of, value: [female] }, { all: [] }, 7] }',
    )
    const { code, out } = await perennial(['rules', 'check', rules.path, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({
      files: 1,
      segments: 0,
      errors: [
        {
          file: path.replace(`${rules.path}/`, ''),
          line: 3,
          column: 75,
          path: '/rule/all/2',
          message: expect.stringMatching(/the number 7/),
        },
      ],
      warnings: [],
    })
  })

  test('a file that is no text', async () => {
    writeFileSync(join(rules.path, 'x.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
    expect((await perennial(['rules', 'check', rules.path])).out).toContain(
      'x.yaml:1:1: error: The file is no text in UTF-8.',
    )
  })
})

describe('the examples of the documentation', () => {
  const root = join(import.meta.dirname, '../..')

  test('are good, without a warning', async () => {
    const { code, out } = await perennial(['rules', 'check', join(root, 'examples/rules')])
    expect([code, out]).toEqual([0, '3 files, 3 segments: 0 errors, 0 warnings'])
  })

  test('stand there as they are in their files, and are shown as it says', async () => {
    const docs = readFileSync(join(root, 'docs/rules-as-code.md'), 'utf8')
    const example = join(root, 'examples/rules/members-at-risk.yaml')
    expect(docs).toContain(readFileSync(example, 'utf8'))
    expect(docs).toContain((await perennial(['rules', 'show', example])).out)
  })
})
