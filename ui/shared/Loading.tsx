import { Skeleton, Stack } from '@mantine/core'
import { useText } from './useText.tsx'

/** Grey bars in the place of rows that are on their way. */
export function RowsLoading({ rows = 6, height = 46 }: { rows?: number; height?: number }) {
  const text = useText()
  return (
    <Stack gap={1} role="status" aria-label={text('state.loading')}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} style={{ height, display: 'flex', alignItems: 'center', gap: 24, padding: '0 16px' }}>
          <Skeleton height={11} width={`${22 + ((row * 7) % 12)}%`} />
          <Skeleton height={11} width="8%" />
          <Skeleton height={11} width={`${14 + ((row * 5) % 9)}%`} />
        </div>
      ))}
    </Stack>
  )
}

/** A page that is on its way. */
export function PageLoading() {
  return (
    <div style={{ padding: '80px 24px' }}>
      <RowsLoading />
    </div>
  )
}
