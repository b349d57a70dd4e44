import { Badge } from '@mantine/core'
import type { TagColour } from '../../api/contract/tags.ts'
import classes from './Tag.module.css'

/** The ground of a tag in a colour; without one it is a plain one. */
export const groundOf = (colour: TagColour | null): string =>
  `color-mix(in srgb, var(--mantine-color-${colour ?? 'grape'}-5) 24%, var(--mantine-color-body))`

/** A tag in its colour. */
export function TagBadge({ tag, colour, maw = 140 }: { tag: string; colour: TagColour | null; maw?: number | string }) {
  return (
    <Badge className={classes.tag} style={{ background: groundOf(colour) }} size="sm" maw={maw} title={tag}>
      {tag}
    </Badge>
  )
}
