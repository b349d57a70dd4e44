import type { Rule } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { rulesOfStatuses } from '../statuses/rulesOfStatuses.ts'

/** The segments whose rule, the one that stands or the newest, asks for a segment: by their keys. */
export async function dependantsOf(db: Database, key: string): Promise<{ id: string; name: string }[]> {
  const found = await rows<{ id: string; name: string; newest: string; standing: string | null }>(
    db,
    `SELECT s.\`key\` AS id, s.name, s.rule AS newest, v.rule AS standing FROM segments s
     LEFT JOIN segment_versions v ON v.segment_id = s.id AND v.version = s.computed_version ORDER BY s.id`,
  )
  const asks = (json: string | null) => {
    const rule = fromJson<Rule>(json)
    return rule !== null && segmentsIn(rule).some((asked) => asked.key === key)
  }
  return found.filter(({ newest, standing }) => asks(newest) || asks(standing)).map(({ id, name }) => ({ id, name }))
}

/** Whether a rule of the status automation asks for a segment. */
export async function isAskedForByStatuses(db: Database, key: string): Promise<boolean> {
  return (await rulesOfStatuses(db)).some((rule) => segmentsIn(rule).some((asked) => asked.key === key))
}

/** Whether any rule asks for a segment, by our own id. */
export async function hasDependants(db: Database, id: number): Promise<boolean> {
  const [row] = await rows<{ key: string }>(db, 'SELECT `key` FROM segments WHERE id = ?', [id])
  if (row === undefined) return false
  return (await dependantsOf(db, row.key)).length > 0 || (await isAskedForByStatuses(db, row.key))
}
