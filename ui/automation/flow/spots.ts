import type { Place } from '../../../rules/automations/commands.ts'

/** A place of an automation as the name of a spot of the canvas. */
export const spotOf = ({ step, way, index }: Place): string => `${index}:${way}:${step ?? ''}`

/** The place that a spot of the canvas is. */
export function placeOf(spot: string): Place {
  const [index = '0', way = 'then', step = ''] = spot.split(':')
  return { step: step === '' ? null : step, way, index: Number(index) }
}
