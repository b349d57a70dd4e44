import {
  beginSecondFactor as begin,
  confirmSecondFactor as confirm,
  newRecoveryCodes,
  provesSecondFactor,
  readSecondFactor,
  removeSecondFactor as remove,
} from '../domain/access/secondFactor.ts'
import { beginSession, endSession, endSessions, listSessions } from '../domain/access/sessions.ts'
import { changePassword } from '../domain/access/setPassword.ts'
import { isPasswordOf } from '../domain/access/signIn.ts'
import { totpUri } from '../domain/access/totp.ts'
import type { User } from '../domain/access/users.ts'
import { execute } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { limitsOf } from './accessLimits.ts'
import {
  type Account,
  beginSecondFactor,
  changeAccount,
  changeOwnPassword,
  confirmSecondFactor,
  endOtherSessions,
  endOwnSession,
  getAccount,
  removeSecondFactor,
  renewRecoveryCodes,
} from './contract/access.ts'
import { sessionToken, setSessionCookie } from './server/cookies.ts'
import { type Call, type Route, route } from './server/route.ts'
import { visitorOf } from './visitor.ts'

/** What somebody does with their own account. What guards it is changed only by who shows the password again. */
export const accountRoutes: Route[] = [
  route(getAccount, (call) => shown(call, personOf(call))),

  route(changeAccount, async (call) => {
    const user = personOf(call)
    const name = call.body.name ?? user.name
    const language = call.body.language === undefined ? user.language : call.body.language
    await execute(call.services.db, 'UPDATE users SET name = ?, language = ? WHERE id = ?', [name, language, user.id])
    const { name: before, language: spoken } = user
    told(call, user, { before: { name: before, language: spoken }, after: { name, language } })
    return shown(call, { ...user, name, language })
  }),

  route(changeOwnPassword, async (call) => {
    const user = personOf(call)
    await requirePassword(call, user, call.body.current, '/current')
    await changePassword(call.services.db, user, call.body.password)
    told(call, user, { after: { password: 'new' } })
    await rotate(call, user)
  }),

  route(endOwnSession, async (call) => {
    const user = personOf(call)
    told(call, user, { after: { session: 'ended' } })
    if (await endSession(call.services.db, user.id, Number(call.params.id))) return
    throw new Problem('not_found', 'There is no such session any more.')
  }),

  route(endOtherSessions, async (call) => {
    const user = personOf(call)
    const ended = await endSessions(call.services.db, user.id, sessionToken(call.request))
    told(call, user, { after: { sessions_ended: ended } })
    return { ended }
  }),

  route(beginSecondFactor, async (call) => {
    const user = personOf(call)
    const { db } = call.services
    await requirePassword(call, user, call.body.password, '/password')
    const secret = await begin(db, user.id)
    const { name } = await readSettings(db)
    told(call, user, { after: { second_factor: 'begun' } })
    return { secret, uri: totpUri(secret, user.email, name) }
  }),

  route(confirmSecondFactor, async (call) => {
    const user = personOf(call)
    limitsOf(call.services.db).codes.take(String(user.id), call.services.now())
    const codes = await confirm(call.services.db, user.id, call.body.code, call.services.now())
    limitsOf(call.services.db).codes.clear(String(user.id))
    told(call, user, { before: { second_factor: false }, after: { second_factor: true } })
    await rotate(call, user)
    return { recovery_codes: codes }
  }),

  route(removeSecondFactor, async (call) => {
    const user = personOf(call)
    await requirePassword(call, user, call.body.password, '/password')
    await requireCode(call, user)
    await remove(call.services.db, user.id)
    told(call, user, { before: { second_factor: true }, after: { second_factor: false } })
    await rotate(call, user)
  }),

  route(renewRecoveryCodes, async (call) => {
    const user = personOf(call)
    await requirePassword(call, user, call.body.password, '/password')
    await requireCode(call, user)
    told(call, user, { after: { recovery_codes_renewed: true } })
    return { recovery_codes: await call.services.db.transaction((trx) => newRecoveryCodes(trx, user.id)) }
  }),
]

type AnyCall = Call<unknown, unknown, unknown>

/** Programs have no account. */
function personOf({ caller }: Pick<AnyCall, 'caller'>): User {
  if (caller?.kind === 'user') return caller
  throw new Problem('forbidden', 'An account belongs to a person: sign in.')
}

function told({ trail }: Pick<AnyCall, 'trail'>, user: User, what: { before?: unknown; after: unknown }): void {
  Object.assign(trail, { entity: 'users', id: String(user.id), name: user.name, ...what })
}

type Asking = Pick<AnyCall, 'services' | 'request' | 'response'>

/** A stolen cookie alone changes nothing that guards the account; guesses are counted as at signing in. */
async function requirePassword({ services }: Asking, user: User, password: string, path: string): Promise<void> {
  const { account } = limitsOf(services.db)
  const name = `own ${user.id}`
  account.take(name, services.now())
  if (!(await isPasswordOf(services.db, user.id, password))) {
    const message = 'This is not your password'
    throw new Problem('invalid', message, [{ path, message }])
  }
  account.clear(name)
}

async function requireCode({ services, body }: Asking & { body: { code: string } }, user: User): Promise<void> {
  limitsOf(services.db).codes.take(String(user.id), services.now())
  if (!(await provesSecondFactor(services.db, user.id, body.code, services.now()))) {
    const message = 'This code is not right, or was used already'
    throw new Problem('invalid', message, [{ path: '/code', message }])
  }
  limitsOf(services.db).codes.clear(String(user.id))
}

/** All sessions end; who asked goes on with a new one. */
async function rotate({ services, request, response }: Asking, user: User): Promise<void> {
  const { db, now, publicUrl } = services
  await endSessions(db, user.id)
  setSessionCookie(response, await beginSession(db, user.id, visitorOf(request), now()), publicUrl)
}

async function shown({ services: { db, now }, request }: Asking, user: User): Promise<Account> {
  const { since, codesLeft } = await readSecondFactor(db, user.id)
  const sessions = await listSessions(db, user.id, sessionToken(request), now())
  return {
    ...{ email: user.email, name: user.name, language: user.language },
    second_factor: since === null ? null : { since: since.toISOString(), recovery_codes_left: codesLeft },
    sessions: sessions.map(({ id, startedAt, seenAt, expiresAt, address, device, current }) => ({
      id: String(id),
      started_at: startedAt.toISOString(),
      seen_at: seenAt.toISOString(),
      expires_at: expiresAt.toISOString(),
      ...{ address, device, current },
    })),
  }
}
