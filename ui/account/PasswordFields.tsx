import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changeOwnPassword } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { Sheet } from '../settings/Sheet.tsx'
import { notifyDone } from '../shared/notify.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { accountQuery } from './accountQuery.ts'

/** Replaces one's own password; needs the one before. */
export function PasswordFields() {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => call(changeOwnPassword, { body: { current, password } }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      notifyDone(text('account.changed'))
      void queries.invalidateQueries({ queryKey: accountQuery.queryKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  const toggle = { 'aria-label': text('signIn.showPassword') }
  return (
    <form onSubmit={submit}>
      <Sheet title={text('account.password')}>
        <PasswordInput
          label={text('account.current')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={toggle}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={text('entry.password')}
          description={text('entry.passwordHint')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={toggle}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {change.isError && (
          <Text c="red" fz="sm" role="alert">
            {problemText(change.error)}
          </Text>
        )}
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {text('account.change')}
          </Button>
        </Group>
      </Sheet>
    </form>
  )
}
