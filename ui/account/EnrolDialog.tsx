import { Button, Center, Code, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { renderSVG } from 'uqr'
import { confirmSecondFactor } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'

type Props = { secret: string; uri: string; onClose: () => void; onDone: (codes: readonly string[]) => void }

/** Takes the secret into an authenticator app, and a code of it as the proof. */
export function EnrolDialog({ secret, uri, onClose, onDone }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => call(confirmSecondFactor, { body: { code: code.trim() } }),
    onSuccess: ({ recovery_codes }) => onDone(recovery_codes),
  })
  const picture = useMemo(() => `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`, [uri])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm.mutate()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('factor.setUp')}
      closeButtonProps={{ 'aria-label': text('action.cancel') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text fz="sm">{text('factor.scan')}</Text>
          <Center>
            <img src={picture} width={200} height={200} alt={text('factor.picture')} />
          </Center>
          <Text fz="sm">
            {text('factor.secret')}: <Code data-testid="secret">{secret.match(/.{4}/g)?.join(' ')}</Code>
          </Text>
          <TextInput
            label={text('factor.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            withAsterisk={false}
            data-autofocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          {confirm.isError && (
            <Text c="red" fz="sm" role="alert">
              {problemText(confirm.error)}
            </Text>
          )}
          <Button type="submit" loading={confirm.isPending}>
            {text('factor.confirm')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
