import { Input } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { label: string; htmlFor?: string; hint?: string; children: ReactNode }

/** A labelled part of a form that is made of several controls. */
export function Field({ label, htmlFor, hint, children }: Props) {
  return (
    <div>
      <Input.Label {...(htmlFor === undefined ? { component: 'span' } : { htmlFor })}>{label}</Input.Label>
      {children}
      {hint !== undefined && <Input.Description mt={4}>{hint}</Input.Description>}
    </div>
  )
}
