import { Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'

type Props = {
  title: string
  /** Whether a code of the second factor is asked for, too. */
  withCode: boolean
  pending: boolean
  error: unknown
  onClose: () => void
  onProve: (proof: { password: string; code: string }) => void
}

/** Somebody shows once more that it is they, before what guards their account changes. */
export function ProofDialog({ title, withCode, pending, error, onClose, onProve }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onProve({ password, code: code.trim() })
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': text('action.cancel') }}>
      <form onSubmit={submit}>
        <Stack>
          <Text fz="sm">{text('factor.proof')}</Text>
          <PasswordInput
            label={text('account.current')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {withCode && (
            <TextInput
              label={text('signIn.code')}
              description={text('signIn.codeHint')}
              autoComplete="one-time-code"
              required
              withAsterisk={false}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          )}
          {error !== null && (
            <Text c="red" fz="sm" role="alert">
              {problemText(error)}
            </Text>
          )}
          <Button type="submit" loading={pending}>
            {text('factor.goOn')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
