import { Group, Select, Table, Text } from '@mantine/core'
import { IconFilterOff } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Audience, listContacts } from '../../api/contract/audiences.ts'
import { leftOutReason } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { Day, Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { RemoveContact } from './RemoveContact.tsx'

type Props = {
  audience: Audience
  /** For which reason the customers shown were left out; undefined: those who get it. */
  reason: string | undefined
  onReason: (reason: string | undefined) => void
}

/** Those who get it, with what is known of them; or those who were left out for a reason. */
export function Contacts({ audience, reason, onReason }: Props) {
  const text = useText()
  const [named, setNamed] = useState('')
  const leftOut = leftOutReason.safeParse(reason).data
  const contacts = useInfiniteQuery({
    queryKey: ['audience', audience.id, 'contacts', named, leftOut],
    queryFn: ({ pageParam, signal }) =>
      call(listContacts, {
        params: { id: audience.id },
        query: { limit: 50, cursor: pageParam, text: named || undefined, left_out: leftOut },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const choices = [
    { value: '', label: text('audience.getsIt', { count: audience.customers }) },
    ...audience.left_out.map(({ reason: value, count }) => ({
      value: value as string,
      label: text('audience.leftOut', { count, reason: text(`reason.${value}`) }),
    })),
  ]
  return (
    <ListPanel>
      <Group px="md" py={10} gap="xs">
        <TextFilter value={named} onChange={setNamed} />
        {audience.left_out.length > 0 && (
          <Select
            size="xs"
            w={260}
            aria-label={text('audience.which')}
            allowDeselect={false}
            value={reason ?? ''}
            data={choices}
            onChange={(next) => onReason(next || undefined)}
          />
        )}
        {audience.removed > 0 && (
          <Text fz="sm" c="dimmed">
            {text('audience.removedCount', { count: audience.removed })}
          </Text>
        )}
      </Group>
      <PagedList
        query={contacts}
        loading={{ rows: 8 }}
        empty={
          <EmptyState icon={IconFilterOff} title={text('audience.nobodyTitle')} text={text('audience.nobodyText')} />
        }
      >
        {(items) => (
          <Table highlightOnHover verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('contact.name')}</Table.Th>
                <Table.Th visibleFrom="md">{text('contact.id')}</Table.Th>
                <Table.Th visibleFrom="lg">{text('contact.birthdate')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('contact.email')}</Table.Th>
                <Table.Th visibleFrom="lg">{text('contact.phone')}</Table.Th>
                <Table.Th visibleFrom="md">{text('contact.memberSince')}</Table.Th>
                <Table.Th visibleFrom="xs">{text('contact.message')}</Table.Th>
                <Table.Th aria-label={text('contact.acts')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((contact) => (
                <Table.Tr key={contact.id}>
                  <Table.Td>
                    <CustomerLink id={contact.id} name={contact.name} tab="communication" />
                    <Text fz="xs" c="dimmed" hiddenFrom="sm">
                      {contact.email}
                    </Text>
                  </Table.Td>
                  <Table.Td visibleFrom="md" c="dimmed" fz="sm">
                    {contact.id}
                  </Table.Td>
                  <Table.Td visibleFrom="lg">{contact.birthdate && <Day day={contact.birthdate} />}</Table.Td>
                  <Table.Td visibleFrom="sm">{contact.email}</Table.Td>
                  <Table.Td visibleFrom="lg" className="numbers">
                    {contact.phone}
                  </Table.Td>
                  <Table.Td visibleFrom="md" c="dimmed">
                    {contact.member_since && <Instant at={contact.member_since} />}
                  </Table.Td>
                  <Table.Td visibleFrom="xs">{contact.state && text(`delivery.${contact.state}`)}</Table.Td>
                  <Table.Td ta="right">
                    {leftOut === undefined && <RemoveContact audience={audience} contact={contact} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </PagedList>
    </ListPanel>
  )
}
