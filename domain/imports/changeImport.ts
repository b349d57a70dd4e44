import { type Database, execute } from '../database.ts'
import { endWork } from '../endWork.ts'
import { type Mistake, Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { IMPORT } from '../temporal.ts'
import { lookInto } from './createImport.ts'
import { FIELDS, fieldOf, type ImportKind, NEEDED } from './fields.ts'
import { removeFiles } from './fileParts.ts'
import type { Choices, Import, Reading, Target } from './import.ts'
import { requireImport } from './readImports.ts'

/** What was said of something; what was not, stays. */
type Said<Whole> = { [Part in keyof Whole]?: Whole[Part] | undefined }

const changed = <Whole extends object>(whole: Whole, said: Said<Whole> | undefined): Whole => ({
  ...whole,
  ...(Object.fromEntries(Object.entries(said ?? {}).filter(([, value]) => value !== undefined)) as Partial<Whole>),
})

export type ImportChange = {
  reading?: Said<Pick<Reading, 'encoding' | 'separator' | 'sheet' | 'titles'>> | undefined
  mapping?: Target[] | undefined
  choices?: Said<Choices> | undefined
  historical?: boolean | undefined
}

/**
 * Changes how a file is understood that has not been taken in yet. Read in another way, its columns are guessed anew.
 *
 * @throws Problem 'not_found', 'conflict' when it is being taken in already, 'invalid'
 */
export async function changeImport(db: Database, id: number, change: ImportChange, now: Date): Promise<Import> {
  const file = await requireReady(db, id)
  if (change.reading !== undefined && file.reading !== null) {
    const reading = changed(file.reading, change.reading as Said<Reading>)
    if (reading.sheet !== null && !reading.sheets.includes(reading.sheet)) {
      throw new Problem('invalid', 'There is no such sheet.', [
        { path: '/reading/sheet', message: `Allowed are ${reading.sheets.join(', ')}` },
      ])
    }
    await lookInto(db, file, reading, now, { isNew: false })
  }
  const current = await requireReady(db, id)
  const mapping = change.mapping ?? current.mapping
  if (change.mapping !== undefined) checkMapping(current, change.mapping)
  await execute(db, "UPDATE imports SET mapping = ?, choices = ?, historical = ? WHERE id = ? AND state = 'ready'", [
    JSON.stringify(mapping),
    JSON.stringify(changed(current.choices, change.choices)),
    change.historical ?? current.historical,
    id,
  ])
  return requireImport(db, id)
}

async function requireReady(db: Database, id: number, { hold = false } = {}): Promise<Import> {
  const file = await requireImport(db, id, { hold })
  if (file.state === 'uploading') throw new Problem('conflict', 'The file is not complete yet.')
  if (file.state !== 'ready') throw new Problem('conflict', 'This file is being taken in, or has been.')
  return file
}

function checkMapping({ kind, columns }: Import, mapping: readonly Target[]): void {
  const mistakes: Mistake[] = []
  if (mapping.length !== columns.length)
    mistakes.push({ path: '/mapping', message: `The file has ${columns.length} columns, each needs an entry` })
  const seen = new Set<string>()
  for (const [column, target] of mapping.entries()) {
    if (target === null) continue
    const path = `/mapping/${column}`
    const name = 'field' in target ? `field ${target.field}` : `attribute ${target.attribute}`
    if (seen.has(name)) mistakes.push({ path, message: `Two columns can’t both be the ${name}` })
    seen.add(name)
    if ('field' in target && fieldOf(kind, target.field) === undefined) {
      const allowed = FIELDS[kind].map((field) => field.name).join(', ')
      mistakes.push({ path: `${path}/field`, message: `Allowed are ${allowed}` })
    }
    if ('attribute' in target && kind !== 'customers')
      mistakes.push({ path, message: 'Only customers have attributes' })
  }
  if (mistakes.length > 0) throw new Problem('invalid', 'The columns can’t be stored like this.', mistakes)
}

/** What a mapping lacks: of each list one is needed. */
export function lackingIn(kind: ImportKind, mapping: readonly Target[]): readonly (readonly string[])[] {
  const fields = mapping.flatMap((target) => (target !== null && 'field' in target ? [target.field] : []))
  return NEEDED[kind].filter((names) => !names.some((name) => fields.includes(name)))
}

/**
 * Begins to take a file in. Asking again while it is being taken in changes nothing. The caller hands the outbox over.
 *
 * @throws Problem 'not_found', 'conflict' when it was taken in already, 'invalid' when a column is missing that is needed
 */
export async function startImport(db: Database, id: number, now: Date): Promise<Import> {
  await db.transaction(async (trx) => {
    const running = await requireImport(trx, id, { hold: true })
    if (running.state === 'running') return
    const { kind, mapping } = await requireReady(trx, id)
    const lacking = lackingIn(kind, mapping)
    if (lacking.length > 0) {
      const mistakes = lacking.map((names) => ({
        path: '/mapping',
        message: `A column is needed for ${names.join(' or ')}`,
      }))
      throw new Problem('invalid', 'A column that is needed is not mapped.', mistakes)
    }
    await execute(trx, "UPDATE imports SET state = 'running', started_at = ? WHERE id = ?", [now, id])
    await enqueueWorkflow(trx, { workflowId: IMPORT.id(id), workflowType: IMPORT.type, args: [id] }, now)
  })
  return requireImport(db, id)
}

/** Stops taking a file in: what is stored stays. Of what has ended nothing changes. @throws Problem 'not_found' */
export async function cancelImport(db: Database, id: number, now: Date): Promise<Import> {
  await requireImport(db, id)
  await endWork(db, 'imports', id, { state: 'cancelled' }, now)
  return requireImport(db, id)
}

/** Notes that a file could not be taken in to its end, with the reason. */
export async function failImport(db: Database, id: number, reason: string, now: Date): Promise<void> {
  await endWork(db, 'imports', id, { state: 'failed', reason }, now)
}

/**
 * Goes on with a file that was cancelled or failed, after the last row that is stored. The caller hands the outbox over.
 *
 * @throws Problem 'not_found', 'conflict'
 */
export async function resumeImport(db: Database, id: number, now: Date): Promise<Import> {
  await db.transaction(async (trx) => {
    const { state, startedAt, fileRemovedAt } = await requireImport(trx, id, { hold: true })
    if (state === 'running') return
    if (!['failed', 'cancelled'].includes(state) || startedAt === null || fileRemovedAt !== null)
      throw new Problem('conflict', 'Nothing of this file is left to be taken in.')
    await execute(trx, "UPDATE imports SET state = 'running', error = NULL, finished_at = NULL WHERE id = ?", [id])
    await enqueueWorkflow(trx, { workflowId: IMPORT.id(id), workflowType: IMPORT.type, args: [id] }, now)
  })
  return requireImport(db, id)
}

/**
 * Removes what came in a file, and what is kept of its rejected rows: that it was taken in, by whom and when stays known.
 *
 * @throws Problem 'not_found', 'conflict' while it is being taken in
 */
export async function removeFile(db: Database, id: number, now: Date): Promise<void> {
  await db.transaction(async (trx) => {
    const { state } = await requireImport(trx, id, { hold: true })
    if (state === 'running') throw new Problem('conflict', 'The file is being taken in: cancel that first.')
    if (state === 'uploading' || state === 'ready') await execute(trx, 'DELETE FROM imports WHERE id = ?', [id])
    else await removeFiles(trx, [id], now)
  })
}
