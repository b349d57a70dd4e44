import { Badge, Button, Table, Text } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import type { Transition } from '../../api/contract/segmentHistory.ts'
import { Avatar } from '../shared/Avatar.tsx'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './History.module.css'

type Props = {
  transition: Transition
  /** The provider's name, where the list is of several. */
  provider: string | null
  onWhy: () => void
}

/** One customer who entered or left: when, and what brought it about. */
export function TransitionRow({ transition, provider, onWhy }: Props) {
  const text = useText()
  const { customer, entered, cause, at } = transition
  const Sign = entered ? IconArrowUpRight : IconArrowDownRight
  const causeText = text(`history.cause.${cause}`)
  return (
    <Table.Tr>
      <Table.Td>
        <div className={classes.who}>
          <Avatar name={customer.name} />
          <div>
            <CustomerLink id={customer.id} name={customer.name} />
            {provider !== null && (
              <Text fz="xs" c="dimmed">
                {provider}
              </Text>
            )}
            <Text fz="xs" c="dimmed" hiddenFrom="sm">
              {causeText}
            </Text>
          </div>
        </div>
      </Table.Td>
      <Table.Td>
        <span className={classes.way} data-entered={entered || undefined}>
          <Sign size={16} aria-hidden="true" />
          {text(entered ? 'history.enteredLine' : 'history.leftLine')}
        </span>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Badge color={cause === 'by_hand' ? 'orange' : 'gray'}>{causeText}</Badge>
      </Table.Td>
      <Table.Td c="dimmed" fz="sm">
        <Instant at={at} time />
      </Table.Td>
      <Table.Td w={80} ta="right" visibleFrom="xs">
        <Button
          variant="subtle"
          size="compact-sm"
          fw={500}
          onClick={onWhy}
          aria-label={text('history.whyNow', { name: customer.name })}
        >
          {text('member.why')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
