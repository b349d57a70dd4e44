import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'

type Props = {
  /** The name that somebody who was invited may correct; undefined asks for none. */
  name?: string
  submit: string
  pending: boolean
  error: unknown
  onSubmit: (given: { name: string; password: string }) => void
}

/** Chooses a password; what makes it too easy is the server's to say. */
export function NewPassword({ name, submit, pending, error, onSubmit }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const [typed, setTyped] = useState(name ?? '')
  const [password, setPassword] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSubmit({ name: typed.trim(), password })
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {name !== undefined && (
          <TextInput
            label={text('entry.name')}
            autoComplete="name"
            size="md"
            required
            withAsterisk={false}
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={text('entry.password')}
          description={text('entry.passwordHint')}
          autoComplete="new-password"
          size="md"
          required
          withAsterisk={false}
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {error !== null && (
          <Text c="red" fz="sm" role="alert">
            {problemText(error)}
          </Text>
        )}
        <Button type="submit" size="md" loading={pending}>
          {submit}
        </Button>
      </Stack>
    </form>
  )
}
