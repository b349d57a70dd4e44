import { Text } from '@mantine/core'
import type { Path } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import { MessageLinks } from './MessageLinks.tsx'
import classes from './panel.module.css'

type Props = {
  problems: ReadonlyMap<Path, readonly string[]>
  /** The card whose problems its own form shows. */
  except: Path | undefined
  onShow: (path: Path) => void
}

/** All that is wrong with the rule; each leads to its card. */
export function ProblemList({ problems, except, onShow }: Props) {
  const text = useText()
  const all = [...problems]
    .filter(([path]) => path !== except)
    .flatMap(([path, messages]) => messages.map((message) => ({ path, message })))
  if (all.length === 0) return null
  return (
    <section className={classes.section} role="alert">
      <Text fw={600} fz="sm" c="var(--mantine-color-error)">
        {text('canvas.problems', { count: all.length })}
      </Text>
      <MessageLinks messages={all} onShow={onShow} />
    </section>
  )
}
