import { Anchor } from '@mantine/core'
import type { Path } from '../../../rules/rule.ts'
import classes from './panel.module.css'

type Props = { messages: ReadonlyArray<{ path: Path; message: string }>; onShow: (path: Path) => void }

/** Messages about cards; each leads to its card. */
export function MessageLinks({ messages, onShow }: Props) {
  return (
    <ul className={classes.problems}>
      {messages.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <Anchor
            component="button"
            type="button"
            fz="sm"
            ta="left"
            c="var(--mantine-color-text)"
            underline="always"
            onClick={() => onShow(path)}
          >
            {message}
          </Anchor>
        </li>
      ))}
    </ul>
  )
}
