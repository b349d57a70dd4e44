import type { CustomerProfile } from '../../api/contract/customers.ts'
import { useMay } from '../client/useMay.ts'
import { useText } from '../shared/useText.tsx'
import { TagField } from '../tags/TagField.tsx'
import { useTagging } from '../tags/useTagging.tsx'
import { Sheet } from './Sheet.tsx'

/** The tags of one customer, changed where they stand. */
export function CustomerTags({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const tagging = useTagging({ customers: [customer.id] })
  const mayChange = useMay('customers.write')
  const { tags } = customer
  return (
    <Sheet title={text('customer.tags')}>
      <TagField
        label={text('tag.of', { name: customer.name })}
        tags={tags}
        isLabelled
        disabled={tagging.isPending || !mayChange}
        onChange={(next) => {
          const change = {
            add: next.filter((tag) => !tags.includes(tag)),
            remove: tags.filter((tag) => !next.includes(tag)),
          }
          if (change.add.length > 0 || change.remove.length > 0) tagging.mutate(change)
        }}
      />
    </Sheet>
  )
}
