import { Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Campaign, listActs } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

/** Who did what to a mailing: made, edited, approved, paused, … in order. */
export function Acts({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const { data } = useQuery({
    queryKey: ['campaign', mailing.id, 'acts', mailing.state, mailing.revision, mailing.ab_test?.winner],
    queryFn: ({ signal }) => call(listActs, { params: { id: mailing.id }, signal }),
  })
  if (data === undefined || data.items.length < 2) return null
  return (
    <Paper component="section" className={classes.sheet} data-testid="acts">
      <h2 className={classes.heading}>{text('acts.title')}</h2>
      <ul className={classes.acts}>
        {data.items.map(({ act, at, by, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: acts are only ever added behind
          <li key={index}>
            <span>
              {text(`acts.${act}`, {
                customer: typeof detail?.customer === 'string' ? detail.customer : '',
                recipients: typeof detail?.recipients === 'number' ? detail.recipients : 0,
                winner: detail?.winner === 'b' ? 'B' : 'A',
              })}
            </span>
            <span className={classes.by}>
              {by !== null && `${by} · `}
              <Instant at={at} time />
            </span>
          </li>
        ))}
      </ul>
    </Paper>
  )
}
