import { useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import { type CustomerColumn, exportCustomers } from '../../api/contract/customerList.ts'
import { saveFile } from '../client/saveFile.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useLanguage } from '../shared/useLanguage.ts'

type Whom = Pick<z.input<typeof exportCustomers.body>, 'customers' | 'search'>

/** Saves customers as a file that spreadsheets open, with the columns of the list. */
export function useExport(columns: readonly CustomerColumn[]) {
  const [language] = useLanguage()
  const notifyProblem = useNotifyProblem()
  return useMutation({
    mutationFn: (whom: Whom) =>
      saveFile(exportCustomers, { body: { ...whom, columns: [...columns], language, bom: true } }),
    onError: notifyProblem,
  })
}
