import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { changeImport, type ImportFile } from '../../api/contract/imports.ts'
import { call } from '../client/call.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { importQuery } from './importsQuery.ts'

export type ImportChange = z.input<typeof changeImport.body>

/** Changes how a file is understood; what is shown of it follows. */
export function useChangeImport(id: string) {
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { queryKey } = importQuery(id)
  return useMutation({
    mutationFn: (body: ImportChange) => call(changeImport, { params: { id }, body }),
    // one after the other: the last thing that was said counts
    scope: { id: `import ${id}` },
    onMutate: ({ mapping, choices, historical }) => {
      queries.setQueryData(queryKey, (before: ImportFile | undefined) =>
        before === undefined
          ? before
          : ({
              ...before,
              ...(mapping === undefined ? {} : { mapping }),
              ...(historical === undefined ? {} : { historical }),
              choices: { ...before.choices, ...choices },
            } as ImportFile),
      )
    },
    onSuccess: async (file) => {
      queries.setQueryData(queryKey, file)
      await queries.invalidateQueries({ queryKey: [...queryKey, 'preview'] })
    },
    onError: async (error) => {
      notifyProblem(error)
      await queries.invalidateQueries({ queryKey })
    },
  })
}
