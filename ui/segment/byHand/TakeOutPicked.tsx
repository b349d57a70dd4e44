import { Button, Modal } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useState } from 'react'
import type { CustomerFilter } from '../../../api/contract/customers.ts'
import type { Segment } from '../../../api/contract/segments.ts'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import type { Selection } from '../selection.ts'
import { ConfirmDecision, type Whom } from './ConfirmDecision.tsx'

type Props = {
  segment: Segment
  provider: string | undefined
  filter: CustomerFilter
  selection: Selection
  onDone: () => void
}

/** Takes those who are picked out by hand, after a question that says what it does. */
export function TakeOutPicked({ segment, provider, filter, selection, onDone }: Props) {
  const text = useText()
  const [asking, setAsking] = useState(false)
  const name = useSegmentWords().nameOf(segment)
  const close = () => setAsking(false)
  const whose = provider === undefined ? {} : { provider }
  const whom: Whom =
    selection.kind === 'all' ? { search: { segment: segment.id, filter, ...whose } } : { customers: [...selection.ids] }
  return (
    <>
      <Button variant="default" leftSection={<IconUserMinus size={17} />} onClick={() => setAsking(true)}>
        {text('byHand.takeOut')}
      </Button>
      <Modal opened={asking} onClose={close} title={text('byHand.takeOutPicked', { segment: name })}>
        {asking && (
          <ConfirmDecision
            where={{ segment: segment.id, provider }}
            whom={whom}
            decision="out"
            onDone={() => {
              onDone()
              close()
            }}
            onCancel={close}
          />
        )}
      </Modal>
    </>
  )
}
