import { Button } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { useSession } from '../client/session.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Page } from '../shared/Page.tsx'
import { useRecipients } from '../shared/recipients.ts'
import { useText } from '../shared/useText.tsx'
import { backFrom } from './backFrom.ts'
import { Composer } from './Composer.tsx'
import { draftKey } from './draft/draftKey.ts'
import { SendProgress } from './send/SendProgress.tsx'

/** `#mailing-12` in the address: the mailing that was just sent from here, so that a reload shows its progress again. */
const MAILING = /^#?mailing-(\d{1,18})$/

/** Writing a mail to the customers picked before, from the first word to the last delivery. */
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
  const key = draftKey(user.id, choice)
  return (
    <Composer
      key={key}
      draftKey={key}
      choice={choice}
      onSent={({ id }) => void navigate({ to: '/compose', hash: `mailing-${id}`, replace: true })}
    />
  )
}
