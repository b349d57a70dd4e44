import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { Settings } from '../../api/contract/settings.ts'
import { useText } from '../shared/useText.tsx'
import type { Entered, SectionName } from './entered.ts'
import classes from './Settings.module.css'
import { type SettingsFields, useSettingsForm } from './useSettingsForm.ts'

type Props = {
  name: SectionName
  settings: Settings
  mayChange: boolean
  /** Whether something of it is entered and not saved. */
  onChanged: (name: SectionName, changed: boolean) => void
  /** Its fields. */
  children: (form: SettingsFields) => ReactNode
  /** Under the button. */
  foot?: ReactNode
  /** A last question before it is saved: what is shown instead of saving at once; null to save. */
  ask?: (entered: Entered, before: Settings, answer: { onSave: () => void; onClose: () => void }) => ReactNode | null
}

/** Settings that belong together: entered and saved by themselves, also with Ctrl+S; what is not saved says so. */
export function Section({ name, settings, mayChange, onChanged, children, foot, ask }: Props) {
  const text = useText()
  const { form, before, changed, saving, save, undo, show } = useSettingsForm(settings, name, (next) =>
    onChanged(name, next),
  )
  const [asked, setAsked] = useState<Entered | null>(null)
  const title = text(`settings.${name}`)
  const close = () => setAsked(null)
  const saveAsked = () => asked && save(asked, { onSettled: close })
  const question = asked && ask?.(asked, before, { onSave: saveAsked, onClose: close })
  const submit = form.onSubmit((values) => {
    if (ask?.(values, before, { onSave: close, onClose: close })) setAsked(values)
    else save(values)
  }, show)
  const saveByKey = (event: KeyboardEvent<HTMLFormElement>) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (changed) event.currentTarget.requestSubmit()
  }
  return (
    <Paper component="section" className={classes.sheet} id={name} aria-labelledby={`${name}-title`}>
      <h2 className={classes.legend} id={`${name}-title`}>
        {title}
      </h2>
      <form noValidate onSubmit={submit} onKeyDown={saveByKey}>
        <fieldset className={classes.fields} disabled={!mayChange} aria-labelledby={`${name}-title`}>
          <Stack>{children(form)}</Stack>
        </fieldset>
        {mayChange && (
          <Group mt="md" gap="sm">
            <Button
              type="submit"
              variant={changed ? 'filled' : 'default'}
              disabled={!changed}
              loading={saving}
              aria-label={text('settings.saveOf', { section: title })}
            >
              {text('settings.save')}
            </Button>
            {changed && (
              <>
                <Button variant="subtle" onClick={undo} disabled={saving}>
                  {text('settings.undo')}
                </Button>
                <Text fz="sm" c="var(--attention)" role="status">
                  {text('settings.unsaved')}
                </Text>
              </>
            )}
          </Group>
        )}
      </form>
      {question}
      {foot}
    </Paper>
  )
}
