import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { forgotPassword } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { EntrySheet } from './EntrySheet.tsx'

/** Asks for a link by mail; says the same whether there is such an account. */
export function ForgotPage() {
  const text = useText()
  const problemText = useProblemText()
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: () => call(forgotPassword, { body: { email: email.trim() } }) })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (email.trim() !== '') ask.mutate()
  }
  return (
    <EntrySheet title={text('forgot.title')} lead={text('forgot.lead')}>
      {ask.isSuccess ? (
        <Text role="status">{text('forgot.sent', { email: email.trim() })}</Text>
      ) : (
        <form onSubmit={send}>
          <Stack gap="md">
            <TextInput
              label={text('signIn.email')}
              type="email"
              autoComplete="username"
              size="md"
              required
              withAsterisk={false}
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            {ask.isError && (
              <Text c="red" fz="sm" role="alert">
                {problemText(ask.error)}
              </Text>
            )}
            <Button type="submit" size="md" loading={ask.isPending}>
              {text('forgot.submit')}
            </Button>
          </Stack>
        </form>
      )}
      <Text mt="md" fz="sm">
        <Anchor renderRoot={(rest: object) => <Link {...rest} to="/sign-in" />}>{text('signIn.back')}</Anchor>
      </Text>
    </EntrySheet>
  )
}
