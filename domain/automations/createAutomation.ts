import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { freeKey } from '../freeKey.ts'
import { transact } from '../retry.ts'
import { writeDraft } from './versions/drafts.ts'

type NewAutomation = {
  /** Its key; made from the name when left out. */
  id?: string | undefined
  name: string
  note?: string | undefined
  /** As it came: it is a draft. */
  definition: Record<string, unknown>
  /** The automation of the gallery that it is made of. */
  gallery?: string | undefined
}

/**
 * Makes an automation, with its definition as a draft.
 *
 * @returns its key
 * @throws Problem 'conflict' when its key is taken
 */
export function createAutomation(db: Database, automation: NewAutomation, by: string, now: Date): Promise<string> {
  return transact(db, async (trx) => {
    const { name, note = '', gallery = null } = automation
    const key =
      automation.id === undefined
        ? await freeKey(trx, 'automations', name, { nameless: 'automation', taken: NOT_KEYS })
        : await requireFree(trx, automation.id)
    const row = { key, name, note, gallery, state: 'draft', created_at: now, created_by: by, updated_at: now }
    const [id = 0] = await trx('automations').insert(row)
    const { definition } = automation
    await writeDraft(trx, id, { definition, baseVersion: 0, revision: now.getTime(), updatedAt: now, updatedBy: by })
    return key
  })
}

async function requireFree(trx: Database, key: string): Promise<string> {
  const taken =
    NOT_KEYS.includes(key) ||
    (await rows(trx, 'SELECT 1 FROM automations WHERE `key` = ? FOR UPDATE', [key])).length > 0
  if (!taken) return key
  const message = `There is an automation “${key}” already.`
  throw new Problem('conflict', message, [{ path: '/id', message }])
}

/** What addresses mean something else by. */
const NOT_KEYS = ['new', 'preview', 'check', 'walk', 'dry-run', 'gallery']

/** What somebody begins with who draws one from nothing. */
export const EMPTY_DEFINITION = {
  scope: 'business',
  when: { on: 'by_hand' },
  again: 'never',
  then: [],
}
