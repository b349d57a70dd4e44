import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { until } from '../support/until.ts'

const membership = (is: string): Rule => ({ fact: 'membership', is })
const terminating: Rule = { all: [membership('valid_cancelled'), { not: membership('valid_uncancelled') }] }
const german: Rule = { fact: 'language', is: 'one_of', value: ['de'] }
const female: Rule = { fact: 'gender', is: 'one_of', value: ['female'] }
const customer: Rule = { fact: 'status', is: 'one_of', value: ['customer'] }

/** Ten customers: five are members, two of these have cancelled; every other one is female, every third speaks German. */
const customers = Array.from({ length: 10 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
  gender: index % 2 === 0 ? 'female' : 'male',
  language: index % 3 === 0 ? 'de' : 'fr',
}))
const memberships = customers.slice(0, 5).map(({ id }, index) => ({
  id: `m${index}`,
  customer: id,
  type: 'flex',
  recurring: true,
  valid_from: '2020-01-01',
  ...(index % 2 === 1 ? { cancelled_at: '2020-02-01' } : {}),
}))

let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
  await pages.api.call('post', '/ingest', { customers, memberships })
  await refreshSegments(pages.database.db, new Date())
}, 180_000)
afterAll(() => pages?.close())

beforeEach(async () => {
  page = await pages.visit()
}, 60_000)

const card = (id: string) => page.locator(`[data-card="${id}"]`)
const focusedOn = (id: string) => page.locator(`[data-card="${id}"]:focus`).waitFor()
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}

async function create(name: string, rule: Rule): Promise<string> {
  const { body } = await pages.api.call<{ id: string }>('post', '/segments', { name, rule })
  return body.id
}

/** Opens a rule and waits until its cards have their numbers. */
async function open(id: string): Promise<void> {
  await page.goto(`${pages.api.url}/segments/${id}/rule`)
  await caught(/./)
}
/** Waits until the card at the end says how many are caught. */
const caught = (words: RegExp) =>
  page.locator('[data-card="result:"][aria-label*=": "]').and(page.getByLabel(words)).waitFor()

/** Takes something out of the palette, which is open or about to be, by words that find it and nothing before it. */
async function choose(words: string): Promise<void> {
  const search = page.getByRole('textbox', { name: 'Search for a condition' })
  await search.and(page.locator(':focus')).waitFor()
  await page.keyboard.type(words)
  await page.locator('[role="option"][data-combobox-selected]').first().waitFor()
  await press('Enter')
}

/** The rule on the canvas, by the cards that stand there from top to bottom. */
const cards = () =>
  page
    .locator('[data-card^="condition:"]')
    .evaluateAll((all) =>
      all
        .toSorted((a, b) => a.getBoundingClientRect().y - b.getBoundingClientRect().y)
        .map((one) => one.getAttribute('aria-label')?.split('.')[0]),
    )

/** Saves a new segment under a name, and gives what was stored. */
async function saved(): Promise<{ name: string; rule: Rule }> {
  await page.getByRole('dialog').locator('button:focus').getByText('Save').waitFor()
  await press('Enter')
  await page.waitForURL(/\/segments\/[^/]+\/rule/)
  const id = new URL(page.url()).pathname.split('/')[2]
  const { body } = await pages.api.call<{ name: string; rule: Rule }>('get', `/segments/${id}`)
  return body
}

describe('a rule is built from an empty canvas', () => {
  test('by mouse', async () => {
    await page.getByRole('link', { name: 'New segment' }).click()
    await caught(/: 10$/)
    await page.getByRole('button', { name: 'Add something here' }).first().click()
    await page.getByRole('textbox', { name: 'Search for a condition' }).fill('cancelled')
    await page.getByRole('option', { name: 'Membership is valid and cancelled' }).click()
    await caught(/: 2$/)
    await page.locator('[data-spot="after:"]').click()
    await page.getByRole('textbox', { name: 'Search for a condition' }).fill('membership not cancelled')
    await page.getByRole('option', { name: 'Membership is valid and not cancelled' }).click()
    await caught(/: 0$/)
    await card('condition:/all/1').click()
    await page.getByRole('toolbar').getByRole('button', { name: 'Invert (I)' }).click()
    await caught(/: 2$/)
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('textbox', { name: 'Name of the segment' }).fill('About to leave')
    await page.getByRole('button', { name: 'Save…' }).click()
    expect(await saved()).toMatchObject({ name: 'About to leave', rule: terminating })
  })

  test('by keyboard alone', async () => {
    await page.getByRole('link', { name: 'New segment' }).focus()
    await press('Enter')
    await page.getByRole('textbox', { name: 'Name of the segment' }).waitFor()
    await caught(/: 10$/)
    while ((await page.evaluate(() => document.activeElement?.getAttribute('data-card'))) == null) await press('Tab')
    await focusedOn('start:')
    await press('ArrowDown')
    await focusedOn('empty:')
    await press('/')
    await choose('membership is valid and cancelled')
    // the form of the new condition has the focus
    await page.locator('aside select:focus').waitFor()
    await press('Escape')
    await focusedOn('condition:/all/0')
    await press('/')
    await choose('membership not cancelled')
    await page.locator('aside select:focus').waitFor()
    await press('Escape')
    await focusedOn('condition:/all/1')
    await press('i')
    await page.getByRole('status').getByText('Done: invert Membership. 2 in it.').waitFor()
    await focusedOn('condition:/all/1')
    expect(await cards()).toEqual(['Membership is valid, but cancelled', 'not Membership is valid, not cancelled'])
    const name = page.getByRole('textbox', { name: 'Name of the segment' })
    while (!(await name.evaluate((field) => field === document.activeElement))) await press('Tab')
    await page.keyboard.type('About to leave, too')
    await press('Control+s')
    expect(await saved()).toMatchObject({ name: 'About to leave, too', rule: terminating })
  })
})

test('what is wrong stands on its card and in a list that leads there, and what is odd as well', async () => {
  await open(await create('Broken', { all: [female] }))
  await card('condition:/all/0').focus()
  await press('/')
  await choose('tag')
  await page.locator('[data-card="condition:/all/1"][data-problem]').waitFor()
  expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)
  await card('start:').focus()
  await press('/')
  await choose('gender')
  // what is wrong has moved on by one, and the list says so a moment later
  await page.locator('[data-card="condition:/all/2"][data-problem]').waitFor()
  await page.getByRole('alert').getByRole('button').first().click()
  await page.locator('[data-card="condition:/all/2"][data-selected]').waitFor()
  await card('condition:/all/2').focus()
  await press('Delete')
  await page.locator('[data-problem]').waitFor({ state: 'detached' })
  // the same twice, inverted: whom the first lets pass, the second turns aside
  await focusedOn('condition:/all/1')
  await press('i')
  const warned = page.locator('[data-card="condition:/all/1"][data-warning][aria-label*="Nobody can pass here"]')
  await warned.waitFor()
  await page.getByRole('region', { name: /meant/ }).getByRole('button').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('undo and redo name what they do, and everything can be undone', async () => {
  await open(await create('Steps', { all: [female, german, customer] }))
  const before = await cards()
  const run = async (key: string, name: string) => {
    await card('condition:/all/0').focus()
    await press('ArrowUp', 'ArrowDown', key)
    await page.getByRole('button', { name: `Undo: ${name}` }).waitFor()
  }
  await run('Alt+ArrowDown', 'move Gender')
  await run('d', 'duplicate Language')
  await run('i', 'invert Language')
  await run('Delete', 'delete Language')
  for (const name of ['delete Language', 'invert Language', 'duplicate Language', 'move Gender']) {
    await page.getByRole('button', { name: `Undo: ${name}` }).waitFor()
    await press('Control+z')
    await page.getByRole('button', { name: `Redo: ${name}` }).waitFor()
  }
  expect(await cards()).toEqual(before)
  await press('Control+y')
  await page.getByRole('status').getByText('Done again: move Gender.').waitFor()
  expect(await cards()).not.toEqual(before)
})

test('what is copied in one segment is pasted into another, as text that can be read', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(await create('From', { all: [female, { any: [german, customer] }] }))
  await card('fork:/all/1').focus()
  await press('ArrowUp', 'Shift+ArrowDown', 'Control+c')
  await page.getByRole('status').getByText('Copied as text').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('- { fact: gender, is: one_of')
  await open(await create('To', { all: [membership('valid')] }))
  await card('condition:/all/0').focus()
  await press('Control+v')
  await card('fork:/all/2').waitFor()
  expect(await cards()).toEqual(['Membership is valid', 'Gender is female', ...(await cards()).slice(2)])
  await page.evaluate(() => navigator.clipboard.writeText('dear all'))
  await card('condition:/all/0').focus()
  await press('Control+v')
  await page.getByRole('alert').getByText('What was copied is no rule. Line 1').waitFor()
})

describe('a condition is moved', () => {
  const rule: Rule = { all: [female, { any: [german, customer] }] }

  test('by dragging it to one of the places that are shown, and Escape gives up', async () => {
    await open(await create('Drag', rule))
    const drag = async (): Promise<void> => {
      const from = await card('condition:/all/0').boundingBox()
      const to = await page.locator('[data-spot="after:/all/1/any/0"]').boundingBox()
      if (!from || !to) throw new Error('nothing to drag')
      await page.mouse.move(from.x + 40, from.y + 12)
      await page.mouse.down()
      await page.mouse.move(from.x + 60, from.y + 60)
      await page.mouse.move(to.x + 12, to.y + 12)
      await page.locator('[data-spot="after:/all/1/any/0"][data-state="target"]').waitFor()
    }
    await drag()
    // not where it is
    expect(await page.locator('[data-spot="before:"]').getAttribute('data-state')).toBe('closed')
    await press('Escape')
    await page.locator('[data-state="target"]').waitFor({ state: 'detached' })
    await page.mouse.up()
    await card('condition:/all/0').waitFor()
    await drag()
    await page.mouse.up()
    await card('condition:/all/0/any/0/all/1').waitFor()
    await page.getByRole('button', { name: 'Undo: move Gender' }).waitFor()
  })

  test('to a place that is out of sight: at the edge the canvas comes along', async () => {
    const ages = Array.from({ length: 16 }, (_, index): Rule => ({ fact: 'age', is: '>=', value: 20 + index }))
    await open(await create('Long', { all: [female, ...ages] }))
    const from = await card('condition:/all/0').boundingBox()
    const canvas = await page.getByRole('region', { name: 'Rule of Long' }).boundingBox()
    if (!from || !canvas) throw new Error('nothing to drag')
    const places = await page
      .locator('[data-spot]')
      .evaluateAll((all) =>
        all
          .map((one) => ({ name: one.getAttribute('data-spot'), y: one.getBoundingClientRect().y }))
          .sort((one, other) => other.y - one.y),
      )
    expect(places[0]?.y).toBeGreaterThan(canvas.y + canvas.height)
    await page.mouse.move(from.x + 40, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(from.x + 60, from.y + 60)
    await page.mouse.move(from.x + 60, canvas.y + canvas.height - 4)
    // it moves by itself until the last place is well in sight; then that can be pointed at
    const last = page.locator(`[data-spot="${places[0]?.name}"]`)
    const top = async () => (await last.boundingBox())?.y ?? Number.POSITIVE_INFINITY
    await until(async () => (await top()) < canvas.y + canvas.height - 100)
    const box = await last.boundingBox()
    if (!box) throw new Error('no place')
    await page.mouse.move(box.x + 8, canvas.y + canvas.height - 90)
    const to = await last.boundingBox()
    await page.mouse.move((to?.x ?? 0) + 8, (to?.y ?? 0) + 8)
    await page.locator(`[data-spot="${places[0]?.name}"][data-state="target"]`).waitFor()
    await page.mouse.up()
    await page.getByRole('button', { name: 'Undo: move Gender' }).waitFor()
    expect((await cards()).at(-1)).toBe('Gender is female')
  })

  test('by keys: step by step, or to a place that is chosen', async () => {
    await open(await create('Keys', rule))
    await card('condition:/all/0').focus()
    await press('ArrowUp', 'ArrowDown', 'Alt+ArrowRight')
    await focusedOn('condition:/all/0/any/0')
    await press('Alt+ArrowLeft')
    await focusedOn('condition:/all/1')
    await press('m')
    await page.locator('[data-spot][data-state="target"]').waitFor()
    await press('Home')
    await page.getByRole('status').getByText('before a group').waitFor()
    await press('Enter')
    await focusedOn('condition:/all/0')
    await press('m', 'Escape')
    await page.locator('[data-spot][data-state="target"]').waitFor({ state: 'detached' })
  })
})

test('several are selected, grouped, turned and opened again', async () => {
  await open(await create('Groups', { all: [female, german, customer] }))
  await card('condition:/all/0').focus()
  await press('ArrowUp', 'ArrowDown', 'Shift+ArrowDown')
  await page.getByRole('toolbar').getByText('2 selected').waitFor()
  await press('g')
  await focusedOn('fork:/all/0')
  await press('t')
  await card('fork:/all/0').waitFor({ state: 'detached' })
  // what was one card is two now; the focus follows when they are drawn
  await focusedOn('condition:/all/0/all/0')
  await press('t')
  await card('fork:/all/0').waitFor()
  await focusedOn('condition:/all/0/any/0')
  await press('Shift+G')
  await card('fork:/all/0').waitFor({ state: 'detached' })
  expect(await cards()).toHaveLength(3)
  await press('Control+a')
  await page.getByRole('toolbar').getByText('3 selected').waitFor()
  await press('?')
  await page.getByRole('dialog').getByText('select the whole group').waitFor()
})

test('a number on a line opens the customers whom it counts', async () => {
  await open(await create('Lines', { all: [membership('valid'), female] }))
  await page.getByRole('button', { name: 'Show the 5 customers on this line' }).click()
  const list = page.getByRole('region', { name: '5 pass here' })
  await list.getByRole('link', { name: 'Name4 Sample' }).waitFor()
  expect(await list.getByRole('listitem').count()).toBe(5)
  await page.getByRole('button', { name: '2 out', exact: true }).click()
  await page.getByRole('region', { name: '2 are out here' }).getByRole('link', { name: 'Name3 Sample' }).waitFor()
  await card('condition:/all/1').focus()
  await press('ArrowUp', 'l')
  await page.getByRole('region', { name: '5 pass here' }).waitFor()
})
