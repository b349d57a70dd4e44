import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { templateQuery } from '../client/templates.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { TemplateEditor } from './editing/TemplateEditor.tsx'

const route = getRouteApi('/shell/templates/$id')

/** One template, to be worked on. */
export function TemplatePage() {
  const text = useText()
  const { id } = route.useParams()
  // What was read once is worked on here; what somebody else does meanwhile is told when it is kept or published.
  const { data, error, refetch } = useQuery({
    ...templateQuery(id),
    refetchOnWindowFocus: false,
    refetchOnMount: 'always',
    gcTime: 0,
  })
  if (data === undefined) {
    return (
      <Page title={text('template.title')} back={{ to: '/templates' }}>
        {error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading />}
      </Page>
    )
  }
  return <TemplateEditor key={id} template={data} />
}
