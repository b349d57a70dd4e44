import { Checkbox, UnstyledButton } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import { richTags, useText } from '../shared/useText.tsx'
import classes from './PickBar.module.css'
import { countPicked, NOBODY, pageState, type Selection, togglePage } from './selection.ts'

type Props = {
  selection: Selection
  onSelect: (selection: Selection) => void
  /** The ids on the page, in order. */
  shown: readonly string[]
  /** How many match the filter. */
  total: number
}

/** The beginning of a bar: picks the page, says how many are picked, and picks all who match or nobody. */
export function WhoIsPicked({ selection, onSelect, shown, total }: Props) {
  const text = useText()
  const picked = countPicked(selection, total)
  const state = pageState(selection, shown)
  return (
    <>
      <Checkbox
        size="sm"
        checked={state === 'all'}
        indeterminate={state === 'some'}
        disabled={shown.length === 0}
        onChange={() => onSelect(togglePage(selection, shown))}
        aria-label={text('pick.page', { count: shown.length })}
      />
      <span className={classes.words} role="status">
        <FormattedMessage
          id={picked === 0 ? 'pick.none' : selection.kind === 'all' ? 'pick.all' : 'pick.some'}
          values={{ ...richTags, picked, total }}
        />
      </span>
      {selection.kind !== 'all' && total > 0 && picked !== total && (
        <UnstyledButton className={classes.link} onClick={() => onSelect({ kind: 'all' })}>
          {text('pick.pickAll', { total })}
        </UnstyledButton>
      )}
      {picked > 0 && (
        <UnstyledButton className={classes.link} onClick={() => onSelect(NOBODY)}>
          {text('pick.clear')}
        </UnstyledButton>
      )}
    </>
  )
}
