import { type Permission, roleMay } from '../../rules/access/permissions.ts'
import { useSession } from './session.ts'

/** Whether whoever is signed in has a permission. What they may not do is not offered; the server refuses it in any case. */
export function useMay(permission: Permission): boolean {
  return roleMay(useSession().user.role, permission)
}
