import { queryOptions } from '@tanstack/react-query'
import { listAutomationGallery } from '../../api/contract/automationPlay.ts'
import {
  getAutomation,
  getAutomationDraft,
  getAutomationVersion,
  listAutomations,
  listAutomationVersions,
} from '../../api/contract/automations.ts'
import { getAutomationSteps, listCustomerEnrolments } from '../../api/contract/enrolments.ts'
import { listTemplates } from '../../api/contract/templates.ts'
import type { Language } from '../messages/index.ts'
import { call } from './call.ts'
import { keepingDone } from './versions.ts'

/** More automations, or versions of one, than anybody scrolls through. */
const MANY = 200

export const automationsQuery = queryOptions({
  queryKey: ['automations'],
  queryFn: ({ signal }) => call(listAutomations, { query: { limit: MANY }, signal }),
})

/** One automation as it is now, with its numbers. */
export const automationQuery = (id: string) =>
  queryOptions({
    queryKey: ['automation', id],
    queryFn: ({ signal }) => call(getAutomation, { params: { id }, signal }),
  })

/** The draft of an automation; null when nobody is working on one. */
export const automationDraftQuery = (id: string) =>
  queryOptions({
    queryKey: ['automation', id, 'draft'],
    queryFn: async ({ signal }) => {
      await keepingDone()
      const automation = await call(getAutomation, { params: { id }, signal })
      return automation.draft === null ? null : await call(getAutomationDraft, { params: { id }, signal })
    },
    gcTime: 0,
  })

/** The versions of an automation, newest first. */
export const automationVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['automation', id, 'versions'],
    queryFn: ({ signal }) => call(listAutomationVersions, { params: { id }, query: { limit: MANY }, signal }),
  })

/** One version; what it says never changes. */
export const automationVersionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['automation', id, 'versions', version],
    queryFn: ({ signal }) => call(getAutomationVersion, { params: { id, version: String(version) }, signal }),
  })

/** Who is at each step of a version now. */
export const automationStepsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['automation', id, 'steps', version],
    queryFn: ({ signal }) => call(getAutomationSteps, { params: { id }, query: { version }, signal }),
  })

/** Finished automations to begin with, in a language. */
export const automationGalleryQuery = (language: Language) =>
  queryOptions({
    queryKey: ['automation-gallery', language],
    queryFn: ({ signal }) => call(listAutomationGallery, { query: { language }, signal }),
    staleTime: 10 * 60_000,
  })

/** The ways of a customer through automations, newest first. */
export const customerEnrolmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'enrolments'],
    queryFn: ({ signal }) => call(listCustomerEnrolments, { params: { id }, query: { limit: MANY }, signal }),
  })

/** The templates that a step can send. */
export const sendableTemplatesQuery = queryOptions({
  queryKey: ['templates', 'sendable'],
  queryFn: ({ signal }) => call(listTemplates, { query: { limit: MANY }, signal }),
  staleTime: 30_000,
})
