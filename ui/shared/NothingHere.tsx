import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from './EmptyState.tsx'
import { useText } from './useText.tsx'

/** Stands where an address leads to nothing, or to a thing that is no longer there: the way back. */
export function NothingHere() {
  const text = useText()
  return (
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
  )
}
