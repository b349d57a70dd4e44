import type { Role } from '../../rules/access/permissions.ts'

/** Somebody who may sign in; `providerId` (ours) says whose user it is, for the role provider. */
export type User = {
  id: number
  email: string
  name: string
  role: Role
  providerId: number | null
  /** In which language the pages speak to them; null: the browser's. */
  language: UserLanguage | null
}

export const USER_LANGUAGES = ['en', 'de', 'fr', 'it'] as const
export type UserLanguage = (typeof USER_LANGUAGES)[number]

/** The columns of {@link User}, over `users u`. */
export const USER_COLUMNS = 'u.id, u.email, u.name, u.role, u.provider_id AS providerId, u.language'
