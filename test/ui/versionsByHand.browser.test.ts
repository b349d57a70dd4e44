import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Member, Segment } from '../../api/contract/segments.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { until } from '../support/until.ts'

/** Six customers: c0, c2 and c4 speak German. */
const customers = Array.from({ length: 6 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
  email: `name${index}@studio.test`,
  language: index % 2 === 0 ? 'de' : 'fr',
}))

let pages: TestPages
let page: Page
let id: string
let number = 0

beforeAll(async () => {
  pages = await servePages()
  await pages.api.call('post', '/ingest', { customers })
  await refreshSegments(pages.database.db, new Date())
}, 180_000)
afterAll(() => pages?.close())

beforeEach(async () => {
  page = await pages.visit()
  number += 1
  const rule = { fact: 'language', is: 'one_of', value: ['de'] }
  id = (await pages.api.call<Segment>('post', '/segments', { name: `German ${number}`, rule })).body.id
  await recomputeSegment(pages.database.db, id, new Date())
}, 60_000)

const members = async () =>
  (await pages.api.call<{ items: Member[] }>('get', `/segments/${id}/members`)).body.items.map((member) => member.id)
/** What is stored follows the page, which says that it is done. */
const becomes = (...expected: string[]) => until(async () => (await members()).join() === expected.join())
const openMembers = async () => {
  await page.goto(`${pages.api.url}/segments/${id}`)
  await row(0).waitFor()
}
const row = (index: number) => page.getByRole('row').filter({ hasText: `Name${index} Sample` })

describe('members by hand', () => {
  test('many are put in from a pasted list, with the numbers first, and it is undone', async () => {
    await openMembers()
    await page.getByRole('button', { name: 'By hand…' }).click()
    await page.getByRole('menuitem', { name: 'Put in or take out…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('c1\nNAME3@studio.test\nnobody\nc0')
    await dialog.getByRole('button', { name: 'See what it does' }).click()
    await dialog.getByText('2 customers enter').waitFor()
    await dialog.getByText('Nobody is called: nobody').waitFor()
    expect(await members()).toEqual(['c0', 'c2', 'c4'])
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Decide about 3 customers' }).click()
    await row(1).getByText('put in by hand').locator('visible=true').waitFor()
    await becomes('c0', 'c1', 'c2', 'c3', 'c4')
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await row(1).waitFor({ state: 'detached' })
    await becomes('c0', 'c2', 'c4')
  })

  test('one is taken out after a question, shown as such, and taken back', async () => {
    await openMembers()
    await row(2).getByRole('button', { name: 'More about Name2 Sample' }).click()
    await page.getByRole('menuitem', { name: 'Take out…' }).click()
    await page.getByRole('dialog').getByText('stays out, whatever the rule says').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click()
    await row(2).waitFor({ state: 'detached' })
    await becomes('c0', 'c4')
    await page.getByRole('button', { name: 'By hand…' }).click()
    await page.getByRole('menuitem', { name: 'Decided by hand' }).click()
    await page.getByRole('dialog').getByText('taken out by admin@studio.test').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Take back the decision about Name2 Sample' }).click()
    await page.getByText('Nobody was put in or taken out by hand.').waitFor()
    await becomes('c0', 'c2', 'c4')
  })

  test('those who are picked are taken out together, with the number first', async () => {
    await openMembers()
    await page.getByRole('checkbox', { name: 'Pick Name0 Sample' }).check()
    await page.getByRole('checkbox', { name: 'Pick Name4 Sample' }).check()
    await page.getByRole('button', { name: 'Take out…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('0 customers enter, 2 leave').waitFor()
    await dialog.getByRole('button', { name: 'Take out' }).click()
    await row(0).waitFor({ state: 'detached' })
    await becomes('c2')
  })

  test('all whom a search has found are put in', async () => {
    await page.goto(`${pages.api.url}/customers?text=Name3`)
    await page.getByRole('checkbox', { name: 'Pick Name3 Sample' }).check()
    await page.getByRole('button', { name: 'More to do with them' }).click()
    await page.getByRole('menuitem', { name: 'Put 1 customer into a segment…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Segment, by id or name').locator('visible=true').fill(id)
    await page.getByRole('option', { name: new RegExp(`· ${id}$`) }).click()
    await dialog.getByText('1 customer enters').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Put in' }).click()
    await page.getByText('1 customer was put in').waitFor()
    await becomes('c0', 'c2', 'c3', 'c4')
  })

  test('a customer is added to several segments by id and name, and the row takes it back', async () => {
    await page.goto(`${pages.api.url}/customers/c1?tab=segments`)
    await page.getByRole('button', { name: 'Add to segments…' }).click()
    const dialog = page.getByRole('dialog')
    const search = dialog.getByLabel('Segments, by id or name').locator('visible=true')
    await search.fill(id)
    await page.getByRole('option', { name: new RegExp(`· ${id}$`) }).click()
    await search.fill('German 1')
    await page.getByRole('option', { name: /· german-1$/ }).click()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: `German ${number}`, exact: true }).waitFor()
    await becomes('c0', 'c1', 'c2', 'c4')
    const ours = page.getByRole('listitem').filter({ hasText: `German ${number}` })
    await ours.getByRole('button', { name: 'Take back the decision about Name1 Sample' }).click()
    await ours.waitFor({ state: 'detached' })
    await becomes('c0', 'c2', 'c4')
  })
})

describe('recalculation', () => {
  test('is set to the night, says when it comes next, and back to live', async () => {
    await openMembers()
    await page.getByRole('button', { name: /Recalculation of German \d+: Live/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Every night at' }).check()
    await dialog.getByLabel('Time').fill('02:30')
    expect(await seriousFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('nightly 02:30').waitFor()
    const { body } = await pages.api.call<Segment>('get', `/segments/${id}`)
    expect(body.recalculation).toEqual({ mode: 'nightly', at: '02:30' })
    await page.getByRole('button', { name: /Recalculation of German/ }).click()
    await dialog.getByText('Next:').waitFor()
    await dialog.getByRole('button', { name: 'Recalculate now' }).click()
    await page.getByText('The segment is being recalculated.').waitFor()
  })
})
