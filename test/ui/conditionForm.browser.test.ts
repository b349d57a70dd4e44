import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { until } from '../support/until.ts'

const DAY = 86_400_000

/** Ten customers: the n-th attended 5 × n days ago; half of them are tagged, and all have a shoe size and a city. */
const customers = Array.from({ length: 10 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
  attributes: { size: 36 + index, city: index < 3 ? 'Wien' : 'Bern' },
}))
const bookings = customers.map(({ id }, index) => ({
  id: `b${index}`,
  customer: id,
  state: 'attended',
  starts_at: new Date(Date.now() - (index + 1) * 5 * DAY).toISOString(),
}))

let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
  await pages.api.call('post', '/ingest', { customers, bookings })
  const ids = customers.map(({ id }) => id)
  await pages.api.call('post', '/customers/tag', { customers: ids.slice(0, 5), add: ['yoga'], remove: [] })
  await pages.api.call('post', '/customers/tag', { customers: ids.slice(3, 5), add: ['back pain'], remove: [] })
  await refreshSegments(pages.database.db, new Date())
}, 180_000)
afterAll(() => pages?.close())

beforeEach(async () => {
  page = await pages.visit('/segments', { viewport: { width: 1280, height: 900 } })
}, 60_000)

let segments = 0

/** Opens the form of a segment's only condition and waits until it is counted. */
async function openForm(condition: Rule): Promise<void> {
  segments += 1
  const rule = { all: [condition] }
  const { body } = await pages.api.call<{ id: string }>('post', '/segments', { name: `Segment ${segments}`, rule })
  await page.goto(`${pages.api.url}/segments/${body.id}/rule`)
  await page.locator('dl[aria-busy="false"]').waitFor()
  await page.locator('[data-card="condition:/all/0"]').focus()
  await page.keyboard.press('Enter')
  await form().locator('input:focus, select:focus').waitFor()
}
const form = () => page.getByRole('region', { name: 'Change the condition' })
const card = (words: string) => page.locator(`[data-card="condition:/all/0"][aria-label*="${words}"]`)
const result = (count: number) => page.locator(`[data-card="result:"][aria-label$=": ${count}"]`)

describe('a length of time', () => {
  const lately: Rule = { fact: 'last_booking', is: 'within_last', value: { days: 30 } }

  test('is dragged: the card follows at once with estimated numbers, which are exact when it rests, and it is undone as one', async () => {
    await openForm(lately)
    await result(6).waitFor()
    const thumb = form().getByRole('slider', { name: 'Value, to drag' })
    const box = await thumb.boundingBox()
    if (!box) throw new Error('There is nothing to drag')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    // of so few customers everybody is in the sample; the exact numbers are held back until the value is let go
    const letGo = Promise.withResolvers<void>()
    await page.route('**/rules/preview', async (route) => {
      const sampled = route.request().postDataJSON()?.sampled === true
      if (!sampled) await letGo.promise
      const answer = await route.fetch()
      const json = (await answer.json()) as Record<string, unknown>
      await route.fulfill({ response: answer, json: sampled ? { ...json, estimated: true } : json })
    })
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 20, y, { steps: 5 })
    const days = async () => Number(await thumb.getAttribute('aria-valuenow'))
    await until(async () => (await days()) > 30)
    await until(async () => card(`within the last ${await days()} days`).isVisible())
    const estimated = page.getByText(/^≈ \d/)
    await estimated.first().waitFor()
    await page.mouse.move(x - 40, y, { steps: 5 })
    await page.mouse.up()
    letGo.resolve()
    await until(async () => (await days()) < 30)
    await until(async () => result(Math.floor((await days()) / 5)).isVisible())
    await until(async () => (await estimated.count()) === 0)
    await page.keyboard.press('Control+z')
    await card('within the last 30 days').waitFor()
  })

  test('is moved by arrow keys, keeps its value under another operator, and says what is allowed', async () => {
    await openForm(lately)
    await form().getByRole('slider', { name: 'Value, to drag' }).focus()
    for (let times = 0; times < 5; times += 1) await page.keyboard.press('ArrowRight')
    await card('within the last 35 days').waitFor()
    await form().getByRole('combobox', { name: 'How' }).selectOption('set')
    await card('there is one').waitFor()
    await form().getByRole('combobox', { name: 'How' }).selectOption('more_than_ago')
    await card('more than 35 days ago').waitFor()
    const number = form().getByRole('textbox', { name: 'Value' })
    await number.fill('99999')
    await form().getByRole('alert').getByText('Allowed is a whole number from 0 to 36,500.').waitFor()
    expect(await number.inputValue()).toBe('99999')
    // the card says the same, once it was asked for
    await card('Allowed is a whole number from 0 to 36,500.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })
})

test('tags are searched for with their counts, taken, added and dropped by keyboard', async () => {
  await openForm({ fact: 'tag', is: 'any_of', value: ['back pain'] })
  const field = form().getByRole('combobox', { name: 'Value' })
  await form().getByRole('option', { name: 'yoga 5' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.type('yo')
  await page.keyboard.press('ArrowDown')
  await form().locator('[data-combobox-selected]').getByText('yoga').waitFor()
  await page.keyboard.press('Enter')
  await card('any of back pain or yoga').waitFor()
  await result(5).waitFor()
  await page.keyboard.type('quite new')
  await form().getByRole('option', { name: 'Add “quite new”' }).click()
  await card('back pain, yoga or quite new').waitFor()
  await field.focus()
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Backspace')
  await form().getByRole('alert').getByText('Choose at least one.').waitFor()
})

test('an attribute is named first, then asked for as its type is', async () => {
  await openForm({ fact: 'attribute', name: 'size', is: '>=', value: 40 })
  const operators = form().getByRole('combobox', { name: 'How' })
  expect(await operators.locator('option').allInnerTexts()).not.toContain('contains')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('44')
  await card('at least 44').waitFor()
  await result(2).waitFor()
  await form().getByRole('combobox', { name: 'name' }).fill('ci')
  await form().getByRole('option', { name: 'city 10' }).click()
  await card('City is').waitFor()
  expect(await operators.locator('option').allInnerTexts()).toContain('contains')
  await form().getByRole('combobox', { name: 'Value' }).focus()
  await form().getByRole('option', { name: 'Wien 3' }).click()
  await card('City is').and(page.locator('[aria-label*="Wien"]')).waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('money has the digits of the currency', async () => {
  await openForm({ fact: 'payment_total', is: '>=', value: 15_050 })
  const amount = form().getByRole('textbox', { name: 'Value' })
  expect(await amount.inputValue()).toBe('150.5')
  await amount.fill('20.25')
  await card('at least €20.25').waitFor()
})
