import type { Database } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { type Content, checkContent } from '../messages/checkContent.ts'
import { compileMessage } from '../messages/compileMessage.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { readSettings } from '../settings/readSettings.ts'
import { CAMPAIGN } from '../temporal.ts'
import { type Criteria, resolveCriteria } from './criteria.ts'

export type NewCampaign = {
  name?: string | undefined
  criteria: Criteria
  content: Content
  /** Null sends at once. */
  sendAt: Date | null
  /** The address of whoever made it, for the record. */
  createdBy: string | null
}

/**
 * Checks and compiles a message and stores it as a campaign, together with the order to start its workflow: either both
 * stand or neither. The caller hands the outbox over afterwards.
 *
 * @returns the id of the campaign
 * @throws Problem `invalid` with the path of each mistake in the content or the criteria
 */
export async function createCampaign(db: Database, campaign: NewCampaign, now: Date): Promise<number> {
  const { name, criteria, content, sendAt, createdBy } = campaign
  const { subject, document } = checkContent(content)
  const audience = await resolveCriteria(db, criteria)
  const settings = await readSettings(db)
  const compiled = await compileMessage(document, { business: settings.name, language: settings.language })
  const later = sendAt !== null && sendAt > now
  return db.transaction(async (trx) => {
    const [id = 0] = await trx('campaigns').insert({
      name: name || subject.slice(0, 200),
      kind: audience.kind,
      channel: audience.channel,
      state: later ? 'scheduled' : 'preparing',
      provider_id: audience.providerId,
      segment_id: 'segmentId' in audience.source ? audience.source.segmentId : null,
      criteria: JSON.stringify(criteria),
      subject,
      document: JSON.stringify(document),
      html: compiled.html,
      text: compiled.text,
      send_at: later ? sendAt : null,
      created_by: createdBy,
      created_at: now,
    })
    await insertRows(
      trx,
      'campaign_links',
      ['campaign_id', 'position', 'url'],
      compiled.links.map((url, position) => [id, position, url]),
    )
    await enqueueWorkflow(trx, { workflowId: CAMPAIGN.id(id), workflowType: CAMPAIGN.type, args: [id] }, now)
    return id
  })
}
