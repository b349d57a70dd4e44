import { UnstyledButton } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import type { Remark } from '../preview/usePicture.ts'
import classes from './Problems.module.css'

type Props = { remarks: readonly Remark[]; onGoTo: (remark: Remark) => void }

/** What is wrong or odd, with line and column; each leads there. */
export function Problems({ remarks, onGoTo }: Props) {
  const text = useText()
  if (remarks.length === 0) return null
  return (
    <ul className={classes.list} aria-label={text('template.problems')}>
      {remarks.map((remark) => {
        const { field, line, column, message, stops } = remark
        const Sign = stops ? IconAlertCircle : IconAlertTriangle
        const place =
          field === 'mjml' && line !== undefined
            ? text('template.problem.line', { line, column: column ?? 1 })
            : field === '' || field === 'mjml'
              ? ''
              : text(`template.field.${field}`)
        return (
          <li key={`${field} ${line} ${column} ${message}`}>
            <UnstyledButton className={classes.problem} data-stops={stops || undefined} onClick={() => onGoTo(remark)}>
              <Sign size={16} aria-hidden="true" />
              {place !== '' && <span className={classes.place}>{place}</span>}
              <span>{message}</span>
            </UnstyledButton>
          </li>
        )
      })}
    </ul>
  )
}
