import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Segment } from '../../api/contract/segments.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { run } from '../../scripts/rules/run.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes a file into the folder. */
function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, lines.join('\n'))
  return path
}

type Ran = { code: number; out: string; err: string; asked: string[] }

/** Runs `perennial` with these arguments; paths in what it says are made short. */
async function perennial(
  args: string[],
  { env = {}, answer = '' }: { env?: Record<string, string>; answer?: string } = {},
) {
  const [out, err, asked]: string[][] = [[], [], []]
  const short = (line: string) => line.replaceAll(`${folder}/`, '')
  const code = await run(args, {
    say: (line) => out?.push(short(line)),
    complain: (line) => err?.push(short(line)),
    ask: async (question) => {
      asked?.push(question)
      return answer
    },
    env,
  })
  return { code, out: out?.join('\n') ?? '', err: err?.join('\n') ?? '', asked: asked ?? [] } satisfies Ran
}

const MEMBER = '{ fact: membership, is: valid }'

describe('rules check', () => {
  test('a good folder: the number of what was looked at, exit 0', async () => {
    file('members.yaml', 'id: members', 'name: Members', `rule: ${MEMBER}`)
    file('deep/others.yml', 'id: others', 'name: Others', 'rule: { not: { fact: segment, is: in, value: members } }')
    file('deep/notes.txt', 'no rule')
    file('.hidden/x.yaml', 'nonsense: [')
    expect(await perennial(['rules', 'check', folder])).toMatchObject({
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
    const { code, out } = await perennial(['rules', 'check', folder])
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
    const { code, out } = await perennial(['rules', 'check', folder])
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
    const { code, out } = await perennial(['rules', 'check', folder])
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
    expect((await perennial(['rules', 'check', folder])).out.split('\n')[0]).toBe(
      'b.yaml:2:5: error: “b” is also the id of the segment in a.yaml:5.',
    )
  })

  test('warnings are no errors', async () => {
    file('a.yaml', 'id: a', 'name: A', 'rule:', '  all:', '    - { fact: membership, is: never }', `    - ${MEMBER}`)
    expect(await perennial(['rules', 'check', folder])).toMatchObject({
      code: 0,
      out: [
        'a.yaml:4:3: warning: Nobody can ever be in this segment.',
        'a.yaml:6:7: warning: Nobody can pass here: this excludes what “have never had a membership” requires.',
        '1 file, 1 segment: 0 errors, 2 warnings',
      ].join('\n'),
    })
    const german = await perennial(['rules', 'check', folder, '--language', 'de'])
    expect(german.out).toContain('In diesem Segment kann nie jemand sein.')
  })

  test('as JSON', async () => {
    const path = file(
      'a.yaml',
      'id: a',
      'name: A',
      'rule: { all: [{ fact: gender, is: one_of, value: [female] }, { all: [] }, 7] }',
    )
    const { code, out } = await perennial(['rules', 'check', folder, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toEqual({
      files: 1,
      segments: 0,
      errors: [
        {
          file: path.replace(`${folder}/`, ''),
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
    writeFileSync(join(folder, 'x.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
    expect((await perennial(['rules', 'check', folder])).out).toContain(
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
    expect((await perennial(['rules', 'diff', join(folder, 'old'), join(folder, 'new')])).out).toBe(
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
    const { code, err } = await perennial(['rules', 'check', folder])
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
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise<number | null>((resolve) => program.on('close', resolve))
  const [out, err, code] = await Promise.all([text(program.stdout), text(program.stderr), ended])
  expect([code, err]).toEqual([1, ''])
  expect(out).toMatch(/^a\.yaml:3:31: error: There is no operator “valld”/)
})

describe('with a running server', () => {
  let database: TestDatabase
  let api: TestApi
  beforeAll(async () => {
    database = await createTestDatabase()
    const now = new Date('2026-11-25T10:00:00.000Z')
    await installStandardSegments(database.db, now)
    api = await startApi(database.db, undefined, () => now)
  }, 120_000)
  afterAll(async () => {
    await api?.close()
    await database?.drop()
  })

  const env = () => ({ PERENNIAL_URL: `${api.url}/`, PERENNIAL_API_KEY: api.key })
  const segmentsThere = async () => (await api.call<{ items: Segment[] }>('get', '/segments')).body.items

  test('export writes a file for each segment; nothing changes when all of it is imported again', async () => {
    const exported = await perennial(['rules', 'export', folder], { env: env() })
    const there = await segmentsThere()
    expect(exported.code).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(there.map(({ id }) => `${id}.yaml`).sort())
    expect(readFileSync(join(folder, 'terminating-members.yaml'), 'utf8')).toContain(
      '- not: { fact: membership, is: valid_uncancelled }',
    )
    expect(await perennial(['rules', 'check', folder])).toMatchObject({ code: 0 })

    const imported = await perennial(['rules', 'import', folder], { env: env() })
    expect(imported).toMatchObject({ code: 0, asked: [] })
    expect(imported.out.split('\n').every((line) => line.endsWith(': unchanged'))).toBe(true)
    expect(await segmentsThere()).toEqual(there)
  })

  test('export leaves files that say the same, and says what the server does not have', async () => {
    file(
      'mine.yaml',
      '# why it is so',
      'id: active-members',
      'name: Active members',
      'note: Has a membership valid now.',
      `rule: { all: [${MEMBER}] }`,
    )
    file('more.yaml', 'id: not-there', 'name: Not there', `rule: ${MEMBER}`)
    const { code, out } = await perennial(['rules', 'export', folder], { env: env() })
    expect(code).toBe(0)
    expect(out).toContain('more.yaml: the server has no “not-there”')
    expect(readFileSync(join(folder, 'mine.yaml'), 'utf8')).toContain('# why it is so')
    expect(readdirSync(folder)).not.toContain('active-members.yaml')
  })

  test('import says what it would do, and does nothing without a yes', async () => {
    file('leaving.yaml', 'id: leaving', 'name: Leaving', 'rule: { fact: segment, is: in, value: going-soon }')
    file(
      'soon.yaml',
      'id: going-soon',
      'name: Going soon',
      'recalculation: { mode: nightly }',
      `rule: { not: ${MEMBER} }`,
    )
    file(
      'new.yaml',
      'id: new-leads',
      'name: Newest leads',
      'note: ""',
      'rule: { all: [{ fact: first_booking, is: within_next, value: { days: 14 } }] }',
    )
    const before = await segmentsThere()
    const no = await perennial(['rules', 'import', folder], { env: env(), answer: 'n' })
    expect(no).toMatchObject({ code: 1, err: 'Nothing was imported.', asked: ['Import these 3? [y/N] '] })
    expect(no.out).toBe(
      [
        // what it asks for comes before it
        'going-soon (Going soon): new',
        '  Customers who have no valid membership.',
        'leaving (Leaving): new',
        '  Customers who are in the segment “Going soon”.',
        'new-leads (New leads):',
        '  name: “New leads” becomes “Newest leads”',
        '  note: “The first booking ever starts within the next 30 days.” becomes “”',
        '  “have their first booking within the next 30 days” becomes “… 14 days”',
      ].join('\n'),
    )
    expect(await segmentsThere()).toEqual(before)
    expect(await perennial(['rules', 'import', folder], { env: env() })).toMatchObject({ code: 1 })
    expect(await segmentsThere()).toEqual(before)

    const yes = await perennial(['rules', 'import', folder], { env: env(), answer: 'y' })
    expect(yes).toMatchObject({ code: 0, err: '' })
    const after = new Map((await segmentsThere()).map((segment) => [segment.id, segment]))
    expect(after.get('going-soon')).toMatchObject({
      name: 'Going soon',
      recalculation: { mode: 'nightly', at: '03:00' },
    })
    expect(after.get('leaving')?.rule).toEqual({ fact: 'segment', is: 'in', value: 'going-soon' })
    expect(after.get('new-leads')).toMatchObject({ name: 'Newest leads', note: '', version: 2 })

    const again = await perennial(['rules', 'import', folder, '--yes'], { env: env() })
    expect(again).toMatchObject({ code: 0, asked: [] })
    expect([...again.out.matchAll(/: unchanged/g)]).toHaveLength(3)
  })

  test('--yes asks nobody; a change of one member leaves the others', async () => {
    file(
      'a.yaml',
      'id: slipping-away',
      'name: Slipping',
      'note: short',
      'rule: { all: [{ fact: last_booking, states: [attended], is: more_than_ago, value: { days: 14 } }] }',
    )
    expect(await perennial(['rules', 'import', folder, '--yes'], { env: env() })).toMatchObject({ code: 0, asked: [] })
    const changed = (await segmentsThere()).find(({ id }) => id === 'slipping-away')
    expect(changed).toMatchObject({ name: 'Slipping', note: 'short', version: 1 })
  })

  test('mistakes are told before anything is done', async () => {
    file('a.yaml', 'id: brand-new', 'name: Brand new', `rule: ${MEMBER}`)
    file('b.yaml', 'id: other', 'name: Other', 'rule: { fact: segment, is: in, value: nowhere }')
    const { code, err } = await perennial(['rules', 'import', folder, '--yes'], { env: env() })
    expect(code).toBe(1)
    expect(err).toContain('b.yaml:3:39: error: There is no segment “nowhere”')
    expect((await segmentsThere()).some(({ id }) => id === 'brand-new')).toBe(false)
  })

  test('a scope stays what it is', async () => {
    file(
      'a.yaml',
      'id: loyalty-favourites',
      'name: My favourites',
      'scope: business',
      'rule: { fact: favourite, is: true }',
    )
    const { code, err } = await perennial(['rules', 'import', folder, '--yes'], { env: env() })
    expect(code).toBe(1)
    expect(err).toContain('loyalty-favourites: a segment stays for the whole business, or for each provider.')
  })

  test('what the server says against it is said; a server that is not there, too', async () => {
    file('a.yaml', 'id: a', 'name: A', `rule: ${MEMBER}`)
    const refused = await perennial(['rules', 'import', folder], { env: { ...env(), PERENNIAL_API_KEY: 'wrong' } })
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/^GET \/segments: 401 /)
    const gone = await perennial(['rules', 'export', folder], {
      env: { ...env(), PERENNIAL_URL: 'http://127.0.0.1:9' },
    })
    expect(gone.code).toBe(1)
    expect(gone.err).toMatch(/^http:\/\/127\.0\.0\.1:9 cannot be reached: /)
  })
})
