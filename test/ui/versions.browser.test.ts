import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Segment } from '../../api/contract/segments.ts'
import type { Draft, Version } from '../../api/contract/segmentVersions.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { ADMIN } from '../support/signIn.ts'
import { until } from '../support/until.ts'

const DAY = 86_400_000
const lately = (days: number): Rule => ({ fact: 'last_booking', is: 'within_last', value: { days } })

/** Six customers whose last booking was 5, 10, … 30 days ago. */
const customers = Array.from({ length: 6 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
}))
const bookings = customers.map(({ id }, index) => ({
  id: `b${index}`,
  customer: id,
  state: 'attended',
  starts_at: new Date(Date.now() - (index + 1) * 5 * DAY).toISOString(),
}))

let pages: TestPages
let page: Page
let id: string
let number = 0

beforeAll(async () => {
  pages = await servePages()
  await pages.api.call('post', '/ingest', { customers, bookings })
  await refreshSegments(pages.database.db, new Date())
}, 180_000)
afterAll(() => pages?.close())

beforeEach(async () => {
  page = await pages.visit()
  number += 1
  id = (await pages.api.call<Segment>('post', '/segments', { name: `Lately ${number}`, rule: lately(12) })).body.id
  await recomputeSegment(pages.database.db, id, new Date())
}, 60_000)

const draft = async () => (await pages.api.call<Draft>('get', `/segments/${id}/draft`)).body
const versions = async () => (await pages.api.call<{ items: Version[] }>('get', `/segments/${id}/versions`)).body.items

async function open(view: 'rule' | 'versions'): Promise<void> {
  await page.goto(`${pages.api.url}/segments/${id}/${view}`)
  if (view === 'rule') await page.locator('dl[aria-busy="false"]').waitFor()
}

/** Changes the window of the only condition on the canvas. */
async function ask(days: number): Promise<void> {
  await page.locator('[data-card="condition:"] [data-field="value"]').click()
  const value = page.locator('aside').getByRole('textbox').first()
  await value.fill(String(days))
  await page.getByText(`within the last ${days} days.`).waitFor()
}

describe('versions of a rule', () => {
  test('a draft is kept by itself, a reload goes on with it, and it can be thrown away and taken up again', async () => {
    await open('rule')
    await ask(22)
    await page.getByText('draft kept').waitFor()
    expect(await draft()).toMatchObject({ rule: lately(22), base_version: 1, updated_by: ADMIN.email })
    await page.reload()
    await page.getByText('within the last 22 days.').waitFor()
    await page.getByText('Changed from version 1').waitFor()
    await page.getByRole('button', { name: 'Throw away' }).click()
    await page.getByText('within the last 12 days.').waitFor()
    await until(async () => (await draft()).rule === undefined)
    await page.getByRole('button', { name: 'Undo: Draft' }).click()
    await page.getByText('within the last 22 days.').waitFor()
    await page.getByText('draft kept').waitFor()
  })

  test('leaving for another page loses nothing and asks nothing', async () => {
    await open('rule')
    await ask(22)
    await page.getByRole('link', { name: 'Inbox' }).click()
    await page.waitForURL(/\/inbox/)
    await page.goBack()
    await page.getByText('within the last 22 days.').waitFor()
  })

  test('publishing says what changes and who moves; an earlier version is taken up again', async () => {
    await open('rule')
    await ask(22)
    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '2 enter' }).click()
    await dialog.getByRole('link', { name: 'Name2 Sample' }).waitFor()
    await dialog.getByRole('list', { name: 'What changed' }).getByText('22 days').waitFor()
    await dialog.getByLabel('Note').fill('Holidays are longer')
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Publish version 2' }).click()
    await page.getByText('Version 2', { exact: true }).waitFor()
    expect((await pages.api.call('get', `/segments/${id}/draft`)).status).toBe(404)
    await recomputeSegment(pages.database.db, id, new Date())

    await page.getByRole('link', { name: 'Versions' }).click()
    await page.getByText('2 entered, 0 left').first().waitFor()
    await page.getByText('Holidays are longer').waitFor()
    const first = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Version 1' }) })
    await first.getByRole('button', { name: 'Compare…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '2 enter' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await first.getByRole('button', { name: 'Take up again…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '2 leave' }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish version 3' }).click()
    await page.getByText('version 1 taken up again').waitFor()
    expect((await versions())[0]).toMatchObject({ version: 3, restored_from: 1, rule: lately(12) })
  })

  test('the second of two who draft is told whose the other is, and keeps his own', async () => {
    await open('rule')
    await pages.api.call('put', `/segments/${id}/draft`, { rule: lately(5), base_version: 1 })
    await ask(22)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('kept another draft').waitFor()
    await dialog.getByText('5 days').first().waitFor()
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await page.getByText('draft kept').waitFor()
    expect((await draft()).rule).toEqual(lately(22))
  })

  test('the second of two who draft can take the other’s, and undo that', async () => {
    await open('rule')
    await pages.api.call('put', `/segments/${id}/draft`, { rule: lately(5), base_version: 1 })
    await ask(22)
    await page.getByRole('dialog').getByRole('button', { name: 'Take theirs' }).click()
    await page.getByText('within the last 5 days.').waitFor()
    await page.getByRole('button', { name: 'Undo: Draft' }).click()
    await page.getByText('within the last 22 days.').waitFor()
  })

  test('who publishes after another is told, and sees the difference from theirs', async () => {
    await open('rule')
    await ask(22)
    await page.getByText('draft kept').waitFor()
    await pages.api.call('post', `/segments/${id}/publish`, { rule: lately(7), base_version: 1 })
    await page.reload()
    await page.getByText('within the last 22 days.').waitFor()
    await page.getByRole('button', { name: 'Publish…' }).click()
    await page.getByRole('dialog').getByRole('alert').getByText('published version 2').waitFor()
    await page.getByRole('dialog').getByText('7 days').first().waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish version 3' }).click()
    await page.getByText('Version 3', { exact: true }).waitFor()
  })
})
