/** How JSON is checked against a form: what is wrong with a JSON Pointer, what is allowed there, which name was meant. */
import { checkRule } from '../check.ts'
import type { Kind } from '../fact.ts'
import { described, didYouMean, found, unknownName } from '../mistakes.ts'
import { nearest } from '../nearest.ts'
import type { Path } from '../rule.ts'

/** Where something is wrong; `part` is `name` where it is not the value, but that it stands there under this name. */
export type Mistake = { path: Path; message: string; part?: 'name' }

/** More would tell nobody anything. */
const MAX_MISTAKES = 50

/** What has been found so far. */
export class Findings {
  readonly mistakes: Mistake[] = []

  add(path: Path, message: string, part?: 'name'): void {
    if (this.full) return
    this.mistakes.push(part === undefined ? { path, message } : { path, message, part })
  }

  get full(): boolean {
    return this.mistakes.length >= MAX_MISTAKES
  }
}

/** Checks what stands at a path, which may be missing (`undefined`). */
export type Check = (value: unknown, path: Path, findings: Findings) => void

/** The members of an object; those that need not be there are marked. */
export type Form = Readonly<Record<string, { readonly check: Check; readonly optional?: true }>>

/** One value of a kind. */
export function leaf(kind: Kind): Check {
  return (value, path, findings) => {
    if (kind.schema.safeParse(value).success) return
    const meant = typeof value === 'string' && kind.choices !== undefined ? nearest(value, kind.choices) : undefined
    findings.add(path, `${found(path, value)}. Allowed is ${kind.allowed}.${didYouMean(meant)}`)
  }
}

export const required = (check: Check) => ({ check })
export const optional = (check: Check) => ({ check, optional: true as const })

/**
 * An object with these members and no others.
 *
 * @param what is said of what it belongs to: `step`, `trigger`
 */
export function members(form: Form, what: string): Check {
  return (value, path, findings) => {
    if (!isObject(value)) {
      findings.add(path, `${found(path, value)}. Allowed is an object with ${namesOf(form)}.`)
      return
    }
    checkMembers(value, form, what, path, findings)
  }
}

/** The members of something that is known to be an object. */
export function checkMembers(
  value: Readonly<Record<string, unknown>>,
  form: Form,
  what: string,
  path: Path,
  findings: Findings,
): void {
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(form, key)) {
      findings.add(pointer(path, key), unknownName('member', key, Object.keys(form), what), 'name')
    }
  }
  for (const [key, { check, optional: may }] of Object.entries(form)) {
    if (value[key] === undefined && may === true) continue
    check(value[key], pointer(path, key), findings)
  }
}

const namesOf = (form: Form) =>
  Object.entries(form)
    .map(([key, { optional: may }]) => (may === true ? `${key}?` : key))
    .join(', ')

/** A list of so many entries. */
export function list(check: Check, { from, to, of }: { from: number; to: number; of: string }): Check {
  return (value, path, findings) => {
    if (!Array.isArray(value) || value.length < from || value.length > to) {
      const many = from === 0 ? `at most ${to}` : `${from} to ${to}`
      const what = Array.isArray(value) ? `This is a list of ${value.length}` : found(path, value)
      findings.add(path, `${what}. Allowed is a list of ${many} ${of}.`)
      if (!Array.isArray(value)) return
    }
    for (const [n, entry] of value.slice(0, to).entries()) check(entry, `${path}/${n}`, findings)
  }
}

/** A rule, whose mistakes stand where they are in the whole. */
export const rule: Check = (value, path, findings) => {
  if (value === undefined) return findings.add(path, `${found(path, value)}. Allowed is a rule.`)
  for (const mistake of checkRule(value).mistakes ?? []) {
    findings.add(`${path}${mistake.path}`, mistake.message, mistake.part)
  }
}

/** An object that is told apart by one of its members, which names the form of the rest. */
export function told(by: string, forms: Readonly<Record<string, Form>>, what: string): Check {
  const names = Object.keys(forms)
  return (value, path, findings) => {
    if (!isObject(value)) return findings.add(path, `${found(path, value)}. Allowed is {"${by}": …}.`)
    const name = value[by]
    const form = typeof name === 'string' && Object.hasOwn(forms, name) ? forms[name] : undefined
    if (form === undefined) return findings.add(pointer(path, by), unknownName(what, name, names))
    checkMembers(value, { [by]: { check: () => {} }, ...form }, `${what} ${String(name)}`, path, findings)
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A JSON Pointer to a member; `~` and `/` in names are escaped as RFC 6901 says. */
export const pointer = (path: Path, key: string): Path => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** That something is neither of two. */
export const neither = (path: Path, value: unknown, allowed: string): string =>
  `${value === undefined ? found(path, value) : `This is ${described(value)}`}. Allowed is ${allowed}.`
