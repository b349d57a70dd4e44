import { Link } from '@tanstack/react-router'
import classes from './CustomerLink.module.css'

type Props = { id: string; name: string; tab?: 'communication' | 'segments' }

/** A customer's name that opens the customer, and nothing beside it: a row around it does not hear of the click. */
export function CustomerLink({ id, name, tab }: Props) {
  return (
    <Link
      to="/customers/$id"
      params={{ id }}
      search={tab ? { tab } : {}}
      className={classes.link}
      onClick={(event) => event.stopPropagation()}
    >
      {name}
    </Link>
  )
}
