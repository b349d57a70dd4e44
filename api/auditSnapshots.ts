import { readKey } from '../domain/access/apiKeys.ts'
import { readUser } from '../domain/access/listUsers.ts'
import { readAutomation } from '../domain/automations/readAutomations.ts'
import { readConsentHistory } from '../domain/consents/readConsents.ts'
import { knownCustomer } from '../domain/customers/knownCustomer.ts'
import { readCustomer } from '../domain/customers/readCustomer.ts'
import { type Database, rows } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { readKept } from '../domain/retention/periods.ts'
import { readSegment } from '../domain/segments/readSegments.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { readStatusAutomation } from '../domain/statuses/readStatusAutomation.ts'
import { newestContent, readTemplate } from '../domain/templates/readTemplates.ts'
import { readEndpoint } from '../domain/webhooks/endpoints.ts'
import type { Services } from './server/services.ts'

/** What a thing is, as the audit trail keeps it: what people decide about it, not what follows from data. */
type Snapshot = (db: Database, id: string) => Promise<Record<string, unknown> | null>

const SNAPSHOTS: Readonly<Record<string, Snapshot>> = {
  settings: async (db) => ({ ...(await readSettings(db)) }),

  retention: async (db) => ({ ...(await readKept(db, new Date())).periods }),

  'status-automation': async (db) => {
    const { enabled, rules, version } = await readStatusAutomation(db)
    return { enabled, rules, version }
  },

  segments: async (db, id) => {
    const { name, note, scope, rule, recalculation, version } = await readSegment(db, id)
    return { name, note, scope, rule, recalculation, version }
  },

  templates: async (db, id) => {
    const { name, language, archived, version } = await readTemplate(db, id)
    const { content } = await newestContent(db, id)
    const { mjml, subject, preheader, text } = content
    return { name, language, archived, version, subject, preheader, mjml, text }
  },

  automations: async (db, id) => {
    const { name, note, state, version, definition } = await readAutomation(db, id)
    return { name, note, state, version, definition }
  },

  users: async (db, id) => {
    const { email, name, role, provider, state, secondFactor } = await readUser(db, Number(id))
    return { email, name, role, provider: provider?.id ?? null, state, second_factor: secondFactor }
  },

  'api-keys': async (db, id) => {
    const { name, prefix, scopes, provider, expiresAt, revokedAt } = await readKey(db, Number(id))
    return { name, prefix, scopes, provider: provider?.id ?? null, expires_at: expiresAt, revoked_at: revokedAt }
  },

  customers: async (db, id) => {
    const { name, status, tags, suppressions } = await readCustomer(db, id)
    const consents = await readConsentHistory(db, await knownCustomer(db, id))
    const [newest] = consents
    return { name, status, tags, suppressions, consent: newest ?? null }
  },

  suppressions: async (db, id) => {
    const { name, suppressions } = await readCustomer(db, id)
    return { name, suppressions }
  },

  webhooks: async (db, id) => {
    const { name, url, events, state } = await readEndpoint(db, Number(id), new Date())
    return { name, url, events, state }
  },

  rewards: async (db, id) => {
    const [row] = await rows<Record<string, unknown>>(
      db,
      `SELECT kind, amount, percent, ceiling, r.minutes, valid_from, valid_to, state, c.external_id AS customer,
         p.external_id AS provider
       FROM rewards r JOIN customers c ON c.id = r.customer_id JOIN providers p ON p.id = r.provider_id WHERE r.id = ?`,
      [Number(id)],
    )
    return row ?? null
  },

  campaigns: async (db, id) => {
    const [row] = await rows<Record<string, unknown>>(
      db,
      'SELECT name, kind, channel, state, subject, criteria, send_at, revision FROM campaigns WHERE id = ?',
      [Number(id)],
    )
    return row ?? null
  },
}

/** What has one of its kind only needs no id. */
const SINGLE: readonly string[] = ['settings', 'retention', 'status-automation']

/** What a thing is now; null for one that is not there, or of a kind that nobody edits. */
export async function readSnapshot(
  { db }: Services,
  entity: string,
  id: string | null,
): Promise<Record<string, unknown> | null> {
  const read = Object.hasOwn(SNAPSHOTS, entity) ? SNAPSHOTS[entity] : undefined
  if (read === undefined || (id === null && !SINGLE.includes(entity))) return null
  try {
    return await read(db, id ?? '')
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
