import { Paper } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './Home.module.css'

type Props = { title: string; aside?: ReactNode; children: ReactNode }

/** A part of the home page under its heading. */
export function Panel({ title, aside, children }: Props) {
  const id = useId()
  return (
    <Paper component="section" className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 className={classes.heading} id={id}>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </Paper>
  )
}
