import { Text } from '@mantine/core'
import type { Segment, Explanation as Why } from '../../../api/contract/segments.ts'
import { Explanation } from '../../segment/Explanation.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import type { Followed } from '../rule/useCustomerWay.ts'
import { CustomerItem } from './CustomerItem.tsx'
import { FindCustomer } from './FindCustomer.tsx'
import classes from './panel.module.css'

type Props = {
  segment: Segment
  sample: ReadonlyArray<{ id: string; name: string }>
  count: number | undefined
  followed: Followed | null
  explanation: Why | undefined
  error: unknown
  onFollow: ((id: string | null) => void) | undefined
}

/** Customers at the result, and the one whose way is lit: by name, or picked among these. */
export function CustomersHere({ segment, sample, count, followed, explanation, error, onFollow }: Props) {
  const text = useText()
  const problemText = useProblemText()
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>{text('canvas.customers')}</h2>
      {onFollow && <FindCustomer onFollow={onFollow} />}
      {followed !== null && (
        <div style={{ marginTop: 12 }}>
          {error !== null && error !== undefined && (
            <Text fz="sm" role="alert">
              {problemText(error)}
            </Text>
          )}
          {explanation && (
            <>
              <Text fz="sm" fw={600} mb={6}>
                {text(explanation.member ? 'canvas.why.in' : 'canvas.why.out', { name: followed.name })}
              </Text>
              <Explanation rule={segment.rule} nodes={explanation.nodes} />
            </>
          )}
        </div>
      )}
      {count !== undefined && (
        <Text fz="xs" c="dimmed" mt={12}>
          {text(count === 0 ? 'canvas.sample.none' : 'canvas.sample', { shown: sample.length, count })}
        </Text>
      )}
      <ul className={classes.customers}>
        {sample.map(({ id, name }) => (
          <CustomerItem key={id} id={id} name={name} followed={followed?.id === id} onFollow={onFollow} />
        ))}
      </ul>
    </section>
  )
}
