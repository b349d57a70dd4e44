// Makes the pictures of the documentation from a running demo: `npm run screenshots`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { openBrowser } from '../test/support/browser.ts'
import { ADMIN_ENV, signIn } from '../test/support/signIn.ts'
import { eventually, RunningSystem } from '../test/support/system.ts'
import { ROOT } from './parts/root.ts'

const IMAGES = join(ROOT, 'docs/images')
const SIZE = { width: 1280, height: 800 }

/** A rule with everything that the canvas draws: one under another, a fork that joins again, an inverted card. */
const WIN_BACK = {
  name: 'Worth winning back',
  note: 'Came often or for long, has been away for a month, and has no pass that would bring them back anyway.',
  rule: {
    all: [
      { fact: 'last_booking', states: ['attended'], is: 'more_than_ago', value: { days: 30 } },
      {
        any: [
          { fact: 'booking_count', states: ['attended'], is: '>=', value: 10 },
          { fact: 'first_booking', is: 'more_than_ago', value: { months: 12 } },
        ],
      },
      { not: { fact: 'membership', is: 'valid' } },
    ],
  },
}

/** The same, excluding at the end whom it asks for at the beginning: nobody can pass, and the card says so. */
const NOBODY = {
  name: 'Nobody can pass',
  rule: { all: [...WIN_BACK.rule.all, { fact: 'last_booking', states: ['attended'], is: 'not_set' }] },
}

/** Takes the picture as soon as the fonts are there and what it is of stands on the page, with its numbers. */
async function take(page: Page, name: string, ...shown: Locator[]): Promise<void> {
  for (const one of shown) await one.first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`docs/images/${name}.png\n`)
}

mkdirSync(IMAGES, { recursive: true })
const system = await RunningSystem.start({ env: { ...ADMIN_ENV, PERENNIAL_DEMO: '1' } })
const browser = await openBrowser()
try {
  const make = (segment: object) => system.call<{ id: string }>('POST', '/segments', segment)
  const winBack = await make(WIN_BACK)
  const customersOf = async (id: string) =>
    (await system.call<{ items: { id: string }[] }>('GET', `/segments/${id}/members?limit=1`)).items
  const [customer] = await eventually(
    () => customersOf(winBack.id),
    (members) => members.length > 0,
  )

  const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' })
  await signIn(page, `${system.url}/segments`)
  const open = (path: string) => page.goto(`${system.url}${path}`)
  const counted = page.locator('dl[aria-busy="false"]')
  const cards = page.locator('[data-card="result:"][aria-label*=": "]')

  await take(page, 'segments', page.getByRole('link', { name: 'Slipping away' }))
  await open(`/segments/${winBack.id}/rule`)
  await take(page, 'canvas', counted, cards)
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, 'canvas-dark', counted, cards)
  await page.emulateMedia({ colorScheme: 'light' })
  await open(`/segments/${winBack.id}/rule?customer=${customer?.id}`)
  await take(page, 'canvas-way', counted, cards, page.getByRole('button', { name: 'Show no way' }))
  const nobody = await make(NOBODY)
  await open(`/segments/${nobody.id}/rule`)
  await take(page, 'canvas-error', counted, page.locator('[data-problem], [data-warning]'))
  await open(`/segments/${winBack.id}/rule`)
  await page.getByRole('radiogroup', { name: 'View of the rule' }).getByText('Outline').click()
  await take(page, 'outline', counted, page.getByRole('tree'))
  await page.getByRole('radiogroup', { name: 'View of the rule' }).getByText('YAML').click()
  await take(page, 'yaml', counted, page.getByRole('textbox', { name: 'as YAML' }))

  await open('/segments/slipping-away')
  for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check()
  await take(page, 'segment')
  await open('/segments/slipping-away/history')
  await take(page, 'history', page.getByRole('img', { name: /entered/ }), page.getByRole('table'))
  await open('/flows')
  await take(page, 'flows', page.getByRole('link', { name: '→' }))

  await open('/templates')
  await take(page, 'templates', page.getByRole('main').getByRole('link').first())
  const [template] = (await system.call<{ items: { id: string }[] }>('GET', '/templates?limit=1')).items
  await open(`/templates/${template?.id}`)
  await take(page, 'template', page.locator('iframe'))
  const [provider] = (await system.call<{ items: { id: string }[] }>('GET', '/providers')).items
  await open(`/loyalty?provider=${provider?.id}`)
  await take(page, 'loyalty', page.getByRole('main').getByRole('heading').first())
  await open('/audiences')
  await take(page, 'audiences', page.getByRole('main').getByRole('link').first())
  await open('/deliveries')
  await take(page, 'deliveries', page.getByRole('main').getByRole('checkbox').nth(1))
  const { items: campaigns } = await system.call<{ items: { id: string; clicked: number }[] }>('GET', '/campaigns')
  const reported = campaigns.toSorted((one, other) => other.clicked - one.clicked)[0]
  await open(`/mailings/${reported?.id}`)
  await take(page, 'mailing', page.getByRole('main').getByRole('heading').first())
} finally {
  await browser.close()
  await system.stop()
  await system.remove()
}
