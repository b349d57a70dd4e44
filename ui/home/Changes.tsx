import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { Home } from '../../api/contract/home.ts'
import { useSession } from '../client/session.ts'
import { Count } from '../shared/Count.tsx'
import { Instant } from '../shared/Instant.tsx'
import { StatusBadge } from '../shared/StatusBadge.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Home.module.css'
import { Panel } from './Panel.tsx'

/** What has changed since yesterday: numbers, who became what, and the segments that moved most. */
export function Changes({ home }: { home: Home }) {
  const text = useText()
  const isProvider = useSession().user.provider !== null
  const { customers, bookings } = home
  const figures = [
    { label: text(isProvider ? 'home.newWithYou' : 'home.newCustomers'), count: customers },
    { label: text('home.made'), count: bookings.made },
    { label: text('home.cancelled'), count: bookings.cancelled },
    { label: text('home.came'), count: bookings.attended },
    { label: text('home.noShow'), count: bookings.no_show },
    { label: text('home.today'), count: bookings.today },
  ]
  return (
    <Panel
      title={text('home.changes')}
      aside={
        <Text fz="sm" c="dimmed">
          <FormattedMessage id="home.since" values={{ at: <Instant at={home.since} time /> }} />
        </Text>
      }
    >
      <dl className={classes.figures}>
        {figures.map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Count value={count} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.two}>
        <Moved home={home} />
        {!isProvider && <Statuses home={home} />}
      </div>
    </Panel>
  )
}

function Moved({ home }: { home: Home }) {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const provider = useSession().user.provider?.id
  return (
    <div>
      <h3 className={classes.small}>{text('home.moved')}</h3>
      {home.segments.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {text('home.movedNothing')}
        </Text>
      ) : (
        <Table verticalSpacing={6} horizontalSpacing={8} aria-label={text('home.moved')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text('segments.name')}</Table.Th>
              <Table.Th ta="right">{text('home.entered')}</Table.Th>
              <Table.Th ta="right">{text('home.left')}</Table.Th>
              <Table.Th ta="right">{text('home.now')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {home.segments.map((segment) => (
              <Table.Tr key={segment.id}>
                <Table.Td>
                  <Link
                    to="/segments/$id"
                    params={{ id: segment.id }}
                    search={provider === undefined ? {} : { provider }}
                    className={classes.name}
                  >
                    {nameOf(segment)}
                  </Link>
                </Table.Td>
                <Table.Td ta="right">
                  <Count value={segment.entered} signed />
                </Table.Td>
                <Table.Td ta="right">
                  <Count value={-segment.left} signed />
                </Table.Td>
                <Table.Td ta="right">
                  <Count value={segment.members} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  )
}

function Statuses({ home }: { home: Home }) {
  const text = useText()
  return (
    <div>
      <h3 className={classes.small}>{text('home.statuses')}</h3>
      {home.statuses.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {text('home.statusesNothing')}
        </Text>
      ) : (
        <ul className={classes.list}>
          {home.statuses.map(({ from, to, count }) => (
            <li key={`${from} ${to}`} className={classes.status}>
              <strong>
                <Count value={count} />
              </strong>
              <StatusBadge status={from} />
              <span aria-hidden="true">→</span>
              <span className={classes.hidden}>{text('home.became')}</span>
              <StatusBadge status={to} />
            </li>
          ))}
        </ul>
      )}
      <Text fz="sm" mt={8}>
        <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/customers" />}>
          {text('home.allCustomers')}
        </Anchor>
      </Text>
    </div>
  )
}
