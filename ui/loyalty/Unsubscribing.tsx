import { Paper, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { unsubscribedQuery, usernameQuery } from '../client/loyalty.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Loyalty.module.css'
import { Person } from './Person.tsx'

/** How long after the last stroke a name is looked up, in milliseconds. */
const PAUSE = 250

/** Unsubscribes a customer by user name, and lists those whom this provider does not write to, with the way back. */
export function Unsubscribing({ provider }: { provider: string }) {
  const text = useText()
  const [entered, setEntered] = useState('')
  const [username] = useDebouncedValue(entered.trim(), PAUSE)
  const found = useQuery(usernameQuery(provider, username))
  const unsubscribed = useQuery(unsubscribedQuery(provider))
  return (
    <Paper component="section" className={classes.side} aria-labelledby="loyalty-unsubscribing">
      <h2 className={classes.heading} id="loyalty-unsubscribing">
        {text('loyalty.unsubscribe.title')}
      </h2>
      <Text fz="sm" c="dimmed" mb="xs">
        {text('loyalty.unsubscribe.text')}
      </Text>
      <TextInput
        type="search"
        aria-label={text('loyalty.unsubscribe.search')}
        placeholder={text('loyalty.unsubscribe.search')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={entered}
        onChange={(event) => setEntered(event.currentTarget.value)}
        maxLength={200}
        mb="xs"
      />
      {username !== '' &&
        (found.data ? (
          found.data.items.length === 0 ? (
            <Text fz="sm" c="dimmed" role="status" mb="sm">
              {text('loyalty.unsubscribe.nobody', { username })}
            </Text>
          ) : (
            <ul className={classes.people} aria-label={text('loyalty.unsubscribe.found')}>
              {found.data.items.map((customer) => (
                <Person key={customer.id} customer={customer} provider={provider} />
              ))}
            </ul>
          )
        ) : found.error ? (
          <ErrorState error={found.error} onRetry={found.refetch} />
        ) : (
          <RowsLoading rows={1} />
        ))}
      <h3 className={classes.heading} style={{ marginTop: 16 }} id="loyalty-unsubscribed">
        {text('loyalty.unsubscribed.title')}
      </h3>
      {unsubscribed.data ? (
        unsubscribed.data.items.length === 0 ? (
          <Text fz="sm" c="dimmed">
            {text('loyalty.unsubscribed.nobody')}
          </Text>
        ) : (
          <ul className={classes.people} aria-labelledby="loyalty-unsubscribed">
            {unsubscribed.data.items.map((customer) => (
              <Person key={customer.id} customer={customer} provider={provider} />
            ))}
          </ul>
        )
      ) : unsubscribed.error ? (
        <ErrorState error={unsubscribed.error} onRetry={unsubscribed.refetch} />
      ) : (
        <RowsLoading rows={2} />
      )}
      {unsubscribed.data?.next && (
        <Text fz="sm" c="dimmed" mt="xs">
          {text('loyalty.unsubscribed.more')}
        </Text>
      )}
    </Paper>
  )
}
