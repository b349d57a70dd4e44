import { Button, Group, Loader, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { getCatalogue } from '../../../api/contract/catalogue.ts'
import type { Condition } from '../../../rules/rule.ts'
import { minorDigits, titleOf, type WordOptions } from '../../../rules/words.ts'
import { call } from '../../client/call.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { useLanguage } from '../../shared/useLanguage.ts'
import { useText } from '../../shared/useText.tsx'
import { FieldInput } from './FieldInput.tsx'
import { fieldsOf, withField, withOperator } from './fieldKinds.ts'

type Props = {
  condition: Condition
  inverted: boolean
  /** The pill that was clicked: its control gets the focus first. */
  focused: string | undefined
  problems: readonly string[]
  words: WordOptions
  onChange: (condition: Condition) => void
  onClose: () => void
}

/** The values of a condition; each change counts at once. */
export function ConditionForm({ condition, inverted, focused, problems, words, onChange, onClose }: Props) {
  const text = useText()
  const [language] = useLanguage()
  const catalogue = useQuery({
    queryKey: ['catalogue', language],
    queryFn: ({ signal }) => call(getCatalogue, { query: { language }, signal }),
    staleTime: 10 * 60_000,
  })
  const form = useRef<HTMLFormElement>(null)
  const ready = catalogue.isSuccess
  useEffect(() => {
    if (!ready) return
    const control = form.current?.querySelector<HTMLElement>('[data-autofocus]')
    control?.focus()
    if (control instanceof HTMLInputElement && control.type !== 'checkbox') control.select()
  }, [ready])
  if (catalogue.isPending) return <Loader />
  if (catalogue.isError) return <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />
  const fact = catalogue.data.facts.find((one) => one.fact === condition.fact)
  const title = titleOf(condition, words)

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
          <>
            <Group gap={6} align="flex-start">
              <NativeSelect
                aria-label={text('canvas.field.operator')}
                value={condition.is}
                data={fact.operators.map(({ is, label }) => ({ value: is, label }))}
                data-autofocus={focused === 'is' || undefined}
                onChange={(event) => {
                  const today = new Date().toISOString().slice(0, 10)
                  onChange(withOperator(fact, condition, event.currentTarget.value, today))
                }}
              />
              {fieldsOf(fact, condition)
                .filter(({ name }) => name === 'value')
                .map((field) => (
                  <FieldInput
                    key={field.name}
                    field={field}
                    label={text('canvas.field.value')}
                    value={condition.value}
                    digits={condition.fact === 'payment_total' ? minorDigits(words) : 0}
                    focused={focused === undefined || focused === 'value'}
                    onChange={(value) => onChange(withField(condition, 'value', value))}
                  />
                ))}
            </Group>
            {fieldsOf(fact, condition)
              .filter(({ name }) => name !== 'value')
              .map((field) => (
                <Stack key={field.name} gap={4}>
                  <Text fz="xs" c="dimmed">
                    {field.label}
                  </Text>
                  <FieldInput
                    field={field}
                    label={field.label}
                    value={condition[field.name]}
                    digits={0}
                    focused={focused === field.name}
                    onChange={(value) => onChange(withField(condition, field.name, value))}
                  />
                </Stack>
              ))}
          </>
        ) : (
          <Text fz="sm">{text('canvas.field.unknown')}</Text>
        )}
        {problems.map((problem) => (
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
