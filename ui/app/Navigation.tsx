import {
  type Icon,
  IconCircles,
  IconGift,
  IconHeartHandshake,
  IconHistory,
  IconInbox,
  IconMail,
  IconRoute2,
  IconSettings,
  IconTemplate,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Navigation.module.css'

type Entry = { to: NonNullable<LinkProps['to']>; label: MessageId; icon: Icon }

/** A page stands here as soon as it exists and no sooner: no entry leads nowhere. */
const ENTRIES: readonly Entry[] = [
  { to: '/segments', label: 'nav.segments', icon: IconCircles },
  { to: '/customers', label: 'nav.customers', icon: IconUsers },
  { to: '/automations', label: 'nav.automations', icon: IconRoute2 },
  { to: '/mailings', label: 'nav.mailings', icon: IconMail },
  { to: '/audiences', label: 'nav.audiences', icon: IconUsersGroup },
  { to: '/templates', label: 'nav.templates', icon: IconTemplate },
  { to: '/deliveries', label: 'nav.deliveries', icon: IconHistory },
  { to: '/loyalty', label: 'nav.loyalty', icon: IconHeartHandshake },
  { to: '/rewards', label: 'nav.rewards', icon: IconGift },
  { to: '/inbox', label: 'nav.inbox', icon: IconInbox },
  { to: '/settings', label: 'nav.settings', icon: IconSettings },
]

export function Navigation({ onFollow }: { onFollow: () => void }) {
  const text = useText()
  return (
    <ul className={classes.list}>
      {ENTRIES.map(({ to, label, icon: Sign }) => (
        <li key={label}>
          <Link
            to={to}
            className={classes.link}
            activeProps={{ 'data-active': true, 'aria-current': 'page' }}
            onClick={onFollow}
          >
            <Sign size={18} stroke={1.7} aria-hidden="true" />
            {text(label)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
