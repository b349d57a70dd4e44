import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import classes from './outline.module.css'

type Props = { problem: string | undefined; warning: string | undefined }

/** What is wrong with a line, else what is odd about it, on the line. */
export function Remark({ problem, warning }: Props) {
  if (problem === undefined && warning === undefined) return null
  const Sign = problem === undefined ? IconAlertTriangle : IconAlertCircle
  return (
    <span className={problem === undefined ? classes.warning : classes.problem}>
      <Sign size={15} className={classes.problemSign} aria-hidden="true" />
      {problem ?? warning}
    </span>
  )
}
