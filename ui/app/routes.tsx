import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { ProblemError } from '../client/problem.ts'
import { queryClient } from '../client/queryClient.ts'
import { sessionQuery } from '../client/session.ts'
import { SEARCH_NAMES } from '../deliveries/deliverySearch.ts'
import { FILTER_NAMES } from '../shared/filter/customerFilter.ts'
import { NotFound } from './NotFound.tsx'
import { Shell } from './Shell.tsx'

/** A text of the address, or undefined. */
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** The named texts of the address and nothing else of it. */
const texts =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Record<string, unknown>): { [Key in Name]?: string } => {
    const found: { [Key in Name]?: string } = {}
    for (const name of names) {
      const value = text(search[name])
      if (value !== undefined) found[name] = value
    }
    return found
  }

const root = createRootRoute({ component: Outlet })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: texts('next', 'ended', 'failed'),
  component: lazyRouteComponent(() => import('../sign-in/SignInPage.tsx'), 'SignInPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('../sign-in/ForgotPage.tsx'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('../sign-in/ResetPage.tsx'), 'ResetPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../sign-in/InvitationPage.tsx'), 'InvitationPage'),
})

/** Everything that needs somebody signed in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery)
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { next: location.href } })
      }
      throw error
    }
  },
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('../home/HomePage.tsx'), 'HomePage'),
})

const segments = createRoute({
  getParentRoute: () => shell,
  path: '/segments',
  validateSearch: texts('text', 'sort', 'provider'),
  component: lazyRouteComponent(() => import('../segments/SegmentsPage.tsx'), 'SegmentsPage'),
})

const segment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$id',
  validateSearch: texts(...FILTER_NAMES, 'provider'),
  component: lazyRouteComponent(() => import('../segment/SegmentPage.tsx'), 'SegmentPage'),
})

const rule = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$id/rule',
  validateSearch: texts('customer'),
  component: lazyRouteComponent(() => import('../segment/SegmentRulePage.tsx'), 'SegmentRulePage'),
})

const newSegment = createRoute({
  getParentRoute: () => shell,
  path: '/segments/new',
  validateSearch: texts('rule'),
  component: lazyRouteComponent(() => import('../canvas/NewSegmentPage.tsx')),
})

const history = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$id/history',
  validateSearch: texts('from', 'to', 'day', 'provider', 'cause', 'way'),
  component: lazyRouteComponent(() => import('../history/HistoryPage.tsx'), 'HistoryPage'),
})

const flows = createRoute({
  getParentRoute: () => shell,
  path: '/flows',
  validateSearch: texts('from', 'to', 'scope', 'segments', 'provider', 'start', 'end'),
  component: lazyRouteComponent(() => import('../history/FlowsPage.tsx'), 'FlowsPage'),
})

const versions = createRoute({
  getParentRoute: () => shell,
  path: '/segments/$id/versions',
  component: lazyRouteComponent(() => import('../segment/versions/VersionsPage.tsx'), 'VersionsPage'),
})

const tags = createRoute({
  getParentRoute: () => shell,
  path: '/tags',
  component: lazyRouteComponent(() => import('../tags/TagsPage.tsx'), 'TagsPage'),
})

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: texts(...FILTER_NAMES, 'segment', 'provider', 'sort', 'direction', 'columns', 'view'),
  component: lazyRouteComponent(() => import('../customers/CustomersPage.tsx'), 'CustomersPage'),
})

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  validateSearch: texts('tab'),
  component: lazyRouteComponent(() => import('../customer/CustomerPage.tsx'), 'CustomerPage'),
})

const compose = createRoute({
  getParentRoute: () => shell,
  path: '/compose',
  component: lazyRouteComponent(() => import('../composer/ComposerPage.tsx')),
})

const mailings = createRoute({
  getParentRoute: () => shell,
  path: '/mailings',
  component: lazyRouteComponent(() => import('../mailings/MailingsPage.tsx'), 'MailingsPage'),
})

const mailing = createRoute({
  getParentRoute: () => shell,
  path: '/mailings/$id',
  validateSearch: texts('state'),
  component: lazyRouteComponent(() => import('../mailing/MailingPage.tsx'), 'MailingPage'),
})

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries',
  validateSearch: texts(...SEARCH_NAMES),
  component: lazyRouteComponent(() => import('../deliveries/DeliveriesPage.tsx'), 'DeliveriesPage'),
})

const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  validateSearch: texts('text', 'language', 'archived'),
  component: lazyRouteComponent(() => import('../templates/list/TemplatesPage.tsx'), 'TemplatesPage'),
})

const newTemplate = createRoute({
  getParentRoute: () => shell,
  path: '/templates/new',
  component: lazyRouteComponent(() => import('../templates/list/NewTemplatePage.tsx'), 'NewTemplatePage'),
})

const template = createRoute({
  getParentRoute: () => shell,
  path: '/templates/$id',
  component: lazyRouteComponent(() => import('../templates/TemplatePage.tsx'), 'TemplatePage'),
})

const templateVersions = createRoute({
  getParentRoute: () => shell,
  path: '/templates/$id/versions',
  component: lazyRouteComponent(() => import('../templates/versions/TemplateVersionsPage.tsx'), 'TemplateVersionsPage'),
})

const automations = createRoute({
  getParentRoute: () => shell,
  path: '/automations',
  component: lazyRouteComponent(() => import('../automations/AutomationsPage.tsx'), 'AutomationsPage'),
})

const automation = createRoute({
  getParentRoute: () => shell,
  path: '/automations/$id',
  validateSearch: texts('mode', 'version', 'customer', 'show'),
  component: lazyRouteComponent(() => import('../automation/AutomationPage.tsx')),
})

const templateUses = createRoute({
  getParentRoute: () => shell,
  path: '/templates/$id/uses',
  component: lazyRouteComponent(() => import('../templates/TemplateUsesPage.tsx'), 'TemplateUsesPage'),
})

const loyalty = createRoute({
  getParentRoute: () => shell,
  path: '/loyalty',
  validateSearch: texts('provider'),
  component: lazyRouteComponent(() => import('../loyalty/LoyaltyPage.tsx'), 'LoyaltyPage'),
})

const rewards = createRoute({
  getParentRoute: () => shell,
  path: '/rewards',
  validateSearch: texts('provider', 'state', 'campaign', 'view'),
  component: lazyRouteComponent(() => import('../rewards/RewardsPage.tsx'), 'RewardsPage'),
})

const statement = createRoute({
  getParentRoute: () => shell,
  path: '/statement',
  validateSearch: texts('provider', 'month'),
  component: lazyRouteComponent(() => import('../statement/StatementPage.tsx'), 'StatementPage'),
})

const audiences = createRoute({
  getParentRoute: () => shell,
  path: '/audiences',
  validateSearch: texts('text'),
  component: lazyRouteComponent(() => import('../audiences/AudiencesPage.tsx'), 'AudiencesPage'),
})

const audience = createRoute({
  getParentRoute: () => shell,
  path: '/audiences/$id',
  validateSearch: texts('tab', 'reason'),
  component: lazyRouteComponent(() => import('../audiences/AudiencePage.tsx'), 'AudiencePage'),
})

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: texts('mail', 'text', 'view'),
  component: lazyRouteComponent(() => import('../inbox/InboxPage.tsx'), 'InboxPage'),
})

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  component: lazyRouteComponent(() => import('../imports/ImportsPage.tsx'), 'ImportsPage'),
})

const importFile = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('../imports/ImportPage.tsx'), 'ImportPage'),
})

const exports = createRoute({
  getParentRoute: () => shell,
  path: '/exports',
  component: lazyRouteComponent(() => import('../exports/ExportsPage.tsx'), 'ExportsPage'),
})

const dataProtection = createRoute({
  getParentRoute: () => shell,
  path: '/settings/data-protection',
  validateSearch: texts('customer'),
  component: lazyRouteComponent(() => import('../dataProtection/DataProtectionPage.tsx'), 'DataProtectionPage'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/SettingsPage.tsx'), 'SettingsPage'),
})

const webhookSecret = createRoute({
  getParentRoute: () => shell,
  path: '/settings/automation-webhooks',
  component: lazyRouteComponent(() => import('../settings/WebhookSecretPage.tsx'), 'WebhookSecretPage'),
})

const statuses = createRoute({
  getParentRoute: () => shell,
  path: '/settings/statuses',
  component: lazyRouteComponent(() => import('../statuses/StatusesPage.tsx'), 'StatusesPage'),
})

const statusVersions = createRoute({
  getParentRoute: () => shell,
  path: '/settings/statuses/versions',
  component: lazyRouteComponent(() => import('../statuses/StatusVersionsPage.tsx'), 'StatusVersionsPage'),
})

const statusRule = createRoute({
  getParentRoute: () => shell,
  path: '/settings/statuses/rule',
  validateSearch: texts('rule', 'from', 'to'),
  component: lazyRouteComponent(() => import('../statuses/StatusRulePage.tsx')),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/AccountPage.tsx'), 'AccountPage'),
})

const users = createRoute({
  getParentRoute: () => shell,
  path: '/settings/users',
  component: lazyRouteComponent(() => import('../users/UsersPage.tsx'), 'UsersPage'),
})

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('../users/KeysPage.tsx'), 'KeysPage'),
})

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/settings/audit',
  validateSearch: texts('text', 'kind', 'actor', 'from', 'to'),
  component: lazyRouteComponent(() => import('../audit/AuditPage.tsx'), 'AuditPage'),
})

const reference = createRoute({
  getParentRoute: () => shell,
  path: '/reference',
  validateSearch: texts('tag', 'text'),
  component: lazyRouteComponent(() => import('../reference/ReferencePage.tsx'), 'ReferencePage'),
})

const webhooks = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../webhooks/WebhooksPage.tsx'), 'WebhooksPage'),
})

const webhook = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks/$id',
  component: lazyRouteComponent(() => import('../webhooks/WebhookPage.tsx'), 'WebhookPage'),
})

/** Any other address: said inside the shell, so that the way on is at hand. */
const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })

export const routeTree = root.addChildren([
  signIn,
  forgot,
  reset,
  invitation,
  shell.addChildren([
    home,
    segments,
    segment,
    rule,
    versions,
    history,
    flows,
    newSegment,
    customers,
    tags,
    customer,
    compose,
    mailings,
    mailing,
    deliveries,
    templates,
    newTemplate,
    template,
    templateVersions,
    automations,
    automation,
    templateUses,
    loyalty,
    rewards,
    statement,
    audiences,
    audience,
    inbox,
    imports,
    importFile,
    exports,
    dataProtection,
    settings,
    webhookSecret,
    statuses,
    statusRule,
    account,
    users,
    keys,
    audit,
    statusVersions,
    reference,
    webhooks,
    webhook,
    elsewhere,
  ]),
])
