import { Button, Checkbox, UnstyledButton } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { CustomerFilter, CustomerSummary } from '../../api/contract/customers.ts'
import classes from '../segment/PickBar.module.css'
import { countPicked, NOBODY, pageState, type Selection, togglePage } from '../segment/selection.ts'
import { keepRecipients } from '../shared/recipients.ts'
import { richTags, useText } from '../shared/useText.tsx'
import { TagButton } from '../tags/TagButton.tsx'

type Props = {
  filter: CustomerFilter
  selection: Selection
  onSelect: (selection: Selection) => void
  shown: readonly CustomerSummary[]
  total: number
}

/** Who of the customers found is picked, and what can be done with them. */
export function PickedBar({ filter, selection, onSelect, shown, total }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const picked = countPicked(selection, total)
  const ids = shown.map(({ id }) => id)
  const state = pageState(selection, ids)
  const write = (customers: readonly string[]) => {
    const label = text('customers.picked')
    keepRecipients({ recipients: { customers: [...customers] }, count: customers.length, label })
    void navigate({ to: '/compose' })
  }
  return (
    <div className={classes.bar}>
      <Checkbox
        size="sm"
        checked={state === 'all'}
        indeterminate={state === 'some'}
        disabled={shown.length === 0}
        onChange={() => onSelect(togglePage(selection, ids))}
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
      {picked > 0 && (
        <div className={classes.acts}>
          <TagButton
            whom={selection.kind === 'all' ? { search: { filter } } : { customers: [...selection.ids] }}
            title={text('tag.title', { count: picked })}
          />
          {selection.kind === 'some' && (
            <Button leftSection={<IconMail size={17} />} onClick={() => write([...selection.ids])}>
              {text('pick.write', { count: picked })}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
