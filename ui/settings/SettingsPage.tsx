import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { getSettings } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { SECTIONS } from './entered.ts'
import classes from './Settings.module.css'
import { SettingsSections } from './SettingsSections.tsx'

/** What holds for the whole business. */
export function SettingsPage() {
  const text = useText()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => call(getSettings, { signal }),
  })
  const isThere = data !== undefined
  useEffect(() => {
    // the section that the address names comes with the settings
    if (isThere && location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [isThere])
  return (
    <Page title={text('settings.title')}>
      <div className={classes.page}>
        <Index />
        {data ? (
          <SettingsSections settings={data} />
        ) : (
          <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={7} />}</ListPanel>
        )}
      </div>
    </Page>
  )
}

/** The sections of the page, and the other pages of the settings, as far as somebody may see them. */
function Index() {
  const text = useText()
  const may = {
    statuses: useMay('statuses.read'),
    users: useMay('users.read'),
    keys: useMay('keys.read'),
    audit: useMay('audit.read'),
    'data-protection': useMay('privacy.read'),
    'automation-webhooks': useMay('settings.write'),
  }
  const pages = [
    ['statuses', 'statuses.title'],
    ['users', 'users.title'],
    ['keys', 'keys.title'],
    ['audit', 'audit.title'],
    ['data-protection', 'privacy.title'],
    ['automation-webhooks', 'webhookSecret.open'],
  ] as const
  const shown = pages.filter(([page]) => may[page])
  const sections = [
    ...(Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]),
    ...(may.statuses ? ['events' as const] : []),
  ]
  return (
    <nav className={classes.index} aria-label={text('settings.index')}>
      <div>
        <h2>{text('settings.onPage')}</h2>
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <Anchor fz="sm" href={`#${section}`}>
                {text(`settings.${section}`)}
              </Anchor>
            </li>
          ))}
        </ul>
      </div>
      {shown.length > 0 && (
        <div>
          <h2>{text('settings.more')}</h2>
          <ul>
            {shown.map(([page, title]) => (
              <li key={page}>
                <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to={`/settings/${page}`} />}>
                  {text(title)}
                </Anchor>
              </li>
            ))}
          </ul>
        </div>
      )}
    </nav>
  )
}
