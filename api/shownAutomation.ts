import { emptyNumbers, type Numbers, readNumbers } from '../domain/automations/numbers/readNumbers.ts'
import { type Automation as Found, readAutomation as read } from '../domain/automations/readAutomations.ts'
import type { Automation } from './contract/automations.ts'
import { ownProvider } from './ownProvider.ts'
import type { Caller, Services } from './server/services.ts'
import { runsUrl } from './temporalPages.ts'

/** One automation as the contract shows it. */
export async function shownAutomation(services: Services, caller: Caller | null, key: string): Promise<Automation> {
  const [shown] = await shownWithNumbers(services, caller, [await read(services.db, key)])
  if (shown === undefined) throw new Error('One in, one out')
  return shown
}

/** Automations with their numbers, of those customers whom the caller may see. */
export async function shownWithNumbers(services: Services, caller: Caller | null, found: readonly Found[]) {
  const ids = found.map(({ id }) => id)
  const providerId = ownProvider(caller) ?? undefined
  const numbers = await readNumbers(services.db, ids, { providerId, now: services.now() })
  return found.map(
    (automation): Automation => ({
      ...shown(automation, numbers.get(automation.id) ?? emptyNumbers()),
      runs_url: runsUrl(services, caller, automation.key),
    }),
  )
}

const shown = (automation: Found, numbers: Numbers): Omit<Automation, 'runs_url'> => ({
  id: automation.key,
  name: automation.name,
  note: automation.note,
  scope: automation.definition?.scope ?? automation.draft?.scope ?? 'business',
  state: automation.state,
  version: automation.version,
  definition: automation.definition as Record<string, unknown> | null,
  gallery: automation.gallery,
  draft: automation.draft && {
    base_version: automation.draft.baseVersion,
    revision: automation.draft.revision,
    updated_at: automation.draft.updatedAt.toISOString(),
    updated_by: automation.draft.updatedBy,
  },
  created_at: automation.createdAt.toISOString(),
  created_by: automation.createdBy,
  published_at: automation.publishedAt?.toISOString() ?? null,
  updated_at: automation.updatedAt.toISOString(),
  deleted_at: automation.deletedAt?.toISOString() ?? null,
  numbers,
})
