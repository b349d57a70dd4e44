import type { Knex } from 'knex'
import type { Automation as Definition } from '../../rules/automations/automation.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { escapeLike } from '../escapeLike.ts'

export type AutomationState = 'draft' | 'live' | 'paused' | 'stopped'

export type Automation = {
  /** Our own id; `key` is what the API calls it. */
  id: number
  key: string
  name: string
  note: string
  state: AutomationState
  /** The newest version, on which those begin who enter now; 0 before the first. */
  version: number
  /** Of the newest version. */
  definition: Definition | null
  gallery: string | null
  draft: {
    baseVersion: number
    revision: number
    updatedAt: Date
    updatedBy: string
    scope: Definition['scope']
  } | null
  createdAt: Date
  createdBy: string | null
  publishedAt: Date | null
  updatedAt: Date
  /** It was deleted, and stays for the histories of those who were in it. */
  deletedAt: Date | null
}

type Row = {
  id: number
  key: string
  name: string
  note: string
  state: AutomationState
  version: number
  definition: string | null
  gallery: string | null
  base_version: number | null
  revision: number | null
  draft_at: Date | null
  draft_by: string | null
  draft_definition: string | null
  created_at: Date
  created_by: string | null
  published_at: Date | null
  updated_at: Date
  archived_at: Date | null
}

const SELECT = `SELECT a.id, a.\`key\`, a.name, a.note, a.state, a.version, v.definition, a.gallery, a.created_at, a.created_by,
    v.created_at AS published_at, a.updated_at, a.archived_at, d.base_version, CAST(d.revision AS SIGNED) AS revision,
    d.updated_at AS draft_at, d.updated_by AS draft_by, d.definition AS draft_definition
  FROM automations a
  LEFT JOIN automation_versions v ON v.automation_id = a.id AND v.version = a.version
  LEFT JOIN automation_drafts d ON d.automation_id = a.id`

/** Keys are ASCII: other text would not compare. */
const isPossibleKey = (key: string) => /^[\x20-\x7e]*$/.test(key)

const missing = (key: string) => new Problem('not_found', `There is no automation “${key}”.`)

/** One automation. @throws Problem 'not_found' */
export async function readAutomation(db: Database, key: string): Promise<Automation> {
  const [row] = isPossibleKey(key) ? await rows<Row>(db, `${SELECT} WHERE a.\`key\` = ?`, [key]) : []
  if (row === undefined) throw missing(key)
  return shown(row)
}

/**
 * One automation, held to the end of the transaction: nobody changes it between the reading and the writing.
 *
 * @throws Problem 'not_found'; 'conflict' when it was deleted
 */
export async function lockAutomation(trx: Database, key: string): Promise<Automation> {
  const held = isPossibleKey(key) ? await rows(trx, 'SELECT id FROM automations WHERE `key` = ? FOR UPDATE', [key]) : []
  if (held.length === 0) throw missing(key)
  const automation = await readAutomation(trx, key)
  if (automation.deletedAt !== null) throw new Problem('conflict', `“${automation.name}” was deleted.`)
  return automation
}

type Filter = { state?: AutomationState | undefined; text?: string | undefined; failing?: boolean | undefined }

/**
 * Automations, last changed first.
 *
 * @param after where the page before ended
 */
export async function listAutomations(
  db: Database,
  filter: Filter,
  { limit, after }: { limit: number; after: { updatedAt: Date; id: number } | null },
): Promise<Automation[]> {
  const asked: string[] = ['a.archived_at IS NULL']
  const bindings: Knex.RawBinding[] = []
  if (filter.state !== undefined) {
    asked.push('a.state = ?')
    bindings.push(filter.state)
  }
  if (filter.text !== undefined && filter.text !== '') {
    asked.push("a.name LIKE ? ESCAPE '!'")
    bindings.push(`%${escapeLike(filter.text)}%`)
  }
  if (filter.failing !== undefined) {
    const failing = `EXISTS (SELECT 1 FROM enrolments e WHERE e.automation_id = a.id AND e.state = 'active' AND e.stands = 'failed')`
    asked.push(filter.failing ? failing : `NOT ${failing}`)
  }
  if (after !== null) {
    asked.push('(a.updated_at < ? OR (a.updated_at = ? AND a.id < ?))')
    bindings.push(after.updatedAt, after.updatedAt, after.id)
  }
  const sql = `${SELECT} WHERE ${asked.join(' AND ')} ORDER BY a.updated_at DESC, a.id DESC LIMIT ?`
  return (await rows<Row>(db, sql, [...bindings, limit])).map(shown)
}

/** Scopes are asked of drafts too, which may say anything. */
const scopeIn = (definition: string | null): Definition['scope'] =>
  fromJson<{ scope?: unknown }>(definition)?.scope === 'provider' ? 'provider' : 'business'

function shown(row: Row): Automation {
  const { base_version: base, revision, draft_at: at, draft_by: by } = row
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    note: row.note,
    state: row.state,
    version: row.version,
    definition: fromJson<Definition>(row.definition),
    gallery: row.gallery,
    draft:
      base === null || revision === null || at === null
        ? null
        : {
            baseVersion: base,
            revision,
            updatedAt: at,
            updatedBy: by ?? '',
            scope: scopeIn(row.draft_definition),
          },
    createdAt: row.created_at,
    createdBy: row.created_by,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    deletedAt: row.archived_at,
  }
}
