import { z } from 'zod'

export type Json = Record<string, unknown>
type Direction = 'input' | 'output'

/**
 * Turns zod schemas into JSON Schema. One with an id of its own is kept once under its name and referred to; where what is
 * sent in differs from what comes out (what has a default may be left out), the former is called `…Input`.
 */
export class Schemas {
  private readonly named: Record<Direction, Map<string, Json>> = { input: new Map(), output: new Map() }

  /** The schema of what callers send (`input`), or of what they get (`output`); references are resolved by {@link finish}. */
  take(schema: z.ZodType, direction: Direction): Json {
    // as the entry of a list, a schema with an id is a reference itself
    const { items, $defs } = z.toJSONSchema(z.array(schema), { io: direction, unrepresentable: 'any' }) as Json
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      this.named[direction].set(name, definition)
    }
    return mark(items, direction) as Json
  }

  /** A document in which every reference leads to where OpenAPI keeps schemas, and those schemas. */
  finish(document: Json): { document: Json; schemas: Json } {
    const differing = this.differing()
    const name = (known: string, direction: Direction) =>
      direction === 'input' && differing.has(known) ? `${known}Input` : known
    const resolve = (value: unknown): unknown =>
      walk(value, (key, part) => {
        if (key !== '$ref' || typeof part !== 'string') return resolve(part)
        const [, direction, known = ''] = /^(input|output):(.*)$/.exec(part) ?? []
        return direction === undefined ? part : `#/components/schemas/${name(known, direction as Direction)}`
      })
    const schemas: Json = {}
    for (const direction of ['output', 'input'] as const) {
      for (const [known, definition] of this.named[direction]) {
        schemas[name(known, direction)] ??= resolve(mark(definition, direction))
      }
    }
    const shared: Json = {}
    return {
      document: share(resolve(document), shared) as Json,
      schemas: { ...(share(schemas, shared) as Json), ...shared },
    }
  }

  /** The names that mean two things: by themselves, or by what they refer to. */
  private differing(): Set<string> {
    const { input, output } = this.named
    const text = (definition: Json | undefined) => JSON.stringify(definition)
    const both = [...input.keys()].filter((name) => output.has(name))
    const found = new Set(both.filter((name) => text(input.get(name)) !== text(output.get(name))))
    for (let before = -1; before !== found.size; ) {
      before = found.size
      for (const name of both) if (refersTo(input.get(name), found)) found.add(name)
    }
    return found
  }
}

function refersTo(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, part]) =>
    key === '$ref' ? names.has(String(part).replace('#/$defs/', '')) : refersTo(part, names),
  )
}

/** References say from which direction they come, until all are known; ids of ours are no part of JSON Schema. */
const mark = (value: unknown, direction: Direction): unknown =>
  walk(value, (key, part) =>
    key === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', `${direction}:`) : mark(part, direction),
  )

const SHARED: Record<string, { name: string; description: string }> = {
  'date-time': { name: 'Instant', description: 'An RFC 3339 instant with its offset' },
  date: { name: 'Day', description: 'A day of the calendar, in the business’s time zone' },
}

/** Instants and days have long patterns and stand everywhere: each is written down once, in `shared`. */
function share(value: unknown, shared: Json): unknown {
  const { format, pattern, description, type, ...more } = (value ?? {}) as Json
  const found = typeof format === 'string' ? SHARED[format] : undefined
  if (found !== undefined && type === 'string' && typeof pattern === 'string' && Object.keys(more).length === 0) {
    shared[found.name] ??= { type, format, pattern, description: found.description }
    if (pattern === (shared[found.name] as Json).pattern) {
      const reference = { $ref: `#/components/schemas/${found.name}` }
      return description === undefined ? reference : { ...reference, description }
    }
  }
  return walk(value, (_key, part) => share(part, shared))
}

function walk(value: unknown, change: (key: string, part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => change('', part))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'id' || typeof (value as Json).id !== 'string')
      .map(([key, part]) => [key, change(key, part)]),
  )
}
