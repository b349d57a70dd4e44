import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { CUSTOMER_COLUMNS, type CustomerColumn } from '../../api/contract/customerList.ts'
import { useText } from '../shared/useText.tsx'
import { inOrder } from './listState.ts'

type Props = { columns: readonly CustomerColumn[]; onChange: (columns: readonly CustomerColumn[]) => void }

/** Chooses what the list shows of each customer. */
export function ColumnsMenu({ columns, onChange }: Props) {
  const text = useText()
  return (
    <Popover position="bottom-end" shadow="md" trapFocus withRoles>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={16} />}>
          {text('customers.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text('customers.columns')}>
        <Checkbox.Group value={[...columns]} onChange={(values) => onChange(inOrder(values))}>
          <Stack gap={8}>
            {CUSTOMER_COLUMNS.map((column) => (
              <Checkbox key={column} value={column} label={text(`customers.column.${column}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
