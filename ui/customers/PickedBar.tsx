import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { CustomerFilter, CustomerSummary } from '../../api/contract/customers.ts'
import classes from '../segment/PickBar.module.css'
import { countPicked, type Selection } from '../segment/selection.ts'
import { WhoIsPicked } from '../segment/WhoIsPicked.tsx'
import { keepRecipients } from '../shared/recipients.ts'
import { useText } from '../shared/useText.tsx'
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
  const write = (customers: readonly string[]) => {
    const label = text('customers.picked')
    keepRecipients({ recipients: { customers: [...customers] }, count: customers.length, label })
    void navigate({ to: '/compose' })
  }
  return (
    <div className={classes.bar}>
      <WhoIsPicked selection={selection} onSelect={onSelect} shown={ids} total={total} />
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
