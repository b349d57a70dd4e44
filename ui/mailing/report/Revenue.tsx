import type { Report } from '../../../api/contract/reports.ts'
import { Money } from '../../shared/Money.tsx'
import { useText } from '../../shared/useText.tsx'
import { Part } from './Part.tsx'
import classes from './Report.module.css'

/** What the mailing has brought: the bookings that belong to its messages, what they came to, and what its rewards cost. */
export function Revenue({ revenue }: { revenue: Report['revenue'] }) {
  const text = useText()
  const { bookings, attended, ahead, discounts, clicked, days } = revenue
  const lines = [
    ['report.revenueAttended', revenue.revenue, { count: attended }],
    ['report.revenueAhead', ahead, {}],
    ['report.revenueDiscounts', -discounts, {}],
  ] as const
  return (
    <Part question={text('report.revenue')}>
      <p className={classes.said}>{text('report.revenueBookings', { count: bookings, clicked: clicked.bookings })}</p>
      <dl className={classes.sums} data-testid="report-revenue">
        {lines
          .filter(([, amount], index) => index === 0 || amount !== 0)
          .map(([label, amount, values]) => (
            <div key={label}>
              <dt>{text(label, values)}</dt>
              <dd>
                <Money minor={amount} />
              </dd>
            </div>
          ))}
      </dl>
      <p className={classes.note}>{text('report.revenueRule', { days })}</p>
    </Part>
  )
}
