import { useIntl } from 'react-intl'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { Count } from '../shared/Count.tsx'
import { Day, Instant } from '../shared/Instant.tsx'
import { Money } from '../shared/Money.tsx'
import { useText } from '../shared/useText.tsx'
import { CustomerStatus } from '../statuses/CustomerStatus.tsx'
import classes from './Customer.module.css'
import { CustomerTags } from './CustomerTags.tsx'
import { type Fact, Facts } from './Facts.tsx'
import { MayWeWrite } from './MayWeWrite.tsx'
import { Memberships } from './Memberships.tsx'
import { Sheet } from './Sheet.tsx'
import { Suppressions } from './Suppressions.tsx'

/** What is known about a customer. */
export function Overview({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const intl = useIntl()
  const { gender, language, country, birthdate, joined_at: joined } = customer
  const profile: Fact[] = [
    [text('customer.email'), customer.email],
    [text('customer.phone'), customer.phone],
    [text('customer.username'), customer.username],
    [text('customer.birthdate'), birthdate && <Day day={birthdate} />],
    [text('customer.gender'), gender && text(`gender.${gender}`)],
    [text('customer.language'), language && (intl.formatDisplayName(language, { type: 'language' }) ?? language)],
    [text('customer.country'), country && (intl.formatDisplayName(country, { type: 'region' }) ?? country)],
    [text('customer.group'), customer.customer_group],
    [text('customer.aggregator'), customer.aggregator],
    [text('customer.joined'), joined && <Instant at={joined} />],
    [text('customer.id'), customer.id],
  ]
  const when = (at: string | null) => (at === null ? text('customer.none') : <Instant at={at} time />)
  const attributes = Object.entries(customer.attributes).map(([name, value]): Fact => {
    const words = name.replaceAll('_', ' ')
    if (typeof value === 'boolean') return [words, text(value ? 'customer.yes' : 'customer.no')]
    return [words, typeof value === 'number' ? intl.formatNumber(value) : value]
  })

  return (
    <>
      <Suppressions customer={customer} />
      <div className={classes.sheets}>
        <Sheet title={text('customer.numbers')}>
          <dl className={classes.numbers}>
            <div>
              <dt>{text('customer.bookings')}</dt>
              <dd>
                <Count value={customer.bookings} />
              </dd>
            </div>
            <div>
              <dt>{text('customer.attended')}</dt>
              <dd>
                <Count value={customer.attended} />
              </dd>
            </div>
            <div>
              <dt>{text('customer.paid')}</dt>
              <dd>
                <Money minor={customer.paid} />
              </dd>
            </div>
          </dl>
          <Facts
            facts={[
              [text('customer.firstBooking'), when(customer.first_booking_at)],
              [text('customer.lastBooking'), when(customer.last_booking_at)],
              [text('customer.nextBooking'), when(customer.next_booking_at)],
            ]}
          />
        </Sheet>
        <Sheet title={text('customer.profile')}>
          <Facts facts={profile} />
        </Sheet>
        <Sheet title={text('customer.memberships')}>
          <Memberships memberships={customer.memberships} />
        </Sheet>
        <Sheet title={text('customer.consents')}>
          <MayWeWrite customer={customer} />
        </Sheet>
        <CustomerStatus customer={customer} />
        <CustomerTags customer={customer} />
        {attributes.length > 0 && (
          <Sheet title={text('customer.attributes')}>
            <Facts facts={attributes} />
          </Sheet>
        )}
      </div>
    </>
  )
}
