import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { Editor } from '@tiptap/react'
import { useContext } from 'react'
import { useText } from '../../shared/useText.tsx'
import { ToolbarStop } from './Tool.tsx'

const LEVELS = [1, 2, 3] as const

/** What kind of paragraph the caret is in: text or a heading of one of three levels. */
export function StyleMenu({ editor, level }: { editor: Editor; level: 0 | 1 | 2 | 3 }) {
  const text = useText()
  const { stop, setStop } = useContext(ToolbarStop)
  const name = (which: number) =>
    which === 0 ? text('composer.style.text') : text('composer.style.heading', { level: which })
  const tick = (which: number) => (which === level ? <IconCheck size={14} aria-hidden="true" /> : <span />)
  const choose = (which: 0 | 1 | 2 | 3) => {
    const chain = editor.chain().focus()
    if (which === 0) chain.setParagraph().run()
    else chain.setHeading({ level: which }).run()
  }
  return (
    <Menu position="bottom-start" shadow="md" returnFocus={false} withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          h={34}
          px={8}
          fz="sm"
          fw={500}
          data-tool="style"
          tabIndex={stop === 'style' ? 0 : -1}
          onFocus={() => setStop('style')}
          aria-label={text('composer.style.label', { name: name(level) })}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {name(level)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={tick(0)} onClick={() => choose(0)}>
          {name(0)}
        </Menu.Item>
        {LEVELS.map((which) => (
          <Menu.Item
            key={which}
            leftSection={tick(which)}
            fw={650}
            fz={['1.3rem', '1.15rem', '1rem'][which - 1] ?? '1rem'}
            onClick={() => choose(which)}
          >
            {name(which)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
