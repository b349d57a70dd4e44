import { listContacts as contacts } from '../domain/audiences/listContacts.ts'
import { type Audience, listAudiences as list, getAudience as read } from '../domain/audiences/readAudiences.ts'
import { readCriteria } from '../domain/audiences/readCriteria.ts'
import { removeContact as remove } from '../domain/audiences/removeContact.ts'
import { type Database, rows } from '../domain/database.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import type { Rule } from '../rules/rule.ts'
import { de } from '../rules/words/de.ts'
import { fr } from '../rules/words/fr.ts'
import { it } from '../rules/words/it.ts'
import { en, sentenceOf, textOf } from '../rules/words.ts'
import { callerName } from './callerName.ts'
import {
  audience as audienceInApi,
  getAudience,
  getCriteria,
  listAudiences,
  listContacts,
  removeContact,
} from './contract/audiences.ts'
import { readIdCursor } from './idCursor.ts'
import { ownProvider } from './ownProvider.ts'
import { type Route, route } from './server/route.ts'

const WORDS = { en, de, fr, it }

export const audienceRoutes: Route[] = [
  route(listAudiences, async ({ query, caller, services: { db } }) => {
    const { limit, cursor, text } = query
    const asked = { limit: limit + 1, before: readIdCursor(cursor), text, own: ownProvider(caller) }
    const found = await list(db, asked)
    const page = found.slice(0, limit)
    return { items: page.map(present), next: found.length > limit ? String(page.at(-1)?.id) : null }
  }),

  route(getAudience, async ({ params, services: { db } }) => present(await read(db, Number(params.id)))),

  route(listContacts, async ({ params, query, services: { db } }) => {
    const { limit, cursor, text, left_out } = query
    const { items, next } = await contacts(db, Number(params.id), { limit, cursor, text, leftOut: left_out })
    return {
      items: items.map(({ memberSince, state, ...contact }) => ({
        ...contact,
        member_since: memberSince?.toISOString() ?? null,
        state: listContacts.answer.shape.items.element.shape.state.parse(state),
      })),
      next,
    }
  }),

  route(removeContact, async ({ params, caller, services: { db, now } }) => {
    await remove(db, Number(params.id), params.customer, callerName(caller), now())
  }),

  route(getCriteria, async ({ params, query, services: { db } }) => {
    const { segment, filter, frozenAt, ...rest } = await readCriteria(db, Number(params.id))
    return {
      ...rest,
      filter: getCriteria.answer.shape.filter.parse(filter),
      frozen_at: frozenAt.toISOString(),
      segment:
        segment === null
          ? null
          : { ...segment, rule: asJson(segment.rule), sentence: await inWords(db, segment.rule, query.language) },
    }
  }),
]

const asJson = (rule: Rule) => rule as Record<string, unknown>

/** The rule as a sentence; segments that it asks for are called what they are called now. */
async function inWords(db: Database, rule: Rule, language: keyof typeof WORDS): Promise<string> {
  const { currency } = await readSettings(db)
  const segments = await rows<{ key: string; name: string }>(db, 'SELECT `key`, name FROM segments')
  const names = { segment: Object.fromEntries(segments.map(({ key, name }) => [key, name])) }
  return textOf(sentenceOf(rule, { messages: WORDS[language], locale: language, currency, names }))
}

function present({ id, campaign, createdAt, launchedAt, leftOut, ...rest }: Audience) {
  return {
    ...rest,
    id: String(id),
    campaign: {
      ...campaign,
      id: String(campaign.id),
      state: audienceInApi.shape.campaign.shape.state.parse(campaign.state),
    },
    created_at: createdAt.toISOString(),
    launched_at: launchedAt?.toISOString() ?? null,
    left_out: audienceInApi.shape.left_out.parse(leftOut),
  }
}
