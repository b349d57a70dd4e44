import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ListPanel.module.css'

/** The white sheet that a list or a group of facts stands on. */
export function ListPanel({ children }: { children: ReactNode }) {
  return <Paper className={classes.panel}>{children}</Paper>
}
