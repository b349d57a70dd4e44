import type { Automation } from '../../rules/automations/automation.ts'
import { Walk } from '../../rules/automations/steps.ts'
import { type Database, fromJson, rows } from '../database.ts'

/** One published version with what is asked of it all the time. Versions never change. */
export type Version = {
  automationId: number
  /** As rules and messages name the automation. */
  key: string
  name: string
  version: number
  definition: Automation
  walk: Walk
}

type Row = { automation_id: number; version: number; key: string; name: string; definition: string }

/** Published versions, by {@link versionKey}. */
export async function readVersions(
  db: Database,
  asked: readonly { automationId: number; version: number }[],
): Promise<Map<string, Version>> {
  const each = new Map(asked.map((one) => [versionKey(one), one]))
  if (each.size === 0) return new Map()
  const found = await rows<Row>(
    db,
    `SELECT v.automation_id, v.version, a.\`key\`, a.name, v.definition FROM automation_versions v
     JOIN automations a ON a.id = v.automation_id
     WHERE (v.automation_id, v.version) IN (${[...each].map(() => '(?, ?)').join(', ')})`,
    [...each.values()].flatMap(({ automationId, version }) => [automationId, version]),
  )
  return new Map(
    found.flatMap((row) => {
      const found = understand(row)
      if (found === null) return []
      const { automation_id: automationId, version, key, name } = row
      const { definition, walk } = found
      const one = { automationId, key, name, version, definition, walk }
      return [[versionKey(one), one] as const]
    }),
  )
}

type Understood = Pick<Version, 'definition' | 'walk'>

/** Versions that were read lately, with the text that they were made of: each act reads one, and they never change. */
const understood = new Map<string, { text: string } & Understood>()
const REMEMBERED = 500

function understand({ automation_id: automationId, version, definition: text }: Row): Understood | null {
  const key = versionKey({ automationId, version })
  const known = understood.get(key)
  if (known?.text === text) return known
  const definition = fromJson<Automation>(text)
  if (definition === null) return null
  const made = { text, definition, walk: new Walk(definition) }
  if (understood.size >= REMEMBERED) understood.clear()
  understood.set(key, made)
  return made
}

/** @throws when there is no such version */
export async function readVersion(db: Database, automationId: number, version: number): Promise<Version> {
  const [found] = (await readVersions(db, [{ automationId, version }])).values()
  if (found === undefined) throw new Error(`There is no version ${version} of automation ${automationId}`)
  return found
}

export const versionKey = ({ automationId, version }: { automationId: number; version: number }): string =>
  `${automationId} ${version}`
