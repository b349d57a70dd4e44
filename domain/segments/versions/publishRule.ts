import { isDeepStrictEqual } from 'node:util'
import { type Database, rows } from '../../database.ts'
import { refuseOther } from '../../drafts.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import type { Segment } from '../readSegments.ts'
import { requireRule } from '../requireRule.ts'
import { addVersion } from './addVersion.ts'
import { deleteDraft, draftOf, shownDraft } from './drafts.ts'
import { lockSegment } from './lockSegment.ts'

/** What is to be published: a rule as it came with the version it was made from, or the draft with a revision. */
export type ToPublish = { rule: unknown; baseVersion: number } | { revision: number }

/**
 * Publishes a rule as a new version, which is computed when the caller hands over the outbox. A rule that is the newest
 * version already makes none. The draft that held it is done with.
 *
 * @returns the number of the newest version then
 * @throws Problem 'not_found'; 'invalid' for a wrong rule; 'conflict' with who published when another version was
 *   published since the one that the rule was made from, or with the draft when that is another one
 */
export function publishRule(
  db: Database,
  key: string,
  what: ToPublish,
  { by, note }: { by: string; note?: string | undefined },
  now: Date,
): Promise<number> {
  return transact(db, async (trx) => {
    const segment = await lockSegment(trx, key)
    const draft = await draftOf(trx, segment.id)
    if ('revision' in what) refuseOther(draft, what.revision, shownDraft)
    const made = 'revision' in what ? draft : what
    const rule = await requireRule(trx, made?.rule, key)
    await refuseOlder(trx, segment, made?.baseVersion ?? 0)
    const version = await addVersion(trx, segment, rule, { by, note }, now)
    if ('revision' in what || isDeepStrictEqual(draft?.rule, rule)) await deleteDraft(trx, segment.id)
    return version
  })
}

/**
 * Publishes the rule of an earlier version as a new one. A draft stays.
 *
 * @throws Problem 'not_found'; 'invalid' when its rule asks for a segment that is gone; 'conflict' when it is the newest,
 *   or another than the caller knows has been published since
 */
export function restoreVersion(
  db: Database,
  key: string,
  { version, baseVersion }: { version: number; baseVersion?: number | undefined },
  { by, note }: { by: string; note?: string | undefined },
  now: Date,
): Promise<number> {
  return transact(db, async (trx) => {
    const segment = await lockSegment(trx, key)
    const [earlier] = await rows<{ rule: string }>(
      trx,
      'SELECT rule FROM segment_versions WHERE segment_id = ? AND version = ?',
      [segment.id, version],
    )
    if (earlier === undefined) throw new Problem('not_found', `“${segment.name}” has no version ${version}.`)
    if (version === segment.version) throw new Problem('conflict', `Version ${version} is the newest already.`)
    await refuseOlder(trx, segment, baseVersion ?? segment.version)
    const rule = await requireRule(trx, JSON.parse(earlier.rule), key)
    return addVersion(trx, segment, rule, { by, note, restoredFrom: version }, now)
  })
}

/** Throws when another version was published since the one that a change was made from; says by whom and when. */
async function refuseOlder(trx: Database, segment: Segment, base: number): Promise<void> {
  if (base === segment.version) return
  const [newest] = await rows<{ created_at: Date; created_by: string | null; note: string }>(
    trx,
    'SELECT created_at, created_by, note FROM segment_versions WHERE segment_id = ? AND version = ?',
    [segment.id, segment.version],
  )
  const at = newest?.created_at.toISOString()
  throw new Problem(
    'conflict',
    `${newest?.created_by ?? 'Somebody'} has published version ${segment.version} at ${at}; this was made from version ${base}.`,
    [],
    { published: { version: segment.version, at, by: newest?.created_by ?? null, note: newest?.note ?? '' } },
  )
}
