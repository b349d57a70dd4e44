import type { Locator, Page } from 'playwright-core'
import type { Stage } from './stage.ts'

/** A page as the documentation shows it. */
export type Picture = {
  /** Of the file. */
  name: string
  /** Which page of the router (`ui/app/routes.tsx`) it is; null for one that the API writes for customers. */
  route: string | null
  at: (stage: Stage) => string
  /** What stands on it when it is whole. Left out: its heading. */
  shown?: (page: Page) => Locator[]
  /** What is done on it before. */
  act?: (page: Page, stage: Stage) => Promise<void>
  /** Beside 1280 wide and light: in the dark, and on a phone. */
  also?: readonly ('dark' | 'phone')[]
  /** As somebody whom nobody knows. */
  signedOut?: true
}

const counted = (page: Page) => page.locator('dl[aria-busy="false"]')
const results = (page: Page) => page.locator('[data-card="result:"][aria-label*=": "]')
const main = (page: Page) => page.getByRole('main')
const links = (page: Page) => [main(page).getByRole('link').first()]
const table = (page: Page) => [main(page).getByRole('table').getByRole('row').nth(1)]
const view = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'View of the rule' }).getByText(name).click()

export const PICTURES: readonly Picture[] = [
  {
    name: 'home',
    route: '/',
    at: () => '/',
    shown: (page) => [page.locator('svg[role=img]').nth(2)],
    also: ['dark', 'phone'],
  },
  // segments
  {
    name: 'segments',
    route: '/segments',
    at: () => '/segments',
    shown: (page) => [page.getByRole('link', { name: 'Slipping away' })],
    also: ['dark', 'phone'],
  },
  {
    name: 'segment',
    route: '/segments/$id',
    at: () => '/segments/slipping-away',
    act: async (page) => {
      for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check()
    },
    also: ['dark', 'phone'],
  },
  {
    name: 'canvas',
    route: '/segments/$id/rule',
    at: ({ segment }) => `/segments/${segment}/rule`,
    shown: (page) => [counted(page), results(page)],
    also: ['dark'],
  },
  {
    name: 'canvas-way',
    route: '/segments/$id/rule',
    at: ({ segment, member }) => `/segments/${segment}/rule?customer=${member}`,
    shown: (page) => [counted(page), results(page), page.getByRole('button', { name: 'Show no way' })],
  },
  {
    name: 'canvas-error',
    route: '/segments/$id/rule',
    at: ({ impossible }) => `/segments/${impossible}/rule`,
    shown: (page) => [counted(page), page.locator('[data-problem], [data-warning]')],
  },
  {
    name: 'canvas-backtest',
    route: '/segments/$id/rule',
    at: ({ segment }) => `/segments/${segment}/rule`,
    act: async (page) => {
      await page.getByRole('button', { name: 'If it had run for 90 days' }).click()
      await page.getByText(/^In 90 days/).waitFor({ timeout: 240_000 })
    },
  },
  {
    name: 'outline',
    route: '/segments/$id/rule',
    at: ({ segment }) => `/segments/${segment}/rule`,
    act: (page) => view(page, 'Outline'),
    also: ['phone'],
    shown: (page) => [counted(page), page.getByRole('tree')],
  },
  {
    name: 'yaml',
    route: '/segments/$id/rule',
    at: ({ segment }) => `/segments/${segment}/rule`,
    act: (page) => view(page, 'YAML'),
    shown: (page) => [counted(page), page.getByRole('textbox', { name: 'as YAML' })],
  },
  { name: 'segment-new', route: '/segments/new', at: () => '/segments/new' },
  { name: 'segment-versions', route: '/segments/$id/versions', at: () => '/segments/slipping-away/versions' },
  {
    name: 'history',
    route: '/segments/$id/history',
    at: () => '/segments/slipping-away/history',
    shown: (page) => [page.getByRole('img', { name: /entered/ }), ...table(page)],
  },
  {
    name: 'flows',
    route: '/flows',
    at: () => '/flows',
    act: (page) => page.getByText('7 days', { exact: true }).click(),
    shown: (page) => [page.getByRole('link', { name: '→' })],
  },
  // customers
  { name: 'customers', route: '/customers', at: () => '/customers', shown: table, also: ['dark', 'phone'] },
  { name: 'tags', route: '/tags', at: () => '/tags', shown: table },
  {
    name: 'customer',
    route: '/customers/$id',
    at: ({ customer }) => `/customers/${customer}`,
    also: ['dark', 'phone'],
  },
  {
    name: 'customer-communication',
    route: '/customers/$id',
    at: ({ customer }) => `/customers/${customer}?tab=communication`,
  },
  { name: 'customer-segments', route: '/customers/$id', at: ({ customer }) => `/customers/${customer}?tab=segments` },
  // writing
  {
    name: 'composer',
    route: '/compose',
    at: () => '/segments/slipping-away',
    act: async (page) => {
      for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check()
      await page
        .getByRole('button', { name: /Write email/ })
        .first()
        .click()
      await page.waitForURL('**/compose**')
      await page.getByLabel('Subject').first().fill('It has been a while')
      await page
        .locator('[contenteditable=true]')
        .last()
        .fill('Hello, the new timetable is out: yoga at seven, Pilates at noon. Shall we keep a place for you?')
    },
    also: ['dark', 'phone'],
  },
  { name: 'mailings', route: '/mailings', at: () => '/mailings', shown: links },
  { name: 'mailing', route: '/mailings/$id', at: ({ mailing }) => `/mailings/${mailing}`, also: ['dark', 'phone'] },
  {
    name: 'deliveries',
    route: '/deliveries',
    at: () => '/deliveries',
    shown: (page) => [main(page).getByRole('checkbox').nth(1)],
    also: ['phone'],
  },
  { name: 'audiences', route: '/audiences', at: () => '/audiences', shown: links },
  { name: 'audience', route: '/audiences/$id', at: ({ audience }) => `/audiences/${audience}`, shown: table },
  { name: 'audience-criteria', route: '/audiences/$id', at: ({ audience }) => `/audiences/${audience}?tab=criteria` },
  {
    name: 'inbox',
    route: '/inbox',
    at: ({ mail }) => `/inbox?mail=${mail}`,
    shown: (page) => [page.locator('iframe')],
  },
  // templates
  { name: 'templates', route: '/templates', at: () => '/templates', shown: links },
  {
    name: 'template-new',
    route: '/templates/new',
    at: () => '/templates/new',
    shown: (page) => [page.locator('iframe, img').first()],
  },
  {
    name: 'template',
    route: '/templates/$id',
    at: ({ template }) => `/templates/${template}`,
    shown: (page) => [page.locator('iframe')],
    also: ['dark'],
  },
  {
    name: 'template-source',
    route: '/templates/$id',
    at: ({ template }) => `/templates/${template}`,
    act: (page) => page.getByRole('radiogroup', { name: 'How to edit' }).getByText('Source').click(),
    shown: (page) => [page.locator('.cm-content')],
  },
  {
    name: 'template-preview',
    route: '/templates/$id',
    at: ({ template }) => `/templates/${template}`,
    act: (page) => page.getByRole('radiogroup', { name: 'How to edit' }).getByText('Preview').click(),
    shown: (page) => [page.locator('iframe')],
  },
  {
    name: 'template-versions',
    route: '/templates/$id/versions',
    at: ({ template }) => `/templates/${template}/versions`,
  },
  { name: 'template-uses', route: '/templates/$id/uses', at: ({ template }) => `/templates/${template}/uses` },
  // automations
  { name: 'automations', route: '/automations', at: () => '/automations', shown: table, also: ['phone'] },
  {
    name: 'automation-gallery',
    route: '/automations',
    at: () => '/automations',
    act: (page) => page.getByRole('button', { name: 'New automation' }).click(),
    shown: (page) => [page.getByRole('dialog').getByRole('listitem')],
  },
  {
    name: 'automation-live',
    route: '/automations/$id',
    at: ({ automation }) => `/automations/${automation}?mode=live`,
    shown: (page) => [page.getByText('Everybody who entered'), page.getByText('We miss you')],
    also: ['dark', 'phone'],
  },
  {
    name: 'automation',
    route: '/automations/$id',
    at: ({ automation }) => `/automations/${automation}?mode=edit`,
    shown: (page) => [page.locator('[data-card]').nth(2)],
    also: ['dark', 'phone'],
  },
  {
    name: 'automation-outline',
    route: '/automations/$id',
    at: ({ automation }) => `/automations/${automation}?mode=edit`,
    act: (page) => page.getByRole('radiogroup', { name: /View/ }).getByText('Outline').click(),
    shown: (page) => [page.getByRole('tree')],
  },
  {
    name: 'automation-yaml',
    route: '/automations/$id',
    at: ({ automation }) => `/automations/${automation}?mode=edit`,
    act: (page) => page.getByRole('radiogroup', { name: /View/ }).getByText('YAML').click(),
    shown: (page) => [page.locator('.cm-content')],
  },
  {
    name: 'automation-walk',
    route: '/automations/$id',
    at: () => '/automations/terminating-member?mode=edit',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Whom, by name' }).fill('Nora')
      await page.getByRole('option').first().click()
      await page.getByRole('button', { name: 'Show no way' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'automation-replay',
    route: '/automations/$id',
    at: ({ automation }) => `/automations/${automation}?mode=edit`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Replay', exact: true }).click()
      await page.getByText('would have entered').first().waitFor({ timeout: 240_000 })
      await page.getByText('would have entered').first().scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'automation-publish',
    route: '/automations/$id',
    at: ({ automation }) => `/automations/${automation}?mode=edit`,
    act: (page) => page.getByRole('button', { name: 'Publish…' }).click(),
    shown: (page) => [page.getByRole('dialog').getByRole('table')],
  },
  // loyalty and money
  { name: 'loyalty', route: '/loyalty', at: ({ provider }) => `/loyalty?provider=${provider}`, also: ['phone'] },
  { name: 'rewards', route: '/rewards', at: () => '/rewards', shown: table },
  { name: 'rewards-campaigns', route: '/rewards', at: () => '/rewards?view=campaigns', shown: table },
  { name: 'statement', route: '/statement', at: ({ provider }) => `/statement?provider=${provider}` },
  // data in and out
  { name: 'imports', route: '/imports', at: () => '/imports' },
  { name: 'import', route: '/imports/$id', at: ({ import: id }) => `/imports/${id}`, shown: table },
  { name: 'exports', route: '/exports', at: () => '/exports' },
  { name: 'webhooks', route: '/webhooks', at: () => '/webhooks' },
  { name: 'webhook', route: '/webhooks/$id', at: ({ webhook }) => `/webhooks/${webhook}` },
  { name: 'reference', route: '/reference', at: () => '/reference' },
  // settings
  { name: 'settings', route: '/settings', at: () => '/settings', also: ['phone'] },
  { name: 'statuses', route: '/settings/statuses', at: () => '/settings/statuses' },
  {
    name: 'status-rule',
    route: '/settings/statuses/rule',
    at: () => '/settings/statuses/rule?from=lead&to=customer',
    shown: (page) => [page.locator('[data-card]').nth(1)],
  },
  { name: 'status-versions', route: '/settings/statuses/versions', at: () => '/settings/statuses/versions' },
  { name: 'users', route: '/settings/users', at: () => '/settings/users', shown: table },
  { name: 'keys', route: '/settings/keys', at: () => '/settings/keys' },
  { name: 'audit', route: '/settings/audit', at: () => '/settings/audit' },
  { name: 'data-protection', route: '/settings/data-protection', at: () => '/settings/data-protection' },
  { name: 'automation-webhooks', route: '/settings/automation-webhooks', at: () => '/settings/automation-webhooks' },
  { name: 'account', route: '/account', at: () => '/account' },
  {
    name: 'search',
    route: '/',
    at: () => '/',
    act: async (page) => {
      await page
        .getByRole('button', { name: /Search/ })
        .first()
        .click()
      await page.getByRole('dialog').getByRole('textbox').fill('Nora O')
      await page.getByRole('dialog').getByText("Nora O'Shea").first().waitFor()
    },
  },
  { name: 'not-found', route: '$', at: () => '/nowhere' },
  // before somebody is signed in
  { name: 'sign-in', route: '/sign-in', at: () => '/sign-in', signedOut: true, also: ['phone'] },
  { name: 'forgot', route: '/forgot', at: () => '/forgot', signedOut: true },
  { name: 'reset', route: '/reset', at: ({ links: { reset } }) => reset, signedOut: true },
  { name: 'invitation', route: '/invitation', at: ({ links: { invitation } }) => invitation, signedOut: true },
  // what customers see
  { name: 'public-signup', route: null, at: () => '/signup', signedOut: true, also: ['phone'] },
  { name: 'public-confirm', route: null, at: ({ links: { confirm } }) => confirm, signedOut: true },
  { name: 'public-survey', route: null, at: ({ links: { survey } }) => survey, signedOut: true, also: ['phone'] },
  {
    name: 'public-preferences',
    route: null,
    at: ({ links: { preferences } }) => preferences,
    signedOut: true,
    also: ['dark', 'phone'],
  },
  { name: 'public-push', route: null, at: ({ links: { push } }) => push, signedOut: true },
]
