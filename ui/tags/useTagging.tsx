import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { tagCustomers, undoTagging } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'
import { useActOnMany } from '../shared/useActOnMany.tsx'
import { useText } from '../shared/useText.tsx'

/** Whom tagging is about, as the API takes it. */
export type Whom = Pick<z.input<typeof tagCustomers.body>, 'customers' | 'search' | 'deliveries'>

export type Change = { add: string[]; remove: string[] }

/** The lists that show tags or are narrowed by them. */
const TOUCHED = ['tags', 'customers', 'customer', 'segment']

/** Tags customers, says for how many something changed, and offers to take it back. */
export function useTagging(whom: Whom, onDone: () => void = () => {}) {
  const text = useText()
  const queries = useQueryClient()
  return useActOnMany({
    run: (change: Change) => call(tagCustomers, { body: { ...whom, ...change } }),
    going: text('tag.going'),
    done: ({ changed, tagging }) => ({
      message: text('tag.done', { count: changed }),
      undo: tagging === null ? null : () => call(undoTagging, { params: { id: tagging } }),
      undone: text('tag.undone'),
    }),
    refresh: () => {
      for (const name of TOUCHED) void queries.invalidateQueries({ queryKey: [name] })
    },
    onDone,
  })
}
