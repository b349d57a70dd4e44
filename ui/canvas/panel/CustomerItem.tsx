import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Avatar } from '../../shared/Avatar.tsx'
import { CustomerLink } from '../../shared/CustomerLink.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './panel.module.css'

type Props = {
  id: string
  name: string
  /** With whom, where the rule is of each provider. */
  provider?: string | undefined
  followed: boolean
  /** Lights the customer's way and says why they pass or not; undefined where nothing is stored to be asked. */
  onFollow: ((id: string | null) => void) | undefined
  /** What else can be done for them. */
  acts?: ReactNode
  /** What else is said of them here. */
  children?: ReactNode
}

/** A customer in a list of the panel, with the way to them and to the reason why they are where they are. */
export function CustomerItem({ id, name, provider, followed, onFollow, acts, children }: Props) {
  const text = useText()
  return (
    <li className={classes.customer}>
      <Avatar name={name} size={28} />
      <span className={classes.customerName}>
        <CustomerLink id={id} name={name} />
        {provider !== undefined && (
          <Text fz="xs" c="dimmed">
            {provider}
          </Text>
        )}
        {children}
      </span>
      {onFollow && (
        <Tooltip label={text('canvas.follow', { name })}>
          <ActionIcon
            aria-label={text('canvas.follow', { name })}
            aria-pressed={followed}
            variant={followed ? 'light' : 'subtle'}
            color={followed ? 'orange' : 'gray'}
            onClick={() => onFollow(followed ? null : id)}
          >
            <IconRoute size={17} />
          </ActionIcon>
        </Tooltip>
      )}
      {acts}
    </li>
  )
}
