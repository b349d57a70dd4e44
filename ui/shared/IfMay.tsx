import type { ReactNode } from 'react'
import type { Permission } from '../../rules/access/permissions.ts'
import { useMay } from '../client/useMay.ts'

/** What is offered only to those who have a permission. */
export function IfMay({ permission, children }: { permission: Permission; children: ReactNode }) {
  return useMay(permission) ? children : null
}
