import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Segment } from '../../api/contract/segments.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { MEMBER, ruleFolder } from './ruleFolder.ts'

const rules = ruleFolder()
const { file, perennial } = rules

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
    const exported = await perennial(['rules', 'export', rules.path], { env: env() })
    const there = await segmentsThere()
    expect(exported.code).toBe(0)
    expect(readdirSync(rules.path).sort()).toEqual(there.map(({ id }) => `${id}.yaml`).sort())
    expect(readFileSync(join(rules.path, 'terminating-members.yaml'), 'utf8')).toContain(
      '- not: { fact: membership, is: valid_uncancelled }',
    )
    expect(await perennial(['rules', 'check', rules.path])).toMatchObject({ code: 0 })

    const imported = await perennial(['rules', 'import', rules.path], { env: env() })
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
    const { code, out } = await perennial(['rules', 'export', rules.path], { env: env() })
    expect(code).toBe(0)
    expect(out).toContain('more.yaml: the server has no “not-there”')
    expect(readFileSync(join(rules.path, 'mine.yaml'), 'utf8')).toContain('# why it is so')
    expect(readdirSync(rules.path)).not.toContain('active-members.yaml')
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
    const no = await perennial(['rules', 'import', rules.path], { env: env(), answer: 'n' })
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
    expect(await perennial(['rules', 'import', rules.path], { env: env() })).toMatchObject({ code: 1 })
    expect(await segmentsThere()).toEqual(before)

    const yes = await perennial(['rules', 'import', rules.path], { env: env(), answer: 'y' })
    expect(yes).toMatchObject({ code: 0, err: '' })
    const after = new Map((await segmentsThere()).map((segment) => [segment.id, segment]))
    expect(after.get('going-soon')).toMatchObject({
      name: 'Going soon',
      recalculation: { mode: 'nightly', at: '03:00' },
    })
    expect(after.get('leaving')?.rule).toEqual({ fact: 'segment', is: 'in', value: 'going-soon' })
    expect(after.get('new-leads')).toMatchObject({ name: 'Newest leads', note: '', version: 2 })

    const again = await perennial(['rules', 'import', rules.path, '--yes'], { env: env() })
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
    expect(await perennial(['rules', 'import', rules.path, '--yes'], { env: env() })).toMatchObject({
      code: 0,
      asked: [],
    })
    const changed = (await segmentsThere()).find(({ id }) => id === 'slipping-away')
    expect(changed).toMatchObject({ name: 'Slipping', note: 'short', version: 1 })
  })

  test('mistakes are told before anything is done', async () => {
    file('a.yaml', 'id: brand-new', 'name: Brand new', `rule: ${MEMBER}`)
    file('b.yaml', 'id: other', 'name: Other', 'rule: { fact: segment, is: in, value: nowhere }')
    const { code, err } = await perennial(['rules', 'import', rules.path, '--yes'], { env: env() })
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
    const { code, err } = await perennial(['rules', 'import', rules.path, '--yes'], { env: env() })
    expect(code).toBe(1)
    expect(err).toContain('loyalty-favourites: a segment stays for the whole business, or for each provider.')
  })

  test('what the server says against it is said; a server that is not there, too', async () => {
    file('a.yaml', 'id: a', 'name: A', `rule: ${MEMBER}`)
    const refused = await perennial(['rules', 'import', rules.path], { env: { ...env(), PERENNIAL_API_KEY: 'wrong' } })
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(/^GET \/segments: 401 /)
    const gone = await perennial(['rules', 'export', rules.path], {
      env: { ...env(), PERENNIAL_URL: 'http://127.0.0.1:9' },
    })
    expect(gone.code).toBe(1)
    expect(gone.err).toMatch(/^http:\/\/127\.0\.0\.1:9 cannot be reached: /)
  })
})
