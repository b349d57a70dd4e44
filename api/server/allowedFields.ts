import { z } from 'zod'

/**
 * The fields that an object may have at a place in a schema, for the sentence about one that it may not have.
 *
 * @param path the way to the object from the value that the schema is for
 */
export function allowedFields(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const found = new Set<string>()
  const walk = (at: unknown, depth: number): void => {
    if (at instanceof z.ZodUnion) for (const option of at.options) walk(option, depth)
    else if (at instanceof z.ZodPipe) walk(at.in, depth)
    else if (hasInner(at)) walk(at.unwrap(), depth)
    else if (at instanceof z.ZodObject) {
      const step = path[depth]
      if (step === undefined) for (const name of Object.keys(at.shape)) found.add(name)
      else walk(at.shape[String(step)], depth + 1)
    } else if (at instanceof z.ZodArray && depth < path.length) walk(at.element, depth + 1)
    else if (at instanceof z.ZodRecord && depth < path.length) walk(at.valueType, depth + 1)
  }
  walk(schema, 0)
  return [...found]
}

const hasInner = (schema: unknown): schema is { unwrap(): unknown } =>
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodNullable ||
  schema instanceof z.ZodDefault ||
  schema instanceof z.ZodReadonly
