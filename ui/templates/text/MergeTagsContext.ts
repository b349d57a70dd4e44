import { createContext, useContext } from 'react'

/** A merge tag of the server's catalogue. */
export type MergeTagEntry = {
  readonly name: string
  readonly label: string
  readonly group: string
  readonly example: string
}

/** The merge tags that a template may use. */
export const MergeTagsContext = createContext<readonly MergeTagEntry[]>([])

/** The catalogue's words for a merge tag; its name where it has none. */
export function useMergeTagLabel(): (name: string) => string {
  const entries = useContext(MergeTagsContext)
  return (name) => entries.find((entry) => entry.name === name)?.label ?? name
}
