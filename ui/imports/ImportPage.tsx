import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { ImportBadge } from './ImportBadge.tsx'
import { importQuery } from './importsQuery.ts'
import { Outcome } from './Outcome.tsx'
import { Ready } from './Ready.tsx'
import { StartButton } from './StartButton.tsx'

const route = getRouteApi('/shell/imports/$id')

/** One file: what its columns are and what would come of it; then its progress, and what came of it. */
export function ImportPage() {
  const text = useText()
  const { id } = route.useParams()
  const { data: file, error, refetch } = useQuery(importQuery(id))
  return (
    <Page
      title={file?.name ?? text('imports.title')}
      back={{ to: '/imports' }}
      aside={file && <ImportBadge file={file} />}
      actions={file?.state === 'ready' && <StartButton file={file} />}
    >
      {file === undefined ? (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={7} />}</ListPanel>
      ) : file.state === 'ready' ? (
        <Ready file={file} />
      ) : (
        <Outcome file={file} />
      )}
    </Page>
  )
}
