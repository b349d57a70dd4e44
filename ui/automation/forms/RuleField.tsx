import { Button, Text } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Rule, Scope } from '../../../rules/rule.ts'
import { sentenceOf, textOf, type WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { Field } from './Field.tsx'

/** The editor of rules comes when it is asked for. */
const RuleDialog = lazy(() => import('../../canvas/RuleDialog.tsx'))

type Props = {
  label: string
  value: Rule
  scope: Scope
  words: WordOptions
  onChange: (rule: Rule) => void
}

/** A rule as its sentence, to be drawn in the editor of rules. */
export function RuleField({ label, value, scope, words, onChange }: Props) {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <Field label={label}>
      <Text fz="sm" mb={6}>
        {textOf(sentenceOf(value, words))}
      </Text>
      <Button variant="default" size="xs" leftSection={<IconFilter size={15} />} onClick={() => setOpen(true)}>
        {text('automation.rule.draw')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <RuleDialog
            title={label}
            rule={value}
            scope={scope}
            onDone={(rule) => {
              onChange(rule)
              setOpen(false)
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </Field>
  )
}
