import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useIntl } from 'react-intl'
import { previewRetention, type RetentionPreview } from '../../api/contract/retention.ts'
import { call } from '../client/call.ts'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { Day } from '../shared/Instant.tsx'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import type { PeriodsChange } from './enteredPeriods.ts'
import classes from './Retention.module.css'

type Props = {
  /** When it is removed: in the next night, or at once. */
  when: 'night' | 'now'
  /** What is entered and not saved. */
  change: PeriodsChange
  /** Instead of the title that names the next night. */
  title?: string
  onClose: () => void
  /** What can be done having seen it; left out, it is only looked at. */
  act?: { label: string; onDo: () => void; loading: boolean } | undefined
}

/** What the next night removes, with its numbers, before it does. */
export function PreviewDialog({ when, change, title, onClose, act }: Props) {
  const text = useText()
  const intl = useIntl()
  const problemText = useProblemText()
  const { data, error } = useQuery({
    queryKey: ['retention', 'preview', when, change],
    queryFn: ({ signal }) => call(previewRetention, { body: change, query: { at: when }, signal }),
    gcTime: 0,
  })
  const going = data?.items.filter(({ count, customers }) => count > 0 || heldOf(customers) > 0) ?? []
  const erases = going.some(({ kind, count }) => kind === 'customers' && count > 0)
  const at = data && intl.formatDate(data.at, { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={title ?? (at === undefined ? text('retention.preview') : text('retention.previewTitle', { at }))}
    >
      <Stack gap="sm">
        {error ? (
          <Text fz="sm" c="var(--mantine-color-error)" role="alert">
            {problemText(error)}
          </Text>
        ) : data === undefined ? (
          <Group gap={8} role="status">
            <Loader size={14} />
            <Text fz="sm">{text('retention.counting')}</Text>
          </Group>
        ) : going.length === 0 ? (
          <Text fz="sm" role="status">
            {text('retention.nothing')}
          </Text>
        ) : (
          <>
            <ul className={classes.list}>
              {going.map((item) => (
                <Item key={item.kind} item={item} />
              ))}
            </ul>
            <Text fz="sm" c="dimmed">
              {text('retention.cantUndo')}
            </Text>
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text(act ? 'action.cancel' : 'action.close')}
          </Button>
          {act && (
            <Button
              {...(erases ? { color: 'red' } : {})}
              disabled={data === undefined}
              loading={act.loading}
              onClick={act.onDo}
            >
              {act.label}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

type Item = RetentionPreview['items'][number]

const heldOf = (customers: Item['customers']): number =>
  customers === null ? 0 : Object.values(customers.held).reduce((sum, count) => sum + count, 0)

function Item({ item: { kind, count, more, before, customers } }: { item: Item }) {
  const text = useText()
  return (
    <li>
      <Text fz="sm">
        <strong>{text(`retention.count.${kind}`, { count, more })}</strong>
        {kind !== 'customers' && (
          <>
            {' '}
            {text('retention.before', { day: '' })}
            <Day day={before} />
          </>
        )}
      </Text>
      {customers !== null && (
        <>
          {customers.examples.length > 0 && (
            <Text fz="sm">
              {text('retention.among')}{' '}
              {customers.examples.map(({ id, name }, place) => (
                <Fragment key={id}>
                  {place > 0 && ', '}
                  <CustomerLink id={id} name={name} />
                </Fragment>
              ))}
              {count > customers.examples.length && ' …'}
            </Text>
          )}
          {count > customers.a_night && (
            <Text fz="sm" c="dimmed">
              {text('retention.aNight', { count: customers.a_night })}
            </Text>
          )}
          {heldOf(customers) > 0 && (
            <Text fz="sm" c="dimmed">
              {text('retention.held', customers.held)}
            </Text>
          )}
        </>
      )}
    </li>
  )
}
