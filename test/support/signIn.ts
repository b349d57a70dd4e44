import type { Page } from 'playwright-core'

/** The admin whom a system under test is started with. */
export const ADMIN = { email: 'admin@studio.test', password: 'a long enough sentence' }
export const ADMIN_ENV = { PERENNIAL_ADMIN_EMAIL: ADMIN.email, PERENNIAL_ADMIN_PASSWORD: ADMIN.password }

/** Opens a page of the running system as somebody who is not signed in, and signs in there. */
export async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByLabel('Email').fill(ADMIN.email)
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

/**
 * Signs in without the form and opens a page: the pages are loaded once, with the session that they find. What the form
 * does is tested where it is the subject.
 */
export async function openSignedIn(page: Page, origin: string, path: string): Promise<void> {
  const answer = await page.context().request.post(`${origin}/api/v1/session`, { data: ADMIN, headers: { origin } })
  if (!answer.ok()) throw new Error(`Signing in was refused: ${answer.status()} ${await answer.text()}`)
  await page.goto(`${origin}${path}`)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}
