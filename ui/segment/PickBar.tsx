import { Button, Checkbox, UnstyledButton } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import type { Segment } from '../../api/contract/segments.ts'
import { keepRecipients } from '../shared/recipients.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { richTags, useText } from '../shared/useText.tsx'
import { TagButton } from '../tags/TagButton.tsx'
import { TakeOutPicked } from './byHand/TakeOutPicked.tsx'
import classes from './PickBar.module.css'
import { countPicked, NOBODY, pageState, recipientsOf, type Selection, togglePage } from './selection.ts'

type Props = {
  segment: Segment
  provider: string | undefined
  filter: CustomerFilter
  selection: Selection
  onSelect: (selection: Selection) => void
  /** The ids on the page, in order. */
  shown: readonly string[]
  /** How many match the filter. */
  total: number
}

/** One bar that says who is picked and what can be done with them. With nobody picked it acts on all who match. */
export function PickBar({ segment, provider, filter, selection, onSelect, shown, total }: Props) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const navigate = useNavigate()
  const picked = countPicked(selection, total)
  const state = pageState(selection, shown)
  const addressed = picked > 0 ? picked : total
  const write = () => {
    keepRecipients({
      recipients: recipientsOf(selection, { segment: segment.id, provider }, filter),
      count: addressed,
      label: nameOf(segment),
    })
    void navigate({ to: '/compose' })
  }
  return (
    <div className={classes.bar}>
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
      {picked > 0 && (
        <TagButton
          whom={
            selection.kind === 'all'
              ? { search: { segment: segment.id, filter, ...(provider === undefined ? {} : { provider }) } }
              : { customers: [...selection.ids] }
          }
          title={text('tag.title', { count: picked })}
        />
      )}
      {picked > 0 && (
        <TakeOutPicked
          segment={segment}
          provider={provider}
          filter={filter}
          selection={selection}
          onDone={() => onSelect(NOBODY)}
        />
      )}
      <Button
        className={classes.act ?? ''}
        leftSection={<IconMail size={17} />}
        disabled={addressed === 0}
        onClick={write}
      >
        {text('pick.write', { count: addressed })}
      </Button>
    </div>
  )
}
