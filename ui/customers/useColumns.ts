import { useLocalStorage } from '@mantine/hooks'
import { type CustomerColumn, customerColumn } from '../../api/contract/customerList.ts'
import { inOrder, USUAL_COLUMNS } from './listState.ts'

/** The columns that somebody wants to see in this browser when no view says otherwise, and the way to choose others. */
export function useColumns(): [readonly CustomerColumn[], (columns: readonly CustomerColumn[]) => void] {
  const [columns, choose] = useLocalStorage<readonly CustomerColumn[]>({
    key: 'perennial.customers.columns',
    defaultValue: USUAL_COLUMNS,
    getInitialValueInEffect: false,
    deserialize: (stored) => readColumns(stored) ?? USUAL_COLUMNS,
  })
  return [columns, (next) => choose(inOrder(next))]
}

function readColumns(stored: string | undefined): readonly CustomerColumn[] | null {
  if (stored === undefined) return null
  try {
    const kept: unknown = JSON.parse(stored)
    return Array.isArray(kept) ? inOrder(kept.flatMap((one) => customerColumn.safeParse(one).data ?? [])) : null
  } catch {
    return null
  }
}
