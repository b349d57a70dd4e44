import { ActionIcon, Tooltip } from '@mantine/core'
import { type Icon, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { useText } from '../../shared/useText.tsx'
import classes from './FlowCanvas.module.css'

type Props = { onIn: () => void; onOut: () => void; onFit: () => void }

/** Zooming by mouse. Not in the tab order: the canvas has one tab stop, and keys for the same. */
export function ZoomButtons({ onIn, onOut, onFit }: Props) {
  const text = useText()
  const button = (label: string, Sign: Icon, onClick: () => void) => (
    <Tooltip label={label} position="right">
      <ActionIcon size={30} radius={0} tabIndex={-1} aria-label={label} onClick={onClick}>
        <Sign size={16} />
      </ActionIcon>
    </Tooltip>
  )
  return (
    <div className={classes.zoom}>
      {button(text('canvas.zoom.in'), IconPlus, onIn)}
      {button(text('canvas.zoom.out'), IconMinus, onOut)}
      {button(text('canvas.zoom.fit'), IconMaximize, onFit)}
    </div>
  )
}
