import { useIntl } from 'react-intl'
import { fallbackMessages, type MessageId } from '../messages/index.ts'

const isMessage = (id: string): id is MessageId => Object.hasOwn(fallbackMessages, id)

/**
 * What a segment is called and described as in the reader's language. Those that ship are stored in English, as the
 * English catalogue has them; once somebody renames one, it is called what they call it in every language.
 */
export function useSegmentWords() {
  const intl = useIntl()
  const words = (id: string, part: 'name' | 'note', stored: string): string => {
    const message = `standard.${id}.${part}`
    return isMessage(message) && fallbackMessages[message] === stored ? intl.formatMessage({ id: message }) : stored
  }
  return {
    nameOf: (segment: { id: string; name: string }) => words(segment.id, 'name', segment.name),
    noteOf: (segment: { id: string; note: string }) => words(segment.id, 'note', segment.note),
  }
}
