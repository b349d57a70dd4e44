import { NativeSelect, SegmentedControl } from '@mantine/core'
import type { Condition } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import type { CatalogueFact } from './catalogueTypes.ts'
import { operatorsFor } from './fieldKinds.ts'

type Props = { fact: CatalogueFact; condition: Condition; focused: boolean; onChange: (is: string) => void }

/** How a condition asks: yes or no side by side, else a list of operators; of an attribute of unknown type by type. */
export function OperatorInput({ fact, condition, focused, onChange }: Props) {
  const text = useText()
  const operators = operatorsFor(fact, condition)
  const label = text('canvas.field.operator')
  const data = operators.map(({ is, label }) => ({ value: is, label }))
  if (operators.every(({ is }) => is === 'true' || is === 'false')) {
    return (
      <SegmentedControl
        aria-label={label}
        value={condition.is}
        data={data}
        data-autofocus={focused || undefined}
        onChange={onChange}
      />
    )
  }
  const types = [...new Set(operators.map(({ type }) => type))]
  const named = types.filter((type) => type !== undefined)
  return (
    <NativeSelect
      aria-label={label}
      value={condition.is}
      data={
        named.length < 2
          ? data
          : types.map((type) => ({
              group: text(typeName(type)),
              items: operators.filter((one) => one.type === type).map(({ is, label }) => ({ value: is, label })),
            }))
      }
      data-autofocus={focused || undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** What an operator compares, in words. */
function typeName(type: string | undefined) {
  switch (type) {
    case 'text':
      return 'condition.type.text'
    case 'number':
      return 'condition.type.number'
    case 'date':
      return 'condition.type.date'
    case 'boolean':
      return 'condition.type.boolean'
    default:
      return 'condition.type.any'
  }
}
