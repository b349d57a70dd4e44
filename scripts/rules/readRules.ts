import { statSync } from 'node:fs'
import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { ruleFromYaml, type SegmentFile } from '../../rules/yaml.ts'
import { type Finding, readFiles, textOf } from './readFiles.ts'

/** What somebody wants to see. */
export type Rules = {
  readonly segments: readonly SegmentFile[]
  /** A rule without anything around it, in place of segments. */
  readonly rule?: Rule
  readonly mistakes: readonly Finding[]
  /** Names of segments by id: those of the files, and those that ship. */
  readonly names: Readonly<Record<string, string>>
}

/**
 * Reads a file or a folder of segments, or a file that is a rule.
 *
 * @throws WrongUse when there is nothing
 */
export function readRules(path: string): Rules {
  const { segments, mistakes } = readFiles(path)
  const shipped = standardSegments().map(({ key, name }) => [key, name])
  const names = Object.fromEntries([...shipped, ...segments.map(({ segment }) => [segment.id, segment.name])])
  const rule = mistakes.length > 0 && statSync(path).isFile() ? readRule(path) : undefined
  if (rule !== undefined) return { segments: [], rule, mistakes: [], names }
  return { segments: segments.map(({ segment }) => segment), mistakes, names }
}

/** The rule that a file is; undefined when it is none, so that it is taken for a segment with its mistakes. */
function readRule(file: string): Rule | undefined {
  const read = textOf(file)
  const result = 'text' in read ? ruleFromYaml(read.text) : read
  return 'rule' in result ? result.rule : undefined
}
