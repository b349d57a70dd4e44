import { Anchor } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { acceptInvitation, lookAtInvitation } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
import { queryClient } from '../client/queryClient.ts'
import { sessionQuery } from '../client/session.ts'
import { RowsLoading } from '../shared/Loading.tsx'
import { useLanguage } from '../shared/useLanguage.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { EntrySheet } from './EntrySheet.tsx'
import { NewPassword } from './NewPassword.tsx'
import { useLinkSecret } from './useLinkSecret.ts'

/** Opens an account by the link of an invitation. */
export function InvitationPage() {
  const text = useText()
  const problemText = useProblemText()
  const router = useRouter()
  const [language] = useLanguage()
  const token = useLinkSecret()
  const seen = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call(lookAtInvitation, { body: { token }, signal }),
    enabled: token.length >= 20,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const accept = useMutation({
    mutationFn: ({ name, password }: { name: string; password: string }) =>
      call(acceptInvitation, { body: { token, password, language, ...(name === '' ? {} : { name }) } }),
    onSuccess: async (session) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      await router.navigate({ to: '/' })
    },
  })
  const gone = [seen.error, accept.error].some((one) => one instanceof ProblemError && one.code === 'not_found')
  if (token.length < 20 || gone) {
    return (
      <EntrySheet title={text('entry.badLink')} lead={text('entry.badLinkText')}>
        <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/sign-in" />}>
          {text('signIn.back')}
        </Anchor>
      </EntrySheet>
    )
  }
  if (seen.data === undefined) {
    return (
      <EntrySheet title={text('app.name')}>
        {seen.error === null ? <RowsLoading rows={3} /> : <p role="alert">{problemText(seen.error)}</p>}
      </EntrySheet>
    )
  }
  const { business, email, name } = seen.data
  return (
    <EntrySheet title={text('invitation.title', { business })} lead={text('invitation.lead', { email })}>
      <NewPassword
        name={name}
        submit={text('invitation.submit')}
        pending={accept.isPending}
        error={accept.error}
        onSubmit={(given) => accept.mutate(given)}
      />
    </EntrySheet>
  )
}
