import { Button, Modal, NativeSelect, Radio, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeUser, inviteUser, type ListedUser } from '../../api/contract/access.ts'
import { ROLES } from '../../rules/access/permissions.ts'
import { call } from '../client/call.ts'
import { providersQuery } from '../client/providers.ts'
import { isLanguage, LANGUAGES, ownName } from '../messages/index.ts'
import { notifyDone, notifyRefused } from '../shared/notify.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { usersQuery } from './usersQuery.ts'

/** Invites somebody (`user` null), or changes what an admin decides about them. */
export function UserDialog({ user, onClose }: { user: ListedUser | null; onClose: () => void }) {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const providers = useQuery(providersQuery).data?.items ?? []
  const [email, setEmail] = useState('')
  const [name, setName] = useState(user?.name ?? '')
  const [role, setRole] = useState<string>(user?.role ?? 'manager')
  const [provider, setProvider] = useState<string | null>(user?.provider?.id ?? null)
  const [language, setLanguage] = useState('')
  const chosen = ROLES.find((one) => one === role) ?? 'read_only'
  const of = chosen === 'provider' && provider !== null ? { provider } : {}
  const save = useMutation({
    mutationFn: async () => {
      if (user !== null) {
        await call(changeUser, { params: { id: user.id }, body: { name, role: chosen, ...of } })
        return null
      }
      const spoken = isLanguage(language) ? { language } : {}
      return call(inviteUser, { body: { email: email.trim(), name, role: chosen, ...of, ...spoken } })
    },
    onSuccess: (invited) => {
      void queries.invalidateQueries({ queryKey: usersQuery.queryKey })
      if (invited === null) notifyDone(text('users.done'))
      else if (invited.mailed) notifyDone(text('users.mailed', { email: invited.email }))
      else notifyRefused(text('users.notMailed'))
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={user === null ? text('users.invite') : text('users.editTitle', { name: user.name })}
      closeButtonProps={{ 'aria-label': text('action.cancel') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {user === null && (
            <TextInput
              label={text('users.email')}
              type="email"
              required
              withAsterisk={false}
              data-autofocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
          )}
          <TextInput
            label={text('users.name')}
            required
            withAsterisk={false}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group label={text('users.role')} value={role} onChange={setRole}>
            <Stack gap={8} mt={6}>
              {ROLES.map((one) => (
                <Radio key={one} value={one} label={text(`role.${one}`)} description={text(`roleText.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {role === 'provider' && (
            <Select
              label={text('users.provider')}
              required
              withAsterisk={false}
              searchable
              allowDeselect={false}
              nothingFoundMessage={text('provider.nothing')}
              data={providers.map(({ id, name: label }) => ({ value: id, label }))}
              value={provider}
              onChange={setProvider}
            />
          )}
          {user === null && (
            <NativeSelect
              label={text('users.language')}
              value={language}
              data={[
                { value: '', label: text('users.businessLanguage') },
                ...LANGUAGES.map((one) => ({ value: one, label: ownName(one) })),
              ]}
              onChange={(event) => setLanguage(event.currentTarget.value)}
            />
          )}
          {save.isError && (
            <Text c="red" fz="sm" role="alert">
              {problemText(save.error)}
            </Text>
          )}
          <Button type="submit" loading={save.isPending}>
            {text(user === null ? 'users.send' : 'account.save')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
