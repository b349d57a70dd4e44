import { Button, Kbd } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import classes from './Palette.module.css'

/** Opens the palette for the place that is selected; over the canvas, where it is looked for first. */
export function AddButton({ editing, label }: { editing: { readonly act: (act: 'add') => void }; label?: string }) {
  const text = useText()
  return (
    <Button
      className={classes.add ?? ''}
      variant="default"
      size="sm"
      leftSection={<IconPlus size={15} />}
      rightSection={<Kbd size="xs">/</Kbd>}
      onClick={() => editing.act('add')}
    >
      {label ?? text('canvas.add')}
    </Button>
  )
}
