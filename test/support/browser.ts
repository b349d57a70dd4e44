import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

/** The browser of this process, which files that come one after the other share. */
let shared: Browser | undefined

/**
 * A browser without a window in it. It is opened once for all files of a worker: a start costs two seconds of a processor.
 * `close` closes all windows, and with them goes everything that a file has left; the browser ends with the worker.
 */
export async function openBrowser(): Promise<Browser> {
  if (shared?.isConnected() !== true) {
    const browser = await launchBrowser()
    browser.close = async () => {
      for (const context of browser.contexts()) await context.close()
    }
    shared = browser
  }
  return shared
}

/** Starts a Chromium, which whoever starts it closes: the one that the runner found (or `CHROMIUM` names, or the one on the PATH of most Linux systems). */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--no-first-run',
      // a person’s browser: what calls itself headless counts as a machine
      '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    ],
  })
}

/** Waits until nothing fades or moves any more: colours half-way between two are nobody's. What turns for ever is left alone. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    await frame()
    await frame()
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)))
  })
}

/**
 * What axe finds on a page that keeps somebody from using it: rule, and the first element it holds against.
 *
 * @param except what is not looked into: a frame in which no script runs never answers axe
 * @param rules only these of axe's; all when left out
 */
export async function seriousFaults(page: Page, except?: string, rules?: string[]): Promise<string[]> {
  await settled(page)
  // without a second page that puts the findings of frames together: it costs more than the looking
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    resultTypes: ['violations'],
    ...(rules && { runOnly: rules }),
  })
  const { violations } = await (except === undefined ? axe : axe.exclude(except)).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`)
}
