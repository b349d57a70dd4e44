import { CustomerLink } from '../shared/CustomerLink.tsx'
import { Instant } from '../shared/Instant.tsx'
import { More } from '../shared/More.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './backtest.module.css'
import type { useForecast } from './useForecast.ts'

type Props = { forecast: ReturnType<typeof useForecast> }

/** Who enters and leaves, and when, the soonest first. */
export function ComingList({ forecast }: Props) {
  const text = useText()
  const { customers = [], hasNextPage, isFetchingNextPage, fetchNextPage } = forecast
  return (
    <section aria-label={text('forecast.open')}>
      <ul className={classes.customers}>
        {customers.map(({ customer, provider, enters, at }) => (
          <li key={`${customer.id} ${provider} ${at}`} className={classes.customer}>
            <span className={classes.name}>
              <CustomerLink id={customer.id} name={customer.name} />
              {provider !== null && <span className={classes.aside}> · {provider}</span>}
            </span>
            <span>{text(enters ? 'forecast.enters' : 'forecast.leaves')}</span>
            <span className={classes.aside}>
              <Instant at={at} time />
            </span>
          </li>
        ))}
      </ul>
      <More
        shown={customers.length}
        hasMore={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </section>
  )
}
