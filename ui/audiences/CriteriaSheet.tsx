import { Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { FormattedMessage } from 'react-intl'
import { type Audience, getCriteria } from '../../api/contract/audiences.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from '../client/call.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useLanguage } from '../shared/useLanguage.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Audience.module.css'
import { useFilterWords } from './useFilterWords.ts'

const FrozenRule = lazy(() => import('./FrozenRule.tsx'))

/** What an audience was made from, as it was then: in words, and the rule as it is drawn. Nothing here can be changed. */
export function CriteriaSheet({ audience }: { audience: Audience }) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const filterWords = useFilterWords()
  const [language] = useLanguage()
  const { data, error, refetch } = useQuery({
    queryKey: ['audience', audience.id, 'criteria', language],
    queryFn: ({ signal }) => call(getCriteria, { params: { id: audience.id }, query: { language }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (data === undefined) {
    return <Paper>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={4} />}</Paper>
  }
  const { segment, provider, filter, status, within, picked, holdout } = data
  const narrowed = filterWords(filter)
  return (
    <Stack gap="md">
      <Paper className={classes.sheet}>
        {segment !== null && (
          <>
            <Text className={classes.sentence}>{segment.sentence}</Text>
            <Text fz="sm" c="dimmed">
              <FormattedMessage
                id="criteria.segment"
                values={{
                  segment: (
                    <Link to="/segments/$id" params={{ id: segment.id }}>
                      {nameOf(segment)}
                    </Link>
                  ),
                  version: segment.version,
                  at: <Instant at={data.frozen_at} time />,
                }}
              />
            </Text>
          </>
        )}
        {picked !== null && <Text className={classes.sentence}>{text('criteria.picked', { count: picked })}</Text>}
        {segment === null && picked === null && <Text className={classes.sentence}>{text('criteria.search')}</Text>}
        {within !== null && <Text fz="sm">{text('criteria.within', { segment: nameOf(within) })}</Text>}
        {status.length > 0 && (
          <Text fz="sm">
            {text('criteria.status', { status: status.map((one) => text(`status.${one}`)).join(', ') })}
          </Text>
        )}
        {provider !== null && <Text fz="sm">{text('criteria.provider', { provider: provider.name })}</Text>}
        {narrowed.length > 0 && <Text fz="sm">{text('criteria.filter', { filter: narrowed.join(' · ') })}</Text>}
        {holdout > 0 && <Text fz="sm">{text('criteria.holdout', { holdout: holdout / 100 })}</Text>}
      </Paper>
      {segment !== null && (
        <Suspense fallback={<RowsLoading rows={5} />}>
          <FrozenRule name={nameOf(segment)} rule={segment.rule as Rule} />
        </Suspense>
      )}
    </Stack>
  )
}
