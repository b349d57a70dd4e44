// Makes the pictures of the README from a running demo: `npm run screenshots`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../test/support/browser.ts'
import { ADMIN_ENV, signIn } from '../test/support/signIn.ts'
import { RunningSystem } from '../test/support/system.ts'
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

/** Waits until nothing moves and nothing loads any more, then takes the picture. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(1000)
  await page.screenshot({ path: join(IMAGES, `${name}.png`) })
  process.stdout.write(`docs/images/${name}.png\n`)
}

mkdirSync(IMAGES, { recursive: true })
const system = await RunningSystem.start({ env: { ...ADMIN_ENV, PERENNIAL_DEMO: '1' } })
const browser = await openBrowser()
try {
  const { id } = await system.call<{ id: string }>('POST', '/segments', WIN_BACK)
  const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' })
  await signIn(page, `${system.url}/segments/${id}/rule`)
  await page.getByRole('application').waitFor()
  await take(page, 'canvas')
  await page.goto(`${system.url}/segments/slipping-away`)
  for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check()
  await take(page, 'segment')
} finally {
  await browser.close()
  await system.stop()
  await system.remove()
}
