import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../useText.tsx'

type Props = { value: string; onChange: (value: string) => void; label?: string; width?: number | string }

/** A search field that asks when typing pauses. What is typed is never overwritten by an answer that comes late. */
export function TextFilter({ value, onChange, label, width = 240 }: Props) {
  const text = useText()
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const tell = useDebouncedCallback((next: string) => {
    told.current = next
    onChange(next)
  }, 200)

  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setTyped(value)
  }, [value])

  const name = label ?? text('filter.text')
  return (
    <TextInput
      type="search"
      size="xs"
      w={width}
      fz="sm"
      leftSection={<IconSearch size={15} />}
      placeholder={name}
      aria-label={name}
      value={typed}
      maxLength={200}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
    />
  )
}
