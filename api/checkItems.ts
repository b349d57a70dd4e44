import type { z } from 'zod'
import type { Mistake } from '../domain/errors.ts'
import type { Placed } from '../domain/ingest/items.ts'
import { nearest } from '../rules/nearest.ts'
import { pointer } from './server/pointer.ts'

/**
 * Checks the items of one array of a request, each on its own.
 *
 * @param path JSON Pointer to the array
 * @returns the good ones with their places; what is wrong with the others, and what is allowed there
 */
export function checkItems<Shape extends z.ZodObject>(
  items: readonly unknown[],
  shape: Shape,
  path: string,
): { good: Placed<z.output<Shape>>[]; mistakes: Mistake[] } {
  const good: Placed<z.output<Shape>>[] = []
  const mistakes: Mistake[] = []
  items.forEach((item, index) => {
    const result = shape.safeParse(item)
    if (result.success) good.push({ index, item: result.data })
    else mistakes.push(...result.error.issues.flatMap((issue) => mistakesOf(issue, `${path}/${index}`, shape)))
  })
  return { good, mistakes }
}

function mistakesOf(issue: z.core.$ZodIssue, item: string, shape: z.ZodObject): Mistake[] {
  const path = item + pointer(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const allowed = issue.path.length === 0 ? Object.keys(shape.shape) : []
    return issue.keys.map((key) => ({ path: path + pointer([key]), message: unknownField(key, allowed) }))
  }
  return [{ path, message: issue.message }]
}

function unknownField(name: string, allowed: readonly string[]): string {
  const meant = nearest(name, allowed)
  const guess = meant === undefined ? '' : ` Did you mean ${meant}?`
  return `There is no such field.${guess}${allowed.length > 0 ? ` Allowed are ${allowed.join(', ')}` : ''}`
}
