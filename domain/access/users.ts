import type { Role } from '../../rules/access/permissions.ts'

/** Somebody who may sign in; `providerId` (ours) says whose user it is, for the role provider. */
export type User = {
  id: number
  email: string
  name: string
  role: Role
  providerId: number | null
}
