/**
 * Where a tag is named: in conditions of rules, in steps and triggers of automations, and in what lists and campaigns are
 * narrowed to. All of it is JSON, and stays JSON that was not understood.
 */
type Named = { tag: string; replace: (tags: readonly string[]) => readonly string[] }

/** Whether two words are the same tag, as the database compares them: case and accents make no difference. */
export const isSameTag = (one: string, other: string): boolean => COLLATOR.compare(one, other) === 0
const COLLATOR = new Intl.Collator('und', { sensitivity: 'base', usage: 'search' })

/** Whether a tag is named anywhere in it. */
export function namesTag(json: unknown, tag: string): boolean {
  let found = false
  walk(json, {
    tag,
    replace: (tags) => {
      found ||= tags.some((one) => isSameTag(one, tag))
      return tags
    },
  })
  return found
}

/** The same with another name for a tag; where both stood, it stands once. */
export const renameTagIn = (json: unknown, tag: string, to: string): unknown =>
  walk(json, {
    tag,
    replace: (tags) => {
      if (!tags.some((one) => isSameTag(one, tag))) return tags
      const renamed = tags.map((one) => (isSameTag(one, tag) ? to : one))
      return renamed.filter((one, index) => renamed.findIndex((other) => isSameTag(one, other)) === index)
    },
  })

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

function walk(json: unknown, named: Named): unknown {
  if (Array.isArray(json)) return json.map((one) => walk(one, named))
  if (typeof json !== 'object' || json === null) return json
  const parts = json as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(parts).map(([name, value]) => {
      if (name === 'value' && parts.fact === 'tag' && isTexts(value)) return [name, named.replace(value)]
      if (name !== 'tag') return [name, walk(value, named)]
      // a filter has a list, a trigger has one, a step has what it adds and removes
      if (isTexts(value)) return [name, named.replace(value)]
      if (typeof value === 'string') return [name, named.replace([value])[0] ?? value]
      return [name, walkWork(value, named)]
    }),
  )
}

function walkWork(work: unknown, named: Named): unknown {
  if (typeof work !== 'object' || work === null || Array.isArray(work)) return work
  return Object.fromEntries(
    Object.entries(work).map(([name, value]) => [name, isTexts(value) ? named.replace(value) : value]),
  )
}
