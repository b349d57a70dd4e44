import { Button, Group, Select, Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import { status as statuses } from '../../api/contract/common.ts'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { useMay } from '../client/useMay.ts'
import { Sheet } from '../customer/Sheet.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { isShipped } from './statusDraft.ts'
import { useSetStatus } from './useSetStatus.tsx'

/** The status of one customer: set by hand where it stands, or why it is what it is; and the way back to the rules. */
export function CustomerStatus({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const setting = useSetStatus({ customers: [customer.id] })
  const mayChange = useMay('customers.write')
  const { status, status_set: set, automatic_status: automatic, name } = customer
  return (
    <Sheet title={text('status.choose')}>
      <Select
        aria-label={text('status.of', { name })}
        data={statuses.options.map((value) => ({ value, label: text(`status.${value}`) }))}
        value={status}
        allowDeselect={false}
        disabled={!mayChange || setting.isPending}
        onChange={(value) => {
          const chosen = statuses.safeParse(value).data
          if (chosen !== undefined && chosen !== status) setting.mutate(chosen)
        }}
      />
      {set ? (
        <Group gap="xs" mt="xs" justify="space-between">
          <Text fz="sm" c="dimmed">
            <FormattedMessage
              id={set.automation === null ? 'status.setByHand' : 'status.setByAutomation'}
              values={{ who: set.by ?? text('status.somebody'), at: <Instant at={set.at} time /> }}
            />
          </Text>
          {mayChange && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={setting.isPending}
              onClick={() => setting.mutate('automatic')}
              title={text('status.handBackTo', { status: text(`status.${automatic}`) })}
            >
              {text('status.handBack')}
            </Button>
          )}
        </Group>
      ) : (
        <Why customer={customer} />
      )}
    </Sheet>
  )
}

/** Since when the rules have brought the customer here, and which one did. */
function Why({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const { status, status_change: change } = customer
  const said = text(`status.${status}`)
  const at = change && <Instant at={change.at} time />
  const rule = change?.rule && isShipped(change.rule) ? text(`statuses.rule.${change.rule}`) : null
  return (
    <Text fz="sm" c="dimmed" mt="xs">
      {at === null ? (
        text('status.followsRules')
      ) : rule ? (
        <FormattedMessage id="status.byRule" values={{ status: said, at, rule }} />
      ) : (
        <FormattedMessage id="status.since" values={{ status: said, at }} />
      )}
    </Text>
  )
}
