import { Button, Center } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import { ProblemError } from '../client/problem.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { useText } from '../shared/useText.tsx'

/** Stands where a page threw while it was drawn, or the session could not be asked for. */
export function PageBroke({ error }: { error: unknown }) {
  const text = useText()
  const reload = () => window.location.reload()
  return (
    <Center mih="60vh" p="md">
      {error instanceof ProblemError ? (
        <ErrorState error={error} onRetry={reload} />
      ) : (
        <EmptyState
          icon={IconMoodSad}
          title={text('error.page')}
          text={text('error.pageText')}
          action={<Button onClick={reload}>{text('error.reload')}</Button>}
        />
      )}
    </Center>
  )
}
