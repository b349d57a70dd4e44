import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ImportFile, startImport } from '../../api/contract/imports.ts'
import { call } from '../client/call.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import { importQuery, previewQuery } from './importsQuery.ts'

/** Takes the file in, after saying what that will do. */
export function StartButton({ file }: { file: ImportFile }) {
  const text = useText()
  const [language] = useLanguage()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const preview = useQuery(previewQuery(file.id, language)).data
  const start = useMutation({
    mutationFn: () => call(startImport, { params: { id: file.id } }),
    onSuccess: (begun) => queries.setQueryData(importQuery(file.id).queryKey, begun),
    onError: notifyProblem,
  })
  const refused = preview?.refused ?? 0
  return (
    <Button
      disabled={file.lacking.length > 0}
      loading={start.isPending}
      onClick={() =>
        modals.openConfirmModal({
          title: text('imports.startTitle', { count: file.total }),
          children: (
            <Text fz="sm">
              {refused > 0 && `${text('imports.startRefused', { count: refused, checked: preview?.checked ?? 0 })} `}
              {text(file.historical ? 'imports.startHistorical' : 'imports.startNews')}
            </Text>
          ),
          labels: { confirm: text('imports.start'), cancel: text('action.cancel') },
          onConfirm: () => start.mutate(),
        })
      }
    >
      {text('imports.startCount', { count: file.total })}
    </Button>
  )
}
