import {
  type Icon,
  IconApi,
  IconCircles,
  IconDownload,
  IconFileImport,
  IconGift,
  IconHeartHandshake,
  IconHistory,
  IconHome,
  IconInbox,
  IconMail,
  IconRoute2,
  IconSettings,
  IconTemplate,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type Permission, roleMay } from '../../rules/access/permissions.ts'
import { useSession } from '../client/session.ts'
import type { MessageId } from '../messages/index.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Navigation.module.css'

type Entry = {
  to: NonNullable<LinkProps['to']>
  label: MessageId
  icon: Icon
  needs: Permission
  /** Whoever may do this gets there by another entry. */
  unless?: Permission
}

/** A page stands here as soon as it exists and no sooner: no entry leads nowhere. */
const ENTRIES: readonly Entry[] = [
  { to: '/', label: 'nav.home', icon: IconHome, needs: 'customers.read' },
  { to: '/segments', label: 'nav.segments', icon: IconCircles, needs: 'segments.read' },
  { to: '/customers', label: 'nav.customers', icon: IconUsers, needs: 'customers.read' },
  { to: '/automations', label: 'nav.automations', icon: IconRoute2, needs: 'automations.read' },
  { to: '/mailings', label: 'nav.mailings', icon: IconMail, needs: 'campaigns.read' },
  { to: '/audiences', label: 'nav.audiences', icon: IconUsersGroup, needs: 'audiences.read' },
  { to: '/templates', label: 'nav.templates', icon: IconTemplate, needs: 'templates.read' },
  { to: '/deliveries', label: 'nav.deliveries', icon: IconHistory, needs: 'deliveries.read' },
  { to: '/loyalty', label: 'nav.loyalty', icon: IconHeartHandshake, needs: 'campaigns.read' },
  { to: '/rewards', label: 'nav.rewards', icon: IconGift, needs: 'rewards.read' },
  { to: '/imports', label: 'nav.imports', icon: IconFileImport, needs: 'facts.write' },
  { to: '/exports', label: 'exports.title', icon: IconDownload, needs: 'customers.read', unless: 'facts.write' },
  { to: '/inbox', label: 'nav.inbox', icon: IconInbox, needs: 'inbox.read' },
  { to: '/webhooks', label: 'nav.webhooks', icon: IconWebhook, needs: 'webhooks.read' },
  { to: '/reference', label: 'nav.reference', icon: IconApi, needs: 'keys.read' },
  { to: '/settings', label: 'nav.settings', icon: IconSettings, needs: 'settings.read' },
]

export function Navigation({ onFollow }: { onFollow: () => void }) {
  const text = useText()
  const { role } = useSession().user
  return (
    <ul className={classes.list}>
      {ENTRIES.filter(({ needs, unless }) => roleMay(role, needs) && !(unless && roleMay(role, unless))).map(
        ({ to, label, icon: Sign }) => (
          <li key={label}>
            <Link
              to={to}
              className={classes.link}
              activeOptions={{ exact: to === '/' }}
              activeProps={{ 'data-active': true, 'aria-current': 'page' }}
              onClick={onFollow}
            >
              <Sign size={18} stroke={1.7} aria-hidden="true" />
              {text(label)}
            </Link>
          </li>
        ),
      )}
    </ul>
  )
}
