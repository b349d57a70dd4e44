import type { Kind, Limits } from './fact.ts'
import { FACTS } from './facts/index.ts'
import { type LabelLanguage, labelIn } from './words/labels.ts'
import { humanize } from './words/messages.ts'

/**
 * A value that exists in the business's data.
 *
 * `label` is its name where the value is an id, `count` how many have it where that is known; an attribute's name has the
 * `type` of its values, and those of them that are texts.
 */
export type KnownValue = {
  readonly value: string
  readonly label?: string
  readonly count?: number
  readonly type?: string
  readonly values?: readonly KnownValue[]
}

/** Values that exist, by fact and name (a parameter's, or `value`); undefined where nothing is known of them. */
export type KnownValues = (fact: string, name: string) => readonly KnownValue[] | undefined

/** A choice with its words. */
type Choice = { value: string; label: string; count?: number; type?: string; values?: Choice[] }

/** What one parameter or value takes. */
type Taken = { limits?: Limits; choices?: Choice[] }

/** One fact as the palette and the form of a condition show it. */
export type CatalogueFact = {
  fact: string
  label: string
  group: string
  parameters: ({ name: string; label: string; input: string; required: boolean; usual?: string } & Taken)[]
  operators: ({ is: string; label: string; input: string | null; type?: string } & Taken)[]
}

/**
 * Everything that a rule can ask for, made from the files of `facts/`, its labels in the asked language.
 *
 * @param known values that exist, to offer beside the fixed ones and to count both
 */
export function catalogue(known: KnownValues = () => undefined, language: LabelLanguage = 'en'): CatalogueFact[] {
  const said = (label: string) => labelIn(language, label)
  return Object.entries(FACTS).map(([fact, { label, group, parameters, operators }]) => ({
    fact,
    label: said(label),
    group,
    parameters: Object.entries(parameters).map(([name, { label, kind, required = false, usual }]) => ({
      name,
      label: said(label),
      input: kind.input,
      required,
      ...(usual === undefined ? {} : { usual }),
      ...takenBy(kind, known(fact, name), language),
    })),
    operators: Object.entries(operators).map(([is, { label, value, type }]) => ({
      is,
      label: said(label),
      input: value === null ? null : value.input,
      ...(type === undefined ? {} : { type }),
      ...(value === null ? {} : takenBy(value, known(fact, 'value'), language)),
    })),
  }))
}

function takenBy(kind: Kind, known: readonly KnownValue[] | undefined, language: LabelLanguage): Taken {
  const choices = choicesOf(kind, known, language)
  return {
    ...(kind.limits === undefined ? {} : { limits: kind.limits }),
    ...(choices === undefined ? {} : { choices }),
  }
}

/** Fixed values with their words in the asked language; values from the data by their names, or as they are. */
function choicesOf(
  kind: Kind,
  known: readonly KnownValue[] | undefined,
  language: LabelLanguage,
): Choice[] | undefined {
  if (kind.choices === undefined) return known?.map((one) => toChoice(one, kind, language))
  const counts = new Map(known?.map(({ value, count }) => [value, count]))
  return kind.choices.map((value) => {
    const label = labelIn(language, humanize(value))
    const count = counts.get(value)
    return count === undefined ? { value, label } : { value, label, count }
  })
}

const toChoice = ({ values, ...known }: KnownValue, kind: Kind, language: LabelLanguage): Choice => ({
  ...known,
  label: known.label ?? nameOfCode(known.value, kind, language) ?? known.value,
  ...(values === undefined ? {} : { values: values.map((one) => toChoice(one, kind, language)) }),
})

/** “German” for `de`: codes have names in every language. */
function nameOfCode(value: string, { codesOf }: Kind, language: LabelLanguage): string | undefined {
  if (codesOf === undefined) return undefined
  try {
    return new Intl.DisplayNames(language, { type: codesOf }).of(value)
  } catch {
    // whoever brought the data has codes of their own
    return undefined
  }
}
