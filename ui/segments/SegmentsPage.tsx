import { Box, Button } from '@mantine/core'
import { IconArrowsSplit2, IconCircles, IconFilterOff, IconPlus } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useIntl } from 'react-intl'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { IfMay } from '../shared/IfMay.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { arrange, orderFrom, orderToSearch } from './order.ts'
import classes from './SegmentsPage.module.css'
import { type Group, SegmentTable } from './SegmentTable.tsx'
import { useSegments } from './useSegments.ts'

const route = getRouteApi('/shell/segments')

/** All segments at a glance: how many are in each, where it is going, and how fresh that is. */
export function SegmentsPage() {
  const text = useText()
  const { locale } = useIntl()
  const words = useSegmentWords()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const provider = useChosenProvider(search.provider)
  const { data, error, refetch } = useSegments(provider)
  const change = (part: Partial<Record<keyof typeof search, string | undefined>>) =>
    void navigate({ search: (before) => changedSearch(before, part), replace: true, resetScroll: false })

  const order = orderFrom(search.sort)
  const found = arrange(data?.items ?? [], { text: search.text ?? '', order, words, locale })
  const ofProviders = found.filter(({ scope }) => scope === 'provider')
  const groups: Group[] = [
    { key: 'business', provider: null, segments: found.filter(({ scope }) => scope === 'business') },
    {
      key: 'provider',
      heading: (
        <span className={classes.heading}>
          {text('segments.eachProvider')}
          <ProviderSelect all value={provider} onChange={(next) => change({ provider: next ?? undefined })} />
        </span>
      ),
      provider,
      segments: ofProviders,
    },
  ]
  return (
    <Page
      title={text('segments.title')}
      actions={
        <>
          <IfMay permission="rules.try">
            <Button
              variant="default"
              className={classes.action ?? ''}
              component={Link}
              to="/flows"
              leftSection={<IconArrowsSplit2 size={17} />}
            >
              {text('segments.flows')}
            </Button>
          </IfMay>
          <IfMay permission="segments.write">
            <Button
              className={classes.action ?? ''}
              component={Link}
              to="/segments/new"
              leftSection={<IconPlus size={17} />}
            >
              {text('segments.new')}
            </Button>
          </IfMay>
        </>
      }
    >
      <ListPanel>
        <Box px="md" py={10}>
          <TextFilter
            label={text('segments.search')}
            value={search.text ?? ''}
            onChange={(next) => change({ text: next || undefined })}
          />
        </Box>
        {data ? (
          found.length > 0 ? (
            <SegmentTable
              groups={groups.filter(({ segments }) => segments.length > 0)}
              order={order}
              onOrder={(next) => change({ sort: orderToSearch(next) })}
            />
          ) : data.items.length === 0 ? (
            <EmptyState icon={IconCircles} title={text('segments.emptyTitle')} text={text('segments.emptyText')} />
          ) : (
            <EmptyState
              icon={IconFilterOff}
              title={text('segments.noMatchTitle')}
              text={text('segments.noMatchText')}
              action={
                <Button variant="default" onClick={() => change({ text: undefined })}>
                  {text('filter.clear')}
                </Button>
              }
            />
          )
        ) : error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <RowsLoading rows={7} />
        )}
      </ListPanel>
    </Page>
  )
}
