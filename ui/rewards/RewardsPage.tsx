import { Button, SegmentedControl } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilterOff, IconGift, IconReceipt2, IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { rewardState } from '../../api/contract/rewards.ts'
import { rewardSummaryQuery, rewardsQuery } from '../client/rewards.ts'
import { useSession } from '../client/session.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useText } from '../shared/useText.tsx'
import { CampaignTable } from './CampaignTable.tsx'
import { GiveReward } from './GiveReward.tsx'
import { RewardNumbers } from './RewardNumbers.tsx'
import classes from './Rewards.module.css'
import { RewardTable } from './RewardTable.tsx'
import { StateFilter } from './StateFilter.tsx'

const route = getRouteApi('/shell/rewards')

/** Vouchers and free minutes: what they have cost and can cost, which can be used, were used or are over; by mailing, too. */
export function RewardsPage() {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const own = useSession().user.provider
  const provider = own?.id ?? search.provider
  const state = rewardState.safeParse(search.state).data ?? null
  const { campaign } = search
  const view = search.view === 'campaigns' ? 'campaigns' : 'list'
  const summary = useQuery(rewardSummaryQuery(provider))
  const rewards = useInfiniteQuery({
    ...rewardsQuery({ provider, campaign, ...(state && { state: [state] }) }),
    enabled: view === 'list',
  })
  const [gives, { open, close }] = useDisclosure(false)
  const change = (part: { [Name in keyof typeof search]?: string | undefined }) =>
    void navigate({ search: (before) => changedSearch(before, part), replace: true, resetScroll: false })
  const one = summary.data?.campaigns.find((found) => (found.campaign?.id ?? 'none') === campaign)
  const counts = campaign === undefined ? summary.data?.counts : one?.counts
  const isNarrowed = state !== null || campaign !== undefined || search.provider !== undefined
  return (
    <Page
      title={text('rewards.title')}
      actions={
        <>
          {own === null && (
            <ProviderSelect
              value={provider ?? null}
              onChange={(next) => change({ provider: next ?? undefined, campaign: undefined })}
              all
            />
          )}
          <Button
            variant="default"
            leftSection={<IconReceipt2 size={17} />}
            renderRoot={(props: object) => <Link {...props} to="/statement" search={provider ? { provider } : {}} />}
          >
            {text('rewards.statement')}
          </Button>
          <Button leftSection={<IconGift size={17} />} onClick={open}>
            {text('rewards.give')}
          </Button>
        </>
      }
    >
      {summary.data && <RewardNumbers summary={summary.data} />}
      <ListPanel>
        <div className={classes.bar}>
          {view === 'list' ? (
            <div className={classes.states}>
              {campaign !== undefined && (
                <Button
                  size="compact-sm"
                  variant="light"
                  maw="100%"
                  rightSection={<IconX size={14} aria-hidden="true" />}
                  onClick={() => change({ campaign: undefined })}
                >
                  {campaign === 'none'
                    ? text('rewards.notOfMailing')
                    : (one?.campaign?.name ?? text('rewards.ofMailing'))}
                </Button>
              )}
              <StateFilter counts={counts} chosen={state} onChange={(next) => change({ state: next ?? undefined })} />
            </div>
          ) : (
            <span />
          )}
          <SegmentedControl
            size="xs"
            aria-label={text('rewards.views')}
            data={[
              { value: 'list', label: text('rewards.view.list') },
              { value: 'campaigns', label: text('rewards.view.campaigns') },
            ]}
            value={view}
            onChange={(next) => change({ view: next === 'campaigns' ? next : undefined })}
          />
        </div>
        {view === 'campaigns' ? (
          summary.data === undefined ? (
            summary.error ? (
              <ErrorState error={summary.error} onRetry={summary.refetch} />
            ) : (
              <RowsLoading rows={6} />
            )
          ) : summary.data.campaigns.length === 0 ? (
            <NoRewards />
          ) : (
            <CampaignTable campaigns={summary.data.campaigns} provider={search.provider} />
          )
        ) : (
          <PagedList
            query={rewards}
            loading={{ rows: 8 }}
            empty={
              isNarrowed ? (
                <EmptyState
                  icon={IconFilterOff}
                  title={text('rewards.noMatchTitle')}
                  text={text('rewards.noMatchText')}
                  action={
                    <Button
                      variant="default"
                      onClick={() => change({ state: undefined, campaign: undefined, provider: undefined })}
                    >
                      {text('filter.clear')}
                    </Button>
                  }
                />
              ) : (
                <NoRewards />
              )
            }
          >
            {(items) => <RewardTable rewards={items} />}
          </PagedList>
        )}
      </ListPanel>
      {gives && <GiveReward provider={provider ?? null} onClose={close} />}
    </Page>
  )
}

function NoRewards() {
  const text = useText()
  return (
    <EmptyState
      icon={IconGift}
      title={text('rewards.emptyTitle')}
      text={text('rewards.emptyText')}
      action={
        <Button variant="default" renderRoot={(props: object) => <Link {...props} to="/loyalty" />}>
          {text('rewards.emptyAction')}
        </Button>
      }
    />
  )
}
