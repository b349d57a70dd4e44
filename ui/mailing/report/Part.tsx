import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Report.module.css'

/** One part of a report under the question that it answers. */
export function Part({ question, aside, children }: { question: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Paper component="section" className={classes.part}>
      <div className={classes.partHead}>
        <h3 className={classes.question}>{question}</h3>
        {aside}
      </div>
      {children}
    </Paper>
  )
}
