import { namesTag } from '../../rules/tagsNamed.ts'
import { type Database, rows } from '../database.ts'

/** What names tags, as JSON in a column: in which table, told apart by which columns, and what is called by name there. */
export type Place = {
  kind: UseKind
  table: string
  column: string
  key: readonly string[]
  /** Where the JSON is another one's draft: it is another draft then, and whoever works on it is told. */
  revision?: true
  /** What is shown of it: an id and a name over `x`, with the joins that these need; null for what is not shown by itself. */
  shown: { id: string; name: string; from: string } | null
  /** Only these rows `x`. */
  where?: string
}
export type UseKind = 'segment' | 'automation' | 'status_rules' | 'view' | 'campaign'

const SEGMENT = { id: 's.`key`', name: 's.name', from: 'JOIN segments s ON s.id = x.segment_id' }
const AUTOMATION = { id: 'a.`key`', name: 'a.name', from: 'JOIN automations a ON a.id = x.automation_id' }

/** Everything that names tags. Earlier versions do, too: a tag under another name is the same tag. */
export const PLACES: readonly Place[] = [
  {
    kind: 'segment',
    table: 'segments',
    column: 'rule',
    key: ['id'],
    shown: { id: 'x.`key`', name: 'x.name', from: '' },
  },
  { kind: 'segment', table: 'segment_versions', column: 'rule', key: ['segment_id', 'version'], shown: null },
  { kind: 'segment', table: 'segment_drafts', column: 'rule', key: ['segment_id'], revision: true, shown: SEGMENT },
  {
    kind: 'automation',
    table: 'automation_versions',
    column: 'definition',
    key: ['automation_id', 'version'],
    shown: AUTOMATION,
  },
  {
    kind: 'automation',
    table: 'automation_drafts',
    column: 'definition',
    key: ['automation_id'],
    revision: true,
    shown: AUTOMATION,
  },
  {
    ...{ kind: 'status_rules', table: 'status_automation_versions', column: 'rules', key: ['version'] },
    shown: {
      id: "'rules'",
      name: "''",
      from: 'JOIN (SELECT MAX(version) AS v FROM status_automation_versions) l ON l.v = x.version',
    },
  },
  {
    ...{ kind: 'view', table: 'customer_views', column: 'definition', key: ['id'], revision: true },
    shown: { id: 'CAST(x.id AS CHAR)', name: 'x.name', from: '' },
  },
  {
    // whose audience is frozen has asked for the last time
    ...{ kind: 'campaign', table: 'campaigns', column: 'criteria', key: ['id'], where: 'x.started_at IS NULL' },
    shown: { id: 'CAST(x.id AS CHAR)', name: 'x.name', from: '' },
  },
]

export type Use = { kind: UseKind; id: string; name: string }

/** What names a tag now, each once. */
export async function usesOf(db: Database, tag: string): Promise<Use[]> {
  const found = new Map<string, Use>()
  for (const { kind, table, column, shown, where = 'TRUE' } of PLACES) {
    if (shown === null) continue
    const named = await rows<{ id: string; name: string; json: string }>(
      db,
      `SELECT ${shown.id} AS id, ${shown.name} AS name, x.${column} AS json FROM ${table} x ${shown.from}
       WHERE (${where}) AND x.${column} LIKE '%"tag"%' ORDER BY name, id`,
    )
    for (const { id, name, json } of named) {
      if (namesTag(parsed(json), tag)) found.set(`${kind} ${id}`, { kind, id, name })
    }
  }
  return [...found.values()]
}

/** MySQL gives JSON as what it is, MariaDB as text. */
export const parsed = (json: unknown): unknown => (typeof json === 'string' ? JSON.parse(json) : json)
