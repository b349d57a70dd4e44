import { Button, Loader, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Condition } from '../../../rules/rule.ts'
import { titleOf, type WordOptions } from '../../../rules/words.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { useText } from '../../shared/useText.tsx'
import { useCatalogue } from '../rule/useCatalogue.ts'
import { ConditionField } from './ConditionField.tsx'
import type { CatalogueFact } from './catalogueTypes.ts'
import { type FieldKind, fieldsOf, withAttribute, withField, withOperator } from './fieldKinds.ts'
import { mistakeOf } from './mistakes.ts'
import { OperatorInput } from './OperatorInput.tsx'

type Props = {
  condition: Condition
  inverted: boolean
  /** The pill that was clicked: its control gets the focus first. */
  focused: string | undefined
  problems: readonly string[]
  words: WordOptions
  /** `settled` is false while a value is being dragged: another one is about to come. */
  onChange: (condition: Condition, settled: boolean) => void
  onClose: () => void
}

/** The values of a condition; each change counts at once. */
export function ConditionForm({ condition, inverted, focused, problems, words, onChange, onClose }: Props) {
  const text = useText()
  const catalogue = useCatalogue()
  const form = useRef<HTMLFormElement>(null)
  useFirstFocus(form, catalogue.isSuccess)
  if (catalogue.isPending) return <Loader />
  if (catalogue.isError) return <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />
  const fact = catalogue.data.facts.find((one) => one.fact === condition.fact)
  const title = titleOf(condition, words)
  const fields = fact ? fieldsOf(fact, condition) : []
  // what is wrong at a control stands there
  const elsewhere = fields.some((field) => mistakeOf(field, condition[field.name]) !== undefined) ? [] : problems

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <Stack gap="sm">
        <Text fw={600} fz="sm">
          {inverted ? `${text('canvas.not')} · ${title}` : title}
        </Text>
        {fact ? (
          <Fields
            fact={fact}
            fields={fields}
            condition={condition}
            words={words}
            focused={focused}
            onChange={onChange}
          />
        ) : (
          <Text fz="sm">{text('canvas.field.unknown')}</Text>
        )}
        {elsewhere.map((problem) => (
          <Text key={problem} fz="sm" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        ))}
        <Button type="submit" size="xs" variant="default" style={{ alignSelf: 'flex-end' }}>
          {text('canvas.field.done')}
        </Button>
      </Stack>
    </form>
  )
}

type FieldsProps = Pick<Props, 'condition' | 'words' | 'focused' | 'onChange'> & {
  fact: CatalogueFact
  fields: readonly FieldKind[]
}

/** What has a name first (an attribute), then how it is asked for, with which value, and what narrows it. */
function Fields({ fact, fields, condition, words, focused, onChange }: FieldsProps) {
  // what was typed under another operator comes back with one that takes it
  const before = useRef(new Map<string, unknown>())
  const today = new Date().toISOString().slice(0, 10)
  const value = fields.find(({ name }) => name === 'value')
  const names = fields.filter(({ name }) => name === 'name')
  const others = fields.filter((field) => field !== value && !names.includes(field) && isOffered(field, condition))
  const first = focused ?? (names.length > 0 && condition.name === '' ? 'name' : value === undefined ? 'is' : 'value')

  const changeOperator = (is: string): void => {
    if (value !== undefined && condition.value !== undefined) before.current.set(value.input, condition.value)
    onChange(withOperator(fact, condition, is, today, before.current), true)
  }
  const fieldOf = (field: FieldKind) => (
    <ConditionField
      key={field.name}
      field={field}
      condition={condition}
      words={words}
      focused={first === field.name}
      onChange={(next, settled) =>
        onChange(
          field.name === 'name'
            ? withAttribute(fact, condition, String(next ?? ''), today)
            : withField(condition, field.name, next),
          settled,
        )
      }
    />
  )
  return (
    <>
      {names.map(fieldOf)}
      <OperatorInput fact={fact} condition={condition} focused={first === 'is'} onChange={changeOperator} />
      {value && fieldOf(value)}
      {others.map(fieldOf)}
    </>
  )
}

/** Things by name that don't exist yet are not asked for. */
const isOffered = ({ input, name, choices }: FieldKind, condition: Condition): boolean =>
  !['campaign', 'template', 'automation'].includes(input) || choices.length > 0 || condition[name] !== undefined

/** Puts the focus on the control that is meant, once it is there. */
function useFirstFocus(form: React.RefObject<HTMLFormElement | null>, ready: boolean): void {
  useEffect(() => {
    if (!ready) return
    const marked = form.current?.querySelector<HTMLElement>('[data-autofocus]')
    const control = marked?.matches('input, select') ? marked : marked?.querySelector<HTMLElement>('input:checked')
    control?.focus()
    if (control instanceof HTMLInputElement && /^(text|search)$/.test(control.type)) control.select()
  }, [form, ready])
}
