import { useQuery } from '@tanstack/react-query'
import { status } from '../../api/contract/common.ts'
import type { CustomerSummary } from '../../api/contract/customers.ts'
import { useMay } from '../client/useMay.ts'
import { ChoicesFilter } from '../shared/filter/ChoicesFilter.tsx'
import { useText } from '../shared/useText.tsx'
import { automationQuery } from '../statuses/statusDraft.ts'

export type Status = CustomerSummary['status']

/** The statuses that an address names; what is none is left out. */
export const statusesFrom = (text: string | undefined): Status[] =>
  (text ?? '').split(',').flatMap((one) => status.safeParse(one).data ?? [])

/** Narrows the list by status, each with how many customers have it. */
export function StatusFilter({ chosen, onChange }: { chosen: readonly Status[]; onChange: (next: Status[]) => void }) {
  const text = useText()
  // how many there are in the whole business is not for providers
  const enabled = useMay('statuses.read')
  const counts = useQuery({ ...automationQuery, enabled, retry: false }).data?.customers
  return (
    <ChoicesFilter
      title={text('filter.status')}
      choices={status.options.map((value) => ({ value, count: counts?.[value] ?? null }))}
      chosen={chosen}
      labelOf={(value) => text(`status.${status.parse(value)}`)}
      onChange={(values) => onChange(statusesFrom(values.join(',')))}
    />
  )
}
