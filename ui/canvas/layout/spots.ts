import type { Place } from '../../../rules/commands.ts'

/** A place of a rule as the name of a spot of the canvas. */
export const spotOf = (place: Place): string =>
  place.at === 'in' ? `in ${place.index}:${place.path}` : `${place.at}:${place.path}`

/** The place that a spot of the canvas is. */
export function placeOf(spot: string): Place {
  const [, at, index, path = ''] = /^(\w+)(?: (\d+))?:(.*)$/.exec(spot) ?? []
  if (at === 'before' || at === 'after' || at === 'beside') return { at, path }
  return { at: 'in', path, index: Number(index) }
}
