import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Customer.module.css'

/** A group of facts under its heading. */
export function Sheet({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" className={classes.sheet}>
      <h2 className={classes.heading}>{title}</h2>
      {children}
    </Paper>
  )
}
