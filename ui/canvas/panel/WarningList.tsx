import { Text } from '@mantine/core'
import type { Path, Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { partsWords } from '../editing/commandLabel.ts'
import { MessageLinks } from './MessageLinks.tsx'
import classes from './panel.module.css'

type Props = {
  warnings: ReadonlyMap<Path, readonly string[]>
  rule: Rule
  words: WordOptions
  onShow: (path: Path) => void
}

/** What in the rule is surely not meant, though it can be stored; each leads to its card. */
export function WarningList({ warnings, rule, words, onShow }: Props) {
  const text = useText()
  const all = [...warnings].flatMap(([path, messages]) =>
    messages.map((message) => {
      const what = partsWords(rule, [path], words, text)
      return { path, message: path === '' ? message : text('canvas.warning.at', { what, message }) }
    }),
  )
  if (all.length === 0) return null
  return (
    <section className={classes.section} aria-label={text('canvas.warnings', { count: all.length })}>
      <Text fw={600} fz="sm" c="var(--attention)">
        {text('canvas.warnings', { count: all.length })}
      </Text>
      <MessageLinks messages={all} onShow={onShow} />
    </section>
  )
}
