import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from '@jest/globals'
import { MEMBER, ruleFolder } from './ruleFolder.ts'

const rules = ruleFolder()
const { file, perennial } = rules

describe('rules show', () => {
  test('a segment as sentence and outline', async () => {
    const path = file(
      'a.yaml',
      'id: a',
      'name: A',
      'rule:',
      '  all:',
      `    - ${MEMBER}`,
      '    - not: { fact: segment, is: in, value: new-leads }',
    )
    expect(await perennial(['rules', 'show', path])).toMatchObject({
      code: 0,
      out: [
        'a: A',
        'Customers who have a valid membership and are not in the segment “New leads”.',
        'Customers who meet all of these:',
        '  have a valid membership',
        '  are not in the segment “New leads”',
      ].join('\n'),
    })
  })

  test('a rule alone, in Italian; mistakes on the standard error', async () => {
    const path = file('rule.yaml', MEMBER)
    expect((await perennial(['rules', 'show', path, '-l', 'it'])).out).toBe(
      'I clienti che hanno un abbonamento valido.',
    )
    file('rule.yaml', '{ fact: membership, is: valld }')
    expect(await perennial(['rules', 'show', path])).toMatchObject({ code: 1, out: '' })
  })
})

describe('rules diff', () => {
  const segment = (id: string, name: string, days: number) => [
    `id: ${id}`,
    `name: ${name}`,
    `rule: { fact: first_booking, is: within_last, value: { days: ${days} } }`,
  ]

  test('two versions of a file', async () => {
    const [one, other] = [file('a.yaml', ...segment('a', 'New', 30)), file('b.yaml', ...segment('a', 'Newer', 45))]
    expect(await perennial(['rules', 'diff', one, other])).toMatchObject({
      code: 0,
      out: [
        'a (New):',
        '  name: “New” becomes “Newer”',
        '  “had their first booking within the last 30 days” becomes “… 45 days”',
      ].join('\n'),
    })
    expect((await perennial(['rules', 'diff', one, other, '--language', 'fr'])).out).toContain(
      '«\u202fNew\u202f» devient «\u202fNewer\u202f»',
    )
    expect((await perennial(['rules', 'diff', one, one])).out).toBe('unchanged')
  })

  test('two folders: what is new, gone and changed; what is the same is left out', async () => {
    file('old/all.yaml', ...segment('a', 'A', 30), '---', ...segment('b', 'B', 30), '---', ...segment('c', 'C', 30))
    file('new/all.yaml', ...segment('c', 'C', 60), '---', ...segment('d', 'D', 30), '---', ...segment('a', 'A', 30))
    expect((await perennial(['rules', 'diff', join(rules.path, 'old'), join(rules.path, 'new')])).out).toBe(
      [
        'c (C):',
        '  “had their first booking within the last 30 days” becomes “… 60 days”',
        'd (D): new',
        '  Customers who had their first booking within the last 30 days.',
        'b (B): no longer there',
      ].join('\n'),
    )
  })

  test('rules alone', async () => {
    const [one, other] = [file('a.yaml', MEMBER), file('b.yaml', `all: [${MEMBER}, { fact: next_booking, is: set }]`)]
    expect((await perennial(['rules', 'diff', one, other])).out).toBe('added: “have a booking ahead”')
  })
})

describe('called in a wrong way: what is right, exit 2', () => {
  test.each<[string[], RegExp]>([
    [[], /^What to do is missing/],
    [['rule'], /There is no “rule”, only “rules”/],
    [['rules'], /^One of check, show, diff, export, import is missing/],
    [['rules', 'chek'], /There is no “rules chek”/],
    [['rules', 'constructor'], /There is no “rules constructor”/],
    [['rules', 'check'], /^Called with: perennial rules check <folder>/],
    [['rules', 'check', 'a', 'b'], /^Called with: perennial rules check <folder>/],
    [['rules', 'diff', 'a'], /^Called with: perennial rules diff <old> <new>/],
    [['rules', 'check', '/nowhere/at/all'], /^There is no “\/nowhere\/at\/all”/],
    [['rules', 'check', '--jsn', 'a'], /--jsn/],
    [['rules', 'show', 'a', '--language', 'xx'], /^There is no language “xx”, only en, fr, it, de/],
    [['rules', 'export', 'a'], /^PERENNIAL_API_KEY is missing/],
  ])('%j', async (args, message) => {
    const { code, out, err } = await perennial(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
    expect(err).toContain('See `perennial rules --help`.')
  })

  test('a folder with nothing in it', async () => {
    const { code, err } = await perennial(['rules', 'check', rules.path])
    expect(code).toBe(2)
    expect(err).toContain('There is no .yaml or .yml file in')
  })

  test('help is no mistake', async () => {
    const { code, out } = await perennial(['rules', 'check', '--help'])
    expect(code).toBe(0)
    expect(out).toContain('perennial rules check <folder>')
  })
})

test('as a program: output, errors and exit code are its own', async () => {
  file('a.yaml', 'id: a', 'name: A', 'rule: { fact: membership, is: valld }')
  const program = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../scripts/rules/main.ts'), 'rules', 'check', '.'],
    {
      cwd: rules.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise<number | null>((resolve) => program.on('close', resolve))
  const [out, err, code] = await Promise.all([text(program.stdout), text(program.stderr), ended])
  expect([code, err]).toEqual([1, ''])
  expect(out).toMatch(/^a\.yaml:3:31: error: There is no operator “valld”/)
})
