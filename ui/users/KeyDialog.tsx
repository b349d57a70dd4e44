import {
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  MultiSelect,
  NativeSelect,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { createApiKey } from '../../api/contract/access.ts'
import { ALL_PERMISSIONS, type Permission, roleMay } from '../../rules/access/permissions.ts'
import { call } from '../client/call.ts'
import { providersQuery } from '../client/providers.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { keysQuery } from './usersQuery.ts'

const DAYS = [30, 90, 365] as const

/** Makes a key, and shows it once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const providers = useQuery(providersQuery).data?.items ?? []
  const [name, setName] = useState('')
  const [kind, setKind] = useState('some')
  const [scopes, setScopes] = useState<string[]>([])
  const [provider, setProvider] = useState<string | null>(null)
  const [days, setDays] = useState('')
  const possible = ALL_PERMISSIONS.filter((one) => provider === null || roleMay('provider', one))
  const chosen = scopes.filter((one): one is Permission => possible.some((known) => known === one))
  const make = useMutation({
    mutationFn: () =>
      call(createApiKey, {
        body: {
          name,
          scopes: kind === 'all' ? null : chosen,
          ...(provider === null ? {} : { provider }),
          expires_at: days === '' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString(),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  if (make.data !== undefined) {
    return (
      <Modal opened onClose={onClose} title={text('keys.shown')} withCloseButton={false} closeOnClickOutside={false}>
        <Stack>
          <Text fz="sm">{text('keys.shownText')}</Text>
          <Code block data-testid="key" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {make.data.key}
          </Code>
          <Group justify="flex-end">
            <CopyButton value={make.data.key}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {text(copied ? 'factor.copied' : 'factor.copy')}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>{text('factor.kept')}</Button>
          </Group>
        </Stack>
      </Modal>
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('keys.make')}
      closeButtonProps={{ 'aria-label': text('action.cancel') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={text('keys.name')}
            required
            withAsterisk={false}
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {providers.length > 0 && (
            <Select
              label={text('keys.provider')}
              placeholder={text('keys.wholeBusiness')}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': text('keys.wholeBusiness') }}
              nothingFoundMessage={text('provider.nothing')}
              data={providers.map(({ id, name: label }) => ({ value: id, label }))}
              value={provider}
              onChange={setProvider}
            />
          )}
          <NativeSelect
            label={text('keys.scopes')}
            value={kind}
            data={[
              { value: 'some', label: text('keys.choose') },
              { value: 'all', label: text('keys.all') },
            ]}
            onChange={(event) => setKind(event.currentTarget.value)}
          />
          {kind === 'some' && (
            <MultiSelect
              aria-label={text('keys.choose')}
              searchable
              data={possible}
              value={chosen}
              onChange={setScopes}
              maxDropdownHeight={220}
            />
          )}
          <NativeSelect
            label={text('keys.expires')}
            value={days}
            data={[
              { value: '', label: text('keys.expiresNever') },
              ...DAYS.map((one) => ({ value: String(one), label: text('keys.expiresIn', { days: one }) })),
            ]}
            onChange={(event) => setDays(event.currentTarget.value)}
          />
          {make.isError && (
            <Text c="red" fz="sm" role="alert">
              {problemText(make.error)}
            </Text>
          )}
          <Button type="submit" loading={make.isPending} disabled={kind === 'some' && chosen.length === 0}>
            {text('keys.make')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
