import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { CampaignDraft, DraftContent, DraftSummary } from '../../api/contract/campaignDrafts.ts'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { rows } from '../../domain/database.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'
import { insertCustomers } from '../support/sending.ts'
import { ADMIN } from '../support/signIn.ts'

type Refused = { errors?: { path: string }[]; draft?: CampaignDraft | null }
type Kept = { revision: number }
type Caller = Awaited<ReturnType<typeof callAs>>

let database: TestDatabase
let api: TestApi
let mine: Caller
let theirs: Caller
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db)
  await createFirstAdmin(database.db, new Date(), ADMIN)
  await addPerson(database.db, 'second@studio.test')
  await insertCustomers(database.db, 3)
  mine = await callAs(api, ADMIN.email)
  theirs = await callAs(api, 'second@studio.test')
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const CHOICE = { recipients: { customers: ['c0', 'c1'] }, count: 2, label: 'Two customers' }
const content = (part: Partial<DraftContent> = {}): DraftContent => ({
  channel: 'email',
  subject: 'Half a th',
  document: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }] },
  template: null,
  sms: { text: '' },
  push: { title: '', text: '', url: '' },
  options: { at: null, spreadMinutes: null, holdout: 0, seed: 'abc', compared: null },
  reward: null,
  ...part,
})

test('a draft is kept, listed, read in another place and replaced only by who has seen it', async () => {
  const path = '/campaign-drafts/segment:slipping-away%7Cprov'
  const first = await mine<Kept>('put', path, { revision: null, choice: CHOICE, content: content() })
  expect(first.status).toBe(200)
  const listed = await mine<{ items: DraftSummary[] }>('get', '/campaign-drafts')
  expect(listed.body.items).toEqual([
    expect.objectContaining({
      ...{ name: 'segment:slipping-away|prov', channel: 'email', title: 'Half a th' },
      ...{ label: 'Two customers', customers: 2, revision: first.body.revision },
    }),
  ])
  expect((await mine<CampaignDraft>('get', path)).body).toMatchObject({ choice: CHOICE, content: content() })

  const second = content({ subject: 'Half a thought' })
  const kept = await mine<Kept>('put', path, { revision: first.body.revision, content: second })
  expect(kept.status).toBe(200)
  expect((await mine<CampaignDraft>('get', path)).body).toMatchObject({ choice: CHOICE, content: second })

  const late = await mine<Refused>('put', path, { revision: first.body.revision, content: content() })
  expect(late.status).toBe(409)
  expect(late.body.draft).toMatchObject({ content: second, revision: kept.body.revision })
  expect((await mine('delete', `${path}?revision=${first.body.revision}`)).status).toBe(409)
  expect((await mine('delete', `${path}?revision=${kept.body.revision}`)).status).toBe(204)
  expect((await mine('get', path)).status).toBe(404)
  // it was sent or thrown away elsewhere: the one who writes on is told, and keeps theirs as a new one
  const gone = await mine<Refused>('put', path, { revision: kept.body.revision, content: second })
  expect(gone).toMatchObject({ status: 409, body: { draft: null } })
})

test('drafts are their writer’s own; programs have none; a new one says whom it goes to', async () => {
  const draft = { revision: null, choice: CHOICE, content: content() }
  expect((await mine('put', '/campaign-drafts/picked', draft)).status).toBe(200)
  expect((await theirs('get', '/campaign-drafts/picked')).status).toBe(404)
  expect((await theirs<{ items: unknown[] }>('get', '/campaign-drafts')).body.items).toEqual([])
  expect((await api.call('get', '/campaign-drafts')).status).toBe(403)
  expect(
    (await theirs<Refused>('put', '/campaign-drafts/x', { revision: null, content: content() })).body,
  ).toMatchObject({ errors: [{ path: '/choice' }] })
  expect((await mine('put', '/campaign-drafts/a%2Fb', draft)).status).toBe(400)
})

test('of two that keep at once, one is told', async () => {
  const put = () => mine<Kept>('put', '/campaign-drafts/race', { revision: null, choice: CHOICE, content: content() })
  const answers = await Promise.all([put(), put(), put(), put()])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
})

test('the draft goes in the same step in which its campaign is made or edited', async () => {
  const draft = { revision: null, choice: CHOICE, content: content({ channel: 'sms', sms: { text: 'Hi\nyou' } }) }
  await mine('put', '/campaign-drafts/sent', draft)
  const [{ title } = { title: '' }] = (await mine<{ items: DraftSummary[] }>('get', '/campaign-drafts')).body.items
  expect(title).toBe('Hi you')
  const order = { customers: ['c0', 'c1'], content: { subject: 'Hi', html: '<p>Hi</p>' } }
  // what is refused leaves it standing
  const wrong = await mine('post', '/campaigns', { ...order, content: { subject: '', html: '' }, draft: 'sent' })
  expect(wrong.status).toBe(400)
  expect((await mine('get', '/campaign-drafts/sent')).status).toBe(200)
  // somebody else's of the same name is not meant
  expect((await theirs('post', '/campaigns', { ...order, draft: 'sent' })).status).toBe(201)
  expect((await mine('get', '/campaign-drafts/sent')).status).toBe(200)
  const later = new Date(Date.now() + 3_600_000).toISOString()
  const made = await mine<Campaign>('post', '/campaigns', { ...order, send_at: later, draft: 'sent' })
  expect(made.status).toBe(201)
  expect((await mine('get', '/campaign-drafts/sent')).status).toBe(404)

  await mine('put', '/campaign-drafts/edit', draft)
  const edit = { ...order, send_at: later, revision: 1, draft: 'edit' }
  expect((await mine('put', `/campaigns/${made.body.id}`, edit)).status).toBe(200)
  expect(await rows(database.db, "SELECT 1 FROM campaign_drafts WHERE name = 'edit'")).toEqual([])
})
