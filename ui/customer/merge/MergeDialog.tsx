import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { CustomerProfile } from '../../../api/contract/customers.ts'
import type { Person } from '../../rewards/CustomerSelect.tsx'
import { useText } from '../../shared/useText.tsx'
import { Compare } from './Compare.tsx'
import { PickTwin } from './PickTwin.tsx'

type Props = { customer: CustomerProfile; onClose: () => void }

/** Makes two customers who are one person one: first who the other is, then both side by side. */
export function MergeDialog({ customer, onClose }: Props) {
  const text = useText()
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false
  const [other, pick] = useState<Person | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('merge.title', { name: customer.name })}
      size="lg"
      fullScreen={isNarrow}
    >
      {other === null ? (
        <PickTwin customer={customer} onPick={pick} />
      ) : (
        <Compare customer={customer} other={other} onBack={() => pick(null)} onClose={onClose} />
      )}
    </Modal>
  )
}
