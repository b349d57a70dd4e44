import type { OpenApi, Schema } from './document.ts'

/** Deeper than this, what is inside is named and not written out. */
const DEPTH = 5

/**
 * A schema as people read it: fields with their kind, `?` for those that may be left out, what is said of them behind it.
 * What refers to itself, or stands too deep, is its name.
 */
export function writeSchema(document: OpenApi, schema: Schema): string {
  return write(document, schema, { indent: '', inside: [] })
}

type Place = { indent: string; inside: readonly string[] }

function write(document: OpenApi, schema: Schema, place: Place): string {
  const { indent, inside } = place
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const target = document.components.schemas?.[name] as Schema | undefined
    if (target === undefined || inside.includes(name) || inside.length > DEPTH) return name
    if (isPlain(target)) return NAMED[name] ?? write(document, target, place)
    return write(document, target, { indent, inside: [...inside, name] })
  }
  const options = schema.anyOf ?? schema.oneOf
  if (options !== undefined) return unique(options.map((option) => write(document, option, place))).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const { type } = schema
  if (Array.isArray(type))
    return unique(type.map((one) => write(document, { ...schema, type: one }, place))).join(' | ')
  if (type === 'array') return list(document, schema, place)
  if (type === 'object' || schema.properties !== undefined) return object(document, schema, place)
  return plain(schema)
}

/** Instants and days are known by name. */
const NAMED: Readonly<Record<string, string>> = { Instant: 'instant', Day: 'day' }

const isPlain = ({ type }: Schema) => typeof type === 'string' && !['object', 'array'].includes(type)
const unique = (texts: readonly string[]) => [...new Set(texts)]

function plain({ type, format, minimum, maximum, minLength, maxLength }: Schema): string {
  const bounds = type === 'string' ? range(minLength, maxLength) : type === undefined ? '' : range(minimum, maximum)
  return `${FORMATS[format ?? ''] ?? type ?? 'anything'}${bounds}`
}

const FORMATS: Readonly<Record<string, string>> = { 'date-time': 'instant', date: 'day', email: 'email' }
/** What every integer of JavaScript keeps is no bound worth saying. */
const ENDLESS = Number.MAX_SAFE_INTEGER

function range(least: number | undefined, most: number | undefined): string {
  const low = least === undefined || Math.abs(least) >= ENDLESS ? '' : String(least)
  const high = most === undefined || Math.abs(most) >= ENDLESS ? '' : String(most)
  return low === '' && high === '' ? '' : ` (${low}…${high})`
}

function list(document: OpenApi, { items, minItems, maxItems }: Schema, place: Place): string {
  const inner = items === undefined ? 'anything' : write(document, items, place)
  const bounds = range(minItems, maxItems)
  return inner.includes(' | ') && !inner.startsWith('{') ? `(${inner})[]${bounds}` : `${inner}[]${bounds}`
}

function object(document: OpenApi, schema: Schema, { indent, inside }: Place): string {
  const deeper = `${indent}  `
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const kind = write(document, property, { indent: deeper, inside: [...inside, ''] })
    const otherwise = property.default === undefined ? '' : ` = ${JSON.stringify(property.default)}`
    const said = property.description === undefined ? '' : `  // ${property.description.replace(/\s+/g, ' ')}`
    return `${deeper}${name}${required.has(name) ? '' : '?'}: ${kind}${otherwise}${said}`
  })
  const open = schema.additionalProperties
  if (typeof open === 'object' && Object.keys(open).length > 0) {
    lines.push(`${deeper}[name]: ${write(document, open, { indent: deeper, inside: [...inside, ''] })}`)
  } else if (lines.length === 0 && open !== false)
    return schema.description === undefined ? 'object' : schema.description
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}
