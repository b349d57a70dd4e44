import { Link } from '@tanstack/react-router'
import type { DeliverySearch } from '../../deliveries/deliverySearch.ts'
import { Count } from '../../shared/Count.tsx'
import classes from './Report.module.css'

/** A number that leads to the messages it counts; nought leads nowhere. */
export function CountLink({ id, value, search }: { id: string; value: number; search: DeliverySearch | null }) {
  if (value === 0 || search === null) return <Count value={value} />
  return (
    <Link to="/deliveries" search={{ campaign: id, ...search }} className={classes.link}>
      <Count value={value} />
    </Link>
  )
}
