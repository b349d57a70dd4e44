import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { putSettings, type Settings } from '../../api/contract/settings.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
import { sessionQuery } from '../client/session.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { changesOf, type Entered, enteredOf, type Field, fieldOf, MISTAKES, wrongFields } from './entered.ts'

/** The fields of the settings, and saving them: what is wrong is said at its field, by the page or by the server. */
export function useSettingsForm(settings: Settings) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const sentenceOf = (field: Field, otherwise: string) => {
    const mistake = MISTAKES[field]
    return mistake === undefined ? otherwise : text(mistake)
  }
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: enteredOf(settings),
    validate: (values) =>
      Object.fromEntries(wrongFields(values).map((field) => [field, sentenceOf(field, text('problem.invalid'))])),
  })
  const show = (errors: Record<string, unknown>) => {
    const [first] = Object.keys(errors)
    if (first !== undefined) form.getInputNode(first as Field)?.focus()
  }
  const save = useMutation({
    mutationFn: (values: Entered) => call(putSettings, { body: changesOf(values, settings) }),
    onSuccess: async (saved) => {
      queries.setQueryData(['settings'], saved)
      form.resetDirty()
      notifyDone(text('settings.saved'))
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
  return { form, saving: save.isPending, submit: form.onSubmit((values) => save.mutate(values), show) }
}

export type SettingsFields = ReturnType<typeof useSettingsForm>['form']

/** What a field of the form is given. */
export const fieldProps = (form: SettingsFields, field: Field) => ({
  key: form.key(field),
  ...form.getInputProps(field),
})
