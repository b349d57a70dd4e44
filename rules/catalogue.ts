import type { Kind } from './fact.ts'
import { FACTS } from './facts/index.ts'
import { type LabelLanguage, labelIn } from './words/labels.ts'
import { humanize } from './words/messages.ts'

/** A choice with its words. */
type Choice = { value: string; label: string }

/** One fact as the palette and the form of a condition show it. */
export type CatalogueFact = {
  fact: string
  label: string
  group: string
  parameters: { name: string; label: string; input: string; choices?: Choice[] }[]
  operators: { is: string; label: string; input: string | null; choices?: Choice[] }[]
}

/** Values that exist in the business's data, for parameters and values that have no fixed set: by fact and name. */
export type KnownValues = (fact: string, name: string) => readonly string[] | undefined

/**
 * Everything that a rule can ask for, made from the files of `facts/`, its labels in the asked language.
 *
 * @param known values to offer beside the fixed ones; `name` is a parameter's name or `value`
 */
export function catalogue(known: KnownValues = () => undefined, language: LabelLanguage = 'en'): CatalogueFact[] {
  const said = (label: string) => labelIn(language, label)
  return Object.entries(FACTS).map(([fact, { label, group, parameters, operators }]) => ({
    fact,
    label: said(label),
    group,
    parameters: Object.entries(parameters).map(([name, parameter]) => ({
      name,
      label: said(parameter.label),
      input: parameter.kind.input,
      ...choicesOf(parameter.kind, known(fact, name), said),
    })),
    operators: Object.entries(operators).map(([is, operator]) => ({
      is,
      label: said(operator.label),
      input: operator.value === null ? null : operator.value.input,
      ...(operator.value === null ? {} : choicesOf(operator.value, known(fact, 'value'), said)),
    })),
  }))
}

/** Fixed values with their words in the asked language; values from the data as they are. */
function choicesOf(
  kind: Kind,
  known: readonly string[] | undefined,
  said: (label: string) => string,
): { choices?: Choice[] } {
  if (kind.choices !== undefined)
    return { choices: kind.choices.map((value) => ({ value, label: said(humanize(value)) })) }
  return known === undefined ? {} : { choices: known.map((value) => ({ value, label: value })) }
}
