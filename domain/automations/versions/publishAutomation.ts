import { isDeepStrictEqual } from 'node:util'
import type { Automation as Definition } from '../../../rules/automations/automation.ts'
import { type Database, rows } from '../../database.ts'
import type { ChannelName } from '../../deliveries/channels/channel.ts'
import { refuseOther } from '../../drafts.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import { requireDefinition, type ToldFinding } from '../checkDefinition.ts'
import { definitionOf } from '../numbers/readSteps.ts'
import { publishVersion } from '../publishVersion.ts'
import { type Automation, lockAutomation } from '../readAutomations.ts'
import { resumeAutomation } from '../steerAutomation.ts'
import { deleteDraft, draftOf, shownDraft } from './drafts.ts'

/** What is to be published: a definition as it came with the version it was made from, or the draft with a revision. */
type ToPublish = { definition: unknown; baseVersion: number } | { revision: number }

/** Who publishes, what they say about it, and which channels are set up. */
type Publication = { by: string; note?: string | undefined; channels: readonly ChannelName[] }

/**
 * Publishes a definition as a new version, on which those begin who enter from now on, and switches the automation on. Who
 * is inside stays on the version they began with. A definition that is the newest version already, and on, makes none.
 *
 * @returns the number of the newest version then, with what looks wrong in it
 * @throws Problem 'not_found'; 'invalid' for a wrong definition; 'conflict' with who published when another version was
 *   published since the one that it was made from, or with the draft when that is another one
 */
export function publishAutomation(
  db: Database,
  key: string,
  what: ToPublish,
  publication: Publication,
  now: Date,
): Promise<{ version: number; findings: ToldFinding[] }> {
  return transact(db, async (trx) => {
    const automation = await lockAutomation(trx, key)
    const draft = await draftOf(trx, automation.id)
    if ('revision' in what) refuseOther(draft, what.revision, shownDraft)
    const made = 'revision' in what ? draft : what
    const { automation: definition, findings } = await requireDefinition(trx, made?.definition, publication.channels)
    await refuseOlder(trx, automation, made?.baseVersion ?? 0)
    const version = await addVersion(trx, automation, definition, publication, now)
    if ('revision' in what || isDeepStrictEqual(draft?.definition, definition)) await deleteDraft(trx, automation.id)
    return { version, findings }
  })
}

/**
 * Publishes the definition of an earlier version as a new one. A draft stays.
 *
 * @throws Problem 'not_found'; 'invalid' when it names what is gone; 'conflict' when it is the newest, or another than
 *   the caller knows has been published since
 */
export function restoreVersion(
  db: Database,
  key: string,
  { version, baseVersion }: { version: number; baseVersion?: number | undefined },
  publication: Publication,
  now: Date,
): Promise<number> {
  return transact(db, async (trx) => {
    const automation = await lockAutomation(trx, key)
    if (version === automation.version) throw new Problem('conflict', `Version ${version} is the newest already.`)
    const earlier = await definitionOf(trx, automation, version)
    await refuseOlder(trx, automation, baseVersion ?? automation.version)
    const { automation: definition } = await requireDefinition(trx, earlier, publication.channels)
    return addVersion(trx, automation, definition, { ...publication, restoredFrom: version }, now)
  })
}

async function addVersion(
  trx: Database,
  automation: Automation,
  definition: Definition,
  { by, note, restoredFrom }: Publication & { restoredFrom?: number },
  now: Date,
): Promise<number> {
  // those inside earlier versions go on as well
  if (automation.state === 'paused') await resumeAutomation(trx, automation.key, now)
  const isOn = automation.state === 'live' || automation.state === 'paused'
  if (isOn && isDeepStrictEqual(definition, automation.definition)) return automation.version
  const version = { definition, by, ...(note === undefined ? {} : { note }), restoredFrom: restoredFrom ?? null }
  return publishVersion(trx, automation.id, version, now)
}

/** Throws when another version was published since the one that a change was made from; says by whom and when. */
async function refuseOlder(trx: Database, automation: Automation, base: number): Promise<void> {
  if (base === automation.version) return
  const [newest] = await rows<{ created_at: Date; created_by: string | null; note: string }>(
    trx,
    'SELECT created_at, created_by, note FROM automation_versions WHERE automation_id = ? AND version = ?',
    [automation.id, automation.version],
  )
  const at = newest?.created_at.toISOString()
  throw new Problem(
    'conflict',
    `${newest?.created_by ?? 'Somebody'} has published version ${automation.version} at ${at}; this was made from version ${base}.`,
    [],
    { published: { version: automation.version, at, by: newest?.created_by ?? null, note: newest?.note ?? '' } },
  )
}
