import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { WordOptions } from '../../rules/words.ts'
import { useWordOptions } from '../canvas/rule/useWordOptions.ts'
import { sendableTemplatesQuery } from '../client/automations.ts'

/** How automations are said to the reader: templates by their names as well. */
export function useAutomationWords(): WordOptions {
  const words = useWordOptions()
  const templates = useQuery(sendableTemplatesQuery).data?.items
  return useMemo(() => {
    const template = Object.fromEntries((templates ?? []).map(({ id, name }) => [id, name]))
    return { ...words, names: { ...words.names, template: { ...words.names?.template, ...template } } }
  }, [words, templates])
}
