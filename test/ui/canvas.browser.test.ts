import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from './randomRule.ts'

const DAY = 86_400_000
const attended: Rule = { fact: 'last_booking', states: ['attended'], is: 'set' }
const lately = (days: number): Rule => ({
  fact: 'last_booking',
  states: ['attended'],
  is: 'within_last',
  value: { days },
})
const german: Rule = { fact: 'language', is: 'one_of', value: ['de'] }
const female: Rule = { fact: 'gender', is: 'one_of', value: ['female'] }

/** Ten customers: eight have attended, 5 to 40 days ago; every other one is female, every third speaks German. */
const customers = Array.from({ length: 10 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
  gender: index % 2 === 0 ? 'female' : 'male',
  language: index % 3 === 0 ? 'de' : 'fr',
}))
const bookings = customers.slice(0, 8).map(({ id }, index) => ({
  id: `b${index}`,
  customer: id,
  state: 'attended',
  starts_at: new Date(Date.now() - (index + 1) * 5 * DAY).toISOString(),
}))

let pages: TestPages
let page: Page
let slipping: string

beforeAll(async () => {
  pages = await servePages()
  await pages.api.call('post', '/ingest', { customers, bookings })
  await refreshSegments(pages.database.db, new Date())
}, 180_000)
afterAll(() => pages?.close())

beforeEach(async () => {
  page = await pages.visit()
  slipping = await create('Slips away', { all: [attended, { not: lately(14) }] })
}, 60_000)

async function create(name: string, rule: Rule): Promise<string> {
  const { body } = await pages.api.call<{ id: string }>('post', '/segments', { name, rule })
  return body.id
}

/** Opens a rule and waits until it is counted. */
async function open(id: string, search = ''): Promise<void> {
  await page.goto(`${pages.api.url}/segments/${id}/rule${search}`)
  await counted()
  // the cards and lines get their numbers a moment after the panel beside them has them
  await page.locator('[data-card="result:"][aria-label*=": "]').waitFor()
}
const counted = () => page.locator('dl[aria-busy="false"]').waitFor()
const label = (id: string) => page.locator(`[data-card="${id}"]`).getAttribute('aria-label')
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-card'))
/** Members now, with the rule on the canvas, and the difference. */
const figures = () => page.locator('aside dd').allInnerTexts()
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

describe('the canvas of a rule', () => {
  test('says how many arrive, pass and are out, and is a sentence', async () => {
    await open(slipping)
    expect(await label('start:')).toBe('All customers: 10')
    expect(await label('condition:/all/0')).toContain('Attended at least once. 10 arrive, 8 pass, 2 out')
    expect(await label('condition:/all/1')).toContain(
      'not Last attended within the last 14 days. 8 arrive, 6 pass, 2 out',
    )
    expect(await label('result:')).toBe('Slips away: 6')
    const onLines = page.locator('[class*=pill]:not([data-field])')
    await onLines.nth(2).waitFor()
    expect(await onLines.allInnerTexts()).toEqual(['10', '8', '6'])
    await page.getByText('Customers who attended at least once and did not attend within the last 14 days.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })

  test('draws or as ways that come together, and an inverted group in a frame', async () => {
    await open(await create('Ways', { all: [{ any: [female, german] }, { not: { all: [female, attended] } }] }))
    expect(await label('fork:/all/0')).toContain('Any of 2 ways. 10 arrive, 7 pass, 3 out')
    expect(await label('join:/all/0')).toBe('together 7, 2 on both ways')
    expect(await label('enter:/all/1')).toContain('7 arrive, 3 pass, 4 out')
    expect(await label('result:')).toBe('Ways: 3')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousFaults(page)).toEqual([])
  })

  test('folds a group and unfolds it by keyboard, and the focus stays there', async () => {
    await open(
      await create('Fold', { all: [attended, { any: [female, german] }, { not: { all: [female, attended] } }] }),
    )
    for (const [sign, folded] of [
      ['fork:/all/1', 'folded:/all/1'],
      ['enter:/all/2', 'folded:/all/2'],
    ]) {
      await page.locator(`[data-card="${sign}"]`).focus()
      await press('Enter')
      await page.locator(`[data-card="${folded}"]:focus`).waitFor()
      await press('Enter')
      await page.locator(`[data-card="${sign}"]:focus`).waitFor()
    }
  })

  test('is changed and saved by keyboard alone', async () => {
    await open(slipping)
    await page.getByRole('link', { name: 'Rule' }).focus()
    while ((await focused()) === null) await press('Tab')
    expect(await focused()).toBe('start:')
    await press('ArrowDown', 'ArrowDown')
    await page.locator('[data-card="condition:/all/1"]:focus').waitFor()
    await press('Enter')
    await page.getByRole('textbox', { name: 'Value' }).waitFor()
    await page.locator('input:focus, select:focus').waitFor()
    await press('Tab', 'Shift+Tab', 'Control+A')
    await page.keyboard.type('30')
    await page.getByText('did not attend within the last 30 days').waitFor()
    await counted()
    await page.locator('[data-card="result:"][aria-label="Slips away: 2"]').waitFor()
    expect(await figures()).toEqual(['0', '2', '+2'])
    await press('Enter')
    await page.locator('[data-card="condition:/all/1"]:focus').waitFor()
    await press('Control+s')
    await page.getByRole('dialog').getByRole('button', { name: '2 stay' }).waitFor()
    // the key is for the dialogue once it has the focus
    await page.getByRole('dialog').locator('button:focus').getByText('Publish version 2').waitFor()
    await press('Enter')
    await page.getByText('Version 2', { exact: true }).waitFor()
    const { body } = await pages.api.call<{ rule: Rule; version: number }>('get', `/segments/${slipping}`)
    expect(body).toMatchObject({ version: 2, rule: { all: [attended, { not: lately(30) }] } })
  })

  test('undoes and redoes, and asks before a new segment is left that nobody has saved', async () => {
    await open(slipping)
    await page.locator('[data-card="condition:/all/1"] [data-field="value"]').click()
    await page.getByRole('combobox', { name: 'Unit' }).selectOption('weeks')
    await page.getByText('did not attend within the last 14 weeks').waitFor()
    await page.getByRole('button', { name: 'Undo: Last attended' }).click()
    await page.getByText('did not attend within the last 14 days').waitFor()
    await page.getByRole('button', { name: 'Redo: Last attended' }).click()
    await page.getByText('did not attend within the last 14 weeks').waitFor()
    await page.goto(`${pages.api.url}/segments/new`)
    await page.getByRole('button', { name: 'Add something here' }).first().click()
    await page.getByRole('textbox', { name: 'Search for a condition' }).fill('cancelled')
    await page.getByRole('option', { name: 'Membership is valid and cancelled' }).click()
    await page.locator('[data-card^="condition:"]').first().waitFor()
    await page.getByRole('link', { name: 'Inbox' }).click()
    await page.getByRole('button', { name: 'Stay here' }).click()
    await page.getByRole('link', { name: 'Inbox' }).click()
    await page.getByRole('button', { name: 'Leave without saving' }).click()
    await page.waitForURL(/\/inbox/)
  })

  test('shows a mistake on its card, keeps the numbers from before, and cannot be saved with it', async () => {
    await open(await create('German women', { all: [female, { not: german }] }))
    await page.locator('[data-card="condition:/all/0"]').click()
    await page.getByRole('checkbox', { name: 'female', exact: false }).first().uncheck()
    await page.locator('[data-card="condition:/all/0"][data-problem]').waitFor()
    expect(await label('result:')).toBe('German women: 3')
    expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)
    await page.locator('[data-card="condition:/all/1"]').click()
    await page.getByRole('heading', { name: 'In words' }).waitFor()
    await page.getByText('This is not right yet').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo: Gender' }).click()
    await page.locator('[data-card="condition:/all/0"]:not([data-problem])').waitFor()
  })

  test('lights the way of a customer as far as it goes', async () => {
    await open(slipping, '?customer=c7')
    await page.getByText('Name7 Sample passes').waitFor()
    const traced = () => page.locator('[data-card][data-traced]').count()
    // the words are there a moment before the way is lit
    await page.locator('[data-card="result:"][data-traced]').waitFor()
    expect(await traced()).toBe(4)
    await page.getByRole('combobox', { name: 'Follow a customer by name' }).fill('Name0')
    await page.getByRole('option', { name: /Name0 Sample/ }).click()
    await page.getByText('Name0 Sample does not pass').waitFor()
    await page.locator('[data-traced]:not([data-card])', { hasText: '2 out' }).waitFor()
    expect(await traced()).toBe(3)
    expect(await page.locator('[data-traced]:not([data-card])').allInnerTexts()).toEqual(['10', '8', '2 out'])
  })

  test('opens with text of 11 pixels or more for eight conditions', async () => {
    await open(await create('Eight', { all: Array.from({ length: 8 }, () => female) }))
    const small = await page.evaluate(() => {
      const viewport = document.querySelector('.react-flow__viewport')
      const zoom = viewport ? new DOMMatrix(getComputedStyle(viewport).transform).a : 0
      const texts = [...document.querySelectorAll('.react-flow__viewport *')].filter((one) => one.textContent !== '')
      return Math.min(...texts.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))) * zoom
    })
    expect(small).toBeGreaterThanOrEqual(11)
    const bottom = await page.locator('[data-card="result:"]').boundingBox()
    expect((bottom?.y ?? 0) + (bottom?.height ?? 0)).toBeLessThanOrEqual(800)
  })

  test('folds a rule of 200 conditions into 40 cards, and unfolds it', async () => {
    await open(await create('Large', { any: [randomRule(randomFrom(3), 200)] }))
    const cards = () => page.locator('[data-card^="condition:"], [data-card^="folded:"]').count()
    expect(await cards()).toBeLessThanOrEqual(40)
    await page.getByRole('button', { name: 'Unfold all groups' }).click()
    await page.locator('[data-card^="condition:"]').nth(199).waitFor({ state: 'attached' })
    expect(await cards()).toBe(200)
  })

  test('can be read and used on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.addInitScript(() => localStorage.setItem('perennial.rule-view.narrow', 'canvas'))
    await open(slipping)
    const card = await page.locator('[data-card="condition:/all/1"]').boundingBox()
    expect(card && card.x >= 0 && card.x + card.width <= 390).toBe(true)
    await page.locator('[data-card="condition:/all/1"]').click()
    await page.getByRole('textbox', { name: 'Value' }).fill('30')
    await page.getByText('within the last 30 days.').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })
})
