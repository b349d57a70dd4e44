import { Alert, Button, Progress, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { cancelImport, exportRejected, type ImportFile, removeImport, startImport } from '../../api/contract/imports.ts'
import { addressOf } from '../client/address.ts'
import { call } from '../client/call.ts'
import { Ago } from '../shared/Ago.tsx'
import { Count } from '../shared/Count.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { PagedList } from '../shared/PagedList.tsx'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import classes from './imports.module.css'
import { importProblemsQuery, importQuery } from './importsQuery.ts'
import { ProblemsTable } from './ProblemsTable.tsx'

/** A file that is being taken in, or was: how far, what came of it, and what was refused. */
export function Outcome({ file }: { file: ImportFile }) {
  const text = useText()
  const { state, total, done, made, changed, rejected, error } = file
  const numbers = [
    ['imports.made', made],
    ['imports.changed', changed],
    ['imports.asBefore', Math.max(0, done - made - changed - rejected)],
    ['imports.refused', rejected],
  ] as const
  return (
    <div className={classes.stack}>
      {state === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle />} title={text('imports.failedTitle')}>
          {error}
        </Alert>
      )}
      <ListPanel>
        <h2 className={classes.title}>{text(`imports.heading.${state === 'uploading' ? 'ready' : state}`)}</h2>
        <Text className={classes.lead} fz="sm" c="dimmed" role="status">
          {text('imports.doneOf', { done, total })}
        </Text>
        {state === 'running' && (
          <Progress
            mx="md"
            value={total === 0 ? 0 : (done / total) * 100}
            animated
            aria-label={text('imports.progress')}
          />
        )}
        <div className={classes.numbers}>
          {numbers.map(([label, value]) => (
            <div key={label}>
              <div className={classes.number}>
                <Count value={value} />
              </div>
              <Text fz="sm" c="dimmed">
                {text(label)}
              </Text>
            </div>
          ))}
        </div>
        <Text px="md" pb="sm" fz="sm" c="dimmed">
          {text('imports.startedBy', { name: file.created_by })} <Ago at={file.started_at ?? file.created_at} />
        </Text>
        <Acts file={file} />
      </ListPanel>
      {rejected > 0 && state !== 'running' && file.file_removed_at === null && <Problems file={file} />}
    </div>
  )
}

function Acts({ file }: { file: ImportFile }) {
  const text = useText()
  const [language] = useLanguage()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { id, state, rejected, started_at: started, file_removed_at: removed } = file
  const put = (changed: ImportFile) => queries.setQueryData(importQuery(id).queryKey, changed)
  const cancel = useMutation({
    mutationFn: () => call(cancelImport, { params: { id } }),
    onSuccess: put,
    onError: notifyProblem,
  })
  const resume = useMutation({
    mutationFn: () => call(startImport, { params: { id } }),
    onSuccess: put,
    onError: notifyProblem,
  })
  const remove = useMutation({
    mutationFn: () => call(removeImport, { params: { id } }),
    onSuccess: async () => {
      notifyDone(text('imports.removed'))
      await queries.invalidateQueries({ queryKey: ['imports'] })
    },
    onError: notifyProblem,
  })
  if (state === 'running') {
    return (
      <div className={classes.facts}>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {text('imports.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.facts}>
      {state === 'done' && (
        <Button renderRoot={(rest: object) => <Link {...rest} to="/customers" />}>{text('imports.toCustomers')}</Button>
      )}
      {(state === 'failed' || state === 'cancelled') && started !== null && removed === null && (
        <Button loading={resume.isPending} onClick={() => resume.mutate()}>
          {text('imports.resume')}
        </Button>
      )}
      {rejected > 0 && removed === null && (
        <Button
          component="a"
          href={addressOf(exportRejected.path, { id }, { language })}
          download
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {text('imports.downloadRejected')}
        </Button>
      )}
      {removed === null ? (
        <Button
          variant="default"
          loading={remove.isPending}
          onClick={() =>
            modals.openConfirmModal({
              title: text('imports.removeTitle'),
              children: <Text fz="sm">{text('imports.removeText')}</Text>,
              labels: { confirm: text('imports.remove'), cancel: text('action.cancel') },
              confirmProps: { color: 'red' },
              onConfirm: () => remove.mutate(),
            })
          }
        >
          {text('imports.remove')}
        </Button>
      ) : (
        <Text fz="sm" c="dimmed">
          {text('imports.fileGone')}
        </Text>
      )}
    </div>
  )
}

function Problems({ file }: { file: ImportFile }) {
  const text = useText()
  const [language] = useLanguage()
  const problems = useInfiniteQuery(importProblemsQuery(file.id, language))
  return (
    <ListPanel>
      <h2 className={classes.title}>{text('imports.problems')}</h2>
      <PagedList query={problems} loading={{ rows: 3 }} empty={null}>
        {(rows) => <ProblemsTable columns={file.columns} rows={rows} />}
      </PagedList>
    </ListPanel>
  )
}
