import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { putSettings, type Settings } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { domainsQuery } from '../client/home.ts'
import { ProblemError } from '../client/problem.ts'
import { sessionQuery } from '../client/session.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import {
  changesOf,
  type Entered,
  enteredOf,
  type Field,
  fieldOf,
  MISTAKES,
  type SectionName,
  wrongFields,
} from './entered.ts'

/** The fields of one section, and saving them: what is wrong is said at its field, by the page or by the server. */
export function useSettingsForm(settings: Settings, section: SectionName, onChanged: (changed: boolean) => void) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  // the settings as this section's fields began: what others save meanwhile is not taken back by what is saved here
  const [before, setBefore] = useState(settings)
  const [changed, setChanged] = useState(false)
  const sentenceOf = (field: Field, otherwise: string) => {
    const mistake = MISTAKES[field]
    return mistake === undefined ? otherwise : text(mistake)
  }
  const note = (next: boolean) => {
    setChanged(next)
    onChanged(next)
  }
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: enteredOf(settings),
    onValuesChange: (values) => note(Object.keys(changesOf(values, before, section)).length > 0),
    validate: (values) =>
      Object.fromEntries(
        wrongFields(values, section).map((field) => [field, sentenceOf(field, text('problem.invalid'))]),
      ),
  })
  const show = (errors: Record<string, unknown>) => {
    const [first] = Object.keys(errors)
    if (first !== undefined) form.getInputNode(first as Field)?.focus()
  }
  const begin = (from: Settings) => {
    setBefore(from)
    form.setInitialValues(enteredOf(from))
    form.reset()
    note(false)
  }
  const save = useMutation({
    mutationFn: (values: Entered) => call(putSettings, { body: changesOf(values, before, section) }),
    onSuccess: async (saved) => {
      queries.setQueryData(['settings'], saved)
      begin(saved)
      notifyDone(text('settings.saved'))
      if (section === 'sender') void queries.invalidateQueries({ queryKey: domainsQuery.queryKey })
      await queries.invalidateQueries(sessionQuery)
    },
    onError: (error) => {
      const mistakes = error instanceof ProblemError ? error.mistakes : []
      const placed = mistakes.map(({ path, message }) => ({ field: fieldOf(path), message }))
      const errors = Object.fromEntries(
        placed.flatMap(({ field, message }) => (field === null ? [] : [[field, sentenceOf(field, message)]])),
      )
      form.setErrors(errors)
      show(errors)
      if (placed.length === 0 || placed.some(({ field }) => field === null)) notifyProblem(error)
    },
  })
  return {
    form,
    before,
    changed,
    saving: save.isPending,
    save: (values: Entered, then: { onSuccess?: () => void; onSettled?: () => void } = {}) => save.mutate(values, then),
    undo: () => begin(queries.getQueryData<Settings>(['settings']) ?? before),
    show,
  }
}

export type SettingsFields = ReturnType<typeof useSettingsForm>['form']

/** What a field of the form is given. */
export const fieldProps = (form: SettingsFields, field: Field) => ({
  key: form.key(field),
  ...form.getInputProps(field),
})
