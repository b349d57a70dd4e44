import { findTwins } from '../domain/merge/findTwins.ts'
import { mergeCustomers as merge } from '../domain/merge/mergeCustomers.ts'
import type { Party } from '../domain/merge/pair.ts'
import { previewMerge as preview } from '../domain/merge/previewMerge.ts'
import { callerName } from './callerName.ts'
import { listTwins, mergeCustomers, previewMerge } from './contract/merges.ts'
import { type Route, route } from './server/route.ts'

const shown = ({ externalId: id, name, status, bookings }: Party) => ({ id, name, status, bookings })

export const mergeRoutes: Route[] = [
  route(previewMerge, async ({ params, body, services }) => {
    const named = { stays: params.id, goes: body.other }
    const { stays, goes, suggested, fields, plan } = await preview(services.db, named, body.fields ?? {})
    const [own, others] = [stays.profile.attributes, goes.profile.attributes]
    const differing = Object.keys(own).filter((name) => name in others && own[name] !== others[name])
    return {
      ...{ stays: shown(stays), goes: shown(goes), suggested, fields },
      attributes: differing.sort().map((name) => ({
        ...{ name, stays: own[name] ?? null, goes: others[name] ?? null },
        takes: body.fields?.attributes ?? ('stays' as const),
      })),
      status: plan.status,
      counts: plan.counts,
      consents: plan.consents.map(({ from: _, ...consent }) => consent),
      automations: plan.doubles.map(({ automation, name, provider, goesOn }) => {
        return { automation, name, provider, goes_on: goesOn }
      }),
      cancelled_messages: plan.cancelled.length,
    }
  }),

  route(mergeCustomers, async ({ params, body, caller, services, trail }) => {
    const named = { stays: params.id, goes: body.other }
    const how = { choices: body.fields ?? {}, by: callerName(caller) }
    const merged = await merge(services.db, named, how, services.now())
    if (merged.fresh) {
      services.workflows.wakeSegments()
      await services.workflows.dispatchOutbox()
    }
    const { stays, went, counts, by, at } = merged
    trail.after = { merged: went, ...(body.fields === undefined ? {} : { fields: body.fields }), counts }
    return { stays, went, counts, by, at: at.toISOString() }
  }),

  route(listTwins, async ({ params, services }) => ({ items: await findTwins(services.db, params.id), next: null })),
]
