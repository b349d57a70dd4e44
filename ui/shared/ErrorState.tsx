import { Button, Stack, Text, Title } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { ProblemError } from '../client/problem.ts'
import { NothingHere } from './NothingHere.tsx'
import { useProblemText } from './useProblemText.ts'
import { useText } from './useText.tsx'

/** Stands where something should be that could not be loaded: what is wrong, and another try, or the way back. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const text = useText()
  const problemText = useProblemText()
  // trying again does not bring back what is not there
  if (error instanceof ProblemError && error.code === 'not_found') return <NothingHere />
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center" role="alert">
      <IconCloudOff size={36} stroke={1.3} color="var(--attention)" aria-hidden="true" />
      <Title order={2} fz="md">
        {text('error.title')}
      </Title>
      <Text c="dimmed" fz="sm" maw={440}>
        {problemText(error)}
      </Text>
      {onRetry && (
        <Button mt="xs" variant="default" onClick={onRetry}>
          {text('error.retry')}
        </Button>
      )}
    </Stack>
  )
}
