import { queryOptions } from '@tanstack/react-query'
import { getTemplate, type Template } from '../../api/contract/templates.ts'
import { getTemplateCatalogue, listGallery } from '../../api/contract/templateTools.ts'
import { listTemplateVersions } from '../../api/contract/templateVersions.ts'
import type { Language } from '../messages/index.ts'
import { call } from './call.ts'
import { keepingDone } from './versions.ts'

/** More versions than anybody scrolls through. */
const VERSIONS = 200

/** A template with its newest version and its draft, after whatever is being kept of it. */
export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: ['template', id],
    queryFn: async ({ signal }): Promise<Template> => {
      await keepingDone()
      return call(getTemplate, { params: { id }, signal })
    },
  })

/** The versions of a template, newest first. */
export const templateVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['template', id, 'versions'],
    queryFn: ({ signal }) => call(listTemplateVersions, { params: { id }, query: { limit: VERSIONS }, signal }),
  })

/** What a template may be made of, its merge tags in a language. */
export const catalogueQuery = (language: Language) =>
  queryOptions({
    queryKey: ['template-catalogue', language],
    queryFn: ({ signal }) => call(getTemplateCatalogue, { query: { language }, signal }),
    staleTime: 10 * 60_000,
  })

/** Finished templates to begin with, in a language. */
export const galleryQuery = (language: Language) =>
  queryOptions({
    queryKey: ['template-gallery', language],
    queryFn: ({ signal }) => call(listGallery, { query: { language }, signal }),
    staleTime: 10 * 60_000,
  })
