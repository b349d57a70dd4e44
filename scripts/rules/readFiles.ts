import { isUtf8 } from 'node:buffer'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Path } from '../../rules/rule.ts'
import { type PlacedSegment, segmentsFromYaml, type TextMistake } from '../../rules/yaml.ts'
import { WrongUse } from './io.ts'

/** A mistake or a warning at a place of a file. */
export type Finding = TextMistake & { readonly file: string }

/** A segment with the file that it stands in. */
export type FiledSegment = PlacedSegment & { readonly file: string }

/** The segments of some files, and what is wrong with those that could not be read. */
export type Files = {
  readonly files: readonly string[]
  readonly segments: readonly FiledSegment[]
  readonly mistakes: readonly Finding[]
  /** Ids that stand in files with mistakes: whoever asks for them is not wrong. */
  readonly unread: readonly string[]
}

/** Reads no more than this of a file: what is larger is no file of rules. */
const MAX_BYTES = 4_000_000

/**
 * Reads all .yaml and .yml files of a folder and its folders, in the order of their names; or a single file.
 *
 * @throws WrongUse when there is no such folder, or nothing in it: a check that looks at nothing must not pass
 */
export function readFiles(path: string): Files {
  if (!existsSync(path)) throw new WrongUse(`There is no “${path}”.`)
  const files = statSync(path).isDirectory() ? filesIn(path) : [path]
  if (files.length === 0) throw new WrongUse(`There is no .yaml or .yml file in “${path}”.`)
  const segments: FiledSegment[] = []
  const mistakes: Finding[] = []
  const unread: string[] = []
  for (const file of files) {
    const content = textOf(file)
    const read = 'text' in content ? segmentsFromYaml(content.text) : content
    if ('segments' in read) {
      segments.push(...read.segments.map((segment) => ({ ...segment, file })))
    } else {
      mistakes.push(...read.mistakes.map((mistake) => ({ ...mistake, file })))
      if ('text' in content) unread.push(...idsIn(content.text))
    }
  }
  return { files, segments, mistakes, unread }
}

/** The .yaml and .yml files of a folder and its folders, but for hidden ones. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .sort()
}

/** The text of a file, or why it is none. */
export function textOf(file: string): { text: string } | { mistakes: TextMistake[] } {
  const wrong = (message: string) => ({ mistakes: [{ path: '', line: 1, column: 1, message }] })
  try {
    const { size } = statSync(file)
    if (size > MAX_BYTES) return wrong(`The file has ${size} bytes. At most ${MAX_BYTES} are allowed.`)
    const content = readFileSync(file)
    return isUtf8(content) ? { text: content.toString() } : wrong('The file is no text in UTF-8.')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return wrong(`The file cannot be read: ${reason}.`)
  }
}

/** What look like ids in a text that could not be read. */
const idsIn = (text: string): string[] => [...text.matchAll(/^id: *["']?([a-z0-9-]+)/gm)].flatMap(([, id]) => id ?? [])

/** What was found at a path of a segment, with its place in the file. */
export function findingAt({ file, placeOf }: FiledSegment, path: Path, message: string): Finding {
  return { file, path, ...placeOf(path), message }
}
