import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconDownload, IconEraser } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { listCustomers } from '../../api/contract/customerList.ts'
import { getCustomer } from '../../api/contract/customers.ts'
import { exportPerson } from '../../api/contract/exports.ts'
import { addressOf } from '../client/address.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { Page } from '../shared/Page.tsx'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'
import { EraseDialog } from './EraseDialog.tsx'
import { ErasuresPanel } from './ErasuresPanel.tsx'
import { NightsPanel } from './NightsPanel.tsx'
import { RetentionPanel } from './RetentionPanel.tsx'

const route = getRouteApi('/shell/settings/data-protection')
/** So many of those who are found are offered. */
const FOUND = 6

/** What is kept about one person is handed over to them, or forgotten. */
export function DataProtectionPage() {
  const text = useText()
  const { customer: chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const [sought, setSought] = useState('')
  const found = useQuery({
    queryKey: ['customers', 'privacy', sought],
    queryFn: ({ signal }) => call(listCustomers, { query: { text: sought, limit: FOUND }, signal }),
    enabled: sought !== '',
    placeholderData: keepPreviousData,
  })
  const choose = (customer: string | undefined) =>
    void navigate({ search: (before) => changedSearch(before, { customer }), replace: true })
  return (
    <Page title={text('privacy.title')} back={{ to: '/settings' }}>
      <Stack gap="md" maw={900}>
        <Text fz="sm" c="dimmed">
          {text('privacy.lead')}
        </Text>
        <Paper p="md">
          <Stack gap="sm">
            <TextFilter
              label={`${text('privacy.find')}: ${text('privacy.findHint')}`}
              width="100%"
              value={sought}
              onChange={setSought}
            />
            {sought !== '' && found.data?.items.length === 0 && (
              <Text fz="sm" c="dimmed" role="status">
                {text('privacy.nobody')}
              </Text>
            )}
            {sought !== '' && (
              <Group gap="xs">
                {found.data?.items.map(({ id, name, email }) => (
                  <Button
                    key={id}
                    size="xs"
                    variant={id === chosen ? 'light' : 'default'}
                    aria-pressed={id === chosen}
                    onClick={() => choose(id)}
                  >
                    {name}
                    {email !== null && email !== name && ` · ${email}`}
                  </Button>
                ))}
              </Group>
            )}
            {chosen !== undefined && <Person key={chosen} id={chosen} onErased={() => choose(undefined)} />}
          </Stack>
        </Paper>
        <ErasuresPanel />
        <RetentionPanel />
        <NightsPanel />
      </Stack>
    </Page>
  )
}

function Person({ id, onErased }: { id: string; onErased: () => void }) {
  const text = useText()
  const [language] = useLanguage()
  const mayErase = useMay('privacy.write')
  const [erasing, setErasing] = useState(false)
  const { data: person, error } = useQuery({
    queryKey: ['customer', id, 'privacy'],
    queryFn: ({ signal }) => call(getCustomer, { params: { id }, signal }),
    retry: false,
  })
  if (error) {
    return (
      <Text fz="sm" c="dimmed" role="status">
        {text('privacy.nobody')}
      </Text>
    )
  }
  if (person === undefined) return null
  return (
    <>
      <Text fw={600}>{person.name}</Text>
      <Group gap="sm">
        <Button
          component="a"
          href={addressOf(exportPerson.path, { customer: id }, { language })}
          download
          leftSection={<IconDownload size={17} />}
        >
          {text('privacy.download')}
        </Button>
        {mayErase && (
          <Button color="red" variant="light" leftSection={<IconEraser size={17} />} onClick={() => setErasing(true)}>
            {text('privacy.erase')}
          </Button>
        )}
      </Group>
      <Text fz="sm" c="dimmed">
        {text('privacy.downloadHint')}
      </Text>
      {erasing && (
        <EraseDialog
          customer={id}
          name={person.name}
          onClose={() => setErasing(false)}
          onErased={() => {
            setErasing(false)
            onErased()
          }}
        />
      )}
    </>
  )
}
