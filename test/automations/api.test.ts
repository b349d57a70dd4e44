import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type {
  Automation,
  AutomationDraft,
  AutomationFinding,
  AutomationVersion,
} from '../../api/contract/automations.ts'
import type { AutomationSteps, Enrolment, EnrolmentStep } from '../../api/contract/enrolments.ts'
import { execute } from '../../domain/database.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { installGallery } from '../../domain/templates/gallery/installGallery.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  await installStandardSegments(database.db, new Date())
  await installGallery(database.db, 'en', new Date())
  api = await startApi(database.db, undefined, undefined, {
    smtpUrl: 'smtp://127.0.0.1:9',
    temporalPages: { url: 'https://temporal.test', namespace: 'studio' },
  })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})
beforeEach(() => execute(database.db, 'DELETE FROM automations'))

const SLIPPING = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: { after: { days: 90 } },
  unless: [{ id: 'back', on: { on: 'booking_made' } }],
  then: [
    { id: 'mail', send: { channel: 'email', template: 'we-miss-you' } },
    { id: 'week', wait: { days: 7 } },
    { id: 'tag', tag: { add: ['missed'] } },
  ],
}

type Problem = { detail: string; errors: { path: string; message: string }[] }

async function made(definition: object = SLIPPING): Promise<Automation> {
  const { status, body } = await api.call<Automation>('post', '/automations', { name: 'Slipping away', definition })
  expect([status, body]).toEqual([201, body])
  return body
}

const publish = (id: string, body: object) =>
  api.call<Automation & { findings: AutomationFinding[] } & Problem>('post', `/automations/${id}/publish`, body)

test('an automation is a draft until it is published, and live from then on', async () => {
  const automation = await made()
  expect(automation).toMatchObject({ id: 'slipping-away', state: 'draft', version: 0, definition: null })
  expect(automation.numbers).toMatchObject({ entered: 0, inside: 0 })
  const draft = await api.call<AutomationDraft>('get', '/automations/slipping-away/draft')
  expect(draft.body).toMatchObject({ definition: SLIPPING, base_version: 0 })

  const { status, body } = await publish(automation.id, { revision: draft.body.revision, note: 'first' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ state: 'live', version: 1, definition: SLIPPING, draft: null, findings: [] })
  const { body: list } = await api.call<{ items: Automation[] }>('get', '/automations?state=live')
  expect(list.items.map(({ id }) => id)).toEqual(['slipping-away'])
  expect((await api.call('get', '/automations/slipping-away/draft')).status).toBe(404)
})

test('a draft is kept as it comes, and of two people the second is told', async () => {
  const { id } = await made()
  const { body: draft } = await api.call<AutomationDraft>('get', `/automations/${id}/draft`)
  const half = { when: { on: 'nothing' } }
  const keep = (revision: number | null, definition: object) =>
    api.call<AutomationDraft & { draft: AutomationDraft }>('put', `/automations/${id}/draft`, {
      definition,
      base_version: 0,
      revision,
    })
  const first = await keep(draft.revision, half)
  expect(first.body).toMatchObject({ definition: half })
  expect(first.body.revision).toBeGreaterThan(draft.revision)
  const second = await keep(draft.revision, SLIPPING)
  expect(second.status).toBe(409)
  expect(second.body.draft).toMatchObject({ definition: half, revision: first.body.revision })
  // what was never published is nothing without its draft
  expect((await api.call('delete', `/automations/${id}/draft`)).status).toBe(409)
})

test('what is wrong is not published, and said with its place', async () => {
  const wrong = {
    ...SLIPPING,
    when: { on: 'enters_segment', segment: 'nobody' },
    then: [
      { id: 'a', send: { channel: 'email', template: 'no-such' } },
      { id: 'b', go_to: 'a' },
    ],
  }
  const { id } = await made(wrong)
  const { status, body } = await publish(id, { definition: wrong, base_version: 0 })
  expect(status).toBe(400)
  expect(body.errors).toEqual([
    {
      path: '/definition/then/1/go_to',
      message: 'This goes back without a wait on the way: it would go round and round at once.',
    },
    { path: '/definition/then/0/send/template', message: 'There is no template “no-such”.' },
    { path: '/definition/when/segment', message: 'There is no segment “nobody”.' },
  ])
  const misshapen = await publish(id, {
    definition: { ...SLIPPING, then: [{ id: 'x', wait: { days: 0 } }] },
    base_version: 0,
  })
  expect(misshapen.body.errors).toMatchObject([{ path: '/definition/then/0/wait' }])
  expect(misshapen.body.findings).toMatchObject([{ step: 'x', kind: 'form', level: 'error' }])
})

test('a check says what the database knows, too', async () => {
  const check = async (change: object) =>
    (
      await api.call<{ errors: number; findings: AutomationFinding[] }>('post', '/automations/check', {
        definition: { ...SLIPPING, ...change },
      })
    ).body
  expect(await check({})).toEqual({ errors: 0, findings: [] })
  const asked = {
    id: 'ask',
    wait_for: { on: 'survey_answered', survey: 'why-leave', answers: ['moved', 'nothing'] },
    at_most: { days: 9 },
    then: [],
    else: [],
  }
  const { errors, findings } = await check({
    then: [
      { id: 'sms', send: { channel: 'sms', text: 'Hi {{ customer.nickname }} {{ customer.first_name }}' } },
      asked,
      { id: 'gift', give: { kind: 'free_minutes', minutes: 20, days: 30, provider: 'gone' } },
    ],
  })
  expect(errors).toBe(2)
  expect(findings.map(({ kind, step, path }) => [kind, step, path])).toEqual([
    ['channel_not_set_up', 'sms', '/then/0/send/channel'],
    ['no_merge_tag', 'sms', '/then/0/send/text'],
    ['no_fallback', 'sms', '/then/0/send/text'],
    ['no_answer', 'ask', '/then/1/wait_for/answers/1'],
    ['no_provider', 'gift', '/then/2/give/provider'],
  ])
})

test('versions are listed, taken up again, and not published over unseen', async () => {
  const { id } = await made()
  await publish(id, { definition: SLIPPING, base_version: 0 })
  const shorter = { ...SLIPPING, then: SLIPPING.then.slice(0, 1) }
  expect((await publish(id, { definition: shorter, base_version: 1, note: 'no tag' })).body.version).toBe(2)
  const late = await publish(id, { definition: SLIPPING, base_version: 1 })
  expect([late.status, late.body]).toMatchObject([409, { published: { version: 2, note: 'no tag' } }])
  // the same again is no version
  expect((await publish(id, { definition: shorter, base_version: 2 })).body.version).toBe(2)

  const restored = await api.call<Automation>('post', `/automations/${id}/versions/1/restore`, { base_version: 2 })
  expect(restored.body).toMatchObject({ version: 3, definition: SLIPPING })
  const { body } = await api.call<{ items: AutomationVersion[] }>('get', `/automations/${id}/versions`)
  expect(body.items.map(({ version, restored_from, note }) => [version, restored_from, note])).toEqual([
    [3, 1, ''],
    [2, null, 'no tag'],
    [1, null, ''],
  ])
  expect((await api.call('get', `/automations/${id}/versions/9`)).status).toBe(404)
  const { body: second } = await api.call<AutomationVersion>('get', `/automations/${id}/versions/2`)
  expect(second.definition).toEqual(shorter)
})

test('numbers add up, step by step, and every one leads to its customers', async () => {
  const { id } = await made()
  await publish(id, { definition: SLIPPING, base_version: 0 })
  const { db } = database
  await api.call('post', '/ingest', {
    customers: Array.from({ length: 6 }, (_, n) => ({ id: `c-${n}`, first_name: `Customer ${n}` })),
  })
  const [row] = (await db.raw('SELECT id FROM automations WHERE `key` = ?', [id]))[0] as { id: number }[]
  const now = new Date()
  const later = new Date(now.getTime() + 3 * 3_600_000)
  const ways = [
    ['active', 'week', 'waiting', later, null],
    ['active', 'tag', 'failed', null, 'no such tag'],
    ['finished', null, null, null, null],
    ['goal', null, null, null, null],
    ['exited', 'week', null, null, 'back'],
    ['held_out', null, null, null, null],
  ] as const
  for (const [n, [state, step, stands, due, reason]] of ways.entries()) {
    await execute(
      db,
      `INSERT INTO enrolments (automation_id, version, provider_id, customer_id, state, inside, step, stands, since, due_at, reason, cause, entered_at)
       SELECT ?, 1, 0, id, ?, ?, ?, ?, ?, ?, ?, 'event', ? FROM customers WHERE external_id = ?`,
      [
        row?.id ?? 0,
        state,
        state === 'active' ? 1 : null,
        step,
        stands,
        now,
        due,
        reason,
        new Date(now.getTime() - n),
        `c-${n}`,
      ],
    )
  }
  await execute(
    db,
    `INSERT INTO enrolment_steps (enrolment_id, turn, automation_id, step, entered_at, left_at, outcome)
     SELECT id, 1, automation_id, 'mail', ?, ?, 'passed' FROM enrolments WHERE state <> 'held_out'`,
    [now, now],
  )

  const { body: steps } = await api.call<AutomationSteps>('get', `/automations/${id}/steps`)
  expect(steps).toMatchObject({
    entered: 6,
    inside: 1,
    finished: 3,
    goal: 1,
    held_out: 1,
    exited: 1,
    failed: 1,
    held: 0,
  })
  expect(steps.inside + steps.finished + steps.exited + steps.failed).toBe(steps.entered)
  expect(steps.steps).toMatchObject([
    { step: 'mail', inside: 0, passed: { last_7_days: 5, last_30_days: 5, all: 5 }, outcomes: { passed: 5 } },
    {
      step: 'week',
      inside: 1,
      next_release: later.toISOString(),
      releases: [{ count: 1 }],
      release_days: [{ count: 1 }],
      released_later: 0,
    },
    { step: 'tag', inside: 0, failed: 1, failures: [{ reason: 'no such tag', count: 1 }] },
  ])
  expect(steps.ends.map(({ state, reason, count }) => [state, reason, count]).sort()).toEqual([
    ['exited', 'back', 1],
    ['finished', '', 1],
    ['goal', '', 1],
    ['held_out', '', 1],
  ])

  const list = async (query: string) =>
    (await api.call<{ items: Enrolment[]; next: string | null }>('get', `/automations/${id}/enrolments?${query}`)).body
  const names = async (query: string) => (await list(query)).items.map(({ customer }) => customer.id)
  expect(await names('state=failed')).toEqual(['c-1'])
  expect(await names('state=active')).toEqual(['c-0'])
  expect(await names('step=week&state=active')).toEqual(['c-0'])
  expect((await names('step=mail&passed=true')).length).toBe(5)
  expect((await names('step=mail&passed=true&outcome=passed')).length).toBe(5)
  expect(await names('step=mail&passed=true&outcome=sent')).toEqual([])
  expect(await names('left=true')).toEqual(['c-4'])
  expect(await names('step=week&left=true&reason=back')).toEqual(['c-4'])
  expect(await names('left=true&reason=by_hand')).toEqual([])
  const first = await list('limit=4')
  expect([...first.items, ...(await list(`limit=4&cursor=${first.next}`)).items].map((one) => one.customer.id)).toEqual(
    ways.map((_, n) => `c-${n}`),
  )

  const { body: own } = await api.call<{ items: (Enrolment & { steps: EnrolmentStep[] })[] }>(
    'get',
    '/customers/c-1/enrolments',
  )
  expect(own.items).toMatchObject([
    { automation: { id, name: 'Slipping away' }, state: 'failed', reason: 'no such tag' },
  ])
  expect(own.items[0]?.steps.map(({ step, outcome, error }) => [step, outcome, error])).toEqual([
    ['mail', 'passed', null],
    ['tag', null, 'no such tag'],
  ])
  expect((await api.call<{ items: unknown[] }>('get', '/automations?failing=true')).body.items.length).toBe(1)

  // what runs is stopped first; where somebody has been stays in their histories
  expect((await api.call('delete', `/automations/${id}`)).status).toBe(409)
  await api.call('post', `/automations/${id}/stop`)
  expect((await api.call('delete', `/automations/${id}`)).status).toBe(204)
  expect((await api.call<{ items: unknown[] }>('get', '/automations')).body.items).toEqual([])
  expect((await api.call<Automation>('get', `/automations/${id}`)).body).toMatchObject({
    state: 'stopped',
    deleted_at: expect.stringMatching(/^2/),
  })
  expect((await api.call<{ items: Enrolment[] }>('get', '/customers/c-1/enrolments')).body.items).toMatchObject([
    { automation: { name: 'Slipping away' }, state: 'stopped' },
  ])
  const again = await publish(id, { definition: SLIPPING, base_version: 1 })
  expect([again.status, again.body.detail]).toEqual([409, '“Slipping away” was deleted.'])
  expect((await api.call('patch', `/automations/${id}`, { name: 'Back' })).status).toBe(409)
  expect((await api.call('delete', `/automations/${id}`)).status).toBe(409)
})

test('a draft is renamed, and deleted for good; what runs leads to its runs in Temporal’s own pages', async () => {
  const { id, runs_url } = await made()
  expect(runs_url).toBe(
    'https://temporal.test/namespaces/studio/workflows?query=PerennialAutomation%20%3D%20%22slipping-away%22',
  )
  expect((await api.call<Automation>('patch', `/automations/${id}`, { name: 'Win back' })).body.name).toBe('Win back')
  expect((await api.call('delete', `/automations/${id}`)).status).toBe(204)
  expect((await api.call('get', `/automations/${id}`)).status).toBe(404)
})

test('pausing, going on and stopping are acts on what is on', async () => {
  const { id } = await made()
  expect((await api.call('post', `/automations/${id}/pause`)).status).toBe(409)
  await publish(id, { definition: SLIPPING, base_version: 0 })
  const act = async (name: string) => (await api.call<Automation>('post', `/automations/${id}/${name}`)).body
  expect(await act('pause')).toMatchObject({ state: 'paused' })
  expect(await act('resume')).toMatchObject({ state: 'live' })
  expect(await act('stop')).toMatchObject({ state: 'stopped', left: 0, not_stopped: 0 })
  // what was stopped is switched on by publishing it, as a version of its own
  expect((await publish(id, { definition: SLIPPING, base_version: 1 })).body).toMatchObject({
    state: 'live',
    version: 2,
  })
})

test('who enters when told to is said before it is done', async () => {
  const { id } = await made()
  await api.call('post', '/ingest', { customers: ['e-1', 'e-2', 'e-3'].map((customer) => ({ id: customer })) })
  const enrol = (body: object) =>
    api.call<{ requested: number; enrolled: number; left_out: object[] } & Problem>(
      'post',
      `/automations/${id}/enrol`,
      body,
    )
  expect((await enrol({ customers: ['e-1'] })).status).toBe(409)
  await publish(id, {
    definition: { ...SLIPPING, only: { fact: 'tag', is: 'any_of', value: ['picked'] } },
    base_version: 0,
  })
  await api.call('post', '/customers/tag', { customers: ['e-1', 'e-2'], add: ['picked'] })
  const told = { customers: ['e-1', 'e-2', 'e-3'], dry_run: true }
  expect((await enrol(told)).body).toEqual({ requested: 3, enrolled: 2, left_out: [{ reason: 'rule', count: 1 }] })
  expect((await enrol({ ...told, dry_run: false })).body.enrolled).toBe(2)
  const [arrivals] = (await database.db.raw('SELECT COUNT(*) AS n FROM automation_arrivals'))[0] as { n: number }[]
  expect(arrivals?.n).toBe(2)
  const nobody = await enrol({ customers: ['e-1', 'nobody'] })
  expect([nobody.status, nobody.body.errors]).toMatchObject([400, [{ path: '/customers/1' }]])
  expect((await enrol({ segment: 'slipping-away', dry_run: true })).body.requested).toBe(0)
  expect((await enrol({ trigger: true, dry_run: true })).body.requested).toBe(0)
})

test('a mapping shows who stands where before anybody is moved', async () => {
  const { id } = await made()
  await publish(id, { definition: SLIPPING, base_version: 0 })
  await api.call('post', '/ingest', { customers: [{ id: 'm-1' }, { id: 'm-2' }] })
  const [row] = (await database.db.raw('SELECT id FROM automations WHERE `key` = ?', [id]))[0] as { id: number }[]
  const [cohort] = await database.db('cohorts').insert({ automation_id: row?.id, version: 1, created_at: new Date() })
  await execute(
    database.db,
    `INSERT INTO enrolments (automation_id, version, provider_id, customer_id, cohort_id, state, inside, step, stands, since, due_at, cause, entered_at)
     SELECT ?, 1, 0, id, ?, 'active', 1, 'week', 'waiting', NOW(3), NOW(3), 'event', NOW(3) FROM customers WHERE external_id IN ('m-1', 'm-2')`,
    [row?.id ?? 0, cohort ?? 0],
  )
  const longer = {
    ...SLIPPING,
    then: [...SLIPPING.then.slice(0, 1), { id: 'month', wait: { days: 30 } }, ...SLIPPING.then.slice(2)],
  }
  await publish(id, { definition: longer, base_version: 1 })
  const mapping = [{ version: 1, step: 'week', to: { step: 'month' } }]
  const move = async (body: object) =>
    (await api.call<{ rows: object[]; moved: number }>('post', `/automations/${id}/move`, body)).body
  expect(await move({ mapping: [], dry_run: true })).toMatchObject({
    rows: [{ step: 'week', customers: 2, to: 'stay' }],
    moved: 0,
  })
  expect(await move({ mapping, dry_run: true })).toMatchObject({ version: 2, rows: [{ customers: 2 }], moved: 2 })
  expect(await move({ mapping })).toMatchObject({ moved: 2, exited: 0 })
  expect(await move({ mapping, dry_run: true })).toMatchObject({ rows: [], moved: 0 })
})
