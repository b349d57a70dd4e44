import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'

export function NotFound() {
  const text = useText()
  return (
    <Page title={text('notFound.title')}>
      <EmptyState
        icon={IconCompass}
        title={text('notFound.title')}
        text={text('notFound.text')}
        action={
          <Button component={Link} to="/segments">
            {text('notFound.action')}
          </Button>
        }
      />
    </Page>
  )
}
