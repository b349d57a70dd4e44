import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Automation, AutomationFinding } from '../../api/contract/automations.ts'
import { automationGallery } from '../../domain/automations/gallery/readGallery.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import { findingsIn } from '../../rules/automations/findings.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const LANGUAGES = ['en', 'de', 'fr', 'it'] as const
const IDS = ['first-visit', 'welcome', 'slipping-away', 'terminating-member', 'birthday', 'reward-ends']

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  await installStandardSegments(database.db, new Date())
  api = await startApi(database.db, undefined, undefined, { smtpUrl: 'smtp://127.0.0.1:9' })
  await api.call('post', '/ingest', { providers: [{ id: 'mara', name: 'Mara' }] })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

describe.each(LANGUAGES)('the gallery in %s', (language) => {
  test('has every automation, each right in itself and with nothing that looks wrong', () => {
    const gallery = automationGallery(language, { provider: 'mara', manager: 'me@example.test' })
    expect(gallery.map(({ id }) => id)).toEqual(IDS)
    for (const { id, definition } of gallery) {
      const { automation, mistakes } = checkAutomation(definition)
      expect([id, mistakes]).toEqual([id, undefined])
      if (automation !== undefined) expect([id, findingsIn(automation)]).toEqual([id, []])
    }
  })

  test('makes automations with all that they need, ready to be switched on', async () => {
    const { body } = await api.call<{ items: { id: string; templates: { name: string }[] }[] }>(
      'get',
      `/automations/gallery?language=${language}`,
    )
    for (const { id, templates } of body.items) {
      expect(templates.length).toBeGreaterThan(0)
      const made = await api.call<Automation>('post', '/automations', { gallery: id, language })
      expect([id, made.status]).toEqual([id, 201])
      expect(made.body).toMatchObject({ gallery: id, state: 'draft' })
      const published = await api.call<{ findings: AutomationFinding[] }>(
        'post',
        `/automations/${made.body.id}/publish`,
        { revision: made.body.draft?.revision },
      )
      expect([id, published.status, published.body]).toMatchObject([id, 200, { findings: [] }])
    }
  })
})

test('nothing is said in the words of another language', () => {
  const said = (language: (typeof LANGUAGES)[number]) =>
    automationGallery(language, { provider: 'p', manager: 'm@example.test' }).flatMap((one) => [
      one.name,
      one.description,
    ])
  const english = said('en')
  for (const language of ['de', 'fr', 'it'] as const) {
    for (const [n, text] of said(language).entries()) expect(text).not.toBe(english[n])
  }
})
