import classes from './Timeline.module.css'

/** What happened, and beside it by whom, why, with whom. */
export function Told({ said, aside }: { said: string; aside: readonly string[] }) {
  return (
    <div>
      <span>{said}</span>
      {aside.length > 0 && <span className={classes.aside}>{aside.join(' · ')}</span>}
    </div>
  )
}
