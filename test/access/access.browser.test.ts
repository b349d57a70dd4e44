/** Accounts as people use them: invited, with a second factor, signed in and out, looked over by an admin. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { simpleParser } from 'mailparser'
import type { Page } from 'playwright-core'
import { codeAt, stepAt } from '../../domain/access/totp.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { ADMIN } from '../support/signIn.ts'
import { type FaultyServer, startFaultyServer } from '../support/smtp.ts'
import { until } from '../support/until.ts'

jest.setTimeout(120_000)

const PASSWORD = 'a sentence of my own'
let smtp: FaultyServer
let pages: TestPages
let page: Page
let codes: string[] = []

beforeAll(async () => {
  smtp = await startFaultyServer(['accept'])
  pages = await servePages(() => ({ smtpUrl: smtp.url }))
})
afterAll(async () => {
  await pages?.close()
  await smtp?.close()
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const enter = async (email: string, password: string) => {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

/** The link in the last mail, as it would be followed here. */
async function followLast(kind: string): Promise<void> {
  const last = async () => (await simpleParser(smtp.mails.at(-1)?.source ?? '')).text ?? ''
  await until(async () => (await last()).includes(`/${kind}#`))
  const secret = /#([\w-]{43})/.exec(await last())?.[1]
  await page.goto('about:blank')
  await page.goto(`${pages.api.url}/${kind}#${secret}`)
}

test('an admin invites somebody, who opens their account by the link', async () => {
  page = await pages.visit('/settings/users')
  await button('Invite somebody').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Email').fill('mia@studio.test')
  await dialog.getByLabel('Name').fill('Mia')
  await dialog.getByLabel('Read-only').check()
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Send the invitation' }).click()
  await page.getByText('Invited', { exact: true }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await page.context().clearCookies()
  await followLast('invitation')
  await page.getByText('Choose a password for mia@studio.test.').waitFor()
  // the secret is out of the address at once
  expect(new URL(page.url()).hash).toBe('')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('New password', { exact: true }).fill('short')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('10 characters').waitFor()
  await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  // what she may not do is not offered
  await page.goto(`${pages.api.url}/settings`)
  await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor()
  expect(await page.getByRole('link', { name: 'Users' }).count()).toBe(0)
})

test('she sets up a second factor by keyboard, and keeps her recovery codes', async () => {
  await page.goto(`${pages.api.url}/account`)
  await button('Set it up').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByLabel('Current password', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  const secret = (await page.getByTestId('secret').textContent())?.replaceAll(/\s/g, '') ?? ''
  expect(await page.getByRole('img', { name: 'QR code for the authenticator app' }).isVisible()).toBe(true)
  await page
    .getByRole('dialog')
    .getByLabel('Code', { exact: true })
    .fill(codeAt(secret, stepAt(new Date())))
  await page.keyboard.press('Enter')
  await page.getByTestId('recovery-codes').waitFor()
  codes = await page.getByTestId('recovery-codes').locator('code').allTextContents()
  expect(codes).toHaveLength(10)
  expect(await seriousFaults(page)).toEqual([])
  await button('I have kept them').click()
  await page.getByText('10 recovery codes are left.').waitFor()
  await page.getByText('This one').waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('signing in asks for the code only after the right password, and takes a recovery code once', async () => {
  await page.context().clearCookies()
  await page.goto(`${pages.api.url}/account`)
  await enter('mia@studio.test', 'wrong')
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Code of your second factor').count()).toBe(0)
  await enter('mia@studio.test', PASSWORD)
  const code = page.getByLabel('Code of your second factor')
  await code.fill('000000')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('not right').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await code.fill(codes[0] ?? '')
  await page.keyboard.press('Enter')
  await page.getByText('9 recovery codes are left.').waitFor()
})

test('a forgotten password is replaced by mail', async () => {
  await page.context().clearCookies()
  await page.goto(`${pages.api.url}/sign-in`)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  // the page before has such a field, too
  await page.waitForURL(/forgot/)
  await page.getByLabel('Email').fill('mia@studio.test')
  await page.keyboard.press('Enter')
  await page.getByRole('status').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await followLast('reset')
  await page.getByLabel('New password', { exact: true }).fill('another sentence of mine')
  await page.keyboard.press('Enter')
  await page.getByText('The new password holds.').waitFor()
  await page.goto('about:blank')
  await page.goto(`${pages.api.url}/reset#${'x'.repeat(43)}`)
  await page.getByLabel('New password', { exact: true }).fill('another sentence of mine')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'This link is not valid any more' }).waitFor()
})

test('an admin makes a key, which is shown once, and finds in the audit trail who did what', async () => {
  page = await pages.visit('/settings/keys')
  await button('New key').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('For which program').fill('till')
  await dialog.getByLabel('What it may do').selectOption('all')
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'New key' }).click()
  const key = (await page.getByTestId('key').textContent()) ?? ''
  expect(key).toMatch(/^pk_[\w-]{43}$/)
  await button('I have kept them').click()
  await page.getByRole('cell', { name: /^till pk_/ }).waitFor()
  expect(await page.content()).not.toContain(key)
  expect(await seriousFaults(page)).toEqual([])

  await page.goto(`${pages.api.url}/settings/audit?kind=users`)
  await page.getByText('Users: Mia').first().waitFor()
  await page
    .getByRole('row')
    .filter({ hasText: 'POST /users' })
    .getByRole('button', { name: 'Show what changed' })
    .last()
    .click()
  await page.getByRole('cell', { name: /^Field Before After email – mia@studio.test/ }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('Who').selectOption({ label: 'Admin' })
  await page.getByRole('cell', { name: ADMIN.email }).first().waitFor()
})
