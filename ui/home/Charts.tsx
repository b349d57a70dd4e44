import { useIntl } from 'react-intl'
import type { Home } from '../../api/contract/home.ts'
import { useSession } from '../client/session.ts'
import { useDayText } from '../history/useDayText.ts'
import { useText } from '../shared/useText.tsx'
import { Chart } from './Chart.tsx'
import classes from './Home.module.css'

/** Pictures that answer a question each. */
export function Charts({ home }: { home: Home }) {
  const text = useText()
  const intl = useIntl()
  const dayText = useDayText()
  const isProvider = useSession().user.provider !== null
  const { visits, active, messages } = home
  const percent = (share: number) => intl.formatNumber(share, { style: 'percent', maximumFractionDigits: 1 })
  const change = visits.before === 0 ? null : visits.total / visits.before - 1
  const [first, last] = [active?.days[0]?.members ?? 0, active?.days.at(-1)?.members ?? 0]
  const arrived = messages.sent - messages.returned
  return (
    <div className={classes.charts}>
      <Chart
        question={text(isProvider ? 'home.q.visitsOwn' : 'home.q.visits')}
        answer={
          change === null
            ? text('home.a.visitsFirst', { total: visits.total })
            : text('home.a.visits', {
                total: visits.total,
                before: visits.before,
                change: intl.formatNumber(change, {
                  style: 'percent',
                  signDisplay: 'exceptZero',
                  maximumFractionDigits: 0,
                }),
              })
        }
        kind="bars"
        columns={[text('home.came')]}
        days={visits.days.map(({ day, attended }) => ({ day, values: [attended] }))}
      />
      {active !== null && (
        <Chart
          question={text('home.q.active')}
          answer={text('home.a.active', { first, last, change: last - first, day: dayText(active.days[0]?.day ?? '') })}
          kind="line"
          columns={[text('home.active')]}
          days={active.days.map(({ day, members }) => ({ day, values: [members] }))}
        />
      )}
      <Chart
        question={text(isProvider ? 'home.q.messagesOwn' : 'home.q.messages')}
        answer={
          messages.sent === 0
            ? text('home.a.messagesNone')
            : text('home.a.messages', {
                sent: messages.sent,
                arrived: percent(arrived / messages.sent),
                opened: percent(messages.opened / messages.sent),
                clicked: percent(messages.clicked / messages.sent),
              })
        }
        kind="bars"
        columns={[text('home.sent'), text('home.returned')]}
        days={messages.days.map(({ day, sent, returned }) => ({ day, values: [sent, returned] }))}
      />
    </div>
  )
}
