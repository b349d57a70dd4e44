import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../../api/contract/campaigns.ts'
import { exportReport, getReport } from '../../../api/contract/reports.ts'
import { call } from '../../client/call.ts'
import { isRunning } from '../../client/campaigns.ts'
import { ExportMenu } from '../../deliveries/ExportMenu.tsx'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { ListPanel } from '../../shared/ListPanel.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useText } from '../../shared/useText.tsx'
import { Bounces } from './Bounces.tsx'
import type { Compared } from './compared.ts'
import { Domains } from './Domains.tsx'
import { Funnel } from './Funnel.tsx'
import { Holdout } from './Holdout.tsx'
import { Links } from './Links.tsx'
import { OverTime } from './OverTime.tsx'
import classes from './Report.module.css'
import { Revenue } from './Revenue.tsx'
import { Variants } from './Variants.tsx'

/** What became of a mailing, in parts that answer a question each; every number leads to its customers. */
export function Report({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const [compared, compare] = useState<Compared>({ goal: 'attended', days: 14 })
  const { data, error, refetch } = useQuery({
    queryKey: ['campaign', mailing.id, 'report', compared],
    queryFn: ({ signal }) => call(getReport, { params: { id: mailing.id }, query: compared, signal }),
    refetchInterval: isRunning(mailing) ? 5_000 : 15_000,
    placeholderData: keepPreviousData,
  })
  if (!data)
    return <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={6} />}</ListPanel>
  if (data.funnel.asked === 0) return null
  const { id } = mailing
  return (
    <section className={classes.report} aria-label={text('report.title')}>
      <div className={classes.head}>
        <h2 className={classes.title}>{text('report.title')}</h2>
        <ExportMenu path={exportReport.path.replace('{id}', id)} query={compared} />
      </div>
      <div className={classes.parts}>
        <Funnel id={id} funnel={data.funnel} channel={mailing.channel} />
        <OverTime overTime={data.over_time} />
        {data.variants.length > 0 && <Variants id={id} variants={data.variants} compared={mailing.ab_test} />}
        {data.holdout !== null && <Holdout holdout={data.holdout} compared={compared} onCompare={compare} />}
        {data.revenue.bookings > 0 && <Revenue revenue={data.revenue} />}
        {mailing.channel !== 'sms' && <Links id={id} links={data.links} more={data.more_links} />}
        {data.bounces.length > 0 && <Bounces id={id} bounces={data.bounces} />}
        {data.domains.length > 0 && <Domains id={id} domains={data.domains} />}
      </div>
    </section>
  )
}
