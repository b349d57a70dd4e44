import { Paper, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Settings.module.css'

/** Fields that belong together, under their name. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="fieldset" className={classes.group}>
      <legend className={classes.groupTitle}>{title}</legend>
      <Stack>{children}</Stack>
    </Paper>
  )
}
