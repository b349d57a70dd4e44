import { Code, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** The few signs of Markdown that the document uses: paragraphs, **bold** and `code`. Nothing of it becomes HTML. */
export function Rich({ children }: { children: string }) {
  return (
    <Stack gap="xs">
      {children.split(/\n{2,}/).map((paragraph) => (
        <Text key={paragraph} fz="sm">
          {inline(paragraph)}
        </Text>
      ))}
    </Stack>
  )
}

function inline(text: string): ReactNode[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, n) => {
    const key = `${n} ${part}`
    if (part.startsWith('**')) return <b key={key}>{part.slice(2, -2)}</b>
    return part.startsWith('`') ? <Code key={key}>{part.slice(1, -1)}</Code> : part
  })
}

/** {@link Rich} for a sentence inside another element. */
export const RichLine = ({ children }: { children: string }) => <>{inline(children)}</>
