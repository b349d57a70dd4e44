import { Select } from '@mantine/core'
import { IconReceipt2, IconUserStar } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useIntl } from 'react-intl'
import { exportLedger, type ProviderLedger } from '../../api/contract/ledger.ts'
import { ledgerQuery, monthsQuery } from '../client/rewards.ts'
import { useSession } from '../client/session.ts'
import { ExportMenu } from '../deliveries/ExportMenu.tsx'
import { useToday } from '../history/useToday.ts'
import classes from '../rewards/Rewards.module.css'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Money } from '../shared/Money.tsx'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useText } from '../shared/useText.tsx'
import { StatementTable } from './StatementTable.tsx'

const route = getRouteApi('/shell/statement')
const ALL = 'all'

/** What is at a provider's charge, and what they earn, month by month. */
export function StatementPage() {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const own = useSession().user.provider
  const chosen = useChosenProvider(search.provider)
  const provider = own?.id ?? chosen
  const thisMonth = useToday().slice(0, 7)
  const month = search.month === ALL ? undefined : (search.month ?? thisMonth)
  const change = (part: { [Name in keyof typeof search]?: string | undefined }) =>
    void navigate({ search: (before) => changedSearch(before, part), replace: true, resetScroll: false })
  const select = own === null && (
    <ProviderSelect value={provider} onChange={(next) => change({ provider: next ?? undefined })} />
  )
  return (
    <Page
      title={text('statement.title')}
      back={{ to: '/rewards' }}
      actions={
        provider !== null && (
          <>
            {select}
            <MonthSelect
              provider={provider}
              month={month ?? ALL}
              thisMonth={thisMonth}
              onChange={(next) => change({ month: next === thisMonth ? undefined : next })}
            />
            <ExportMenu path={exportLedger.path.replace('{id}', encodeURIComponent(provider))} query={{ month }} />
          </>
        )
      }
    >
      {provider === null ? (
        <ListPanel>
          <EmptyState
            icon={IconUserStar}
            title={text('statement.chooseTitle')}
            text={text('statement.chooseText')}
            action={select}
          />
        </ListPanel>
      ) : (
        <Statement key={provider} provider={provider} month={month} />
      )}
    </Page>
  )
}

function Statement({ provider, month }: { provider: string; month: string | undefined }) {
  const text = useText()
  const ledger = useInfiniteQuery(ledgerQuery(provider, month))
  const sums = ledger.data?.pages.at(-1)
  return (
    <>
      {sums && <Sums sums={sums} />}
      <ListPanel>
        <PagedList
          query={ledger}
          loading={{ rows: 8 }}
          empty={
            <EmptyState icon={IconReceipt2} title={text('statement.emptyTitle')} text={text('statement.emptyText')} />
          }
        >
          {(lines) => <StatementTable lines={lines} />}
        </PagedList>
      </ListPanel>
    </>
  )
}

function Sums({ sums }: { sums: Pick<ProviderLedger, 'provider' | 'opening' | 'totals' | 'closing' | 'month'> }) {
  const text = useText()
  const { opening, closing, totals, month } = sums
  const cells = [
    ...(month === null ? [] : [['opening', opening] as const]),
    ['discounts', totals.discounts] as const,
    ['shares', totals.loyalty_rewards] as const,
    ['closing', closing] as const,
  ]
  return (
    <dl
      className={classes.numbers}
      aria-label={text('statement.of', { name: sums.provider.name })}
      title={text('statement.balanceHint')}
    >
      {cells.map(([label, amount]) => (
        <div key={label}>
          <dt>{text(`statement.${label}`)}</dt>
          <dd data-testid={`statement-${label}`}>
            <Money minor={amount} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

type MonthProps = { provider: string; month: string; thisMonth: string; onChange: (month: string) => void }

/** This month, those in which something stands, and all of them. */
function MonthSelect({ provider, month, thisMonth, onChange }: MonthProps) {
  const text = useText()
  const intl = useIntl()
  const found = useQuery(monthsQuery(provider)).data?.items.map((one) => one.month) ?? []
  const months = [...new Set([thisMonth, ...(month === ALL ? [] : [month]), ...found])].sort().reverse()
  const words = (one: string) => {
    const parsed = new Date(`${one}-01T00:00:00Z`)
    return Number.isNaN(parsed.getTime())
      ? one
      : intl.formatDate(parsed, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  }
  return (
    <Select
      size="xs"
      w={170}
      aria-label={text('statement.month')}
      data={[
        ...months.map((value) => ({ value, label: words(value) })),
        { value: ALL, label: text('statement.allMonths') },
      ]}
      value={month}
      onChange={(next) => onChange(next ?? thisMonth)}
      allowDeselect={false}
      comboboxProps={{ shadow: 'md' }}
      maxDropdownHeight={320}
    />
  )
}
