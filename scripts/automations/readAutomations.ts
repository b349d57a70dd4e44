import { existsSync, statSync } from 'node:fs'
import { automationFromYaml, type PlacedAutomation } from '../../rules/automations/yaml.ts'
import { WrongUse } from '../rules/io.ts'
import { type Finding, filesIn, textOf } from '../rules/readFiles.ts'

/** An automation with the file that it stands in. */
export type FiledAutomation = PlacedAutomation & { readonly file: string }

/** The automations of some files, and what is wrong with those that could not be read. */
export type Files = {
  readonly files: readonly string[]
  readonly automations: readonly FiledAutomation[]
  readonly mistakes: readonly Finding[]
}

/**
 * Reads all .yaml and .yml files of a folder, each of them one automation; or a single file.
 *
 * @throws WrongUse when there is no such folder, or nothing in it: a check that looks at nothing must not pass
 */
export function readAutomations(path: string): Files {
  if (!existsSync(path)) throw new WrongUse(`There is no “${path}”.`)
  const files = statSync(path).isDirectory() ? filesIn(path) : [path]
  if (files.length === 0) throw new WrongUse(`There is no .yaml or .yml file in “${path}”.`)
  const automations: FiledAutomation[] = []
  const mistakes: Finding[] = []
  for (const file of files) {
    const content = textOf(file)
    const read = 'text' in content ? automationFromYaml(content.text) : content
    if ('automation' in read) automations.push({ ...read, file })
    else mistakes.push(...read.mistakes.map((mistake) => ({ ...mistake, file })))
  }
  return { files, automations, mistakes }
}
