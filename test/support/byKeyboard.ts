import type { Locator, Page } from 'playwright-core'

/** More stops than a page has before what is looked for. */
const STOPS = 120

/**
 * Goes on with Tab until the focus is on something.
 *
 * @throws when it cannot be reached so, with what it was
 */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.first().waitFor()
  for (let stop = 0; stop < STOPS; stop += 1) {
    const there = await wanted.evaluateAll((all) => all.some((one) => one === document.activeElement))
    if (there) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${wanted}`)
}

/** Goes on with Tab to something and does it. */
export async function follow(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press('Enter')
}
