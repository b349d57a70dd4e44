import { type HoldReason, releaseHeld } from '../domain/deliveries/releaseHeld.ts'
import { countDirty } from '../domain/metrics/countDirty.ts'
import { changeSettings, knownTimeZone } from '../domain/settings/changeSettings.ts'
import { countMovedDays } from '../domain/settings/moveDays.ts'
import { readSettings, type Settings } from '../domain/settings/readSettings.ts'
import {
  getRecomputing,
  getSettings,
  previewTimeZone,
  putSettings,
  type Settings as SettingsInApi,
} from './contract/settings.ts'
import { type Route, route } from './server/route.ts'

function describe(settings: Settings): SettingsInApi {
  return {
    name: settings.name,
    time_zone: settings.timeZone,
    currency: settings.currency,
    language: settings.language,
    sender_name: settings.senderName,
    sender_email: settings.senderEmail,
    mail_unknown_consent: settings.mailUnknownConsent,
    frequency_cap: settings.frequencyCap,
    quiet_hours: settings.quietHours,
    approval_above: settings.approvalAbove,
    rate_limits: settings.rateLimits,
    phone_prefix: settings.phonePrefix,
    dkim: settings.dkim,
    bounce_domain: settings.bounceDomain,
    loyalty_reward: settings.loyaltyReward,
    free_minutes_carry_on: settings.freeMinutesCarryOn,
    attribution_days: settings.attributionDays,
  }
}

/** What may have been held because of the settings that a call changes. */
function released({
  quiet_hours,
  time_zone,
  frequency_cap,
  rate_limits,
}: {
  [Name in keyof SettingsInApi]?: SettingsInApi[Name] | undefined
}): HoldReason[] {
  const quiet = quiet_hours !== undefined || time_zone !== undefined
  return [
    ...(quiet ? (['quiet_hours'] as const) : []),
    ...(frequency_cap !== undefined ? (['frequency_cap'] as const) : []),
    ...(rate_limits !== undefined ? (['rate_limit'] as const) : []),
  ]
}

export const settingsRoutes: Route[] = [
  route(getSettings, async ({ services: { db } }) => describe(await readSettings(db))),

  route(putSettings, async ({ body, services: { db, now, workflows } }) => {
    const changed = await changeSettings(
      db,
      {
        name: body.name,
        timeZone: body.time_zone,
        currency: body.currency,
        language: body.language,
        senderName: body.sender_name,
        senderEmail: body.sender_email,
        mailUnknownConsent: body.mail_unknown_consent,
        frequencyCap: body.frequency_cap,
        quietHours: body.quiet_hours,
        approvalAbove: body.approval_above,
        rateLimits: body.rate_limits,
        phonePrefix: body.phone_prefix,
        dkim: body.dkim,
        bounceDomain: body.bounce_domain,
        loyaltyReward: body.loyalty_reward,
        freeMinutesCarryOn: body.free_minutes_carry_on,
        attributionDays: body.attribution_days,
      },
      now(),
    )
    workflows.wakeSegments()
    await releaseHeld(db, released(body), now())
    await workflows.dispatchOutbox()
    return describe(changed)
  }),

  route(previewTimeZone, async ({ query, services: { db } }) => {
    const timeZone = knownTimeZone(query.time_zone, '/query/time_zone')
    const { tooMany, ...moved } = await countMovedDays(db, timeZone)
    return { time_zone: timeZone, ...moved, too_many: tooMany }
  }),

  route(getRecomputing, async ({ services: { db } }) => ({ waiting: await countDirty(db) })),
]
