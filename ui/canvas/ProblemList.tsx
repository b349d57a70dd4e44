import { Anchor, Text } from '@mantine/core'
import type { Path } from '../../rules/rule.ts'
import { useText } from '../shared/useText.tsx'
import classes from './RuleCanvasPage.module.css'

type Props = { problems: ReadonlyMap<Path, readonly string[]>; onShow: (path: Path) => void }

/** All that is wrong with the rule; each leads to its card. */
export function ProblemList({ problems, onShow }: Props) {
  const text = useText()
  const all = [...problems].flatMap(([path, messages]) => messages.map((message) => ({ path, message })))
  if (all.length === 0) return null
  return (
    <div className={classes.problems} role="alert">
      <Text fw={600} fz="sm">
        {text('canvas.problems', { count: all.length })}
      </Text>
      <ul>
        {all.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <Anchor component="button" type="button" fz="sm" ta="left" onClick={() => onShow(path)}>
              {message}
            </Anchor>
          </li>
        ))}
      </ul>
    </div>
  )
}
