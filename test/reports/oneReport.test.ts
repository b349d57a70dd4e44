import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../api/contract/reports.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { NOW, type Person, populate, STARTED, ZONE } from '../support/reportedCampaign.ts'

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  await api.call('put', '/settings', { time_zone: ZONE })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const read = async () => (await api.call<Report>('get', '/campaigns/1/report')).body

describe('one campaign', () => {
  const plain: Person = {
    ...{ leftOut: null, state: 'delivered', variant: null, domain: 'web.test', sent: 0, opened: null, clicks: [] },
    ...{ machineOpened: false, bounce: null, wish: null, came: null },
  }

  test('has hours and days without gaps, in the business’s own calendar', async () => {
    await populate(database.db, [
      { ...plain, opened: 30 },
      { ...plain, clicks: [{ at: 100, link: 0, machine: false }] },
    ])
    const { hours, days } = (await read()).over_time
    expect(hours).toHaveLength(48)
    expect(hours[0]).toEqual({ at: '2026-06-01T17:00:00.000Z', sent: 2, opened: 0, clicked: 0 })
    expect(hours[30]).toMatchObject({ opened: 1 })
    // 22:40 on 1 June there, so the next day begins an hour and twenty minutes later
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 9 }, (_, index) => `2026-06-0${index + 1}`))
    expect(days.find(({ clicked }) => clicked > 0)?.day).toBe('2026-06-06')
  })

  test('that was not sent yet has a report, too', async () => {
    await database.db('campaigns').delete()
    await database.db('campaigns').insert({
      ...{ id: 1, name: 'M', kind: 'one_off', channel: 'email', state: 'scheduled', subject: 'S', html: '', text: '' },
      ...{ criteria: '{}', document: '{}', created_at: STARTED },
    })
    expect(await read()).toMatchObject({ funnel: { asked: 0 }, over_time: { hours: [], days: [] }, holdout: null })
  })

  test('comes as CSV in four languages, the addresses of links no formulas', async () => {
    await populate(database.db, [plain, { ...plain, state: 'bounced', bounce: 'mailbox_full' }])
    await database.db('campaign_links').insert({ campaign_id: 1, position: 9, url: '=cmd()' })
    for (const [language, head] of [
      ['en', 'Part,Of,What,Number'],
      ['de', 'Teil,Von,Was,Zahl'],
      ['fr', 'Partie,De,Quoi,Nombre'],
      ['it', 'Parte,Di,Cosa,Numero'],
    ]) {
      const reply = await api.call<string>('get', `/campaigns/1/report/export?language=${language}`)
      expect(reply.headers.get('content-type')).toContain('text/csv')
      expect(reply.body.split('\r\n')[0]).toBe(head)
      expect(reply.body).toContain(`,'=cmd(),`)
    }
  })

  test.each([
    ['/campaigns/99/report', 404],
    ['/campaigns/x/report', 400],
    ['/campaigns/1/report?days=0', 400],
    ['/campaigns/1/report?days=91', 400],
    ['/campaigns/1/report?goal=love', 400],
    ['/campaigns/99/report/export', 404],
    ['/deliveries?variant=a', 400],
    ['/deliveries?campaign=1&variant=c', 400],
    ['/deliveries?campaign=1&bounce=%27', 400],
  ])('%s is refused', async (path, status) => {
    expect((await api.call('get', path)).status).toBe(status)
  })
})
