import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'
import type { DETAILS } from './deliverySearch.ts'

const CLASSES: ReadonlyMap<string, MessageId> = new Map([
  ['bad_address', 'bounce.bad_address'],
  ['mailbox_full', 'bounce.mailbox_full'],
  ['content', 'bounce.content'],
  ['configuration', 'bounce.configuration'],
])

/** A class of bounces in words. */
export function useBounceText(): (kind: string) => string {
  const text = useText()
  return (kind) => text(CLASSES.get(kind) ?? 'bounce.other')
}

/** What of a report the history was narrowed to, in words. */
export function useDetailText(): (name: (typeof DETAILS)[number], value: string) => string {
  const text = useText()
  const bounceText = useBounceText()
  return (name, value) => {
    if (name === 'wish') return text(value === 'complained' ? 'deliveries.complained' : 'deliveries.unsubscribed')
    if (name === 'bounce') return bounceText(value)
    return text(`deliveries.only.${name}`, { value: name === 'variant' ? value.toUpperCase() : value })
  }
}
