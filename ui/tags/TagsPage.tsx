import { Anchor, Button, Menu, Table } from '@mantine/core'
import { IconDots, IconFilterOff, IconTag } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../client/useMay.ts'
import { Count } from '../shared/Count.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { ColourTag } from './ColourTag.tsx'
import { RemoveTag } from './RemoveTag.tsx'
import { RenameTag } from './RenameTag.tsx'
import { TagBadge } from './TagBadge.tsx'
import { tagsQuery } from './useKnownTags.ts'

type Asked = { act: 'rename' | 'colour' | 'remove'; tag: string }

/** The tags that there are: how many customers have each, their colours, other names, and the end of one. */
export function TagsPage() {
  const text = useText()
  const { data, error, refetch } = useQuery(tagsQuery)
  const mayChange = useMay('customers.write')
  const [sought, seek] = useState('')
  const [asked, ask] = useState<Asked | null>(null)
  const close = () => ask(null)
  const tags = (data?.items ?? []).filter(({ tag }) => tag.toLowerCase().includes(sought.toLowerCase()))
  const colour = data?.items.find(({ tag }) => tag === asked?.tag)?.colour ?? null
  return (
    <Page title={text('tags.title')} back={{ to: '/customers' }}>
      <ListPanel>
        <div style={{ padding: '12px 16px' }}>
          <TextFilter value={sought} onChange={seek} label={text('tags.search')} />
        </div>
        {data === undefined ? (
          error ? (
            <ErrorState error={error} onRetry={refetch} />
          ) : (
            <RowsLoading rows={8} />
          )
        ) : data.items.length === 0 ? (
          <EmptyState icon={IconTag} title={text('tags.emptyTitle')} text={text('tags.emptyText')} />
        ) : tags.length === 0 ? (
          <EmptyState icon={IconFilterOff} title={text('tags.noMatch')} text={text('tags.noMatchText')} />
        ) : (
          <Table verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('tags.tag')}</Table.Th>
                <Table.Th ta="right">{text('tags.customers')}</Table.Th>
                {mayChange && <Table.Th w={60} aria-label={text('tags.acts')} />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tags.map(({ tag, customers, colour: own }) => (
                <Table.Tr key={tag}>
                  <Table.Td>
                    <TagBadge tag={tag} colour={own} maw="100%" />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Anchor renderRoot={(props: object) => <Link {...props} to="/customers" search={{ tag }} />}>
                      <Count value={customers} />
                    </Anchor>
                  </Table.Td>
                  {mayChange && (
                    <Table.Td>
                      <Menu position="bottom-end" withinPortal>
                        <Menu.Target>
                          <Button
                            variant="subtle"
                            color="gray"
                            size="compact-sm"
                            aria-label={text('tags.actsOf', { tag })}
                          >
                            <IconDots size={18} />
                          </Button>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item onClick={() => ask({ act: 'rename', tag })}>{text('tags.rename')}</Menu.Item>
                          <Menu.Item onClick={() => ask({ act: 'colour', tag })}>{text('tags.colour')}</Menu.Item>
                          <Menu.Item color="red" onClick={() => ask({ act: 'remove', tag })}>
                            {text('tags.remove')}
                          </Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </ListPanel>
      {asked?.act === 'rename' && <RenameTag tag={asked.tag} onClose={close} />}
      {asked?.act === 'colour' && <ColourTag tag={asked.tag} colour={colour} onClose={close} />}
      {asked?.act === 'remove' && <RemoveTag tag={asked.tag} onClose={close} />}
    </Page>
  )
}
