/** The kinds of things that have words of their own here; others are called what the API calls them. */
export const KINDS = [
  'settings',
  'retention',
  'users',
  'api-keys',
  'session',
  'segments',
  'templates',
  'automations',
  'status-automation',
  'customers',
  'suppressions',
  'rewards',
  'campaigns',
  'webhooks',
  'imports',
  'exports',
  'erasures',
  'tags',
  'audiences',
  'customer-views',
  'account',
  'invitations',
  'link-keys',
  'inbox',
  'images',
] as const
export type Kind = (typeof KINDS)[number]

export const isKind = (kind: string): kind is Kind => KINDS.some((one) => one === kind)
