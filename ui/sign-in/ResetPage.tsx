import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resetPassword } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
import { queryClient } from '../client/queryClient.ts'
import { useText } from '../shared/useText.tsx'
import { EntrySheet } from './EntrySheet.tsx'
import { NewPassword } from './NewPassword.tsx'
import { useLinkSecret } from './useLinkSecret.ts'

/** Sets a new password by the link of a mail. */
export function ResetPage() {
  const text = useText()
  const token = useLinkSecret()
  const reset = useMutation({
    mutationFn: (password: string) => call(resetPassword, { body: { token, password } }),
    onSuccess: () => queryClient.clear(),
  })
  const isOver = token.length < 20 || (reset.error instanceof ProblemError && reset.error.code === 'not_found')
  if (isOver) {
    return (
      <EntrySheet title={text('entry.badLink')} lead={text('entry.badLinkText')}>
        <Button variant="default" renderRoot={(rest: object) => <Link {...rest} to="/forgot" />}>
          {text('forgot.title')}
        </Button>
      </EntrySheet>
    )
  }
  if (reset.isSuccess) {
    return (
      <EntrySheet title={text('reset.title')} lead={<span role="status">{text('reset.done')}</span>}>
        <Button renderRoot={(rest: object) => <Link {...rest} to="/sign-in" />}>{text('signIn.submit')}</Button>
      </EntrySheet>
    )
  }
  return (
    <EntrySheet title={text('reset.title')} lead={text('reset.lead')}>
      <NewPassword
        submit={text('reset.submit')}
        pending={reset.isPending}
        error={reset.error}
        onSubmit={({ password }) => reset.mutate(password)}
      />
    </EntrySheet>
  )
}
