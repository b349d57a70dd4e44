import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useText } from '../shared/useText.tsx'
import classes from './SearchButton.module.css'

const isApple = /mac|iphone|ipad/i.test(navigator.userAgent)

/** Opens the global search; `compact` is the magnifying glass alone, for phones. */
export function SearchButton({ compact = false }: { compact?: boolean }) {
  const text = useText()
  if (compact) {
    return (
      <ActionIcon size="lg" onClick={spotlight.open} aria-label={text('search.open')}>
        <IconSearch size={20} />
      </ActionIcon>
    )
  }
  return (
    <UnstyledButton className={classes.field} onClick={spotlight.open}>
      <IconSearch size={16} aria-hidden="true" />
      <span className={classes.words}>{text('search.open')}</span>
      <Kbd size="xs" aria-hidden="true">
        {isApple ? '⌘ K' : text('search.key')}
      </Kbd>
    </UnstyledButton>
  )
}
