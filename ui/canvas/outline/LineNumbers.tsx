import type { ReactNode } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import { useStoreValue } from '../flow/store.ts'
import type { CountRef } from '../layout/ruleFlow.ts'
import { useCount, useLook } from '../rule/ruleView.ts'
import { cardOf, type NodeLine } from './lines.ts'
import classes from './outline.module.css'
import { useOutline } from './outlineContext.ts'

const COLUMNS = ['in', 'yes', 'no'] as const

/** Words that the heads of the columns say where there are columns. */
const unit = (parts: ReactNode[]): ReactNode => <span className={classes.unit}>{parts}</span>

/** How many arrive, pass and are out; in words where the room is narrow. Each leads to its customers. */
export function LineNumbers({ line }: { line: NodeLine }) {
  const { focus } = useOutline()
  const current = useStoreValue(focus.store, (state) => state.current === cardOf(line))
  return (
    <span className={classes.numbers}>
      {COLUMNS.map((of) => (
        <LineNumber key={of} count={{ path: line.path, of }} inTabOrder={current} />
      ))}
    </span>
  )
}

/** In the tab order with the line that has the focus. */
function LineNumber({ count: ref, inTabOrder }: { count: CountRef; inTabOrder: boolean }) {
  const text = useText()
  const intl = useIntl()
  const count = useCount(ref)
  const [looked, look] = useLook(ref)
  return (
    <button
      type="button"
      className={classes.number}
      data-of={ref.of}
      tabIndex={inTabOrder ? 0 : -1}
      aria-label={count === undefined ? text('canvas.counting') : text(`canvas.line.${ref.of}`, { count })}
      aria-pressed={looked}
      onClick={(event) => {
        event.stopPropagation()
        look()
      }}
    >
      <FormattedMessage
        id={`outline.numbers.${ref.of}`}
        values={{ count: count === undefined ? '…' : intl.formatNumber(count), unit }}
      />
    </button>
  )
}

/** What the columns of numbers are, over them. */
export function NumberHeads() {
  return (
    <div className={classes.heads} aria-hidden="true">
      {COLUMNS.map((of) => (
        <span key={of} className={classes.head}>
          <FormattedMessage id={`outline.head.${of}`} />
        </span>
      ))}
    </div>
  )
}
