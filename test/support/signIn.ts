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
