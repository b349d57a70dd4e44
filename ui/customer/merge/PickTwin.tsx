import { Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CustomerProfile } from '../../../api/contract/customers.ts'
import { listTwins } from '../../../api/contract/merges.ts'
import { call } from '../../client/call.ts'
import { CustomerSelect, type Person } from '../../rewards/CustomerSelect.tsx'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './Merge.module.css'

type Props = { customer: CustomerProfile; onPick: (person: Person) => void }

/** Who the other one is: those who are probably the same person, or anybody by typing. */
export function PickTwin({ customer, onPick }: Props) {
  const text = useText()
  const twins = useQuery({
    queryKey: ['customer', customer.id, 'twins'],
    queryFn: ({ signal }) => call(listTwins, { params: { id: customer.id }, signal }),
  })
  const found = twins.data?.items ?? []
  return (
    <Stack gap="md">
      <Text fz="sm">{text('merge.lead')}</Text>
      {twins.isPending && <RowsLoading rows={2} />}
      {twins.error && <ErrorState error={twins.error} onRetry={twins.refetch} />}
      {found.length > 0 && (
        <section aria-label={text('merge.twins')}>
          <Text fz="sm" fw={600} mb={4}>
            {text('merge.twins')}
          </Text>
          <ul className={classes.twins}>
            {found.map(({ id, name, email, bookings, because }) => (
              <li key={id}>
                <UnstyledButton className={classes.twin} onClick={() => onPick({ id, name })}>
                  <span className={classes.twinName}>{name}</span>
                  <span className={classes.aside}>
                    {[email ?? id, text('merge.bookings', { count: bookings })].join(' · ')}
                  </span>
                  <span className={classes.aside}>
                    {because.map((one) => text(`merge.because.${one}`)).join(' · ')}
                  </span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      {twins.data && found.length === 0 && (
        <Text fz="sm" c="dimmed">
          {text('merge.noTwins')}
        </Text>
      )}
      <CustomerSelect
        person={null}
        provider={undefined}
        except={customer.id}
        error={undefined}
        onPick={(person) => person && onPick(person)}
      />
    </Stack>
  )
}
