import { Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

/** Who was asked for and gets nothing, by reason. */
export function LeftOut({ mailing }: { mailing: Campaign }) {
  const text = useText()
  if (mailing.left_out.length === 0) return null
  return (
    <Paper component="section" className={classes.sheet}>
      <h2 className={classes.heading}>{text('mailing.leftOut')}</h2>
      <Text fz="sm" c="dimmed">
        {text('mailing.leftOutText')}
      </Text>
      <ul className={classes.reasons}>
        {mailing.left_out.map(({ reason, count }) => (
          <li key={reason}>
            {mailing.audience === null ? (
              <strong>
                <Count value={count} />
              </strong>
            ) : (
              <Link to="/audiences/$id" params={{ id: mailing.audience }} search={{ reason }} className={classes.open}>
                <Count value={count} />
              </Link>
            )}{' '}
            {text(`reason.${reason}`)}
          </li>
        ))}
      </ul>
    </Paper>
  )
}
