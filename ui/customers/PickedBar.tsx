import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { CustomerSearch, CustomerSummary } from '../../api/contract/customers.ts'
import { useMay } from '../client/useMay.ts'
import classes from '../segment/PickBar.module.css'
import { countPicked, type Selection } from '../segment/selection.ts'
import { WhoIsPicked } from '../segment/WhoIsPicked.tsx'
import { keepRecipients } from '../shared/recipients.ts'
import { useText } from '../shared/useText.tsx'
import { StatusButton } from '../statuses/StatusButton.tsx'
import { TagButton } from '../tags/TagButton.tsx'

type Props = {
  /** What “all who match” means. */
  search: CustomerSearch
  selection: Selection
  onSelect: (selection: Selection) => void
  shown: readonly CustomerSummary[]
  total: number
}

/** Who of the customers found is picked, and what can be done with them. */
export function PickedBar({ search, selection, onSelect, shown, total }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const picked = countPicked(selection, total)
  const ids = shown.map(({ id }) => id)
  const whom = selection.kind === 'all' ? { search } : { customers: [...selection.ids] }
  const mayChange = useMay('customers.write')
  const mayWrite = useMay('campaigns.send')
  const write = () => {
    const { filter, status } = search
    const found = { ...filter, ...(status === undefined ? {} : { status }) }
    const recipients = selection.kind === 'all' ? { search: found } : { customers: [...selection.ids] }
    keepRecipients({ recipients, count: picked, label: text('customers.picked') })
    void navigate({ to: '/compose' })
  }
  return (
    <div className={classes.bar}>
      <WhoIsPicked selection={selection} onSelect={onSelect} shown={ids} total={total} />
      {picked > 0 && (
        <div className={classes.acts}>
          {mayChange && <TagButton whom={whom} title={text('tag.title', { count: picked })} />}
          {mayChange && <StatusButton whom={whom} title={text('status.title', { count: picked })} />}
          {mayWrite && (
            <Button leftSection={<IconMail size={17} />} onClick={write}>
              {text('pick.write', { count: picked })}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
