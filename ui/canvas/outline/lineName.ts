import { childrenOf, isCondition } from '../../../rules/rule.ts'
import { cardWords, phraseOf, textOf, titleOf, type WordOptions } from '../../../rules/words.ts'
import type { useText } from '../../shared/useText.tsx'
import { groupHeading } from './GroupWords.tsx'
import type { NodeLine, OutlineLine } from './lines.ts'

type Text = ReturnType<typeof useText>

/** What a line is called: its sentence, or the head of its group with how many parts there are. */
export function lineName(line: OutlineLine, words: WordOptions, text: Text): string {
  if (line.kind === 'add') return text('outline.add.label', { group: text(groupHeading(line.group)) })
  const said = isCondition(line.inner)
    ? `${titleOf(line.inner, words)} ${textOf(cardWords(line.inner, words))}`
    : groupName(line, words, text)
  return line.inverted ? `${text('canvas.not')} ${said}` : said
}

function groupName({ inner, path, open }: NodeLine, words: WordOptions, text: Text): string {
  const count = childrenOf(inner).length
  const head = text('outline.group.label', { heading: text(groupHeading(inner)), count })
  return open || count === 0 ? head : `${head}: ${textOf(phraseOf(inner, path, words))}`
}
