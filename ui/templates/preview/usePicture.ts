import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { Template } from '../../../api/contract/templates.ts'
import { previewTemplate, type TemplatePreview } from '../../../api/contract/templateTools.ts'
import { call } from '../../client/call.ts'
import { ProblemError } from '../../client/problem.ts'
import type { Content } from '../mjml/draft.ts'
import { positionBefore } from '../mjml/edits.ts'
import { markBlocks } from '../mjml/mark.ts'
import { parseMjml } from '../mjml/parse.ts'
import type { Path } from '../mjml/walk.ts'
import { offsetOf, placeOf } from './linePlace.ts'

/** Something wrong or odd in a template: where (a field, in the source line and column from 1) and what. */
export type Remark = {
  readonly field: 'mjml' | 'subject' | 'preheader' | 'text' | 'test_data' | ''
  readonly message: string
  readonly line: number | undefined
  readonly column: number | undefined
  readonly stops: boolean
}

/** A template as the server renders it. */
export type Picture = {
  readonly preview: TemplatePreview
  /** The source that it was made of. */
  readonly mjml: string
  /** The blocks that can be found in its HTML, by the number of their mark. */
  readonly paths: readonly Path[]
}

/** Strokes follow each other faster than this; the picture comes when they pause. */
const PAUSE = 350

type Answer =
  | { readonly kind: 'picture'; readonly picture: Picture; readonly remarks: readonly Remark[] }
  | { readonly kind: 'mistakes'; readonly mjml: string; readonly remarks: readonly Remark[] }

/**
 * The template as the server renders it, a moment after the last stroke. While the source has mistakes the last picture
 * without them stays.
 *
 * @param customer whose copy it is to be; undefined: with the test data
 */
export function usePicture(template: Template, content: Content, customer: string | undefined) {
  const [seen] = useDebouncedValue(content, PAUSE)
  const query = useQuery({
    queryKey: ['template-picture', template.id, template.language, seen, customer],
    queryFn: ({ signal }) => draw(template, seen, customer, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 30_000,
    retry: 1,
  })
  const last = useRef<Picture | null>(null)
  if (query.data?.kind === 'picture') last.current = query.data.picture
  const { data, error, isPlaceholderData, refetch } = query
  const picture = last.current
  const isStale = isPlaceholderData || picture?.mjml !== content.mjml
  return useMemo(
    () => ({
      picture,
      remarks: data?.remarks ?? NOTHING,
      /** The server's answer is for what stands there now. */
      isCurrent: !isPlaceholderData && seen === content && data !== undefined,
      isStale,
      error,
      refetch: () => void refetch(),
    }),
    [picture, data, isPlaceholderData, seen, content, isStale, error, refetch],
  )
}

const NOTHING: readonly Remark[] = []

async function draw(
  template: Template,
  content: Content,
  customer: string | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const marked = markBlocks(parseMjml(content.mjml))
  const back = (line: number | undefined, column: number | undefined) => {
    if (line === undefined) return { line, column }
    const offset = positionBefore(offsetOf(marked.mjml, line, column ?? 1), marked.edits)
    return column === undefined ? { line, column } : placeOf(content.mjml, offset)
  }
  const remark = (one: { path: string; message: string; line?: number; column?: number }, stops: boolean): Remark => {
    const field = fieldOf(one.path)
    const { line, column } = one
    return { field, message: one.message, stops, ...(field === 'mjml' ? back(line, column) : { line, column }) }
  }
  try {
    const preview = await call(previewTemplate, {
      body: { ...content, mjml: marked.mjml, language: template.language, ...(customer !== undefined && { customer }) },
      signal,
    })
    const remarks = preview.warnings.map((warning) => remark(warning as Place, false))
    return { kind: 'picture', picture: { preview, mjml: content.mjml, paths: marked.paths }, remarks }
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'invalid' || !Array.isArray(error.document.errors))
      throw error
    const errors = error.document.errors as Place[]
    return { kind: 'mistakes', mjml: content.mjml, remarks: errors.map((one) => remark(one, true)) }
  }
}

type Place = { path: string; message: string; line?: number; column?: number }

const FIELDS = ['mjml', 'subject', 'preheader', 'text', 'test_data'] as const

/** The part of the content that a JSON Pointer of the server's leads to. */
const fieldOf = (path: string): Remark['field'] => FIELDS.find((field) => path.split('/').includes(field)) ?? ''
