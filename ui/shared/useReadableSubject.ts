import { useQuery } from '@tanstack/react-query'
import { catalogueQuery } from '../client/templates.ts'
import { useLanguage } from './useLanguage.ts'

/** A merge tag with whatever Liquid does to it: `{{ next_booking.date | default: "soon" }}`. */
const TAG = /\{\{-?\s*([a-z_]+(?:\.[A-Za-z0-9_]+)+)[^{}]*\}\}/g

/**
 * A subject as it is stored, with its merge tags as their names: “Hello [First name]”. For headings and lists; what a
 * recipient got is rendered by the server.
 */
export function useReadableSubject(): (subject: string) => string {
  const [language] = useLanguage()
  const { data } = useQuery({ ...catalogueQuery(language), select: labelsOf })
  return (subject) =>
    subject.replace(TAG, (_, name: string) => `[${data?.get(name) ?? name.slice(name.lastIndexOf('.') + 1)}]`)
}

const labelsOf = ({ merge_tags }: { merge_tags: readonly { name: string; label: string }[] }) =>
  new Map(merge_tags.map(({ name, label }) => [name, label]))
