import { Button, Text } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import classes from './Template.module.css'

/** In the place of the text, while no template is chosen that it is to be made of. */
export function NoTemplate({ readOnly, onPick }: { readOnly: boolean; onPick: () => void }) {
  const text = useText()
  return (
    <div className={classes.body}>
      <IconTemplate size={34} stroke={1.3} aria-hidden="true" />
      <Text fz="sm" c="dimmed" maw={420}>
        {text('composer.compare.noTemplate')}
      </Text>
      <Button size="xs" disabled={readOnly} onClick={onPick}>
        {text('composer.template.choose')}
      </Button>
    </div>
  )
}
