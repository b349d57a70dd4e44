import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { StatusAutomation } from '../../api/contract/statusAutomation.ts'
import { Count } from '../shared/Count.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Statuses.module.css'

/** How many customers have which status now, and how many of them by hand; each number leads to them. */
export function StatusNumbers({ saved }: { saved: StatusAutomation }) {
  const text = useText()
  return (
    <ul className={classes.numbers}>
      {(['lead', 'customer', 'vip'] as const).map((status) => (
        <li key={status}>
          <Link to="/customers" search={{ status }} className={classes.figure}>
            <span className={classes.big}>
              <Count value={saved.customers[status]} />
            </span>
            <span>{text(`statuses.many.${status}`, { count: saved.customers[status] })}</span>
          </Link>
          <Text fz="xs" c="dimmed" className="numbers">
            {text('statuses.byHand', { count: saved.by_hand[status] })}
          </Text>
        </li>
      ))}
    </ul>
  )
}
