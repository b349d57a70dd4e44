import { useMoney } from './useMoney.ts'

/** An amount in minor units of the business's currency. */
export function Money({ minor }: { minor: number }) {
  const { format } = useMoney()
  return <span className="numbers">{format(minor)}</span>
}
