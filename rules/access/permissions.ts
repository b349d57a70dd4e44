/** Who somebody is here. A provider's user has to do with their own customers only, whatever they may do. */
export const ROLES = ['admin', 'manager', 'provider', 'read_only'] as const
export type Role = (typeof ROLES)[number]

const ADMIN = ['admin'] as const
const STAFF = ['admin', 'manager'] as const
const OFFICE = ['admin', 'manager', 'read_only'] as const
const DOERS = ['admin', 'manager', 'provider'] as const
const ALL = ROLES

/**
 * The one table of who may do what. Every call of the HTTP interface names its permission, scopes of API keys are
 * permissions, and pages show what this table allows.
 *
 * `x.read` looks and changes nothing, also where a call is a POST because its question is long; `x.try` computes something
 * new, but nobody gets anything by it.
 */
export const PERMISSIONS = {
  'customers.read': ALL,
  'customers.write': STAFF,
  'customers.export': DOERS,
  'notes.write': DOERS,
  // what somebody keeps for themselves; for all, it takes the right to change customers
  'views.keep': ALL,
  'consents.write': ADMIN,
  'facts.write': STAFF,
  'segments.read': ALL,
  'segments.write': STAFF,
  'segments.decide': STAFF,
  'rules.try': OFFICE,
  'favourites.write': DOERS,
  'templates.read': ALL,
  'templates.write': STAFF,
  'images.read': OFFICE,
  'images.write': STAFF,
  'campaigns.read': ALL,
  'campaigns.write': DOERS,
  'campaigns.send': DOERS,
  'campaigns.approve': STAFF,
  'audiences.read': ALL,
  'audiences.write': DOERS,
  'deliveries.read': ALL,
  'deliveries.resend': STAFF,
  'automations.read': ALL,
  'automations.try': OFFICE,
  'automations.write': STAFF,
  'statuses.read': OFFICE,
  'statuses.write': ADMIN,
  'surveys.read': OFFICE,
  'suppressions.read': ALL,
  'suppressions.write': DOERS,
  'rewards.read': ALL,
  'rewards.write': DOERS,
  'rewards.redeem': DOERS,
  'ledger.read': ALL,
  'revenue.read': OFFICE,
  'providers.read': ALL,
  'settings.read': OFFICE,
  'settings.write': ADMIN,
  'users.read': ADMIN,
  'users.write': ADMIN,
  'keys.read': ADMIN,
  'keys.write': ADMIN,
  'webhooks.read': ADMIN,
  'webhooks.write': ADMIN,
  'audit.read': ADMIN,
  // everything about one person, and forgetting them
  'privacy.read': ADMIN,
  'privacy.write': ADMIN,
  // the local inbox has every mail, also those by which somebody gets a new password
  'inbox.read': ADMIN,
  'inbox.write': ADMIN,
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof PERMISSIONS

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[]

/** Whether a text is the name of a permission. */
export const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text)

/** The roles that have a permission, in the order of {@link ROLES}. */
export const rolesWith = (permission: Permission): readonly Role[] => PERMISSIONS[permission]

/** Whether a role has a permission. */
export const roleMay = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role)

/**
 * What somebody may do: a person by their role, a program by the scopes of its key (null: all). A provider's key may do
 * what a provider may, at most.
 */
export type Rights = { role: Role } | { scopes: readonly string[] | null; ofProvider: boolean }

/** Whether somebody with these rights has a permission. */
export function hasPermission(rights: Rights, permission: Permission): boolean {
  if ('role' in rights) return roleMay(rights.role, permission)
  if (rights.ofProvider && !roleMay('provider', permission)) return false
  return rights.scopes === null || rights.scopes.includes(permission)
}
