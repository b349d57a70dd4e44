import { Paper, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './SettingsForm.module.css'

/** Settings that belong together, under their name. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="fieldset" className={classes.sheet}>
      <legend className={classes.legend}>{title}</legend>
      <Stack>{children}</Stack>
    </Paper>
  )
}
