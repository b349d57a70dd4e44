import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { templateQuery } from '../client/templates.ts'
import { useText } from '../shared/useText.tsx'

type Props = { chosen: readonly string[]; onChange: (chosen: string[] | undefined) => void }

/** The templates that the history is narrowed to, by name; each can be taken off. */
export function TemplatePills({ chosen, onChange }: Props) {
  const text = useText()
  const found = useQueries({ queries: chosen.map((id) => ({ ...templateQuery(id), retry: false })) })
  return chosen.map((id, index) => (
    <Button
      key={id}
      size="compact-sm"
      variant="light"
      maw="100%"
      rightSection={<IconX size={14} aria-hidden="true" />}
      onClick={() => {
        const rest = chosen.filter((one) => one !== id)
        onChange(rest.length === 0 ? undefined : rest)
      }}
    >
      {text('deliveries.only.template', { value: found[index]?.data?.name ?? id })}
    </Button>
  ))
}
