import { queryOptions, useQuery } from '@tanstack/react-query'
import { listTags, type TagColour } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) => call(listTags, { query: { limit: 500 }, signal }),
  staleTime: 30_000,
})

type KnownTag = { tag: string; customers: number; colour: TagColour | null }

/** The tags that there are, commonest first, with how many customers have them. */
export const useKnownTags = (): readonly KnownTag[] => useQuery(tagsQuery).data?.items ?? []

const coloursOf = ({ items }: { items: readonly KnownTag[] }) => new Map(items.map(({ tag, colour }) => [tag, colour]))

/** The colour that somebody has given a tag; null for none. */
export function useTagColour(): (tag: string) => TagColour | null {
  const colours = useQuery({ ...tagsQuery, select: coloursOf }).data
  return (tag) => colours?.get(tag) ?? null
}
