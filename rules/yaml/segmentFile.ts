import { z } from 'zod'
import { checkRule } from '../check.ts'
import { found, unknownName } from '../mistakes.ts'
import { asKept, type Recalculation } from '../recalculation.ts'
import type { Path, Rule, Scope } from '../rule.ts'
import type { TextMistake } from './place.ts'
import type { Read } from './read.ts'

/** A segment as it stands in a file: all that makes it, and nothing of one database. */
export type SegmentFile = {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly scope: Scope
  readonly recalculation: Recalculation
  readonly rule: Rule
}

/** What a segment has beside its rule: what is allowed there, and what it is when left out. */
const FIELDS = {
  id: { schema: z.string().regex(/^[a-z0-9-]{1,64}$/), allowed: 'a text of 1 to 64 of a-z 0-9 -' },
  name: { schema: z.string().trim().min(1).max(200), allowed: 'a text of 1 to 200 characters' },
  note: { schema: z.string().max(1000).default(''), allowed: 'a text of at most 1000 characters' },
  scope: { schema: z.enum(['business', 'provider']).default('business'), allowed: 'one of business, provider' },
  recalculation: {
    schema: z
      .strictObject({
        mode: z.enum(['live', 'hourly', 'nightly', 'by_hand']),
        at: z
          .string()
          .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
          .optional(),
      })
      .transform(asKept)
      .default({ mode: 'live' }),
    allowed: '{mode: live}, hourly, nightly (with at: "HH:MM") or by_hand',
  },
}

const NAMES = [...Object.keys(FIELDS), 'rule']

/** Reads a segment from what a file says, with every mistake in it at its place. */
export function readSegmentFile({ json, placeOf }: Read): { segment: SegmentFile } | { mistakes: TextMistake[] } {
  const mistakes: TextMistake[] = []
  const wrong = (path: Path, message: string, part: 'name' | 'value' = 'value') => {
    mistakes.push({ path, ...placeOf(path, part), message })
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    wrong('', `This is no segment. Allowed are the members ${NAMES.join(', ')}.`)
    return { mistakes }
  }
  const members = new Map<string, unknown>(Object.entries(json))
  for (const name of members.keys()) {
    if (NAMES.includes(name)) continue
    wrong(`/${name}`, unknownName('member', name, NAMES), 'name')
  }
  const read = <Value>(
    name: keyof typeof FIELDS,
    { schema, allowed }: { schema: z.ZodType<Value>; allowed: string },
  ) => {
    const result = schema.safeParse(members.get(name))
    if (result.success) return result.data
    wrong(`/${name}`, `${found(`/${name}`, members.get(name))}. Allowed is ${allowed}.`)
    return undefined
  }
  const id = read('id', FIELDS.id)
  const name = read('name', FIELDS.name)
  const note = read('note', FIELDS.note)
  const scope = read('scope', FIELDS.scope)
  const recalculation = read('recalculation', FIELDS.recalculation)
  const rule = readRule({ json: members.get('rule'), placeOf }, '/rule', mistakes)
  const complete = id !== undefined && name !== undefined && note !== undefined && scope !== undefined
  if (!complete || recalculation === undefined || rule === undefined || mistakes.length > 0) {
    return { mistakes: mistakes.sort((a, b) => a.line - b.line || a.column - b.column) }
  }
  return { segment: { id, name, note, scope, recalculation, rule } }
}

/** Checks a rule that stands at a path of what was read; undefined when there are mistakes, which are added. */
export function readRule(read: Read, at: Path, mistakes: TextMistake[]): Rule | undefined {
  const checked = checkRule(read.json)
  for (const { path, message, part } of checked.mistakes ?? []) {
    mistakes.push({ path: `${at}${path}`, ...read.placeOf(`${at}${path}`, part), message })
  }
  return checked.rule
}
