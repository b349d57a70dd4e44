/**
 * Makes the pictures of the documentation: every page of the router and those that customers see, from the demo business.
 *
 *   npm run screenshots                   all of them, from a system that is started for it and removed afterwards
 *   npm run screenshots -- canvas home    only these
 *   npm run screenshots -- --url http://localhost:8080    from a running demo that was started with the admin of
 *                                         test/support/signIn.ts; segments, an import and so on are made in it
 *   --to FOLDER   somewhere else than docs/images;  --whole   the whole page and not what one screen shows
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../test/support/browser.ts'
import { ADMIN_ENV, signIn } from '../../test/support/signIn.ts'
import { RunningSystem } from '../../test/support/system.ts'
import { ROOT } from '../parts/root.ts'
import { PICTURES, type Picture } from './pictures.ts'
import { shrinkPng } from './shrinkPng.ts'
import { type Call, type Stage, setStage } from './stage.ts'

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    to: { type: 'string', default: join(ROOT, 'docs/images') },
    whole: { type: 'boolean', default: false },
  },
})

const SIZES = {
  light: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
} as const
type Size = keyof typeof SIZES

const unknown = names.filter((name) => !PICTURES.some((picture) => picture.name === name))
if (unknown.length > 0) throw new Error(`There is no picture ${unknown.join(', ')}`)
const wanted = PICTURES.filter(({ name }) => names.length === 0 || names.includes(name))

mkdirSync(options.to, { recursive: true })
if (options.url === undefined) {
  const system = await RunningSystem.start({ env: { ...ADMIN_ENV, PERENNIAL_DEMO: '1' } })
  try {
    await takeAll(system.url)
  } finally {
    await system.stop()
    await system.remove()
  }
} else {
  await takeAll(options.url)
}

async function takeAll(url: string): Promise<void> {
  const browser = await launchBrowser()
  const wrong: string[] = []
  try {
    const page = await browser.newPage()
    await signIn(page, url)
    const stage = await setStage(callsOf(page), url)
    await page.close()
    for (const size of Object.keys(SIZES) as Size[]) {
      const pictures = wanted.filter(({ also }) => size === 'light' || also?.includes(size))
      wrong.push(...(await takeOf(browser, url, size, pictures, stage)))
    }
  } finally {
    await browser.close()
  }
  if (wrong.length > 0) throw new Error(`Not all pictures could be made:\n${wrong.join('\n')}`)
}

/** Takes those of one size. Returns what went wrong. */
async function takeOf(browser: Browser, url: string, size: Size, pictures: readonly Picture[], stage: Stage) {
  const wrong: string[] = []
  if (pictures.length === 0) return wrong
  const known = await browser.newContext({ ...SIZES[size], reducedMotion: 'reduce' })
  const stranger = await browser.newContext({ ...SIZES[size], reducedMotion: 'reduce' })
  for (const context of [known, stranger]) context.setDefaultTimeout(20_000)
  const inside = await known.newPage()
  if (pictures.some(({ signedOut }) => !signedOut)) await signIn(inside, `${url}/segments`)
  for (const picture of pictures) {
    const page = picture.signedOut ? await stranger.newPage() : inside
    try {
      await take(page, url, picture, size, stage)
    } catch (error) {
      wrong.push(`${picture.name} (${size}): ${error}`)
    }
    if (page !== inside) await page.close()
  }
  await known.close()
  await stranger.close()
  return wrong
}

/** Takes a picture as soon as the fonts are there and what it is of stands on the page. */
async function take(page: Page, url: string, picture: Picture, size: Size, stage: Stage): Promise<void> {
  // a page that was left open with something in hand would ask whether to leave
  await page.goto('about:blank')
  await page.goto(url + picture.at(stage))
  // which view of a rule was looked at last is remembered
  if ((await page.evaluate(() => localStorage.length)) > 0) {
    await page.evaluate(() => localStorage.clear())
    await page.reload()
  }
  await page.getByRole('heading').first().waitFor()
  await page.waitForLoadState('networkidle')
  await picture.act?.(page, stage)
  for (const one of picture.shown?.(page) ?? []) await one.first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null)
  await page.evaluate(() => document.fonts.ready)
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide', fullPage: options.whole })
  const file = `${picture.name}${size === 'light' ? '' : `-${size}`}.png`
  const small = shrinkPng(png)
  writeFileSync(join(options.to, file), small)
  process.stdout.write(`${file} ${Math.round(small.length / 1000)} kB\n`)
}

/** Calls the API as whoever is signed in on a page: what is made then is theirs, as in a business. */
function callsOf(page: Page): Call {
  return async <Answer>(method: string, path: string, body?: unknown) => {
    const { ok, status, text } = await page.evaluate(
      async (asked) => {
        const answer = await fetch(`/api/v1${asked.path}`, {
          method: asked.method,
          ...(asked.body === null ? {} : { headers: { 'content-type': 'application/json' }, body: asked.body }),
        })
        return { ok: answer.ok, status: answer.status, text: await answer.text() }
      },
      { method, path, body: body === undefined ? null : JSON.stringify(body) },
    )
    if (!ok) throw new Error(`${method} ${path}: ${status} ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }
}
