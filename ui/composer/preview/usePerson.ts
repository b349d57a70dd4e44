import { useState } from 'react'
import type { Recipients } from '../../../api/contract/orders.ts'
import { type Person, useRecipientSearch } from './useRecipientSearch.ts'

/** The recipient whose mail is previewed and sent as a test: the one picked, else the first; and how to pick another. */
export function usePerson(recipients: Recipients): [Person | null, (person: Person) => void] {
  const [picked, setPicked] = useState<Person | null>(null)
  const first = useRecipientSearch(recipients, '').data?.[0] ?? null
  return [picked ?? first, setPicked]
}
