import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ImportField, ImportFile } from '../../api/contract/imports.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import { ChoiceFields } from './ChoiceFields.tsx'
import { ColumnsTable } from './ColumnsTable.tsx'
import classes from './imports.module.css'
import { previewQuery } from './importsQuery.ts'
import { PreviewTable } from './PreviewTable.tsx'
import { ProblemsTable } from './ProblemsTable.tsx'
import { ReadingFields } from './ReadingFields.tsx'

/** A file that is here and not taken in: how it is read, what its columns are, and what would come of it. */
export function Ready({ file }: { file: ImportFile }) {
  const text = useText()
  const [language] = useLanguage()
  const { data: preview, error, refetch, isPlaceholderData } = useQuery(previewQuery(file.id, language))
  const lacking = file.lacking.map((names) =>
    names.map((name) => text(`imports.field.${name as ImportField}`)).join(` ${text('imports.or')} `),
  )
  return (
    <div className={classes.stack}>
      {lacking.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle />} title={text('imports.lackingTitle')}>
          {text('imports.lackingText', { fields: lacking.join('; ') })}
        </Alert>
      )}
      <ListPanel>
        <h2 className={classes.title}>{text('imports.columns')}</h2>
        <Text className={classes.lead} fz="sm" c="dimmed">
          {text('imports.columnsLead', { count: file.total })}
        </Text>
        <ReadingFields file={file} />
        <ColumnsTable file={file} rows={preview?.rows ?? []} />
      </ListPanel>
      <ChoiceFields file={file} />
      <ListPanel>
        <h2 className={classes.title}>{text('imports.preview')}</h2>
        {preview === undefined ? (
          error ? (
            <ErrorState error={error} onRetry={refetch} />
          ) : (
            <RowsLoading rows={5} />
          )
        ) : (
          <div style={{ opacity: isPlaceholderData ? 0.5 : 1 }}>
            <Text className={classes.lead} fz="sm" role="status">
              {preview.refused === 0
                ? text('imports.allGood', { count: preview.checked })
                : text('imports.someBad', { count: preview.refused, checked: preview.checked })}
              {preview.incomplete > 0 && ` ${text('imports.incomplete', { count: preview.incomplete })}`}
              {preview.repeated > 0 && ` ${text('imports.repeated', { count: preview.repeated })}`}
            </Text>
            <PreviewTable file={file} rows={preview.rows} />
          </div>
        )}
      </ListPanel>
      {preview !== undefined && preview.problems.length > 0 && (
        <ListPanel>
          <h2 className={classes.title}>{text('imports.problems')}</h2>
          <ProblemsTable columns={file.columns} rows={preview.problems} />
        </ListPanel>
      )}
    </div>
  )
}
