import { ActionIcon, Box } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { SearchButton } from '../app/SearchButton.tsx'
import classes from './Page.module.css'
import { useText } from './useText.tsx'

type Props = {
  /** The heading of the page and the title of the window. */
  title: string
  /** Beside the heading: badges, a number. */
  aside?: ReactNode
  /** At the right of the bar: what one can do here. */
  actions?: ReactNode
  /** Where the arrow before the heading leads. */
  back?: Pick<LinkProps, 'to' | 'params' | 'search'>
  /** The content fills all the room under the bar, without a margin: canvas, inbox. */
  flush?: boolean
  children: ReactNode
}

/** The frame of a page: a bar that stays at the top with heading, search and actions, and the content under it. */
export function Page({ title, aside, actions, back, flush = false, children }: Props) {
  const text = useText()
  useEffect(() => {
    document.title = `${title} · ${text('app.name')}`
  })
  return (
    <div className={classes.page} data-flush={flush || undefined}>
      <header className={classes.bar}>
        <div className={classes.heading}>
          {back && (
            <ActionIcon
              size="lg"
              aria-label={text('page.back')}
              renderRoot={(props: object) => <Link {...props} {...back} />}
            >
              <IconArrowLeft size={20} />
            </ActionIcon>
          )}
          <h1 className={classes.title}>{title}</h1>
          {aside && <div className={classes.aside}>{aside}</div>}
        </div>
        <div className={classes.actions}>
          <Box visibleFrom="md">
            <SearchButton />
          </Box>
          {actions}
        </div>
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  )
}
