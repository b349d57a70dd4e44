import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { useSession } from '../client/session.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { type RecipientChoice, useRecipients } from '../shared/recipients.ts'
import { useText } from '../shared/useText.tsx'
import { backFrom } from './backFrom.ts'
import { Composer, type ComposerProps } from './Composer.tsx'
import { draftKey, draftName } from './draft/draftKey.ts'
import { useBeginning } from './draft/useBeginning.ts'
import { SendProgress } from './send/SendProgress.tsx'

/** `#mailing-12` in the address: the mailing that was just sent from here, so that a reload shows its progress again. */
const MAILING = /^#?mailing-(\d{1,18})$/

/** Writing to the customers picked before, from the first word to the last delivery. */
export default function ComposerPage() {
  const text = useText()
  const navigate = useNavigate()
  const choice = useRecipients()
  const { user } = useSession()
  const hash = useRouterState({ select: ({ location }) => location.hash })
  const mailing = MAILING.exec(hash)?.[1]

  if (mailing !== undefined) {
    const another = () => navigate({ to: '/compose', replace: true })
    return (
      <Page title={text('composer.progress.title')} back={backFrom(choice)}>
        <SendProgress id={mailing} onAnother={() => void another()} />
      </Page>
    )
  }
  if (choice === null) {
    return (
      <Page title={text('composer.title')}>
        <EmptyState
          icon={IconMail}
          title={text('composer.empty.title')}
          text={text('composer.empty.text')}
          action={
            <Button renderRoot={(props: object) => <Link {...props} to="/segments" />}>
              {text('composer.empty.action')}
            </Button>
          }
        />
      </Page>
    )
  }
  const name = draftName(choice)
  const key = draftKey(user.id, name)
  const sent: ComposerProps['onSent'] = ({ id }) => {
    if (choice.edits !== undefined) void navigate({ to: '/mailings/$id', params: { id }, replace: true })
    else void navigate({ to: '/compose', hash: `mailing-${id}`, replace: true })
  }
  return <Opening key={key} draftKey={key} name={name} choice={choice} onSent={sent} />
}

type OpeningProps = Pick<ComposerProps, 'draftKey' | 'name' | 'onSent'> & { choice: RecipientChoice }

/** Looks for what was written before, here or in another browser, before anybody writes on. */
function Opening(props: OpeningProps) {
  const text = useText()
  const { choice, name } = props
  const beginning = useBeginning(choice, name)
  if (beginning.data !== undefined) return <Composer {...props} {...beginning.data} />
  return (
    <Page title={text('composer.title')} back={backFrom(choice)}>
      {beginning.error === null ? (
        <RowsLoading rows={6} />
      ) : (
        <ErrorState error={beginning.error} onRetry={() => void beginning.refetch()} />
      )}
    </Page>
  )
}
