import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getImport, listImportProblems, listImports, previewImport } from '../../api/contract/imports.ts'
import { call } from '../client/call.ts'
import type { Language } from '../messages/index.ts'

/** While a file is taken in, its numbers move. */
const WHILE_RUNNING = 700

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam, signal }) => call(listImports, { query: { limit: 30, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
  refetchInterval: ({ state: { data } }) =>
    data?.pages.some(({ items }) => items.some(({ state }) => state === 'running')) ? 2 * WHILE_RUNNING : false,
})

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => call(getImport, { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? WHILE_RUNNING : false),
  })

/** The first rows as they would be stored; the ones before stay until the new ones are there. */
export const previewQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: ['imports', id, 'preview', language],
    queryFn: ({ signal }) => call(previewImport, { params: { id }, query: { language }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const importProblemsQuery = (id: string, language: Language) =>
  infiniteQueryOptions({
    queryKey: ['imports', id, 'problems', language],
    queryFn: ({ pageParam, signal }) =>
      call(listImportProblems, { params: { id }, query: { language, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
