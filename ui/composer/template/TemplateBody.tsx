import { Button, Group, Text } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useText } from '../../shared/useText.tsx'
import type { ChosenTemplate } from './chosenTemplate.ts'
import classes from './Template.module.css'

type Props = {
  template: ChosenTemplate
  readOnly: boolean
  onAnother: () => void
  /** Undefined where a template is all there can be. */
  onWrite: (() => void) | undefined
}

/** In the place of the text: which template the mail is made of, and the ways to another one, into it, and out of it. */
export function TemplateBody({ template, readOnly, onAnother, onWrite }: Props) {
  const text = useText()
  return (
    <div className={classes.body}>
      <IconTemplate size={34} stroke={1.3} aria-hidden="true" />
      <Text fw={600} data-testid="chosen-template">
        {template.name}
      </Text>
      <Text fz="sm" c="dimmed" maw={420}>
        {text('composer.template.hint')}
      </Text>
      <Group gap="xs" justify="center">
        <Button size="xs" variant="default" disabled={readOnly} onClick={onAnother}>
          {text('composer.template.another')}
        </Button>
        <Button size="xs" variant="default" component={Link} to={`/templates/${template.id}`}>
          {text('composer.template.open')}
        </Button>
        {onWrite && (
          <Button size="xs" variant="subtle" disabled={readOnly} onClick={onWrite}>
            {text('composer.template.write')}
          </Button>
        )}
      </Group>
    </div>
  )
}
