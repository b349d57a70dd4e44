import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import type { Segment } from '../../api/contract/segments.ts'
import { IfMay } from '../shared/IfMay.tsx'
import { keepRecipients } from '../shared/recipients.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { TagButton } from '../tags/TagButton.tsx'
import { TakeOutPicked } from './byHand/TakeOutPicked.tsx'
import classes from './PickBar.module.css'
import { countPicked, NOBODY, recipientsOf, type Selection } from './selection.ts'
import { WhoIsPicked } from './WhoIsPicked.tsx'

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
      <WhoIsPicked selection={selection} onSelect={onSelect} shown={shown} total={total} />
      {picked > 0 && (
        <IfMay permission="customers.write">
          <TagButton
            whom={
              selection.kind === 'all'
                ? { search: { segment: segment.id, filter, ...(provider === undefined ? {} : { provider }) } }
                : { customers: [...selection.ids] }
            }
            title={text('tag.title', { count: picked })}
          />
        </IfMay>
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
