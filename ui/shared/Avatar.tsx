import classes from './Avatar.module.css'
import { hueOf, initialsOf } from './initials.ts'

/** A customer's initials in a disc, always of the same quiet colour for the same name. Decoration beside the name. */
export function Avatar({ name, size = 30 }: { name: string; size?: number }) {
  return (
    <span
      className={classes.disc}
      data-hue={hueOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  )
}
