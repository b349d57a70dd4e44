import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconCirclePlus, IconDots, IconDownload, IconMail, IconRoute2 } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CustomerColumn } from '../../api/contract/customerList.ts'
import type { CustomerSearch, CustomerSummary } from '../../api/contract/customers.ts'
import { useMay } from '../client/useMay.ts'
import classes from '../segment/PickBar.module.css'
import { countPicked, type Selection } from '../segment/selection.ts'
import { WhoIsPicked } from '../segment/WhoIsPicked.tsx'
import { keepRecipients } from '../shared/recipients.ts'
import { useText } from '../shared/useText.tsx'
import { StatusButton } from '../statuses/StatusButton.tsx'
import { TagButton } from '../tags/TagButton.tsx'
import { PutIntoSegment } from './PutIntoSegment.tsx'
import { StartAutomation } from './StartAutomation.tsx'
import { useExport } from './useExport.ts'

type Props = {
  /** What “all who match” means. */
  search: CustomerSearch
  columns: readonly CustomerColumn[]
  selection: Selection
  onSelect: (selection: Selection) => void
  shown: readonly CustomerSummary[]
  total: number
}

/** Who of the customers found is picked, and what can be done with them. */
export function PickedBar({ search, columns, selection, onSelect, shown, total }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const [asking, ask] = useState<'segment' | 'automation' | null>(null)
  const picked = countPicked(selection, total)
  const ids = shown.map(({ id }) => id)
  const whom = selection.kind === 'all' ? { search } : { customers: [...selection.ids] }
  const mayChange = useMay('customers.write')
  const mayWrite = useMay('campaigns.send')
  const mayDecide = useMay('segments.decide')
  const mayStart = useMay('automations.write')
  const mayExport = useMay('customers.export')
  const file = useExport(columns)
  const write = () => {
    const { filter, segment, provider } = search
    const found =
      provider === undefined
        ? { search: { ...filter, ...(segment === undefined ? {} : { segment }) } }
        : { segment, provider, ...(filter === undefined ? {} : { filter }) }
    const recipients = selection.kind === 'all' ? found : { customers: [...selection.ids] }
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
          {(mayDecide || mayStart || mayExport) && (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <Tooltip label={text('customers.moreActs')}>
                  <ActionIcon
                    variant="default"
                    size={36}
                    aria-label={text('customers.moreActs')}
                    loading={file.isPending}
                  >
                    <IconDots size={18} />
                  </ActionIcon>
                </Tooltip>
              </Menu.Target>
              <Menu.Dropdown>
                {mayDecide && (
                  <Menu.Item leftSection={<IconCirclePlus size={16} />} onClick={() => ask('segment')}>
                    {text('byHand.putFound', { count: picked })}
                  </Menu.Item>
                )}
                {mayStart && (
                  <Menu.Item leftSection={<IconRoute2 size={16} />} onClick={() => ask('automation')}>
                    {text('customers.start')}
                  </Menu.Item>
                )}
                {mayExport && (
                  <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => file.mutate(whom)}>
                    {text('customers.export', { count: picked })}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
          {mayWrite && (
            <Button leftSection={<IconMail size={17} />} onClick={write}>
              {text('pick.write', { count: picked })}
            </Button>
          )}
        </div>
      )}
      {asking === 'segment' && <PutIntoSegment whom={whom} count={picked} onClose={() => ask(null)} />}
      {asking === 'automation' && <StartAutomation whom={whom} count={picked} onClose={() => ask(null)} />}
    </div>
  )
}
