/** Automations as text that people keep in files. Pages load this file only where they need it, as they do with `yaml.ts`. */
import type { Place, TextMistake } from '../yaml/place.ts'
import { readYaml } from '../yaml/read.ts'
import { writeTree } from '../yaml/write.ts'
import type { Automation, Step } from './automation.ts'
import { checkAutomation } from './check.ts'

/** An automation that was read from a text, with the place of each of its parts (`/then/0/send`). */
export type PlacedAutomation = { readonly automation: Automation; placeOf(path: string): Place }

/** An automation as YAML: steps as blocks, short ones on one line each. */
export const automationToYaml = (automation: Automation): string => writeTree(automation)

/** Steps as YAML, to be copied. */
export const stepsToYaml = (steps: readonly Step[]): string => writeTree({ then: steps })

/**
 * Reads an automation from YAML that somebody wrote, or pasted.
 * @returns the automation with the place of each of its parts, or what is wrong: paths lead into it, places into the text
 */
export function automationFromYaml(text: string): PlacedAutomation | { mistakes: TextMistake[] } {
  const read = readYaml(text)
  if ('mistakes' in read) return read
  const [first, second] = read.documents
  if (first === undefined) return { mistakes: [] }
  if (second !== undefined) {
    const message = 'A second automation begins here. One is allowed.'
    return { mistakes: [{ path: '', ...second.placeOf(''), message }] }
  }
  const { automation, mistakes } = checkAutomation(first.json)
  if (mistakes !== undefined) {
    return {
      mistakes: mistakes.map(({ path, message, part }) => ({ path, ...first.placeOf(path, part), message })),
    }
  }
  return { automation, placeOf: (path) => first.placeOf(path) }
}
